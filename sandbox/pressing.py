"""What people do in messages and views: press, choose, submit, close."""

from typing import Any

from sandbox import payloads
from sandbox.conversations import Conversation
from sandbox.delivery import Ack
from sandbox.errors import ControlError, Json, SlackError
from sandbox.forms import FIELDS, chosen, complaint, is_empty
from sandbox.gestures import Before, Gestures
from sandbox.kinds import elements_of
from sandbox.messages import Message
from sandbox.people import Person
from sandbox.views import View

TROUBLE = "We had some trouble connecting. Try again?"
REQUIRED = "Please complete this required field."


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
        return await self.interact(person, payload, before)

    def _in_view(self, person: Person, body: Json) -> Json:
        view = self._view(person, body["view_id"])
        found = _element(view.content["blocks"], body)
        if found is None:
            raise ControlError(f"The view has no element {body['action_id']!r}.")
        block, element = found
        action = self._act(block, element, body)
        if element["type"] in FIELDS and element["type"] != "overflow":
            state = chosen(element, body.get("selected"))
            view.state.setdefault(block["block_id"], {})[element["action_id"]] = state
        return payloads.view_action(self.slack, person, view, action)

    def _in_message(self, person: Person, body: Json) -> Json:
        conversation = self.slack.world.conversation(body["channel"])
        seen = self._seen_by(person, conversation, body.get("ts"))
        if body.get("forged"):
            return self._forged(person, conversation, seen, body)
        for message in seen:
            found = _element(message.blocks, body)
            if found is not None:
                action = self._act(*found, body)
                return payloads.message_action(self.slack, person, conversation, message, action)
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
        action = self._act({"block_id": "forged"}, button, body)
        return payloads.message_action(self.slack, person, conversation, seen[0], action)

    def _seen_by(self, person: Person, conversation: Conversation, ts: str | None) -> list[Message]:
        """Newest first."""
        whispers = [each for each in conversation.whispers if each.reader == person.id]
        public = conversation.messages if person.id in conversation.members else []
        seen = sorted([*whispers, *public], key=lambda each: each.ts, reverse=True)
        return [each for each in seen if ts in (None, each.ts)]

    def _act(self, block: Json, element: Json, body: Json) -> Json:
        action: Json = {"action_id": element["action_id"], "block_id": block["block_id"]}
        kind = element["type"]
        action |= {"type": kind, "action_ts": self.slack.world.next_ts()}
        if kind == "button":
            kept = ("text", "value", "style", "url")
            return action | {name: element[name] for name in kept if name in element}
        given = body.get("selected", body.get("value"))
        return action | chosen(element, given)

    def _view(self, person: Person, view_id: str) -> View:
        view = self.slack.views.find(view_id)
        if view is None or view.user != person.id:
            raise ControlError(f"{person.name} has no view {view_id} open.")
        return view

    # --- forms ----------------------------------------------------------------------------------

    async def submit(self, body: Json) -> Json:
        person = self.actor(body)
        view = self._top(person, body["view_id"])
        before = self.before(person)
        errors = _fill(view, body.get("values") or {})
        if errors:
            return self.outcome(person, "none", before, errors=errors)
        payload = payloads.submission(self.slack, person, view)
        ack = await self.slack.delivery.deliver("interactive", payload)
        if ack.status != "acked":
            self.complain(person, TROUBLE)
            return self.outcome(person, ack.status, before)
        return self._respond(person, view, ack, before)

    def _top(self, person: Person, view_id: str) -> View:
        view = self._view(person, view_id)
        if view.type != "modal" or view is not self.slack.views.top(person.id):
            raise ControlError(f"{view_id} is not the modal on top.")
        return view

    def _respond(self, person: Person, view: View, ack: Ack, before: Before) -> Json:
        response = ack.payload if isinstance(ack.payload, dict) else {}
        errors: Json | None = None
        try:
            errors = self._follow(person, view, response)
        except SlackError as refusal:
            self.complain(person, f"{TROUBLE} ({refusal.code}: {refusal.details})")
        return self.outcome(person, ack.status, before, errors=errors)

    def _follow(self, person: Person, view: View, response: Json) -> Json | None:
        """Carries out a response_action; none closes this one view."""
        views = self.slack.views
        wish = response.get("response_action")
        if wish == "errors":
            return _known_errors(view, response.get("errors") or {})
        if wish == "update":
            views.update(view, response.get("view"))
        elif wish == "push":
            views.push(person.id, response.get("view"))
        elif wish == "clear":
            views.stacks.pop(person.id, None)
        else:
            views.close(view)
        return None

    async def close(self, body: Json) -> Json:
        person = self.actor(body)
        view = self._top(person, body["view_id"])
        before = self.before(person)
        self.slack.views.close(view)
        if not view.content.get("notify_on_close"):
            return self.outcome(person, "none", before)
        payload = payloads.closing(self.slack, person, view)
        ack = await self.slack.delivery.deliver("interactive", payload)
        return self.outcome(person, ack.status, before)


def _element(blocks: list[Json], body: Json) -> tuple[Json, Json] | None:
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


def _fill(view: View, values: Json) -> Json:
    """Types the values in; answers what Slack itself would complain about."""
    inputs = {b["block_id"]: b for b in view.content["blocks"] if b["type"] == "input"}
    for block_id in values:
        if block_id not in inputs:
            raise ControlError(f"The form has no field {block_id!r}; it has {', '.join(inputs)}.")
    errors: Json = {}
    for block_id, block in inputs.items():
        element = block["element"]
        state = _state(view, block, values)
        view.state[block_id] = {element["action_id"]: state}
        if is_empty(state) and not block.get("optional"):
            errors[block_id] = REQUIRED
        elif not is_empty(state) and (words := complaint(element, state)):
            errors[block_id] = words
    return errors


def _state(view: View, block: Json, values: Json) -> Any:
    element = block["element"]
    if block["block_id"] in values:
        return chosen(element, values[block["block_id"]])
    return view.state[block["block_id"]][element["action_id"]]


def _known_errors(view: View, errors: Json) -> Json:
    """Slack shows errors only beside inputs of this view; anything else is trouble."""
    inputs = {block["block_id"] for block in view.content["blocks"] if block["type"] == "input"}
    strangers = sorted(set(errors) - inputs)
    if strangers or not errors:
        raise SlackError("invalid_arguments", blocks=strangers)
    return errors
