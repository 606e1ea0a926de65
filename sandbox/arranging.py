"""How the world around people changes: joiners, leavers, channels, deleted messages."""

from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sandbox.conversations import Conversation
from sandbox.errors import ControlError, Json
from sandbox.events import CHANNEL_TYPES, emit, person_event
from sandbox.people import Person, handle_of

if TYPE_CHECKING:
    from sandbox.slack import Slack


class Arranging:
    def __init__(self, slack: "Slack") -> None:
        self._slack = slack

    def person(self, body: Json) -> Json:
        world = self._slack.world
        person_id = body["id"] if body["id"].startswith("U") else world.person(body["id"]).id
        known = world.people.get(person_id)
        person = known or Person(person_id, handle_of(person_id), real_name=handle_of(person_id))
        _check_zone(body)
        for name, value in body.items():
            if name != "id" and (value is not None or name == "team"):
                setattr(person, name, value)
        world.people[person.id] = person
        if person.deleted:
            self._leave_everything(person)
        person_event(self._slack, "user_change" if known else "team_join", person)
        return {"id": person.id}

    def _leave_everything(self, person: Person) -> None:
        """Slack takes deactivated people out of channels, not out of direct messages."""
        for conversation in self._slack.world.conversations.values():
            if conversation.kind == "channel" and person.id in conversation.members:
                conversation.members.remove(person.id)

    def channel(self, body: Json) -> Json:
        world = self._slack.world
        channel = world.conversations.get(body["id"])
        if channel is None and not body["id"].startswith("C"):
            channel = world.conversation(body["id"])
        if channel is None:
            channel = self._create(body)
        else:
            self._change(channel, body)
        self._change_members(channel, body)
        return {"id": channel.id}

    def _create(self, body: Json) -> Conversation:
        name = body.get("name") or body["id"].removeprefix("C_").lower()
        channel = Conversation(body["id"], name, created=int(self._slack.clock.epoch()))
        for flag in ("is_private", "is_archived", "is_ext_shared"):
            setattr(channel, flag, bool(body.get(flag)))
        self._slack.world.conversations[channel.id] = channel
        if not channel.is_private:
            about = {"id": channel.id, "name": channel.name, "created": channel.created}
            emit(self._slack, {"type": "channel_created", "channel": about})
        return channel

    def _change(self, channel: Conversation, body: Json) -> None:
        if "name" in body and body["name"] != channel.name:
            channel.name = body["name"]
            about = {"id": channel.id, "name": channel.name, "created": channel.created}
            self._tell(channel, "rename", about)
        if "is_archived" in body and bool(body["is_archived"]) != channel.is_archived:
            channel.is_archived = bool(body["is_archived"])
            self._tell(channel, "archive" if channel.is_archived else "unarchive", channel.id)
        if body.get("is_private") and not channel.is_private:
            self._tell(channel, "convert_to_private", channel.id)
        channel.is_private = bool(body.get("is_private", channel.is_private))
        channel.is_ext_shared = bool(body.get("is_ext_shared", channel.is_ext_shared))

    def _tell(self, channel: Conversation, what: str, about: Any) -> None:
        """The same happening is called channel_… in public channels and group_… in private ones."""
        event = {"type": f"{CHANNEL_TYPES[channel.type]}_{what}", "channel": about}
        emit(self._slack, event, channel)

    def _change_members(self, channel: Conversation, body: Json) -> None:
        find = self._slack.world.person
        added = [find(name).id for name in body.get("add") or []]
        removed = [find(name).id for name in body.get("remove") or []]
        if "members" in body:
            wanted = [find(name).id for name in body["members"]]
            removed = [user for user in channel.members if user not in wanted]
            added = wanted
        for user in added:
            if user not in channel.members:
                channel.members.append(user)
                self._tell_of_member(channel, "member_joined_channel", user)
        for user in removed:
            if user in channel.members:
                self._take_out(channel, user)

    def _take_out(self, channel: Conversation, user: str) -> None:
        if user == self._slack.world.bot_user:
            self._tell(channel, "left", channel.id)
        self._tell_of_member(channel, "member_left_channel", user)
        channel.members.remove(user)

    def _tell_of_member(self, channel: Conversation, kind: str, user: str) -> None:
        event = {
            "type": kind,
            "user": user,
            "channel": channel.id,
            "channel_type": "G" if channel.is_private else "C",
            "team": self._slack.world.team,
        }
        emit(self._slack, event, channel)

    def delete(self, body: Json) -> Json:
        channel = self._slack.world.conversation(body["channel"])
        message = channel.find(body["ts"])
        if message is None:
            raise ControlError(f"There is no message {body['ts']} in {channel.name}.")
        shown = self._slack.show(channel, message)
        channel.remove(message)
        event = {
            "type": "message",
            "subtype": "message_deleted",
            "hidden": True,
            "channel": channel.id,
            "channel_type": CHANNEL_TYPES[channel.type],
            "deleted_ts": message.ts,
            "ts": self._slack.world.next_ts(),
            "previous_message": shown,
        }
        emit(self._slack, event, channel)
        return {"ts": message.ts}


def _check_zone(body: Json) -> None:
    if "tz" in body:
        try:
            ZoneInfo(body["tz"])
        except (ZoneInfoNotFoundError, ValueError):
            raise ControlError(f"{body['tz']!r} is not a time zone.") from None
