"""What every kind of activity owes to the forms, the lists and the channels that it appears in."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.activities import ALL, BY_KIND
from bot.activities.base import ActivityKind, Contribution, Field, Occasion, Place, Settings
from bot.domain.actions import Action
from bot.domain.cards import Card, Quote
from bot.domain.ids import ChannelId, UserId
from tests.slack.cards import (
    HOSTILE,
    RENDERER,
    assert_nothing_is_obeyed,
    assert_slack_takes_it,
    words_in,
)

TAKEN_NAMES = {"channel", "weekday", "time", "zone"}
"""The form asks for these whatever the kind."""

KINDS = pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.kind)


def typed(most: int) -> st.SearchStrategy[str]:
    """What the door lets in: no control characters, at most so many characters, often that many."""
    return st.one_of(
        st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=50),
        st.lists(HOSTILE, max_size=9).map("".join),
        st.builds(lambda piece: (piece * most)[:most], HOSTILE),
    )


def values(field: Field) -> st.SearchStrategy[str]:
    """Mostly what the form can give, and sometimes what another version has left behind."""
    if not field.choices:
        return typed(field.max_length)
    return st.sampled_from([choice.value for choice in field.choices]) | typed(50)


def settings_of(kind: ActivityKind) -> st.SearchStrategy[Settings]:
    """Any settings, with some fields missing; not only those without a problem."""
    return st.fixed_dictionaries({}, optional={each.name: values(each) for each in kind.fields})


def occasions_of(kind: ActivityKind) -> st.SearchStrategy[Occasion]:
    return st.builds(
        Occasion,
        id=st.integers(1, 2**53),
        activity=st.integers(1, 2**53),
        channel=st.just(ChannelId("C_DATA")),
        on=st.dates(date(2026, 1, 1), date(2036, 1, 1)),
        number=st.integers(0, 1_000),
        settings=settings_of(kind),
        answers_last_time=st.none() | st.integers(0, 100_000),
    )


def assert_fits(card: Card) -> str:
    """What a reader reads, once Slack has taken the card and obeyed nothing in it."""
    message = RENDERER.message(card)
    assert_slack_takes_it(message)
    assert_nothing_is_obeyed(message)
    return words_in(message)


# What it says


@KINDS
@given(data=st.data())
def test_slack_takes_every_step_whatever_the_settings(
    kind: ActivityKind, data: st.DataObject
) -> None:
    occasion = data.draw(occasions_of(kind))
    for step in kind.steps:
        assert assert_fits(step.compose(occasion))


@KINDS
@given(data=st.data())
def test_slack_takes_every_answer_and_shows_all_of_it(
    kind: ActivityKind, data: st.DataObject
) -> None:
    occasion = data.draw(occasions_of(kind))
    text = data.draw(typed(kind.question.max_length).filter(str.strip))
    taken = kind.take(occasion, Contribution(UserId("U_ADA"), text))
    assert Quote(text) in taken.card.body
    assert text in assert_fits(taken.card)


@KINDS
@given(data=st.data())
def test_an_author_that_is_not_kept_is_not_shown(kind: ActivityKind, data: st.DataObject) -> None:
    """A card that waits to be sent is stored too."""
    taken = kind.take(data.draw(occasions_of(kind)), Contribution(UserId("U_ADA"), "Because."))
    assert taken.keeps_author or "U_ADA" not in str(taken.card)


@KINDS
@given(data=st.data())
def test_the_way_to_answer_leads_to_this_occasion(kind: ActivityKind, data: st.DataObject) -> None:
    occasion = data.draw(occasions_of(kind))
    buttons = [button for step in kind.steps for button in step.compose(occasion).buttons]
    answering = [button for button in buttons if button.action is Action.ACTIVITY_ANSWER]
    assert answering
    assert {button.value for button in answering} == {str(occasion.id)}


@KINDS
@given(data=st.data())
def test_it_says_in_a_line_what_was_chosen_and_in_a_few_who_will_see_an_answer(
    kind: ActivityKind, data: st.DataObject
) -> None:
    occasion = data.draw(occasions_of(kind))
    summary = kind.summary(occasion.settings)
    assert 0 < len(summary.splitlines()[0]) == len(summary) <= 200
    asked = RENDERER.home((Card("", kind.before_answering(occasion)),))["blocks"]
    assert_nothing_is_obeyed({"text": "", "blocks": asked})
    assert [block["type"] for block in asked][-1] == "section", "at last, who will see it"


@KINDS
@given(data=st.data())
def test_it_knows_its_place_on_the_four_dimensions(kind: ActivityKind, data: st.DataObject) -> None:
    design = kind.design(data.draw(settings_of(kind)))
    for place in (design.immediacy, design.structure, design.scale, design.transparency):
        assert isinstance(place, Place)
        assert place.value is None or 0 <= place.value <= 1
        assert place.why.strip(". ") == place.why != "", "it stands after a colon, among others"


# What it asks the lead


@KINDS
@given(data=st.data())
def test_a_problem_is_said_at_a_field_of_the_form(kind: ActivityKind, data: st.DataObject) -> None:
    problems = kind.problems(data.draw(settings_of(kind)))
    assert set(problems) <= {field.name for field in kind.fields}
    assert all(0 < len(problem) <= 150 for problem in problems.values())


@KINDS
def test_no_field_takes_what_it_does_not_offer(kind: ActivityKind) -> None:
    for field in kind.fields:
        odd = "nothing-we-offer" if field.choices else "x" * (field.max_length + 1)
        assert field.name in kind.problems({field.name: odd})


@KINDS
def test_the_defaults_can_be_used_wherever_there_are_some(kind: ActivityKind) -> None:
    problems = kind.problems({field.name: field.default for field in kind.fields})
    assert all(not field.default for field in kind.fields if field.name in problems)


@KINDS
def test_fields_have_names_of_their_own_that_a_form_can_use(kind: ActivityKind) -> None:
    names = [field.name for field in kind.fields]
    assert len(set(names)) == len(names)
    assert not TAKEN_NAMES & set(names)
    assert all(name.isidentifier() for name in names)


@KINDS
def test_a_field_fits_a_form(kind: ActivityKind) -> None:
    for field in (*kind.fields, kind.question):
        assert 0 < len(field.label) <= 150
        assert len(field.hint) <= 150
        assert bool(field.choices) is not bool(field.max_length), "one of several, or words"
        assert field.max_length <= 3_000
        assert len(field.default) <= (field.max_length or 150)


@KINDS
def test_choices_fit_a_list_of_slacks(kind: ActivityKind) -> None:
    for field in kind.fields:
        options = [choice.value for choice in field.choices]
        assert len(set(options)) == len(options) <= 100
        assert not field.default or not options or field.default in options
        assert all(0 < len(choice.label) <= 75 for choice in field.choices)
        assert all(0 < len(choice.value) <= 150 for choice in field.choices)


@KINDS
def test_choices_of_a_group_stand_together_and_all_have_one_or_none(kind: ActivityKind) -> None:
    """A list of Slack's has groups or options, not both."""
    for field in kind.fields:
        groups = [choice.group for choice in field.choices]
        assert all(groups) or not any(groups)
        assert all(len(group) <= 75 for group in groups)
        assert sorted(groups, key=groups.index) == groups


# What it is


def test_kinds_are_found_by_name() -> None:
    assert ALL
    assert list(BY_KIND.values()) == list(ALL)


@KINDS
def test_its_title_fits_above_a_form(kind: ActivityKind) -> None:
    assert 0 < len(kind.title) <= 24


@KINDS
def test_its_steps_come_one_after_the_other(kind: ActivityKind) -> None:
    """The first opens the thread that the others stand in."""
    offsets = [step.offset for step in kind.steps]
    assert offsets[0] == timedelta(0)
    assert sorted(offsets) == offsets
    assert len({step.name for step in kind.steps}) == len(offsets)
    assert all(step.fresh_for > timedelta(0) for step in kind.steps)
