"""Reads a company (people, channels, what they said before) from YAML into a fresh world."""

from datetime import timedelta
from functools import lru_cache
from pathlib import Path

import yaml

from sandbox.clock import Clock
from sandbox.conversations import Conversation
from sandbox.errors import ControlError, Json
from sandbox.messages import Message
from sandbox.people import Person
from sandbox.world import World

COMPANY = Path(__file__).with_name("company.yml")


def load_company(path: str | Path | None) -> Json:
    return _parse(Path(path or COMPANY))


@lru_cache(maxsize=8)
def _parse(path: Path) -> Json:
    with path.open(encoding="utf-8") as file:
        return dict(yaml.safe_load(file))


def build_world(company: Json, clock: Clock, team: str | None = None) -> World:
    try:
        return _build(company, clock, team)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise ControlError(f"The company's data does not fit: {error!r}.") from error


def _build(company: Json, clock: Clock, team: str | None) -> World:
    about = company.get("team") or {}
    world = World(clock, team=team or about.get("id", "T_NORTH"))
    world.team_name = about.get("name", world.team_name)
    world.domain = about.get("domain", world.domain)
    for each in company.get("people") or []:
        world.people[each["id"]] = Person(**{**each, "topics": list(each.get("topics") or [])})
    if world.bot_user not in world.people:
        raise ControlError(f"The data has no person {world.bot_user}: the bot needs a user.")
    for each in company.get("channels") or []:
        channel = _channel(world, each)
        world.conversations[channel.id] = channel
    for each in company.get("history") or []:
        _remember(world, each)
    return world


def _channel(world: World, each: Json) -> Conversation:
    members = [world.person(name).id for name in each.get("members") or []]
    if each.get("everyone"):
        members = [person.id for person in world.people.values() if not person.deleted]
    return Conversation(
        id=each["id"],
        name=each["name"],
        is_private=bool(each.get("is_private")),
        is_archived=bool(each.get("is_archived")),
        is_ext_shared=bool(each.get("is_ext_shared")),
        topic=each.get("topic", ""),
        purpose=each.get("purpose", ""),
        creator=members[0] if members else "",
        created=int((world.clock.now() - timedelta(days=400)).timestamp()),
        members=members,
    )


def _remember(world: World, said: Json) -> None:
    """History is written as minutes before the start, so that it is recent whenever one starts."""
    channel = world.conversation(said["channel"])
    parent = _say(world, channel, said, None)
    for number, reply in enumerate(said.get("replies") or []):
        minutes = said["minutes_ago"] - 7 * (number + 1)
        _say(world, channel, {"minutes_ago": minutes, **reply}, parent.ts)


def _say(world: World, channel: Conversation, said: Json, thread_ts: str | None) -> Message:
    seconds = int(world.clock.epoch()) - 60 * int(said["minutes_ago"])
    message = Message(
        ts=f"{seconds}.{len(channel.messages) + 100:06d}",
        user=world.person(said["user"]).id,
        text=said["text"],
        thread_ts=thread_ts,
        reactions={
            name: [world.person(user).id for user in users]
            for name, users in (said.get("reactions") or {}).items()
        },
    )
    world.say(channel, message)
    channel.messages.sort(key=lambda each: each.ts)
    return message
