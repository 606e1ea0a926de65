"""`make sandbox` begins with some weeks that people have lived through, by the bot itself."""

import socket
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.demo import hands, story
from bot.demo.hands import CannotDo, Hands
from bot.demo.running import CannotBegin, Demo
from sandbox.company import load_company
from tests.localslack import Json, Message, SlackView

WINTER = datetime(2026, 2, 6, 10, tzinfo=UTC)
SUMMER = datetime(2026, 7, 31, 10, tzinfo=UTC)
BETWEEN = datetime(2026, 3, 26, 10, tzinfo=UTC)
"""America has summer time already, Europe not yet."""


READY_WITHIN = 10.0
"""Seconds of work; a machine that does other things meanwhile takes longer by the clock."""
WATCHED = 3
"""How many times as long it takes while coverage counts every line."""


@dataclass(frozen=True)
class Opened:
    slack: SlackView
    took: float
    worked: float


@pytest.fixture(scope="module")
def opened() -> Iterator[Opened]:
    demo = Demo(0, today=WINTER)
    began, worked = time.perf_counter(), time.process_time()
    demo.start()
    took, worked = time.perf_counter() - began, time.process_time() - worked
    yield Opened(SlackView(demo.url), took, worked)
    demo.stop()


@pytest.fixture
def slack(opened: Opened) -> SlackView:
    return opened.slack


def prompts(slack: SlackView) -> list[Message]:
    return [m for m in slack.messages("#field-notes") if m.says("This week's question")]


def below(slack: SlackView, place: str, parent: Message) -> list[Message]:
    said = slack.messages(place)
    return [m for m in said if m.thread_ts == parent.ts and m.ts != parent.ts]


def people() -> dict[str, Json]:
    return {each["name"]: each for each in load_company(None)["people"]}


# The story as it is written.


@pytest.mark.parametrize(
    ("today", "monday"),
    [
        ("2026-03-04T14:00", "2026-02-09"),  # the very Wednesday
        ("2026-03-04T13:59", "2026-02-02"),
        ("2026-03-10T23:59", "2026-02-09"),
        ("2026-01-01T08:00", "2025-12-08"),
    ],
)
def test_it_ends_on_the_last_wednesday_that_has_been(today: str, monday: str) -> None:
    now = datetime.fromisoformat(today).replace(tzinfo=UTC)
    assert story.first_monday({"now": "4 wed 14:00"}, now).date().isoformat() == monday


def test_one_thing_comes_after_another() -> None:
    told = story.load()
    instants = [story.span(act["at"]) for act in told["acts"]]
    assert instants == sorted(instants)
    assert story.span(told["begins"]) < instants[0] < instants[-1] < story.span(told["now"])


@pytest.mark.parametrize("today", [WINTER, BETWEEN, SUMMER], ids=["winter", "between", "summer"])
def test_nobody_is_up_in_the_middle_of_the_night(today: datetime) -> None:
    told, company = story.load(), people()
    monday = story.first_monday(told, today)
    for act in told["acts"]:
        if act["who"] != "everybody":
            zone = ZoneInfo(company[act["who"]]["tz"])
            at = (monday + story.span(act["at"])).astimezone(zone)
            assert 7 <= at.hour < 22, f"{act['who']} at {at:%H:%M}: {act}"
            assert at.isoweekday() < 6, act


# What is there when one opens it.


def test_it_is_ready_in_under_ten_seconds(opened: Opened) -> None:
    print(f"ready after {opened.took:.1f} s, of which it worked {opened.worked:.1f} s")
    times = 1 if sys.gettrace() is None else WATCHED
    assert opened.worked < 2 * READY_WITHIN * times  # work counts double where others work beside


def test_all_of_it_went_through_the_bot_and_nothing_was_refused(slack: SlackView) -> None:
    calls, envelopes = slack.journal("call"), slack.journal("envelope")
    assert len(calls) > 100
    assert len(envelopes) > 100
    assert [call for call in calls if not call["ok"]] == []
    assert [envelope for envelope in envelopes if envelope["ack"] != "acked"] == []


def test_its_clock_is_on_this_wednesday_and_runs(slack: SlackView) -> None:
    state = slack.see("state")
    now = datetime.fromisoformat(state["now"])
    ends = datetime(2026, 2, 4, 14, tzinfo=UTC)
    assert ends < now < ends + timedelta(minutes=10)
    assert not state["held"]


