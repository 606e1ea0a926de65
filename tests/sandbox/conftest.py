"""A local Slack for each test, and what plugs into it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from slack_sdk import WebClient

from sandbox.server import LocalSlack
from tests.sandbox.desk import Desk
from tests.sandbox.hands import Hands, Json, Listener, Respond, Served

# The local Slack takes any app: these tests bring their own, so that no other app's wishes matter.
SMALL = """
display_information: {name: Small}
features:
  bot_user: {display_name: small}
  slash_commands: [{command: /ask-peer, description: Ask}]
oauth_config:
  scopes:
    bot: [commands, "chat:write", "channels:read", "groups:read", "im:write", "mpim:write",
      "reactions:read", "users:read", "channels:history", "groups:history", "im:history",
      "mpim:history"]
settings:
  event_subscriptions:
    bot_events: [member_joined_channel, member_left_channel, reaction_added, reaction_removed,
      team_join, user_change]
  interactivity: {is_enabled: true}
"""


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory, SMALL)


def written(tmp_path_factory: pytest.TempPathFactory, text: str) -> Path:
    manifest = tmp_path_factory.mktemp("app") / "manifest.yml"
    manifest.write_text(text)
    return manifest


@pytest.fixture
def local(small: Path) -> Iterator[LocalSlack]:
    with LocalSlack(manifest=small, patience=1) as local:
        yield local


@pytest.fixture
def hands(local: LocalSlack) -> Hands:
    return Hands(local.url)


@pytest.fixture
def web(local: LocalSlack) -> WebClient:
    return WebClient("xoxb-sandbox", base_url=f"{local.url}/api/", retry_handlers=[])


@pytest.fixture
def listen(hands: Hands) -> Iterator[Callable[..., Listener]]:
    opened: list[Listener] = []

    def _open(respond: Respond = lambda envelope: None) -> Listener:
        opened.append(Listener(hands, respond))
        return opened[-1]

    yield _open
    for listener in opened:
        listener.close()


@pytest.fixture
def answer() -> Json:
    """What the bot answers to a submission; a test fills it in."""
    return {}


@pytest.fixture
def desk(hands: Hands, listen: Callable[..., Listener], answer: Json) -> Desk:
    def respond(envelope: Json) -> Json | None:
        return answer if envelope["payload"].get("type") == "view_submission" else None

    return Desk(hands, listen(respond))


@pytest.fixture
def serve() -> Iterator[Callable[..., Served]]:
    opened: list[Served] = []

    def _open(answer: Callable[[str, Json, bytes], tuple[int, Json | str]]) -> Served:
        opened.append(Served(answer))
        return opened[-1]

    yield _open
    for served in opened:
        served.close()


EVERYTHING = """
display_information: {name: Everything}
features:
  app_home: {home_tab_enabled: true}
  bot_user: {display_name: everything}
  slash_commands: [{command: /go, description: Go}]
  shortcuts:
    - {name: Anywhere, type: global, callback_id: anywhere, description: Anywhere}
    - {name: On this, type: message, callback_id: on_this, description: On this message}
oauth_config:
  scopes:
    bot: [commands, "chat:write", "channels:read", "groups:read", "im:read", "mpim:read",
      "im:write", "mpim:write", "reactions:read", "users:read", "team:read", "channels:history",
      "groups:history", "im:history", "mpim:history", "app_mentions:read"]
settings:
  event_subscriptions:
    bot_events: [message.channels, message.groups, message.im, message.mpim, app_mention,
      app_home_opened, reaction_added, reaction_removed, team_join, user_change,
      member_joined_channel, member_left_channel, channel_archive, channel_unarchive,
      channel_rename, channel_created, channel_left, group_rename, group_archive]
  interactivity: {is_enabled: true}
"""


@pytest.fixture
def everything(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hands]:
    """An app that asked for every scope and event there is a use for."""
    manifest = written(tmp_path_factory, EVERYTHING)
    with LocalSlack(manifest=manifest, patience=1) as local:
        yield Hands(local.url)
