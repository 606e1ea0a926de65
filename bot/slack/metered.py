"""A Bolt app that tells how long each request took and what became of it."""

import re
from collections.abc import Mapping
from secrets import token_hex
from time import monotonic
from typing import Any

import structlog
from slack_bolt import App, BoltContext, BoltRequest, BoltResponse
from slack_bolt.error import BoltUnhandledRequestError

from bot.domain.refusals import Busy, Invalid, Refused, SeenBefore
from bot.slack.errors import missing_scope
from bot.watch.meters import SILENT, Meters

log = structlog.get_logger()

OUTCOME = "outcome"
KINDS = frozenset(
    {
        *("block_actions", "block_suggestion", "view_submission", "view_closed"),
        *("shortcut", "message_action", "event_callback"),
    }
)
"""What Slack sends us, by its own names; commands have none. No other word becomes a label."""

NAME = re.compile(r"[\w./-]{1,80}", re.ASCII)
"""What commands, buttons, forms and events are called; nothing else gets into the log as one."""

OUTCOMES: tuple[tuple[type[Exception], str], ...] = (
    (SeenBefore, "repeated"),
    (BoltUnhandledRequestError, "ignored"),
    (Invalid, "refused"),
    (Refused, "refused"),
    (Busy, "busy"),
)


class MeteredApp(App):
    """Both ways in, HTTP and Socket Mode, go through `dispatch`.

    Each request has one line in the log, which does not say whose it was: some answers are
    anonymous. What else is logged on the way has the same `request`.
    """

    meters: Meters = SILENT

    def dispatch(self, req: BoltRequest) -> BoltResponse:
        with structlog.contextvars.bound_contextvars(request=token_hex(4)):
            begun, answer = monotonic(), None
            try:
                answer = super().dispatch(req)
                return answer
            finally:  # also where not even an answer was made
                self._tell(req, answer, monotonic() - begun)

    def _tell(self, req: BoltRequest, answer: BoltResponse | None, seconds: float) -> None:
        outcome = "failed"
        if answer is not None:
            usual = "ok" if answer.status < 400 else "failed"
            outcome = str(req.context.get(OUTCOME, usual))
        kind = kind_of(req.body)
        self.meters.acked(kind, outcome, seconds)
        what, team = what_of(req.body), req.context.team_id
        log.info(kind, what=what, team=team, outcome=outcome, ms=round(1000 * seconds))


def note_outcome(context: BoltContext, error: Exception) -> None:
    """For the error handler: what kind of end this was."""
    found = (name for kind, name in OUTCOMES if isinstance(error, kind))
    context[OUTCOME] = next(found, "off" if missing_scope(error) else "failed")


def kind_of(body: Mapping[str, Any]) -> str:
    if "command" in body:
        return "command"
    kind = body.get("type")
    return kind if isinstance(kind, str) and kind in KINDS else "other"


def what_of(body: Mapping[str, Any]) -> str | None:
    """Which of our commands, buttons or forms it was, or which event of Slack's."""
    name = _name_in(body)
    return name if name and NAME.fullmatch(name) else None


def _name_in(body: Mapping[str, Any]) -> str | None:
    match body:
        case {"command": str(what)}:
            return what
        case {"event": {"type": str(what)}}:
            return what
        case {"actions": [{"action_id": str(what)}, *_]}:
            return what
        case {"view": {"callback_id": str(what)}}:
            return what
        case {"callback_id": str(what)} | {"action_id": str(what)}:
            return what
    return None
