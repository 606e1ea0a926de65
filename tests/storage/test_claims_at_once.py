"""Several people, or several replicas, do the same thing at the same moment: it is done once."""

from collections import Counter
from collections.abc import Callable
from functools import partial

import pytest

from bot.domain.cadence import Occurrence
from bot.domain.matching import Role
from bot.domain.mentoring import Enrolment
from bot.domain.running import HeldOccasion, RunningActivity
from bot.run import Run
from storage.database import Database
from storage.work import Work
from tests.storage.scene import ADA, BO, CY, NOW, SQL, TODAY, WEEK, hold, join, run_on, start_prompt
from tests.storage.test_at_once import together

AT_ONCE = 6


def raised_by(job: Callable[[], object]) -> list[BaseException]:
    return together(*[job] * AT_ONCE)


def _claim(work: Work, activity: RunningActivity) -> HeldOccasion | None:
    return work.occasions.claim(activity, Occurrence(TODAY, NOW), due_at=NOW)


@pytest.mark.parametrize("attempt", range(3))
def test_one_local_date_is_had_by_exactly_one(database: Database, attempt: int) -> None:
    run = run_on(database)
    activity = run(start_prompt)
    claimed: list[HeldOccasion | None] = []
    assert raised_by(lambda: claimed.append(run(_claim, activity))) == []
    assert len(claimed) == AT_ONCE
    assert Counter(each is not None for each in claimed)[True] == 1
    assert len(run.look(lambda work: work.occasions.due())) == 1


def test_replicas_that_share_nothing_but_the_database_claim_a_date_once(
    database: Database, database_url: str
) -> None:
    other = Database(database_url)
    mine, theirs = run_on(database), run_on(other)
    activity = mine(start_prompt)
    claimed: list[HeldOccasion | None] = []

    def claim(run: Run) -> None:
        claimed.append(run(_claim, activity))

    assert together(*[partial(claim, run) for run in (mine, theirs)] * 2) == []
    other.dispose()
    assert Counter(each is not None for each in claimed) == {True: 1, False: 3}


def test_different_dates_are_had_by_as_many_and_numbered_one_after_the_other(
    database: Database,
) -> None:
    run = run_on(database)
    activity = run(start_prompt)
    held: list[HeldOccasion] = []

    def hold_on(week: int) -> None:
        held.append(run(hold, activity, TODAY + week * WEEK))

    assert together(*[partial(hold_on, week) for week in range(4)]) == []
    assert sorted(each.number for each in held) == [0, 1, 2, 3]


def test_an_answer_submitted_twice_at_once_is_one_answer(database: Database) -> None:
    run = run_on(database)
    occasion = run(hold, run(start_prompt)).id
    given: list[int] = []
    assert raised_by(lambda: given.append(run(_give, occasion))) == []
    assert len(set(given)) == 1
    assert run.look(lambda work: work.contributions.count(occasion)) == 1


def _give(work: Work, occasion: int) -> int:
    return work.contributions.give(occasion, ADA, "words")


def test_answers_of_nobody_given_at_once_are_all_kept(database: Database) -> None:
    run = run_on(database)
    occasion = run(hold, run(start_prompt)).id
    given: list[int] = []
    jobs = raised_by(lambda: given.append(run(_give_anonymously, occasion)))
    assert jobs == []
    assert len(set(given)) == AT_ONCE


def _give_anonymously(work: Work, occasion: int) -> int:
    return work.contributions.give(occasion, None, "words")


def test_whoever_signs_up_twice_at_once_is_in_the_pool_once(database: Database) -> None:
    run = run_on(database)
    mentor = Enrolment(ADA, Role.MENTOR, offers=(SQL,))
    assert raised_by(lambda: run(lambda work: work.pool.enrol(mentor))) == []
    assert run.look(lambda work: work.pool.all()) == [mentor]


def test_a_home_opened_on_two_screens_at_once_is_one_delivery(database: Database) -> None:
    run = run_on(database)
    assert raised_by(lambda: run(lambda work: work.deliveries.show_home(ADA))) == []
    assert len(run.look(lambda work: work.sending.due(9))) == 1


def test_everything_that_happened_at_once_is_shown_on_a_home(database: Database) -> None:
    run = run_on(database)
    run(join, ADA, BO, CY)
    run(lambda work: work.deliveries.show_home(ADA))
    before = run.look(lambda work: work.sending.get(1)).revision
    assert raised_by(lambda: run(lambda work: work.people.set_limit(ADA, 1))) == []
    assert run.look(lambda work: work.sending.get(1)).revision == before + AT_ONCE
