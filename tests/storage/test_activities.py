"""Activities, their occasions, and what people contributed to them."""

from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.exc import NoResultFound

from bot.domain.cadence import Occurrence, Weekly
from bot.domain.running import TEXT_KEPT_FOR, OccasionState, RunningActivity, RunState
from storage.database import Database
from storage.work import Work
from tests.storage.scene import (
    ADA,
    BO,
    C_DATA,
    DAY,
    MONDAYS,
    NOW,
    ON_SQLITE,
    SECOND,
    TODAY,
    WEEK,
    hold,
    run_at,
    run_on,
    start_prompt,
)

NEXT = Occurrence(TODAY + WEEK, NOW + WEEK)


def test_an_activity_is_kept_as_it_was_started(database: Database) -> None:
    run = run_on(database)
    weekly = Weekly(6, time(0, 5), ZoneInfo("Africa/Cairo"))
    number = run(
        lambda work: work.activities.start(
            kind="prompt",
            channel=C_DATA,
            lead=ADA,
            settings={"text": "שלום <!channel>", "names": "shown"},
            weekly=weekly,
            due_at=NOW,
        )
    )
    assert run.look(lambda work: work.activities.get(number)) == RunningActivity(
        number,
        "prompt",
        C_DATA,
        ADA,
        {"text": "שלום <!channel>", "names": "shown"},
        weekly,
        RunState.RUNNING,
        due_at=NOW,
    )


@ON_SQLITE
def test_an_activity_is_due_while_it_runs_and_open_until_it_has_ended(database: Database) -> None:
    run = run_on(database)
    one, other = run(start_prompt), run(start_prompt)
    later = run(lambda work: start_prompt(work, due_at=NOW + SECOND))
    assert run.look(lambda work: work.activities.due()) == [one.id, other.id]

    run(lambda work: work.activities.move(one.id, RunState.PAUSED, reason="is_archived"))
    run(lambda work: work.activities.move(other.id, RunState.ENDED))
    assert run.look(lambda work: work.activities.due()) == []
    assert run.look(lambda work: work.activities.next_due_at()) == NOW + SECOND
    assert run.look(_open) == [(one.id, "is_archived"), (later.id, None)]

    run(lambda work: work.activities.move(one.id, RunState.RUNNING, due_at=NOW))
    assert run.look(_open) == [(one.id, None), (later.id, None)]


def _open(work: Work) -> list[tuple[int, str | None]]:
    return [(each.id, each.reason) for each in work.activities.open()]


# Occasions.


def test_a_local_date_is_claimed_once(database: Database) -> None:
    run = run_on(database)
    activity = run(start_prompt)
    first = run(hold, activity)
    assert (first.on, first.starts_at, first.due_at) == (TODAY, NOW, NOW)
    assert run(lambda w: w.occasions.claim(activity, Occurrence(TODAY, NOW + DAY))) is None
    assert run.look(lambda work: work.occasions.get(first.id)) == first
    assert run.look(lambda work: work.occasions.due()) == [first.id]


@ON_SQLITE
def test_two_activities_have_the_same_date_each_for_itself(database: Database) -> None:
    run = run_on(database)
    held = [run(hold, run(start_prompt)) for _ in range(2)]
    assert run.look(lambda work: work.occasions.due()) == [each.id for each in held]


@ON_SQLITE
def test_occasions_count_those_held_and_not_those_skipped(database: Database) -> None:
    run = run_on(database)
    activity = run(start_prompt)
    first = run(hold, activity)
    skipped = run(lambda work: work.occasions.claim(activity, NEXT, OccasionState.SKIPPED))
    third = run(hold, activity, TODAY + 2 * WEEK)
    assert skipped
    assert [each.number for each in (first, skipped, third)] == [0, 1, 1]
    assert skipped.due_at is None


def test_the_one_before_is_the_last_that_was_held(database: Database) -> None:
    run = run_on(database)
    activity, other = run(start_prompt), run(start_prompt)
    first = run(hold, activity)
    run(hold, other, TODAY + 2 * DAY)
    run(lambda work: work.occasions.claim(activity, NEXT, OccasionState.SKIPPED))
    third = run(hold, activity, TODAY + 2 * WEEK)
    assert run.look(lambda work: work.occasions.before(third)) == first
    assert run.look(lambda work: work.occasions.before(first)) is None


