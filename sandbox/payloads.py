"""What Slack tells an app about a person's gesture: commands, actions, forms and shortcuts."""

from typing import TYPE_CHECKING

from sandbox.conversations import Conversation
from sandbox.errors import Json
from sandbox.messages import Message
from sandbox.people import Person
from sandbox.views import View

if TYPE_CHECKING:
    from sandbox.slack import Slack

CHANNEL_NAMES = {"im": "directmessage", "private_channel": "privategroup"}


def channel_name(conversation: Conversation) -> str:
    return CHANNEL_NAMES.get(conversation.type, conversation.name)


def command(
    slack: "Slack", person: Person, conversation: Conversation, name: str, text: str
) -> Json:
    world = slack.world
    return {
        "token": "sandbox-verification",
        "team_id": person.team or world.team,
        "team_domain": world.domain,
        "channel_id": conversation.id,
        "channel_name": channel_name(conversation),
        "user_id": person.id,
        "user_name": person.name,
        "command": name,
        "text": text,
        "api_app_id": world.app_id,
        "is_enterprise_install": "false",
        "response_url": slack.responses.issue(conversation, person.id),
        "trigger_id": slack.triggers.issue(person.id),
    }


def gesture(slack: "Slack", kind: str, person: Person, from_modal: bool = False) -> Json:
    """What every interaction payload has in common."""
    world = slack.world
    team = person.team or world.team
    return {
        "type": kind,
        "user": {
            "id": person.id,
            "username": person.name,
            "name": person.name,
            "team_id": team,
        },
        "api_app_id": world.app_id,
        "token": "sandbox-verification",
        "trigger_id": slack.triggers.issue(person.id, from_modal),
        "team": {"id": world.team, "domain": world.domain},
        "enterprise": None,
        "is_enterprise_install": False,
    }


def message_action(
    slack: "Slack", person: Person, conversation: Conversation, message: Message, action: Json
) -> Json:
    """Slack does not repeat the content of an ephemeral message."""
    container = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": conversation.id,
        "is_ephemeral": message.reader is not None,
    }
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    payload = gesture(slack, "block_actions", person) | {
        "container": container,
        "channel": {"id": conversation.id, "name": channel_name(conversation)},
        "state": {"values": _state_of(action)},
        "response_url": slack.responses.issue(conversation, person.id, message),
        "actions": [action],
    }
    if message.reader is None:
        payload["message"] = slack.show(conversation, message)
    return payload


def view_action(slack: "Slack", person: Person, view: View, action: Json) -> Json:
    return gesture(slack, "block_actions", person, view.type == "modal") | {
        "container": {"type": "view", "view_id": view.id},
        "view": slack.views.show(view),
        "actions": [action],
    }


def submission(slack: "Slack", person: Person, view: View) -> Json:
    payload = gesture(slack, "view_submission", person, from_modal=True)
    return payload | {"view": slack.views.show(view), "response_urls": []}


def closing(slack: "Slack", person: Person, view: View) -> Json:
    payload = gesture(slack, "view_closed", person)
    del payload["trigger_id"]  # a closed view triggers nothing
    return payload | {"view": slack.views.show(view), "is_cleared": False}


def global_shortcut(slack: "Slack", person: Person, callback_id: str) -> Json:
    payload = gesture(slack, "shortcut", person)
    return payload | {"callback_id": callback_id, "action_ts": slack.world.next_ts()}


def message_shortcut(
    slack: "Slack",
    person: Person,
    callback_id: str,
    conversation: Conversation,
    message: Message,
) -> Json:
    return gesture(slack, "message_action", person) | {
        "callback_id": callback_id,
        "action_ts": slack.world.next_ts(),
        "message_ts": message.ts,
        "channel": {"id": conversation.id, "name": channel_name(conversation)},
        "message": slack.show(conversation, message),
        "response_url": slack.responses.issue(conversation, person.id, message),
    }


def _state_of(action: Json) -> Json:
    """Buttons have no state; what was chosen has."""
    if action["type"] in ("button", "overflow"):
        return {}
    chosen = {name: value for name, value in action.items() if name not in _NOT_STATE}
    return {action["block_id"]: {action["action_id"]: chosen}}


_NOT_STATE = ("action_id", "block_id", "action_ts")
