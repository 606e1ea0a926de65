"""The clock, and how it takes the bot along."""

import json
import time
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from sandbox.server import LocalSlack
from tests.sandbox.hands import SILENT, Hands, Json, Listener, Served

Serve = Callable[..., Served]


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


class PretendBot:
    """Has deliveries due at certain instants, and posts them when the clock gets there."""

    def __init__(self, hands: Hands, what: str, *due: str) -> None:
        self.hands, self.what = hands, what
        self.due = sorted(due)
        self.posted: list[str] = []

    def __call__(self, path: str, headers: Json, body: bytes) -> tuple[int, Json]:
        now = json.loads(body)["now"]
        while self.due and instant(self.due[0]) <= instant(now):
            self.due.pop(0)
            self.hands.post("C_DATA", f"at {now}")
            self.posted.append(now)
        upcoming = [{"at": at, "what": self.what} for at in self.due[:1]]
        return 200, {"now": now, "idle": True, "upcoming": upcoming}


def at(minute: int, second: int = 0) -> str:
    return f"2026-03-02T09:{minute:02d}:{second:02d}Z"


def test_a_held_clock_stands(hands: Hands) -> None:
    first = hands.see("state")
    time.sleep(0.02)
    assert (first["now"], first["held"]) == ("2026-03-02T09:00:00Z", True)
    assert hands.see("state")["now"] == first["now"]


def test_a_running_clock_runs_from_where_it_was_put() -> None:
    with LocalSlack(held=False, start_at="2026-03-02T09:00:00Z") as local:
        hands = Hands(local.url)
        hands.do("clock", to="2026-03-02T10:00:00Z")
        hands.do("clock", advance=0)
        time.sleep(0.02)
        now = instant(hands.see("state")["now"])
    assert timedelta(seconds=0.01) < now - instant("2026-03-02T10:00:00Z") < timedelta(seconds=5)


def test_a_clock_can_be_let_go_and_stopped_again(hands: Hands, serve: Serve) -> None:
    served = serve(lambda path, headers, body: (200, {"idle": True, "upcoming": []}))
    hands.do("bots", urls=[served.url])
    hands.do("clock", held=False)
    time.sleep(0.02)
    stopped = hands.do("clock", held=True)["now"]
    time.sleep(0.02)
    state = hands.see("state")
    assert (state["now"], state["held"]) == (stopped, True)
    assert timedelta(seconds=0.02) <= instant(stopped) - instant(at(0)) < timedelta(seconds=5)
    assert [body["held"] for body in served.bodies()] == [False, True]


def test_what_was_to_come_later_comes_when_the_clock_is_let_go(hands: Hands) -> None:
    """An event that found nobody listening is delivered again a minute later, unasked."""
    hands.do("events", type="user_change", event={})
    hands.do("settle")
    hands.do("clock", advance=59.9)
    before = len(hands.see("journal?kind=envelope")["entries"])
    hands.do("clock", held=False)
    deadline = time.monotonic() + 5
    while len(hands.see("journal?kind=envelope")["entries"]) == before:
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_running_clock_starts_now_and_settles_in_real_time(serve: Serve) -> None:
    with LocalSlack(held=False) as local:
        hands = Hands(local.url)
        soon = instant(hands.see("state")["now"]) + timedelta(seconds=0.6)
        bot = PretendBot(hands, "delivery", soon.isoformat())
        hands.do("bots", urls=[serve(bot).url])
        hands.do("settle", within=2)
        assert len(bot.posted) == 1
        assert instant(hands.see("state")["now"]) >= soon


def test_what_falls_due_while_the_bot_answers_is_waited_for(serve: Serve) -> None:
    """The bot names an instant, and a running clock has passed it before the answer is there."""
    named: list[datetime] = []

    def answer(path: str, headers: Json, body: bytes) -> tuple[int, Json]:
        if named:
            return 200, {"idle": True, "upcoming": []}
        named.append(instant(json.loads(body)["now"]) + timedelta(seconds=0.01))
        time.sleep(0.03)
        due = {"at": named[0].isoformat(), "what": "delivery"}
        return 200, {"idle": True, "upcoming": [due]}

    with LocalSlack(held=False) as local:
        hands, served = Hands(local.url), serve(answer)
        hands.do("bots", urls=[served.url])
        hands.do("settle")
        told = [instant(body["now"]) for body in served.bodies()]
    assert len(told) == 2
    assert told[0] < named[0] <= told[1]


def test_the_clock_never_goes_back(hands: Hands) -> None:
    hands.do("clock", advance=60)
    for body in ({"to": at(0)}, {"jump": at(0)}, {"advance": -1}):
        assert "never goes back" in hands.try_to("clock", **body)["error"]
    assert hands.see("state")["now"] == at(1)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"advance": 1, "to": at(1)},
        {"to": "noon"},
        {"to": "2026-03-02T10:00:00"},
        {"to_next": False},
        {"to_next": True, "advance": 1},
        {"held": None},
        {"held": True, "advance": 1},
    ],
)
def test_a_move_that_makes_no_sense_is_refused(hands: Hands, body: Json) -> None:
    assert hands.try_to("clock", **body)["ok"] is False


