"""Slack asks for a rest while there is a lot to say: the bot rests, and nothing is lost."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import count
from typing import Any

import pytest

from bot.domain.cards import Card, Direct, InChannel
from bot.domain.deliveries import Priority
from bot.domain.ids import ChannelId, Key, UserId
from bot.services import deliver
from sandbox.server import LocalSlack
from storage.work import Work
from tests import world as worlds
from tests.faults.wire import OPEN, POST, Wire
from tests.localslack import Json, SlackView
from tests.world import World

TEAMS = count(1)
MANY = 60
NAMES = [f"P{number:02}" for number in range(MANY)]
CHANNELS = {f"C_{name}" for name in NAMES}
DIRECTS = {f"D_{name}" for name in NAMES}


@pytest.fixture
def crowd(
    local_slack: LocalSlack, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[World]:
    """A world with many people and many channels in it from the start."""
    monkeypatch.setattr(worlds, "COMPANY", company())
    world = World(SlackView(local_slack.url), database_url, team=f"T_CROWD{next(TEAMS)}")
    try:
        world.start()
        yield world
    finally:
        world.stop()


def company() -> Json:
    small = worlds.COMPANY
    people = [{"id": f"U_{name}", "name": name.lower()} for name in NAMES]
    channels = [{"id": f"C_{name}", "name": name.lower(), "members": ["U_BOT"]} for name in NAMES]
    return {
        **small,
        "people": [*small["people"], *people],
        "channels": [*small["channels"], *channels],
    }


def test_f42_a_rest_in_the_middle_of_a_burst(crowd: World, monkeypatch: pytest.MonkeyPatch) -> None:
    wire, plans = Wire(crowd), counted(monkeypatch, "plan")
    wire.breaks(POST, "429", retry_after=30, after=MANY // 2)
    wire.breaks(OPEN, "429", retry_after=30, after=MANY // 2)

    wire.run(say_to_all)
    crowd.later(minutes=5)

    posts, opens = wire.tries(POST), wire.tries(OPEN)
    taken_in = Counter(post["channel"] for post in posts if post["ts"])
    assert taken_in == dict.fromkeys(CHANNELS | DIRECTS, 1)
    for calls, most in ((posts, 6), (opens, 2)):
        [refusal] = [call for call in calls if call["status"] == 429]
        # the other worker calls on until the rest is written down, and no longer
        assert followers(calls, refusal, 0, 29.9) <= 5
        assert 0 < followers(calls, refusal, 30, 31) <= most
    assert len(plans) < 8 * MANY  # each comes for its own turn, not everybody for each


def test_who_waits_for_an_answer_does_not_wait_for_a_fan_out(crowd: World) -> None:
    crowd.person("cy")
    wire = Wire(crowd)
    wire.says("cy", "Hello")
    wire.breaks(POST, "429", retry_after=5)
    wire.run(say_to_all)
    crowd.later(seconds=8)
    asked_at = instant(wire.tries()[-1])

    wire.run(reply, "U_CY")
    crowd.later(seconds=5)

    assert wire.shown("cy") == ["Hello", "Here you are"]
    [answer] = [post for post in wire.tries() if post["args"]["text"] == "Here you are"]
    assert instant(answer) - asked_at < timedelta(seconds=3)
    assert len(wire.tries()) < MANY  # the fan-out goes on


def counted(monkeypatch: pytest.MonkeyPatch, name: str) -> list[object]:
    """Each call of a use case of delivery leaves something in this list."""
    calls: list[object] = []
    original = getattr(deliver, name)

    def use_case(work: Work, *args: Any, **kwargs: Any) -> Any:
        calls.append(args)
        return original(work, *args, **kwargs)

    monkeypatch.setattr(deliver, name, use_case)
    return calls


def followers(calls: list[Json], refusal: Json, after: float, until: float) -> int:
    """How many calls came so many seconds after the refusal."""
    waits = [
        (instant(call) - instant(refusal)).total_seconds()
        for call in calls
        if call["n"] > refusal["n"]
    ]
    return sum(after <= wait <= until for wait in waits)


def instant(call: Json) -> datetime:
    return datetime.fromisoformat(call["at"])


def say_to_all(work: Work) -> None:
    for name in NAMES:
        to_one = Direct((UserId(f"U_{name}"),))
        work.deliveries.say(to_one, Card("Hello"), key=Key(f"story/{name}"))
        channel = InChannel(ChannelId(f"C_{name}"))
        key = Key(f"story/channel/{name}")
        work.deliveries.say(channel, Card("Hello, all"), key=key, priority=Priority.BULK)


def reply(work: Work, user: str) -> None:
    work.deliveries.say(
        Direct((UserId(user),)),
        Card("Here you are"),
        key=Key(f"story/reply/{user}"),
        priority=Priority.REPLY,
    )
