"""Slack delivers the same event again, at once, or in another order: it counts once."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import permutations

from bot.domain.ids import Ts
from bot.program import Program
from tests.faults.wire import WHISPER, Wire
from tests.localslack import Json
from tests.world import World

AT = {"on": "1772442100.000000", "off": "1772442200.000000", "on again": "1772442300.000000"}


def test_f18_the_same_event_four_times_in_order(world: World) -> None:
    bo_learns_from_ada(world)
    world.slack.control("redeliver", times=4)
    world.settle()
    assert envelopes(world) == 5
    assert len(world.ledger()) == 1
    assert len(receipts(world)) == 1


def test_f19_the_same_event_three_times_at_once(world: World) -> None:
    """On PostgreSQL to three replicas, each with a connection of its own."""
    first = bo_learns_from_ada(world)
    with replicas(world, 0 if world.database_url.startswith("sqlite") else 2):
        world.slack.control("redeliver", times=3, together=True)
        world.settle()
        news = [toggled(world.writes("ada", f"tip {number}"), "on") for number in range(4)]
        for number, event in enumerate(news):
            for _ in range(3):
                world.slack.control("events", **event, event_id=f"Ev_AT_ONCE_{number}")
        world.settle()
        used = {e["connection"] for e in reactions(world)}
        assert len(used) == world.slack.see("state")["sockets"]
    wanted = [first, *(Ts(each["event"]["item"]["ts"]) for each in news)]
    assert sorted(str(exchange.ts) for exchange in world.ledger()) == sorted(wanted)
    assert len(receipts(world)) == len(wanted)


def test_f21_an_emoji_put_on_taken_off_and_put_on_again_in_every_order(world: World) -> None:
    world.person("ada")
    world.person("bo")
    for order in permutations(["on", "off", "on again"]):
        ts = world.writes("ada", f"a tip, told in the order {order}")
        for change in order:
            happens_at(world, toggled(ts, change))
        assert [exchange.ts for exchange in world.ledger()][-1] == ts, order
        assert receipts(world)[-1].startswith("Noted"), order
    assert len(world.ledger()) == 6


def test_f21_an_emoji_put_on_and_taken_off_in_either_order(world: World) -> None:
    world.person("ada")
    world.person("bo")
    for order in permutations(["on", "off"]):
        ts = world.writes("ada", "a tip")
        for change in order:
            happens_at(world, toggled(ts, change))
        assert world.ledger() == [], order
    assert [text.split("\n")[0] for text in receipts(world)] == ["Noted", "Undone"]


def bo_learns_from_ada(world: World) -> str:
    world.person("ada")
    world.person("bo")
    ts = world.writes("ada", "EXPLAIN shows why")
    world.reacts("bo", ts)
    return ts


def toggled(ts: str, change: str) -> Json:
    """What Slack tells of an emoji of Bo's on a message of Ada's."""
    kind = "reaction_removed" if change == "off" else "reaction_added"
    item = {"type": "message", "channel": "C_GENERAL", "ts": ts}
    event = {"user": "U_BO", "reaction": "bulb", "item": item, "item_user": "U_ADA"}
    return {"type": kind, "event": {**event, "event_ts": AT[change]}}


def happens_at(world: World, told: Json) -> None:
    world.slack.control("events", **told)
    world.settle()


def reactions(world: World) -> list[Json]:
    return [e for e in world.slack.journal("envelope") if e["what"].startswith("reaction")]


def envelopes(world: World) -> int:
    return sum(e["ack"] == "acked" for e in reactions(world))


def receipts(world: World) -> list[str]:
    calls = Wire(world).tries(WHISPER)
    return [call["args"]["text"] for call in calls if call["ts"]]


@contextmanager
def replicas(world: World, more: int) -> Iterator[None]:
    """So many more processes' worth of bot on the same database."""
    others = [Program(world.settings, metronome=False) for _ in range(more)]
    try:
        for other in others:
            other.start()
        ports = [world.bot.port, *(other.port for other in others)]
        world.slack.control("bots", urls=[f"http://127.0.0.1:{port}" for port in ports])
        world.settle()
        yield
    finally:
        for other in others:
            other.stop()
