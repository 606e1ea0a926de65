"""Every form: Slack opens it, gives back what it held, and what is not ours is refused."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.activities.base import Occasion
from bot.activities.prompt import MAX_ANSWER, NAMINGS, PROMPT
from bot.domain.cards import Card
from bot.domain.exchanges import Change, Outcome
from bot.domain.expertise import MAX_TOPIC_LENGTH, MAX_TOPICS
from bot.domain.ids import ChannelId, Topic, UserId
from bot.domain.matching import Role
from bot.domain.mentoring import Enrolment
from bot.domain.people import Choices
from bot.domain.published import MAX_TAKEAWAY
from bot.domain.text import MAX_QUESTION, normalise
from bot.services.add_line import MAX_LINE, MAX_THANKS, Line, Solved
from bot.services.choose import Wishes
from bot.services.leads import MOST_LEADS
from bot.services.mentoring import SignUp
from bot.services.publish import Draft, Share
from bot.services.topics import topics_and_problem
from bot.slack.forms import activity, answer, choices, leads, line, mentoring, publish, question
from bot.slack.forms.reading import NotOurs
from tests.localslack import Json
from tests.slack.cards import HOSTILE, RENDERER
from tests.slack.filled import WORDS, assert_slack_opens_it, names_in, option, submitted, without

BERLIN, UTC_ZONE = ZoneInfo("Europe/Berlin"), ZoneInfo("UTC")
UNTIL = datetime(2026, 3, 8, 23, tzinfo=UTC)
LONGEST = "x" * MAX_TOPIC_LENGTH
MANY = tuple(Topic(f"{n:02d} {LONGEST}"[:MAX_TOPIC_LENGTH]) for n in range(MAX_TOPICS))
NOBODY = Choices((), 3, is_paused=False, wants_receipts=True)
EVERYTHING = Choices(MANY, 50, is_paused=True, wants_receipts=False, paused_until=UNTIL)
OCCASION = Occasion(17, 1, ChannelId("C_DATA"), date(2026, 3, 2), 0, {"names": "shown"})

HELPER = "x" * 80
NOTED = Outcome(Change.ATTITUDE, "x" * MAX_LINE)
C_DATA = ChannelId("C_DATA")

FORMS: dict[str, Json] = {
    "question": question.build(),
    "choices of somebody new": choices.build(NOBODY, BERLIN),
    "choices at their most": choices.build(EVERYTHING, BERLIN),
    "mentoring of somebody new": mentoring.build(None, ()),
    "mentoring at its most": mentoring.build(Enrolment(UserId("U"), Role.BOTH, MANY, MANY, 5), ()),
    "mentoring, from topics": mentoring.build(None, MANY),
    "activity": activity.build(PROMPT, zone="Europe/Berlin"),
    "activity in a channel": activity.build(PROMPT, zone="UTC", channel=ChannelId("C_DATA")),
    "answer": answer.build(PROMPT, OCCASION, ""),
    "answer at its longest": answer.build(PROMPT, OCCASION, "x" * MAX_ANSWER),
    "answer of signs": answer.build(PROMPT, OCCASION, (WORDS * 99)[:MAX_ANSWER]),
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
    "mentoring": mentoring.read,
    "activity": activity.read,
    "answer": lambda view: answer.read(view, PROMPT),
    "line": line.read,
    "publish": publish.read,
    "no": leads.read,
    "many": leads.read,
}


def reader(form: str) -> Callable[[Json], object]:
    return READ[form.partition(" ")[0].rstrip(",")]


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
        assert question.read(submitted(question.build(), question=text)) == text
    assert question.read(submitted(question.build())) == ""


@pytest.mark.parametrize("chosen", [NOBODY, EVERYTHING], ids=["nobody", "everything"])
@pytest.mark.parametrize("zone", [BERLIN, UTC_ZONE, ZoneInfo("Pacific/Kiritimati")], ids=str)
def test_choices_come_back_as_they_were(chosen: Choices, zone: ZoneInfo) -> None:
    until = chosen.paused_until
    assert choices.read(submitted(choices.build(chosen, zone))) == Wishes(
        ", ".join(chosen.topics),
        str(chosen.weekly_limit),
        is_paused=chosen.is_paused,
        until=until.astimezone(zone).date() if until else None,
        receipts=chosen.wants_receipts,
    )


def test_a_day_is_forgotten_where_the_pause_is() -> None:
    form = choices.build(EVERYTHING, BERLIN)
    read = choices.read(submitted(form, asking=option("open"), until="2026-03-09"))
    assert (read.is_paused, read.until) == (False, None)


@pytest.mark.parametrize("asking", [None, option("perhaps")], ids=str)
def test_a_made_up_choice_resumes_nobody(asking: Json | None) -> None:
    with pytest.raises(NotOurs):
        choices.read(submitted(choices.build(EVERYTHING, BERLIN), asking=asking))


TYPED = st.lists(HOSTILE | st.text(max_size=10), min_size=1, max_size=9).map("".join)


@given(st.lists(TYPED, max_size=9).map(", ".join))
def test_topics_that_were_taken_are_taken_again(typed: str) -> None:
    """Whoever opens the form to change something else loses nothing and is refused nothing."""
    topics, problem = topics_and_problem(typed)
    if problem:
        return
    kept = choices.build(Choices(topics, 3, is_paused=False, wants_receipts=True), BERLIN)
    assert_slack_opens_it(kept)
    assert topics_and_problem(choices.read(submitted(kept)).topics) == (topics, None)


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
