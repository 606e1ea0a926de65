"""What the control API shows: the state of the workspace, messages, views."""

from typing import TYPE_CHECKING

from sandbox.clock import format_instant
from sandbox.conversations import Conversation
from sandbox.errors import ControlError, Json
from sandbox.messages import control_view
from sandbox.people import FLAGS, Person

if TYPE_CHECKING:
    from sandbox.slack import Slack


class Seeing:
    def __init__(self, slack: "Slack") -> None:
        self._slack = slack

    def state(self) -> Json:
        world, conversations = self._slack.world, self._slack.world.conversations.values()
        return {
            "now": format_instant(self._slack.clock.now()),
            "held": self._slack.clock.held,
            "team": world.team,
            "team_name": world.team_name,
            "app": self._slack.manifest.shown(),
            "bot_user": world.bot_user,
            "sockets": len(self._slack.sockets.connections),
            "people": [_person(each) for each in world.people.values()],
            "channels": [_channel(each) for each in conversations if each.kind == "channel"],
            "ims": [
                {"id": each.id, "users": [user for user in each.members if user != world.bot_user]}
                for each in conversations
                if each.kind != "channel"
            ],
            "scopes": sorted(self._slack.scopes),
            "faults": [fault.describe() for fault in self._slack.faults.pending],
        }

    def messages(self, channel: str, reader: str | None) -> Json:
        world = self._slack.world
        conversation = world.conversation(channel)
        whispers = conversation.whispers
        if reader:
            person = world.person(reader)
            if not world.visible(conversation, person.id):
                raise ControlError(f"{person.name} cannot see {conversation.name}.")
            whispers = [each for each in whispers if each.reader == person.id]
        seen = sorted([*conversation.messages, *whispers], key=lambda each: each.ts)
        return {"channel": conversation.id, "messages": [control_view(each) for each in seen]}

    def views(self, user: str) -> Json:
        person = self._slack.world.person(user)
        views = self._slack.views
        home = views.homes.get(person.id)
        modals = views.stacks.get(person.id) or []
        return {
            "home": views.show(home) if home else None,
            "modals": [views.show(view) for view in modals],
        }


def _person(person: Person) -> Json:
    return {
        "id": person.id,
        "name": person.name,
        "real_name": person.real_name,
        "title": person.title,
        "tz": person.tz,
        "topics": person.topics,
        "team": person.team,
        **{flag: getattr(person, flag) for flag in FLAGS},
    }


def _channel(channel: Conversation) -> Json:
    return {
        "id": channel.id,
        "name": channel.name,
        "topic": channel.topic,
        "is_private": channel.is_private,
        "is_archived": channel.is_archived,
        "is_ext_shared": channel.is_ext_shared,
        "members": channel.members,
    }
