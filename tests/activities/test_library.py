"""The library's questions: short, plain, balanced, and a different one every week."""

import re
from collections import Counter
from itertools import pairwise, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.activities.library import Audience, Level, Prompt, Theme, prompt, prompts, rotating

ALL = prompts()
N = len(ALL)
ACTIVITIES = st.integers(1, 10_000)
LAPS = st.integers(0, 20)


def test_there_is_a_question_for_every_week_of_a_year() -> None:
    assert N >= 52


def test_every_theme_has_each_level_for_a_person_and_for_a_team() -> None:
    found = Counter((each.theme, each.level, each.audience) for each in ALL)
    assert found == Counter(product(Theme, Level, Audience))


def test_themes_stand_together() -> None:
    themes = [each.theme for each in ALL]
    changes = sum(before != after for before, after in pairwise(themes))
    assert changes == len(Theme) - 1


@pytest.mark.parametrize("what", ["id", "title", "text"])
def test_nothing_comes_twice(what: str) -> None:
    assert len({getattr(each, what).casefold() for each in ALL}) == N


@pytest.mark.parametrize("each", ALL, ids=lambda each: each.id)
def test_a_question_is_short_and_plain(each: Prompt) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", each.id)
    assert 0 < len(each.title) <= 60
    assert 30 <= len(each.text) <= 280
    assert each.text[0].isupper()
    assert each.text.endswith((".", "?", "”"))
    assert not re.search(r"[*_~`<>&\n\t]|  ", each.title + each.text)


@pytest.mark.parametrize("each", ALL, ids=lambda each: each.id)
def test_a_question_takes_two_minutes(each: Prompt) -> None:
    """Three things asked, and examples after a colon, are as much as anybody answers at work."""
    assert each.text.count("?") <= 3
    assert len(each.text.split()) <= 50


@pytest.mark.parametrize("each", ALL, ids=lambda each: each.id)
def test_a_question_about_a_team_says_us_and_one_about_a_person_says_you(each: Prompt) -> None:
    words = set(re.findall(r"\w+", each.text.casefold()))
    is_for_team = each.audience is Audience.TEAM
    assert words & ({"we", "us", "our"} if is_for_team else {"you", "your", "yours"})


def test_a_question_is_found_by_its_id() -> None:
    assert [prompt(each.id) for each in ALL] == list(ALL)
    assert prompt("no-such-question") is None


@settings(max_examples=20)
@given(ACTIVITIES, LAPS)
def test_no_question_comes_again_before_all_have_come(activity: int, lap: int) -> None:
    asked = [rotating(activity, lap * N + week) for week in range(N)]
    assert set(asked) == set(ALL)


@given(ACTIVITIES, LAPS)
def test_the_same_question_never_comes_two_weeks_in_a_row(activity: int, lap: int) -> None:
    last, first = rotating(activity, lap * N + N - 1), rotating(activity, (lap + 1) * N)
    assert last != first


def test_two_laps_that_meet_with_the_same_question_are_kept_apart() -> None:
    """Among so many activities a good number would have it, so the rule was needed."""
    meetings = [(rotating(number, N - 1), rotating(number, N)) for number in range(500)]
    assert all(last != first for last, first in meetings)


def test_every_activity_and_every_lap_has_an_order_of_its_own() -> None:
    laps = [(activity, lap) for activity in range(1, 6) for lap in range(5)]
    orders = {tuple(rotating(a, lap * N + week).id for week in range(N)) for a, lap in laps}
    assert len(orders) == len(laps)


def test_the_order_is_the_same_on_every_machine() -> None:
    first = ("starting-over", "where-work-waits", "helped-by", "keep-or-drop")
    assert tuple(rotating(1, week).id for week in range(4)) == first
