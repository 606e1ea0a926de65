"""The Bolt app: what every delivery from Slack passes through, and where errors end."""

import logging
import re
import secrets
from collections.abc import Callable, Mapping
from typing import Any

import structlog
from slack_bolt import App, BoltContext, BoltResponse
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.error import BoltUnhandledRequestError
from slack_sdk import WebClient

from bot.domain.cards import Card
from bot.domain.cards import body as parts
from bot.domain.ids import Tenant
from bot.domain.refusals import Busy, Invalid, Refused, SeenBefore
from bot.run import Run
from bot.slack.errors import missing_scope
from bot.slack.identity import Identity
from bot.slack.listeners import (
    activities,
    after_solved,
    ask_peer,
    channels,
    counts,
    home,
    learning,
    mentoring,
    people,
    questions,
    react,
    topic_channels,
    undelivered,
)
from bot.slack.metered import MeteredApp, note_outcome
from bot.slack.seen import seen_key
from bot.slack.tools import Tools
from bot.watch.meters import SILENT, Meters

log = structlog.get_logger()

FEATURES = (
    *(ask_peer, questions, after_solved, learning, topic_channels, mentoring, activities),
    *(counts, home, react, people, channels, undelivered),
)

ANY = re.compile(".*")


def build_app(
    *,
    client: WebClient,
    identity: Identity,
    signing_secret: str,
    run_for: Callable[[Tenant], Run],
    tools: Tools,
    meters: Meters = SILENT,
) -> App:
    """A Bolt app with every listener registered; each runs inside Bolt's own request."""
    app = MeteredApp(
        client=client,
        authorize=lambda: _authorized(client, identity),
        signing_secret=signing_secret or secrets.token_hex(16),
        process_before_response=True,
        raise_error_for_unhandled_request=True,  # else Bolt logs parts of the payload
        logger=logging.getLogger("slack_bolt"),
    )
    app.meters = meters
    _bind_run(app, run_for)
    for feature in FEATURES:
        feature.register(app, tools)
    _ignore_the_rest(app)
    _answer_errors(app, tools)
    return app


def _authorized(client: WebClient, identity: Identity) -> AuthorizeResult:
    """Who we are is known since the start.

    Bolt would ask `auth.test` while it handles the first event, and acknowledge that event
    unheard if Slack happened to be unwell.
    """
    return AuthorizeResult(
        enterprise_id=None,
        team_id=identity.team,
        bot_token=client.token,
        bot_id=identity.bot_id,
        bot_user_id=identity.bot_user,
    )


def tenant_of(context: BoltContext) -> Tenant:
    """The installation a payload belongs to: its organisation, or its workspace."""
    is_org = context.is_enterprise_install and context.enterprise_id
    return Tenant(str(context.enterprise_id if is_org else context.team_id))


def _bind_run(app: App, run_for: Callable[[Tenant], Run]) -> None:
    @app.middleware
    def bind_run(context: BoltContext, body: dict[str, Any], next: Callable[[], None]) -> None:  # noqa: A002 - Bolt's name
        run = run_for(tenant_of(context))
        key = seen_key(body)
        context["run"] = run.once(key) if key else run
        next()


def _ignore_the_rest(app: App) -> None:
    """What nobody listens to is taken in all the same, or Slack would send it again."""

    @app.event(ANY)
    def on_any_other_event() -> None:
        pass

    @app.action(ANY)
    @app.shortcut(ANY)
    @app.view(ANY)
    def on_anything_older() -> None:
        raise Refused("This belongs to an older version of Peerloop and does nothing any more.")

    @app.command(ANY)
    def on_any_other_command() -> None:
        raise Refused(
            "Peerloop does not know this command: it may have been renamed. "
            "Whoever runs Peerloop can compare its manifest with the app's."
        )


def _answer_errors(app: App, tools: Tools) -> None:
    @app.error
    def on_error(error: Exception, body: dict[str, Any], context: BoltContext) -> BoltResponse:
        note_outcome(context, error)
        if isinstance(error, SeenBefore):
            return BoltResponse(status=200, body="")
        if isinstance(error, BoltUnhandledRequestError):
            return _unheard(body)
        if isinstance(error, Invalid) and body.get("type") == "view_submission":
            return _on_fields(error.problems)
        if isinstance(error, Refused):
            return _tell(tools, body, str(error))
        if scope := missing_scope(error):
            log.warning("a permission is missing", scope=scope)
            return _not_permitted(tools, body, scope)
        if isinstance(error, Busy):
            log.warning("busy")
            return _again(tools, body, str(error))
        reference = secrets.token_hex(2).upper()
        log.error("failed", reference=reference, exc_info=error)
        sentence = f"Something went wrong (ref {reference}). Please try again."
        return _again(tools, body, sentence)


def _unheard(body: dict[str, Any]) -> BoltResponse:
    """Nobody listens to it: taken in all the same; whoever waits for options gets none."""
    if body.get("type") == "block_suggestion":
        return _as_json({"options": []})
    return BoltResponse(status=200, body="")


def _not_permitted(tools: Tools, body: dict[str, Any], scope: str) -> BoltResponse:
    """Sending it again would not help: only what needs the permission is switched off."""
    if "event" in body:
        return BoltResponse(status=200, body="")
    return _tell(
        tools,
        body,
        f"Peerloop has not been granted the permission it needs for this ({scope}). "
        "Whoever runs it can see what that switches off: peerloop doctor.",
    )


def _again(tools: Tools, body: dict[str, Any], sentence: str) -> BoltResponse:
    """Slack sends events again if we fail them; people have to be asked to."""
    if "event" in body:
        return BoltResponse(status=500, body="")
    return _tell(tools, body, sentence)


def _tell(tools: Tools, body: dict[str, Any], sentence: str) -> BoltResponse:
    """A sentence to the person who acted, where they look: by the command, the form, the button."""
    if body.get("type") == "view_submission":
        return _on_form(tools, body["view"], sentence)
    if "command" in body:
        answer = {"response_type": "ephemeral", "text": tools.renderer.plain(sentence)}
        return _as_json(answer)
    tools.replies.sentence(body, sentence)
    return BoltResponse(status=200, body="")


def _on_form(tools: Tools, view: Mapping[str, Any], sentence: str) -> BoltResponse:
    """Beside the first field, so that nothing that was filled in is lost."""
    inputs = (block["block_id"] for block in view["blocks"] if block["type"] == "input")
    first = next(inputs, None)
    if first:
        return _on_fields({first: sentence})
    notice = tools.screens.card(Card("", parts(sentence)))
    return _as_json({"response_action": "push", "view": notice})


def _on_fields(problems: Mapping[str, str]) -> BoltResponse:
    return _as_json({"response_action": "errors", "errors": dict(problems)})


def _as_json(answer: dict[str, Any]) -> BoltResponse:
    return BoltResponse(status=200, body=answer, headers={"content-type": "application/json"})
