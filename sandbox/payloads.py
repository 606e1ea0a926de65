"""What Slack tells an app about a person's gesture: commands, actions, forms and shortcuts."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sandbox.conversations import Conversation
from sandbox.errors import Json
from sandbox.forms import FIELDS, carried, stateful
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
        "trigger_id": slack.triggers.issue(person.id, channel=conversation.id),
    }


def gesture(
    slack: "Slack",
    kind: str,
    person: Person,
    view: View | None = None,
    conversation: Conversation | None = None,
) -> Json:
    """What every interaction payload has in common."""
    world = slack.world
    team = person.team or world.team
    modal = view.id if view and view.type == "modal" else None
    channel = conversation.id if conversation else None
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
        "trigger_id": slack.triggers.issue(person.id, modal, channel),
        "team": {"id": world.team, "domain": world.domain},
        "enterprise": None,
        "is_enterprise_install": False,
    }


def message_action(
    slack: "Slack", person: Person, conversation: Conversation, message: Message, action: Json
) -> Json:
    return gesture(slack, "block_actions", person, conversation=conversation) | {
        **message_place(slack, conversation, message),
        "state": {"values": carried(message.blocks, message.chosen.get(person.id, {}))},
        "response_url": slack.responses.issue(conversation, person.id, message),
        "actions": [action],
    }


def message_place(slack: "Slack", conversation: Conversation, message: Message) -> Json:
    """Slack does not repeat the content of an ephemeral message."""
    container = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": conversation.id,
        "is_ephemeral": message.reader is not None,
    }
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    channel = {"id": conversation.id, "name": channel_name(conversation)}
    shown = {} if message.reader else {"message": slack.show(conversation, message)}
    return {"container": container, "channel": channel, **shown}


def view_place(slack: "Slack", view: View) -> Json:
    return {"container": {"type": "view", "view_id": view.id}, "view": slack.views.show(view)}


def view_action(slack: "Slack", person: Person, view: View, action: Json) -> Json:
    payload = gesture(slack, "block_actions", person, view)
    return payload | view_place(slack, view) | {"actions": [action]}


def suggestion(slack: "Slack", person: Person, asked: Json) -> Json:
    payload = gesture(slack, "block_suggestion", person)
    del payload["trigger_id"]  # options are brought at once or not at all
    return payload | asked


def submission(slack: "Slack", person: Person, view: View) -> Json:
    payload = gesture(slack, "view_submission", person, view)
    urls = [
        {
            "block_id": block_id,
            "action_id": action_id,
            "channel_id": channel.id,
            "response_url": slack.responses.issue(channel, person.id),
        }
        for block_id, action_id, channel in _answerable(slack, view)
    ]
    return payload | {"view": slack.views.show(view), "response_urls": urls}


def _answerable(slack: "Slack", view: View) -> Iterator[tuple[str, str, Conversation]]:
    """The conversations chosen in menus that ask for a response_url."""
    for block, element in stateful(view.content["blocks"]):
        block_id, action_id = block["block_id"], element["action_id"]
        chosen = view.state[block_id][action_id].get(FIELDS[element["type"]])
        if element.get("response_url_enabled") and chosen:
            yield block_id, action_id, slack.world.conversations[chosen]


def closing(slack: "Slack", person: Person, view: View, is_cleared: bool) -> Json:
    payload = gesture(slack, "view_closed", person)
    del payload["trigger_id"]  # a closed view triggers nothing
    return payload | {"view": slack.views.show(view), "is_cleared": is_cleared}


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
    return gesture(slack, "message_action", person, conversation=conversation) | {
        "callback_id": callback_id,
        "action_ts": slack.world.next_ts(),
        "message_ts": message.ts,
        "channel": {"id": conversation.id, "name": channel_name(conversation)},
        "message": slack.show(conversation, message),
        "response_url": slack.responses.issue(conversation, person.id, message),
    }
