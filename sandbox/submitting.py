"""What people do with forms: submit them, and close them."""

from typing import Any

from sandbox import payloads
from sandbox.choosing import Choosing
from sandbox.delivery import Ack
from sandbox.errors import ControlError, Json, SlackError
from sandbox.forms import complaint, is_empty
from sandbox.gestures import Before, Gestures
from sandbox.people import Person
from sandbox.views import View

TROUBLE = "We had some trouble connecting. Try again?"
REQUIRED = "Please complete this required field."


class Submitting(Gestures):
    async def submit(self, body: Json) -> Json:
        person = self.actor(body)
        view = self.modal_on_top(person, body["view_id"])
        if not view.content.get("submit"):
            raise ControlError(f"{view.id} has no button to submit it.")
        before = self.before(person)
        errors = self._fill(person, view, body.get("values") or {})
        if errors:
            return self.outcome(person, "none", before, errors=errors)
        payload = payloads.submission(self.slack, person, view)
        ack = await self.slack.delivery.deliver("interactive", payload)
        if ack.status != "acked":
            self.complain(person, TROUBLE)
            return self.outcome(person, ack.status, before)
        return self._respond(person, view, ack, before)

    def _fill(self, person: Person, view: View, values: Json) -> Json:
        """Types the values in; answers what Slack itself would complain about."""
        inputs = _inputs(view)
        for block_id in values:
            if block_id not in inputs:
                known = ", ".join(inputs)
                raise ControlError(f"The form has no field {block_id!r}; it has {known}.")
        choosing = Choosing(self.slack)
        for block_id, given in values.items():
            element = inputs[block_id]["element"]
            chosen = choosing.state(person, view.id, element, given)
            view.state[block_id][element["action_id"]] = chosen
        return {
            block_id: words
            for block_id, block in inputs.items()
            if (words := _objection(block, view.state[block_id]))
        }

    def _respond(self, person: Person, view: View, ack: Ack, before: Before) -> Json:
        errors: Json | None = None
        try:
            errors = self._follow(person, view, ack.payload)
        except SlackError as refusal:
            self.complain(person, f"{TROUBLE} ({refusal.code}: {refusal.details})")
        return self.outcome(person, ack.status, before, errors=errors)

    def _follow(self, person: Person, view: View, response: Any) -> Json | None:
        """Carries out a response_action; an empty answer closes this one view."""
        views = self.slack.views
        if not response:
            views.close(view)
            return None
        wish = response.get("response_action") if isinstance(response, dict) else None
        if wish == "clear":
            views.stacks.pop(person.id, None)
            return None
        if view not in views.stacks.get(person.id, []):
            raise SlackError("not_found", view_id=view.id)
        if wish == "errors":
            return _known_errors(view, response.get("errors"))
        if wish == "update":
            views.update(view, response.get("view"))
        elif wish == "push":
            views.push(person.id, response.get("view"), view.id)
        else:
            raise SlackError("invalid_arguments", response_action=wish)
        return None

    async def close(self, body: Json) -> Json:
        """The close button; with `all` the x, which closes every view of the modal."""
        person = self.actor(body)
        view = self.modal_on_top(person, body["view_id"])
        before = self.before(person)
        cleared = bool(body.get("all") or view.content.get("clear_on_close"))
        stack = self.slack.views.stacks[person.id]
        closed = list(reversed(stack)) if cleared else [view]
        told = [
            payloads.closing(self.slack, person, each, cleared)
            for each in closed
            if each.content.get("notify_on_close")
        ]
        for each in closed:
            self.slack.views.close(each)
        acks = [await self.slack.delivery.deliver("interactive", payload) for payload in told]
        failed = [ack.status for ack in acks if ack.status != "acked"]
        status = (failed or [ack.status for ack in acks] or ["none"])[0]
        return self.outcome(person, status, before)


def _inputs(view: View) -> dict[str, Json]:
    return {b["block_id"]: b for b in view.content["blocks"] if b["type"] == "input"}


def _objection(block: Json, state: Json) -> str | None:
    element = block["element"]
    chosen = state[element["action_id"]]
    if is_empty(chosen):
        return None if block.get("optional") else REQUIRED
    return complaint(element, chosen)


def _known_errors(view: View, errors: Any) -> Json:
    """Slack shows errors only beside inputs of this view; anything else is trouble."""
    if not isinstance(errors, dict) or not errors:
        raise SlackError("invalid_arguments", errors=errors)
    strangers = sorted(set(errors) - set(_inputs(view)))
    if strangers:
        raise SlackError("invalid_arguments", blocks=strangers)
    wordless = sorted(name for name, words in errors.items() if not isinstance(words, str))
    if wordless:
        raise SlackError("invalid_arguments", errors=wordless)
    return dict(errors)