@ON_SQLITE
def test_an_occasion_keeps_the_settings_it_began_with(database: Database) -> None:
    run = run_on(database)
    activity = run(lambda work: start_prompt(work, text="as it was"))
    occasion = run(hold, activity)
    assert occasion.settings == {"text": "as it was"}


@ON_SQLITE
def test_each_step_is_due_in_its_turn_and_the_last_leaves_nothing(database: Database) -> None:
    run = run_on(database)
    occasion = run(hold, run(start_prompt))
    run(lambda work: work.occasions.step_done(occasion.id, due_at=NOW + DAY))
    assert run.look(lambda work: work.occasions.due()) == []
    assert run.look(lambda work: work.occasions.next_due_at()) == NOW + DAY
    run(lambda work: work.occasions.step_done(occasion.id, due_at=None))
    found = run.look(lambda work: work.occasions.get(occasion.id))
    assert found
    assert (found.steps_done, found.due_at) == (2, None)


@pytest.mark.parametrize("on", [date(2024, 2, 29), date(9999, 12, 31)])
def test_a_date_comes_back_as_a_date(database: Database, on: date) -> None:
    run = run_on(database)
    assert run(hold, run(start_prompt), on).on == on


@ON_SQLITE
def test_a_step_of_nothing_is_a_mistake(database: Database) -> None:
    with pytest.raises(NoResultFound):
        run_on(database)(lambda work: work.occasions.step_done(404, due_at=None))


@ON_SQLITE
def test_a_cadence_comes_back_as_it_was_chosen(database: Database) -> None:
    assert run_on(database)(start_prompt).weekly == MONDAYS


# Contributions.


def test_everybody_has_one_answer_which_they_may_change(database: Database) -> None:
    run = run_on(database)
    occasion = run(hold, run(start_prompt)).id
    first = run(lambda work: work.contributions.give(occasion, ADA, "first"))
    other = run(lambda work: work.contributions.give(occasion, BO, "of Bo's"))
    changed = run(lambda work: work.contributions.give(occasion, ADA, "changed"))
    assert changed == first != other
    assert run.look(lambda work: work.contributions.text_of(occasion, ADA)) == "changed"
    assert run.look(lambda work: work.contributions.count(occasion)) == 2


def test_nobody_has_as_many_answers_as_are_given(database: Database) -> None:
    run = run_on(database)
    occasion = run(hold, run(start_prompt)).id
    given = [run(lambda w: w.contributions.give(occasion, None, "words")) for _ in range(3)]
    assert len(set(given)) == 3
    assert run.look(lambda work: work.contributions.count(occasion)) == 3
    assert run.look(lambda work: work.contributions.text_of(occasion, ADA)) is None


@ON_SQLITE
def test_answers_belong_to_their_occasion(database: Database) -> None:
    run = run_on(database)
    activity = run(start_prompt)
    one, other = run(hold, activity).id, run(hold, activity, TODAY + WEEK).id
    run(lambda work: work.contributions.give(one, ADA, "to one"))
    run(lambda work: work.contributions.give(other, ADA, "to the other"))
    assert run.look(lambda work: work.contributions.text_of(one, ADA)) == "to one"
    assert run.look(lambda work: work.contributions.count(other)) == 1


@pytest.mark.parametrize(
    ("after", "text"),
    [
        (TEXT_KEPT_FOR, "words"),
        (TEXT_KEPT_FOR + timedelta(microseconds=1), None),
    ],
)
def test_words_are_dropped_in_the_end_and_that_somebody_answered_is_not(
    database: Database, after: timedelta, text: str | None
) -> None:
    run = run_on(database)
    occasion = run(hold, run(start_prompt)).id
    run(lambda work: work.contributions.give(occasion, ADA, "words"))
    later = run_at(database, NOW + after)
    later(lambda work: work.contributions.forget_old())
    assert later.look(lambda work: work.contributions.text_of(occasion, ADA)) == text
    assert later.look(lambda work: work.contributions.count(occasion)) == 1