def test_advancing_stops_at_what_the_bot_names(hands: Hands, serve: Serve) -> None:
    bot = PretendBot(hands, "question", at(5), at(7), at(50))
    served = serve(bot)
    hands.do("bots", urls=[served.url])
    moved = hands.do("clock", advance=600)
    assert bot.posted == [at(5), at(7)]
    assert moved["upcoming"] == [{"at": at(50), "what": "question"}]
    assert [body["now"] for body in served.bodies()] == [at(0), at(5), at(7), at(10)]
    assert all(body["held"] for body in served.bodies())
    stamps = [message["ts"] for message in hands.messages("#data-eng")[-2:]]
    assert stamps == ["1772442300.000100", "1772442420.000100"]


def test_the_next_thing_is_gone_to_and_no_further(hands: Hands, serve: Serve) -> None:
    bot = PretendBot(hands, "question", at(5), at(7))
    hands.do("bots", urls=[serve(bot).url])
    moved = hands.do("clock", to_next=True)
    assert (moved["now"], bot.posted) == (at(5), [at(5)])
    assert moved["upcoming"] == [{"at": at(7), "what": "question"}]


def test_what_the_local_slack_will_do_itself_comes_too(hands: Hands) -> None:
    """An event that found nobody listening is delivered again after a minute."""
    hands.do("events", type="user_change", event={})
    hands.do("settle")
    assert hands.do("clock", to_next=True)["now"] == at(1)


def test_when_nothing_is_coming_the_clock_stays(hands: Hands, serve: Serve) -> None:
    hands.do("bots", urls=[serve(PretendBot(hands, "question", at(0))).url])
    refused = hands.try_to("clock", to_next=True)
    assert refused["error"] == "Nothing is coming: the bot names no instant ahead of now."
    assert hands.see("state")["now"] == at(0)


def test_words_for_what_comes_are_passed_on(hands: Hands, serve: Serve) -> None:
    named = {"at": at(5), "what": "tea", "words": "tea is ready"}
    served = serve(lambda path, headers, body: (200, {"idle": True, "upcoming": [named]}))
    hands.do("bots", urls=[served.url])
    assert hands.do("clock", advance=1)["upcoming"] == [named]


def test_jumping_does_not_stop(hands: Hands, serve: Serve) -> None:
    bot = PretendBot(hands, "question", at(5), at(7))
    hands.do("bots", urls=[serve(bot).url])
    hands.do("clock", jump=at(10))
    assert bot.posted == [at(10), at(10)]


def test_settling_moves_only_through_deliveries_soon_due(hands: Hands, serve: Serve) -> None:
    bot = PretendBot(hands, "delivery", at(0, 1), at(0, 2), at(0, 9))
    other = PretendBot(hands, "question", at(0, 3))
    hands.do("bots", urls=[serve(bot).url, serve(other).url])
    settled = hands.do("settle")
    assert (bot.posted, other.posted) == ([at(0, 1), at(0, 2)], [])
    assert settled["now"] == at(0, 2)
    assert [each["what"] for each in settled["upcoming"]] == ["question", "delivery"]


def test_settling_waits_until_the_bot_is_idle(hands: Hands, serve: Serve) -> None:
    busy = [True, True, True]

    def answer(path: str, headers: Json, body: bytes) -> tuple[int, Json]:
        return 200, {"idle": not (busy and busy.pop()), "upcoming": []}

    served = serve(answer)
    hands.do("bots", urls=[served.url])
    hands.do("settle")
    assert len(served.asked) == 4


def test_a_bot_that_names_the_past_or_the_present_cannot_stall(hands: Hands, serve: Serve) -> None:
    def answer(path: str, headers: Json, body: bytes) -> tuple[int, Json]:
        now = json.loads(body)["now"]
        names = [{"at": at(0), "what": "delivery"}, {"at": now, "what": "delivery"}]
        return 200, {"idle": True, "upcoming": names}

    served = serve(answer)
    hands.do("bots", urls=[served.url])
    assert hands.do("clock", advance=3600)["now"] == "2026-03-02T10:00:00Z"
    assert hands.do("settle")["ok"]
    assert len(served.asked) == 3


def test_a_bot_without_such_an_address_is_not_told(hands: Hands, serve: Serve) -> None:
    served = serve(lambda path, headers, body: (404, {}))
    hands.do("bots", urls=[served.url, "http://127.0.0.1:9"])
    assert hands.do("clock", advance=60)["troubles"] == []
    assert hands.do("settle")["ok"]


def test_a_bot_in_trouble_is_named(hands: Hands, serve: Serve) -> None:
    served = serve(lambda path, headers, body: (500, {}))
    hands.do("bots", urls=[served.url])
    moved = hands.do("clock", advance=60)
    assert moved["now"] == at(1)
    assert moved["troubles"] == [{"url": served.url, "error": "answered 500"}]


def test_retries_and_the_bot_share_the_way(hands: Hands, serve: Serve) -> None:
    """A retry due between two instants of the bot comes between them."""
    bot = PretendBot(hands, "question", at(0, 30), at(2))
    listener = Listener(hands, lambda envelope: SILENT)
    hands.do("bots", urls=[serve(bot).url])
    hands.do("events", type="user_change", event={})
    hands.do("settle")
    hands.do("clock", advance=180)
    entries = hands.see("journal")["entries"]
    order = [(entry["kind"], entry["at"]) for entry in entries if entry.get("attempt") != 0]
    listener.close()
    assert order[1:] == [("envelope", at(0)), ("call", at(0, 30)), *order[3:]]
    assert [entry["at"] for entry in entries if entry["kind"] == "envelope"][2] == at(1)
    assert [entry["at"] for entry in entries if entry["kind"] == "call"][-1] == at(2)
