"""Open, push and update views for the person who acted, while their trigger is good."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import structlog
from slack_sdk import WebClient

from bot.domain.cards import Card, Page
from bot.domain.outcomes import Later, Never, Unclear
from bot.domain.refusals import Refused
from bot.slack.errors import attempt
from bot.slack.forms.fields import Json, notice
from bot.slack.render import Renderer

Body = Mapping[str, Any]

TITLE = "Peerloop"

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Screens:
    """`client` gives up after a second or two: Slack waits three for us."""

    client: WebClient
    renderer: Renderer

    def show(self, body: Body, view: Json) -> None:
        """Open a view; above the modal in which a button was pressed, if it was in one.

        Raises Refused, with what the person can do, where Slack does not open it.
        """
        trigger = str(body.get("trigger_id") or "")
        in_modal = (body.get("view") or {}).get("type") == "modal"
        method = self.client.views_push if in_modal else self.client.views_open
        answer = attempt(lambda: method(trigger_id=trigger, view=view))
        if isinstance(answer, Never | Later | Unclear):
            raise Refused(
                f"Slack did not open the form ({answer.reason}). Please try again; nothing is lost."
            )

    def update(self, view: Mapping[str, Any], content: Callable[[], Json]) -> None:
        """Let a view show newer content; composed once more if it has changed meanwhile."""
        answer = attempt(
            lambda: self.client.views_update(
                view_id=view["id"], hash=view.get("hash"), view=content()
            )
        )
        if isinstance(answer, Never) and answer.reason == "hash_conflict":
            answer = attempt(lambda: self.client.views_update(view_id=view["id"], view=content()))
        if isinstance(answer, Never | Later | Unclear):  # closed, most often: nobody looks at it
            log.warning("view not updated", reason=answer.reason)

    def card(self, card: Card) -> Json:
        """A card as something to read, buttons included."""
        return self.page((card,))

    def page(self, page: Page, title: str = TITLE, *, metadata: str = "") -> Json:
        return notice(title, self.renderer.page(page), metadata=metadata)
