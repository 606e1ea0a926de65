"""Holds manifest.yml to what the bot calls and listens to: nothing missing, nothing to spare."""

import copy
import importlib
from typing import Any

import pytest
import yaml

from tests.rules.registrations import commands_named, events_taken, methods_called
from tests.rules.slack_scopes import BOT_SCOPES, EVENTS, HISTORY, METHODS, breaches
from tests.rules.source import ROOT, Module, modules

MANIFEST: dict[str, Any] = yaml.safe_load((ROOT / "manifest.yml").read_text(encoding="utf-8"))
SCOPES: list[str] = MANIFEST["oauth_config"]["scopes"]["bot"]
OPTIONAL: list[str] = MANIFEST["oauth_config"]["scopes"]["bot_optional"]
LISTED: list[str] = MANIFEST["settings"]["event_subscriptions"]["bot_events"]
COMMANDS: list[str] = [entry["command"] for entry in MANIFEST["features"]["slash_commands"]]
SHORTCUTS: list[dict[str, str]] = MANIFEST["features"].get("shortcuts", [])

IN_SLACK = modules("bot/slack")
CALLED = methods_called(modules("bot"))


def needs() -> dict[str, frozenset[str]]:
    """Everything the app does that asks for a scope, and the scopes of which one will do."""
    wanted = {method: METHODS.get(method, frozenset()) for method in CALLED}
    wanted |= {event: EVENTS.get(event, frozenset()) for event in LISTED}
    if COMMANDS or SHORTCUTS:
        wanted["slash commands and shortcuts"] = frozenset({"commands"})
    return {what: scopes for what, scopes in wanted.items() if scopes}


def test_slack_would_accept_the_manifest() -> None:
    assert not breaches(MANIFEST)
    assert MANIFEST["_metadata"]["major_version"] == 2


def test_every_scope_exists_and_is_listed_once() -> None:
    assert not set(SCOPES + OPTIONAL) - BOT_SCOPES
    assert len(SCOPES + OPTIONAL) == len(set(SCOPES + OPTIONAL))
    assert "user" not in MANIFEST["oauth_config"]["scopes"]


def test_only_the_history_scopes_are_optional() -> None:
    assert set(OPTIONAL) == HISTORY


def test_every_method_called_is_known_here() -> None:
    unknown = {name: where for name, where in CALLED.items() if name not in METHODS}
    assert not unknown, "say in tests/rules/slack_scopes.py which scope these need"


def test_every_method_and_event_has_its_scope() -> None:
    granted = {*SCOPES, *OPTIONAL}
    lacking = {what: sorted(scopes) for what, scopes in needs().items() if not scopes & granted}
    assert not lacking


@pytest.mark.parametrize("scope", SCOPES + OPTIONAL)
def test_no_scope_is_asked_for_without_use(scope: str) -> None:
    assert [what for what, scopes in needs().items() if scope in scopes]


def test_events_are_listed_once_and_known_here() -> None:
    assert len(LISTED) == len(set(LISTED))
    assert not set(LISTED) - set(EVENTS)


def test_every_event_listed_is_listened_to_and_no_other() -> None:
    taken, unread = events_taken(IN_SLACK)
    assert not unread, "write the event's name where it is registered"
    assert taken == {name.partition(".")[0] for name in LISTED}


def test_every_command_listed_is_registered() -> None:
    manifest = importlib.import_module("bot.manifest")
    roles = manifest.COMMANDS
    assert manifest.load().commands == dict(zip(roles, COMMANDS, strict=True))
    assert set(roles) <= commands_named(IN_SLACK)


def test_no_command_is_registered_by_its_written_name() -> None:
    written = {word for word in commands_named(modules("bot")) if word.startswith("/")}
    assert not written & set(COMMANDS), "a renamed command would not be heard"


def test_the_bot_reads_the_manifest_as_it_is() -> None:
    manifest = importlib.import_module("bot.manifest").load()
    assert list(manifest.scopes) == SCOPES
    assert list(manifest.optional_scopes) == OPTIONAL
    assert list(manifest.events) == LISTED


def slack(source: str) -> list[Module]:
    return [Module("bot/slack/listeners/made_up.py", source)]


@pytest.mark.parametrize(
    ("source", "method"),
    [
        ("client.chat_postMessage(channel=c)", "chat.postMessage"),
        ("send = partial(self.client.chat_update, ts=ts)", "chat.update"),
        ("client.api_call('users.profile.set', json={})", "users.profile.set"),
        ("context.client.reactions_add(name='eyes')", "reactions.add"),
    ],
)
def test_a_call_is_found(source: str, method: str) -> None:
    assert methods_called(slack(source)) == {method: "bot/slack/listeners/made_up.py:1"}


@pytest.mark.parametrize("source", ["work.people.list()", "x = 'chat.update is slow'", "'bot.run'"])
def test_what_is_no_call_is_not_found(source: str) -> None:
    assert not methods_called(slack(source))


@pytest.mark.parametrize(
    "source",
    [
        "app.event('team_join')(on_join)",
        "@app.event({'type': 'team_join', 'subtype': None})\ndef on_join(): ...",
        "JOINED = 'team_join'\napp.event(JOINED)(on_join)",
        "for name in ('team_join',):\n    app.event(name)(on_join)",
        "def register(bolt_app):\n    bolt_app.event(event='team_join')(on_join)",
        "app.event('team_join')(on_join)\napp.event(re.compile('.*'))(on_any)",
    ],
)
def test_a_listener_is_found(source: str) -> None:
    assert events_taken(slack(source)) == ({"team_join"}, [])


def test_a_listener_that_cannot_be_read_is_named() -> None:
    unread = events_taken(slack("app.event(what())(on_it)"))[1]
    assert unread == ["bot/slack/listeners/made_up.py:1"]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("display_information.name", "x" * 36),
        ("display_information.description", "x" * 141),
        ("features.slash_commands.0.command", "ask-peer"),
        ("features.slash_commands.0.command", "/" + "x" * 32),
        ("features.slash_commands.1.description", ""),
        ("features.bot_user.display_name", None),
        ("_metadata.major_version", None),
        ("settings.event_subscriptions.bot_events", ["x"] * 101),
    ],
)
def test_what_slack_refuses_is_found(path: str, value: object) -> None:
    manifest = copy.deepcopy(MANIFEST)
    *parents, last = path.split(".")
    place: Any = manifest
    for step in parents:
        place = place[int(step) if step.isdigit() else step]
    place[last] = value
    assert len(breaches(manifest)) == 1
