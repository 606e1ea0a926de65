"""A Bolt app that tells how long each request took and what became of it."""

from collections.abc import Mapping
from time import monotonic
from typing import Any

from slack_bolt import App, BoltContext, BoltRequest, BoltResponse
from slack_bolt.error import BoltUnhandledRequestError

from bot.domain.refusals import Busy, Invalid, Refused, SeenBefore
from bot.slack.errors import missing_scope
from bot.watch.meters import SILENT, Meters

OUTCOME = "outcome"
KINDS = frozenset(
    {
        *("block_actions", "block_suggestion", "view_submission", "view_closed"),
        *("shortcut", "message_action", "event_callback"),
    }
)
"""What Slack sends us, by its own names; commands have none. No other word becomes a label."""

OUTCOMES: tuple[tuple[type[Exception], str], ...] = (
    (SeenBefore, "repeated"),
    (BoltUnhandledRequestError, "ignored"),
    (Invalid, "refused"),
    (Refused, "refused"),
    (Busy, "busy"),
)


class MeteredApp(App):
    """Both ways in, HTTP and Socket Mode, go through `dispatch`."""

    meters: Meters = SILENT

    def dispatch(self, req: BoltRequest) -> BoltResponse:
        begun = monotonic()
        answer = super().dispatch(req)
        usual = "ok" if answer.status < 400 else "failed"
        outcome = str(req.context.get(OUTCOME, usual))
        self.meters.acked(kind_of(req.body), outcome, monotonic() - begun)
        return answer


def note_outcome(context: BoltContext, error: Exception) -> None:
    """For the error handler: what kind of end this was."""
    found = (name for kind, name in OUTCOMES if isinstance(error, kind))
    context[OUTCOME] = next(found, "off" if missing_scope(error) else "failed")


def kind_of(body: Mapping[str, Any]) -> str:
    if "command" in body:
        return "command"
    kind = body.get("type")
    return kind if isinstance(kind, str) and kind in KINDS else "other"
