"""What people do in messages and views: press a button, choose something."""

from sandbox import payloads
from sandbox.choosing import Choosing
from sandbox.conversations import Conversation
from sandbox.errors import ControlError, Json
from sandbox.forms import FIELDS, INITIAL, State, takes_several
from sandbox.gestures import Gestures
from sandbox.kinds import elements_of
from sandbox.messages import Message
from sandbox.people import Person
from sandbox.views import View

# What Slack repeats of the element in the action it reports.
REPEATED = ("text", "value", "style", "url", "placeholder", "confirm", *INITIAL.values())


class Pressing(Gestures):
    async def action(self, body: Json) -> Json:
        if not self.slack.manifest.interactive:
            raise ControlError("This app has no interactivity in its manifest.")
        person = self.actor(body)
        before = self.before(person)
        if body.get("view_id"):
            payload = self._in_view(person, body)
        else:
            payload = self._in_message(person, body)
        if payload is None:
            return self.outcome(person, "none", before)
        return await self.interact(person, payload, before)

    def _in_view(self, person: Person, body: Json) -> Json | None:
        view = self.open_view(person, body["view_id"])
        block, element = element_in_view(view, body)
        action = self._act(person, view.id, view.state, (block, element), body)
        return payloads.view_action(self.slack, person, view, action) if _told(block) else None

    def _in_message(self, person: Person, body: Json) -> Json | None:
        conversation = self.slack.world.conversation(body["channel"])
        seen = self.seen_by(person, conversation, body.get("ts"))
        if body.get("forged"):
            return self._forged(person, conversation, seen, body)
        message, block, element = self.element_in_messages(person, conversation, seen, body)
        state = message.chosen.setdefault(person.id, {})
        action = self._act(person, message.ts, state, (block, element), body)
        if not _told(block):
            return None
        return payloads.message_action(self.slack, person, conversation, message, action)

    def element_in_messages(
        self, person: Person, conversation: Conversation, seen: list[Message], body: Json
    ) -> tuple[Message, Json, Json]:
        for message in seen:
            found = find_element(message.blocks, body)
            if found is not None:
                return (message, *found)
        raise ControlError(
            f"{person.name} sees no message in {conversation.name or conversation.id} "
            f"with an element {body['action_id']!r}."
        )

    def _forged(
        self, person: Person, conversation: Conversation, seen: list[Message], body: Json
    ) -> Json:
        """A button that the message does not hold: an old screen, or somebody's own payload."""
        if not seen:
            raise ControlError("A forged press needs the ts of a message this person sees.")
        button = {"type": "button", "action_id": body["action_id"], "value": body.get("value", "")}
        action = self._act(person, seen[0].ts, {}, ({"block_id": "forged"}, button), body)
        return payloads.message_action(self.slack, person, conversation, seen[0], action)

    def seen_by(self, person: Person, conversation: Conversation, ts: str | None) -> list[Message]:
        """Newest first."""
        whispers = [each for each in conversation.whispers if each.reader == person.id]
        public = conversation.messages if person.id in conversation.members else []
        seen = sorted([*whispers, *public], key=lambda each: each.ts, reverse=True)
        return [each for each in seen if ts in (None, each.ts)]

    def _act(
        self, person: Person, holder: str, state: State, found: tuple[Json, Json], body: Json
    ) -> Json:
        """The action as Slack reports it; what is chosen stays chosen."""
        block, element = found
        action: Json = {"action_id": element["action_id"], "block_id": block["block_id"]}
        action |= {"type": element["type"], "action_ts": self.slack.world.next_ts()}
        action |= {name: element[name] for name in REPEATED if name in element}
        if element["type"] not in FIELDS:
            return action
        chosen = Choosing(self.slack).state(person, holder, element, _given(block, element, body))
        if element["type"] != "overflow":
            state.setdefault(block["block_id"], {})[element["action_id"]] = chosen
        return action | chosen


def element_in_view(view: View, body: Json) -> tuple[Json, Json]:
    found = find_element(view.content["blocks"], body)
    if found is None:
        raise ControlError(f"The view has no element {body['action_id']!r}.")
    return found


def find_element(blocks: list[Json], body: Json) -> tuple[Json, Json] | None:
    """The element meant; for a button, the one with that value if a value is given."""
    for block in blocks:
        if body.get("block_id") not in (None, block["block_id"]):
            continue
        for element in elements_of(block):
            if element.get("action_id") == body["action_id"] and _matches(element, body):
                return block, element
    return None


def _matches(element: Json, body: Json) -> bool:
    wanted = body.get("value")
    return element.get("type") != "button" or wanted in (None, element.get("value"))


def _told(block: Json) -> bool:
    """An input keeps to itself what is chosen in it, unless it is to be dispatched."""
    return block.get("type") != "input" or bool(block.get("dispatch_action"))


def _given(block: Json, element: Json, body: Json) -> object:
    """Only an optional input can be emptied again, and whatever takes several things."""
    given = body.get("selected", body.get("value"))
    if given is None and not takes_several(element["type"]) and not block.get("optional"):
        raise ControlError(f"Say in `selected` what is chosen in {body['action_id']!r}.")
    return given