def test_a_weekly_prompt_runs_and_has_answers(slack: SlackView) -> None:
    asked = prompts(slack)
    assert [len(below(slack, "#field-notes", prompt)) for prompt in asked] == [4, 3, 3]
    assert asked[-1].says("Last time brought 3 answers.")
    coming = slack.control("clock", advance=0)["upcoming"]
    assert "2026-02-09T09:30:00Z" in [each["at"] for each in coming if each["what"] == "activity"]


def test_one_pair_is_published_and_talks(slack: SlackView) -> None:
    (introduced,) = [m for m in slack.group("finn", "paz") if m.says("You are a mentoring pair")]
    assert introduced.says("<@U_FINN> is the mentor, <@U_PAZ> the mentee.")
    assert len(below(slack, "@finn,paz", introduced)) == 4


def test_people_have_learned_from_each_other(slack: SlackView) -> None:
    typed = {"user": "raj", "channel": "#general", "command": "/learning", "text": ""}
    (told,) = slack.control("command", **typed)["saw"]
    assert "learned from colleagues twice, they learned from you twice" in told["text"]


def test_a_question_went_on_because_nobody_answered(slack: SlackView) -> None:
    assert slack.dms("nia")[0].says("Four working hours went by")
    assert slack.dms("sam")[0].says("<@U_LEA> solved it with you. Thank you!")


def test_only_the_last_hours_are_new_to_people(slack: SlackView) -> None:
    new = {
        name: sum(place["unread"] for place in slack.see(f"desk/{name}")["conversations"])
        for name, person in people().items()
        if not (person.get("is_bot") or person.get("deleted"))
    }
    assert new["ada"] == 2  # what Bo wrote, and Lea's question
    assert new["lea"] == new["eve"] == 0
    assert max(new.values()) <= 2


def test_no_form_is_left_open(slack: SlackView) -> None:
    assert not any(slack.see(f"views/{name}")["modals"] for name in people())


# Whenever it is opened.


@pytest.mark.parametrize("today", [BETWEEN, SUMMER], ids=["between", "summer"])
def test_it_can_be_played_at_any_time_of_the_year_and_goes_on(today: datetime) -> None:
    demo = Demo(0, today=today)
    demo.start()
    try:
        slack = SlackView(demo.url)
        assert len(prompts(slack)) == 3
        assert slack.dms("ada")[-1].says("slow queries in postgres")
        for _ in range(9):  # others are asked how it goes, or whether they used it, in between
            if slack.dms("bo"):
                break
            slack.control("clock", to_next=True)
        assert slack.dms("bo")[-1].says("slow queries in postgres")
    finally:
        demo.stop()


def test_without_a_story_it_begins_now_and_empty() -> None:
    demo = Demo(0, today=WINTER, is_empty=True)
    demo.start()
    try:
        slack = SlackView(demo.url)
        now = datetime.fromisoformat(slack.see("state")["now"])
        assert WINTER < now < WINTER + timedelta(minutes=10)
        assert slack.see("state")["ims"] == []
    finally:
        demo.stop()


def test_what_cannot_be_played_is_said_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    act = {"at": "1 mon 10:00", "who": "uma", "in": "#leads", "writes": "Hello?"}
    broken = {"begins": "1 mon 09:00", "now": "1 mon 11:00", "acts": [act]}
    monkeypatch.setattr(story, "load", lambda: broken)
    with pytest.raises(CannotBegin, match=r"1 mon 10:00, uma writes: (.|\n)*ARGS=--empty"):
        Demo(0, today=WINTER).start()


def test_a_gesture_that_is_refused_stops_the_story(slack: SlackView) -> None:
    with pytest.raises(CannotDo, match="Nobody here is called 'zoe'"):
        Hands(slack.url).do("message", user="zoe", channel="#general", text="Hi")


def test_a_local_slack_that_does_not_answer_stops_the_story(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(hands, "PATIENCE", 0.1)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        with pytest.raises(CannotDo, match=r"no answer .*timed out"):
            Hands(url).see("state")
    with pytest.raises(CannotDo, match=r"no answer .*refused"):
        Hands(url).do("clock", advance=1)


@pytest.mark.parametrize("gesture", ["see", "do"])
def test_no_gesture_of_a_start_ends_in_a_traceback(
    monkeypatch: pytest.MonkeyPatch, gesture: str
) -> None:
    def fail(*_args: object, **_more: object) -> Json:
        raise CannotDo("the local Slack is gone")

    monkeypatch.setattr(Hands, gesture, fail)
    with pytest.raises(CannotBegin, match="is gone"):
        Demo(0, today=WINTER).start()
