"""Every form: Slack opens it, gives back what it held, and what is not ours is refused."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.activities.base import Occasion
from bot.activities.prompt import MAX_ANSWER, NAMINGS, PROMPT
from bot.domain.availability import Availability
from bot.domain.cards import Card, ChannelName, body
from bot.domain.exchanges import Change, Outcome
from bot.domain.expertise import MAX_TOPIC_LENGTH, MAX_TOPICS
from bot.domain.ids import ChannelId, Topic, UserId
from bot.domain.matching import Role
from bot.domain.mentoring import Enrolment
from bot.domain.people import Choices, Switch
from bot.domain.published import MAX_TAKEAWAY
from bot.domain.questions import Manner
from bot.domain.text import MAX_QUESTION, normalise
from bot.domain.working_time import WorkingHours
from bot.services.add_line import MAX_LINE, MAX_THANKS, Line, Solved
from bot.services.leads import MOST_LEADS
from bot.services.mentoring import SignUp
from bot.services.publish import Draft, Share
from bot.services.terms import MOST_AVOIDED, Terms, Wishes
from bot.services.topics import topics_and_problem
from bot.slack.forms import (
    activity,
    answer,
    choices,
    leads,
    line,
    mentoring,
    publish,
    question,
    relay,
    topic_channels,
)
from bot.slack.forms.reading import NotOurs
from tests.localslack import Json
from tests.slack.cards import HOSTILE, RENDERER
from tests.slack.filled import WORDS, assert_slack_opens_it, names_in, option, submitted, without

BERLIN, UTC_ZONE = ZoneInfo("Europe/Berlin"), ZoneInfo("UTC")
UNTIL = datetime(2026, 3, 8, 23, tzinfo=UTC)
LONGEST = "x" * MAX_TOPIC_LENGTH
MANY = tuple(Topic(f"{n:02d} {LONGEST}"[:MAX_TOPIC_LENGTH]) for n in range(MAX_TOPICS))
NOBODY = Terms(Choices((), 3, is_paused=False, wants_receipts=True), Availability(ZoneInfo("UTC")))
EVERYTHING = Terms(
    Choices(
        MANY,
        50,
        is_paused=True,
        wants_receipts=False,
        paused_until=UNTIL,
        sends_at_once=True,
        is_findable=True,
    ),
    Availability(BERLIN, WorkingHours(time(6, 30), time(14), frozenset({2, 6})), "GB-NIR"),
    refused=MANY,
    avoided=tuple(UserId(f"U_{n:030d}") for n in range(MOST_AVOIDED)),
)
PARTS = body(ChannelName(ChannelId("C_DATA")), ": sql")
OCCASION = Occasion(17, 1, ChannelId("C_DATA"), date(2026, 3, 2), 0, {"names": "shown"})

HELPER = "x" * 80
NOTED = Outcome(Change.ATTITUDE, "x" * MAX_LINE)
C_DATA = ChannelId("C_DATA")

FORMS: dict[str, Json] = {
    "question": question.build(),
    "choices of somebody new": choices.build(NOBODY),
    "choices at their most": choices.build(EVERYTHING),
    "mentoring of somebody new": mentoring.build(None, ()),
    "mentoring at its most": mentoring.build(Enrolment(UserId("U"), Role.BOTH, MANY, MANY, 5), ()),
    "mentoring, from topics": mentoring.build(None, MANY),
    "activity": activity.build(PROMPT, zone="Europe/Berlin"),
    "activity in a channel": activity.build(PROMPT, zone="UTC", channel=ChannelId("C_DATA")),
    "answer": answer.build(PROMPT, OCCASION, ""),
    "answer at its longest": answer.build(PROMPT, OCCASION, "x" * MAX_ANSWER),
    "answer of signs": answer.build(PROMPT, OCCASION, (WORDS * 99)[:MAX_ANSWER]),
    "answer here": relay.to_answer(17, ()),
    "ask back": relay.to_ask_back(17, ()),
    "refer": relay.to_refer(17),
    "helped": relay.to_say_who_helped(17),
    "channels of topics": topic_channels.build(),
    "channels of topics so far": topic_channels.build(RENDERER.page((Card("", PARTS),))),
    "line of somebody new": line.build(Solved(17, "Ada", Outcome())),
    "line at its longest": line.build(Solved(17, HELPER, NOTED)),
    "publish": publish.build(Draft(17, "Why?", False, None)),
    "publish at its longest": publish.build(Draft(17, "x" * MAX_QUESTION, True, C_DATA)),
    "publish, without the words": publish.build(Draft(17, "", True, None)),
    "no leads": leads.build([]),
    "many leads": leads.build([UserId(f"U_{n:030d}") for n in range(MOST_LEADS)]),
}
READ: dict[str, Callable[[Json], object]] = {
    "question": question.read,
    "choices": choices.read,
    "channels": topic_channels.read,
    "mentoring": mentoring.read,
    "activity": activity.read,
    "answer": lambda view: answer.read(view, PROMPT),
    "answer here": relay.read,
    "ask": relay.read,
    "refer": lambda view: relay.read_person(view, "named"),
    "helped": lambda view: relay.read_person(view, "helper"),
    "line": line.read,
    "publish": publish.read,
    "no": leads.read,
    "many": leads.read,
}


def reader(form: str) -> Callable[[Json], object]:
    return READ.get(form) or READ[form.partition(" ")[0].rstrip(",")]


@pytest.mark.parametrize("form", FORMS)
def test_slack_opens_it(form: str) -> None:
    assert_slack_opens_it(FORMS[form])


@pytest.mark.parametrize("form", FORMS)
def test_every_field_is_one_that_an_error_can_stand_beside(form: str) -> None:
    for block in FORMS[form]["blocks"]:
        if block["type"] == "input":
            assert block["block_id"] == block["element"]["action_id"]


@pytest.mark.parametrize("form", FORMS)
def test_a_form_of_another_version_is_refused_in_a_sentence(form: str) -> None:
    whole = submitted(FORMS[form])
    for name in names_in(whole):
        with pytest.raises(NotOurs, match="Please open it again; nothing has been changed"):
            reader(form)(without(whole, name))


@pytest.mark.parametrize("state", [None, {}, {"values": {}}, {"values": None}, {"values": []}])
@pytest.mark.parametrize("form", FORMS)
def test_a_form_without_fields_is_refused_in_a_sentence(form: str, state: Any) -> None:
    with pytest.raises(NotOurs):
        reader(form)({**FORMS[form], "state": state})


# What was put in comes back.


def test_a_question_comes_back_as_it_was_typed() -> None:
    for text in (WORDS, "x" * MAX_QUESTION):
        assert question.read(submitted(question.build(), question=text)) == (
            text,
            Manner(),
        )
    assert question.read(submitted(question.build())) == ("", Manner())


def test_how_a_question_is_to_be_asked_comes_back() -> None:
    chosen = submitted(
        question.build(), question="?", patience=option("1"), how=[option("unnamed")]
    )
    assert question.read(chosen) == ("?", Manner(True, timedelta(hours=1), False))


@pytest.mark.parametrize("terms", [NOBODY, EVERYTHING], ids=["nobody", "everything"])
@pytest.mark.parametrize("zone", [BERLIN, UTC_ZONE, ZoneInfo("Pacific/Kiritimati")], ids=str)
def test_terms_come_back_as_they_were(terms: Terms, zone: ZoneInfo) -> None:
    chosen, hours, until = terms.choices, terms.at_work.hours, terms.choices.paused_until
    there = replace(terms, at_work=replace(terms.at_work, zone=zone))
    assert choices.read(submitted(choices.build(there))) == Wishes(
        ", ".join(chosen.topics),
        str(chosen.weekly_limit),
        is_paused=chosen.is_paused,
        until=until.astimezone(zone).date() if until else None,
        starts=hours.starts,
        ends=hours.ends,
        days=hours.weekdays,
        country=terms.at_work.place,
        refused=", ".join(terms.refused),
        avoided=list(terms.avoided),
        shown=list(terms.avoided),
        switches=chosen.switched_on,
    )


def test_a_day_is_forgotten_where_the_pause_is() -> None:
    form = choices.build(EVERYTHING)
    read = choices.read(submitted(form, asking=option("open"), until="2026-03-09"))
    assert (read.is_paused, read.until) == (False, None)


@pytest.mark.parametrize("asking", [None, option("perhaps")], ids=str)
def test_a_made_up_choice_resumes_nobody(asking: Json | None) -> None:
    with pytest.raises(NotOurs):
        choices.read(submitted(choices.build(EVERYTHING), asking=asking))


@pytest.mark.parametrize(
    ("field", "value"),
    [("days", [option("7")]), ("days", [option("x")]), ("switches", [option("admin")])],
    ids=str,
)
def test_a_made_up_tick_is_refused(field: str, value: list[Json]) -> None:
    with pytest.raises(NotOurs):
        choices.read(submitted(choices.build(NOBODY), **{field: value}))


def test_every_switch_there_is_can_be_ticked() -> None:
    assert {choice.value for choice in choices.SWITCHES} == {switch.value for switch in Switch}
    everything = submitted(choices.build(NOBODY), switches=[option(each) for each in Switch])
    assert choices.read(everything).switches == frozenset(Switch)
    assert choices.read(submitted(choices.build(NOBODY), switches=[])).switches == frozenset()


def test_topics_go_to_a_channel_or_to_none() -> None:
    form = topic_channels.build()
    assert topic_channels.read(submitted(form, topics="sql", channel="C_DATA")) == ("C_DATA", "sql")
    assert topic_channels.read(submitted(form, topics="sql")) == (None, "sql")


TYPED = st.lists(HOSTILE | st.text(max_size=10), min_size=1, max_size=9).map("".join)


@given(st.lists(TYPED, max_size=9).map(", ".join))
def test_topics_that_were_taken_are_taken_again(typed: str) -> None:
    """Whoever opens the form to change something else loses nothing and is refused nothing."""
    topics, problem = topics_and_problem(typed)
    if problem:
        return
    chosen = replace(NOBODY.choices, topics=topics)
    kept = choices.build(replace(NOBODY, choices=chosen, refused=topics))
    assert_slack_opens_it(kept)
    read = choices.read(submitted(kept))
    assert topics_and_problem(read.topics) == (topics, None) == topics_and_problem(read.refused)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("capacity", [1, 5])
def test_an_enrolment_comes_back_as_it_was(role: Role, capacity: int) -> None:
    enrolled = Enrolment(UserId("U_ADA"), role, MANY, MANY[:2], capacity)
    read = mentoring.read(submitted(mentoring.build(enrolled, ())))
    assert read == SignUp(role, ", ".join(MANY), ", ".join(MANY[:2]), capacity)


def test_whoever_wants_neither_leaves_the_pool() -> None:
    form = mentoring.build(None, ("sql",))
    assert mentoring.read(submitted(form, role=option(mentoring.NEITHER))).role is None


@pytest.mark.parametrize(
    "changed",
    [
        {"role": option("boss")},
        {"role": None},
        {"capacity": option("0")},
        {"capacity": option("6")},
        {"capacity": option("1.5")},
        {"capacity": None},
    ],
    ids=str,
)
def test_a_made_up_enrolment_is_refused(changed: Json) -> None:
    with pytest.raises(NotOurs):
        mentoring.read(submitted(mentoring.build(None, ()), **changed))


def test_leads_come_back_in_their_order_and_once() -> None:
    named = [UserId("U_BO"), UserId("U_ADA"), UserId("U_BO")]
    assert leads.read(submitted(leads.build(named))) == (named[:2], named)
    assert leads.read(submitted(leads.build([]))) == ([], [])


@pytest.mark.parametrize("before", ["", "x" * MAX_ANSWER, normalise(WORDS)])
def test_an_answer_given_before_comes_back_for_the_same_occasion(before: str) -> None:
    view = submitted(answer.build(PROMPT, OCCASION, before))
    assert answer.read(view, PROMPT) == before
    assert answer.occasion_of(view) == 17


@pytest.mark.parametrize("metadata", ["", "x", "-1", "1.5", "٣", "9" * 18, None, "17\n"])
def test_an_answer_to_nothing_is_refused(metadata: str | None) -> None:
    view = {**answer.build(PROMPT, OCCASION, ""), "private_metadata": metadata}
    with pytest.raises(NotOurs):
        answer.occasion_of(view)


@pytest.mark.parametrize("naming", NAMINGS)
def test_an_answer_says_first_what_becomes_of_the_name(naming: str) -> None:
    occasion = Occasion(17, 1, ChannelId("C"), date(2026, 3, 2), 0, {"names": naming})
    asked = RENDERER.page((Card("", PROMPT.before_answering(occasion)),))
    view: Json = answer.build(PROMPT, occasion, "", asked)
    assert view["blocks"][0]["type"] == "rich_text"
    assert view["blocks"][1]["text"]["text"] == NAMINGS[naming].before_answering


@pytest.mark.parametrize("changed", [None, *Change], ids=str)
def test_what_changed_comes_back_and_the_thanks_begin_empty(changed: Change | None) -> None:
    view = line.build(Solved(17, "Ada", Outcome(changed, WORDS)))
    assert line.read(submitted(view)) == Line("", changed, WORDS)
    thanks = "x" * MAX_THANKS
    assert line.read(submitted(view, thanks=thanks, changed=None)) == Line(thanks, None, WORDS)
    assert line.question_of(view) == 17


def test_a_made_up_change_is_refused() -> None:
    view = line.build(Solved(17, "Ada", Outcome()))
    with pytest.raises(NotOurs):
        line.read(submitted(view, changed=option("wisdom")))


@pytest.mark.parametrize("is_nameless", [True, False])
def test_what_is_published_comes_back_as_it_was_typed(is_nameless: bool) -> None:
    view = publish.build(Draft(17, WORDS, is_nameless, C_DATA))
    takeaway = "x" * MAX_TAKEAWAY
    share = publish.read(submitted(view, takeaway=takeaway))
    assert share == Share(WORDS, takeaway, C_DATA, is_nameless)
    assert publish.question_of(view) == 17


def test_only_what_everybody_can_see_is_offered_for_publishing() -> None:
    view: Json = publish.build(Draft(17, "", False, None))
    [where] = [block for block in view["blocks"] if block["block_id"] == "channel"]
    assert where["element"]["filter"]["include"] == ["public"]
    assert where["element"]["filter"]["exclude_external_shared_channels"] is True
