"""What people type into menus whose options the app brings, and what it brings."""

from typing import Any

from sandbox import payloads
from sandbox.delivery import Ack
from sandbox.errors import ControlError, Json
from sandbox.gestures import Before
from sandbox.options import offer_problems, offered
from sandbox.people import Person
from sandbox.pressing import Pressing, element_in_view

NO_OPTIONS = "We had some trouble loading the options."
LEAST_TYPED = 3  # characters, unless the menu says otherwise


class Suggesting(Pressing):
    async def suggest(self, body: Json) -> Json:
        person = self.actor(body)
        before = self.before(person)
        typed = str(body.get("value") or "")
        holder, place, block, element = self._found(person, body)
        if not element["type"].endswith("external_select"):
            raise ControlError(f"A {element['type']} brings its own options; the bot is not asked.")
        if len(typed) < element.get("min_query_length", LEAST_TYPED):
            return self.outcome(person, "none", before, options=[], option_groups=None)
        asked = {
            "action_id": element["action_id"],
            "block_id": block["block_id"],
            "value": typed,
        }
        payload = payloads.suggestion(self.slack, person, place | asked)
        ack = await self.slack.delivery.deliver("interactive", payload)
        return self._show(person, (holder, element["action_id"]), ack, before)

    def _found(self, person: Person, body: Json) -> tuple[str, Json, Json, Json]:
        """The id of what holds the menu, how Slack tells of it, and the menu in its block."""
        if body.get("view_id"):
            view = self.open_view(person, body["view_id"])
            return (view.id, payloads.view_place(self.slack, view), *element_in_view(view, body))
        conversation = self.slack.world.conversation(body["channel"])
        seen = self.seen_by(person, conversation, body.get("ts"))
        message, block, element = self.element_in_messages(person, conversation, seen, body)
        place = payloads.message_place(self.slack, conversation, message)
        return message.ts, place, block, element

    def _show(self, person: Person, menu: tuple[str, str], ack: Ack, before: Before) -> Json:
        offer = ack.payload if isinstance(ack.payload, dict) else {}
        problems = [] if ack.status == "acked" else [ack.status]
        problems += _problems(offer) if not problems else []
        if problems:
            self.complain(person, f"{NO_OPTIONS} ({'; '.join(problems)})")
            offer = {}
        found = offered(offer)
        self.slack.suggested[person.id, *menu] = found
        groups = offer.get("option_groups")
        return self.outcome(person, ack.status, before, options=found, option_groups=groups)


def _problems(offer: dict[str, Any]) -> list[str]:
    """An app may well have nothing to offer."""
    if [offer.get("options"), offer.get("option_groups")] in ([[], None], [None, []]):
        return []
    return list(offer_problems("", offer, "external_select"))
