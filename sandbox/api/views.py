"""views.open, .push, .update and .publish."""

from sandbox.call import Call
from sandbox.errors import Json, SlackError
from sandbox.view_limits import check_view
from sandbox.views import View


def _shown(call: Call, view: View) -> Json:
    return {"view": call.slack.views.show(view)}


def open_modal(call: Call) -> Json:
    """The view is checked first: Slack leaves the trigger whole when the view is refused."""
    check_view(call.args.get("view"), "modal")
    trigger = call.slack.triggers.spend(call.needed("trigger_id"))
    return _shown(call, call.slack.views.open(trigger.user, call.args["view"], trigger.channel))


def push(call: Call) -> Json:
    check_view(call.args.get("view"), "modal")
    trigger = call.slack.triggers.spend(call.needed("trigger_id"))
    if trigger.view is None:
        raise SlackError("invalid_trigger_id")
    return _shown(call, call.slack.views.push(trigger.user, call.args["view"], trigger.view))


def update(call: Call) -> Json:
    """The view is read before the one to change is looked for."""
    views, given = call.slack.views, call.args.get("view")
    kind = given.get("type") if isinstance(given, dict) else None
    check_view(given, "home" if kind == "home" else "modal")
    if call.text("view_id"):
        view = views.find(call.text("view_id"))
    else:
        view = views.by_external_id(call.needed("external_id"))
    if view is None:
        raise SlackError("not_found")
    return _shown(call, views.update(view, given, call.text("hash")))


def publish(call: Call) -> Json:
    """Slack looks at the person before it reads the view."""
    person = call.world.people.get(call.needed("user_id"))
    if person is None or person.is_bot or person.deleted or person.external:
        messages = ["[ERROR] invalid `user_id`"]
        raise SlackError("invalid_arguments", response_metadata={"messages": messages})
    if not call.slack.manifest.home_tab:
        raise SlackError("not_enabled")
    view = call.slack.views.publish(person.id, call.args.get("view"), call.text("hash"))
    return _shown(call, view)
