"""A pause: until they say so, or until its end has come, and what is asked of whom meanwhile."""

from datetime import datetime, timedelta, timezone

import pytest

from bot.run import Run
from storage.database import Database
from tests.storage.scene import ADA, BO, DAY, NOW, ON_SQLITE, SECOND, SQL, join, run_at, run_on

pytestmark = ON_SQLITE

END = NOW + DAY


@pytest.fixture
def paused(database: Database) -> Database:
    """Ada knows SQL and has paused until tomorrow."""
    run = run_on(database)
    run(join, ADA, BO)
    run(lambda work: work.people.set_topics(ADA, (SQL,)))
    run(lambda work: work.people.set_paused(ADA, True, END))
    return database


def is_asked(run: Run) -> bool:
    """Whether all that decides who may be asked says the same of Ada, and says yes."""
    said = {
        run.look(lambda work: work.people.can_be_asked(ADA)),
        run.look(lambda work: [p.user for p in work.people.available([ADA])]) == [ADA],
        ADA in [c.user for c in run.look(lambda work: work.people.candidates())],
        run.look(lambda work: not work.people.choices(ADA).is_paused),
    }
    assert len(said) == 1, "they differ"
    return said.pop()


@pytest.mark.parametrize(
    ("at", "asked"),
    [
        (NOW, False),
        (END - timedelta(microseconds=1), False),
        (END, True),
        (END + 400 * DAY, True),
    ],
)
def test_a_pause_ends_at_its_instant(paused: Database, at: datetime, asked: bool) -> None:
    assert is_asked(run_at(paused, at)) is asked


def test_the_end_is_told_until_it_has_come(paused: Database) -> None:
    during, after = (run_at(paused, at) for at in (NOW, END))
    assert during.look(lambda work: work.people.choices(ADA).paused_until) == END
    assert after.look(lambda work: work.people.choices(ADA).paused_until) is None


def test_without_an_end_it_lasts_until_they_say_so(paused: Database) -> None:
    run = run_at(paused, END + SECOND)
    run(lambda work: work.people.set_paused(ADA, True))
    assert not is_asked(run)
    assert run.look(lambda work: work.people.choices(ADA).paused_until) is None
    run(lambda work: work.people.set_paused(ADA, False))
    assert is_asked(run)


def test_resuming_forgets_the_end(paused: Database) -> None:
    run = run_on(paused)
    run(lambda work: work.people.set_paused(ADA, False, END))
    assert is_asked(run)
    run(lambda work: work.people.set_paused(ADA, True))
    assert run.look(lambda work: work.people.choices(ADA).paused_until) is None


def test_what_slack_says_of_them_changes_nothing_about_their_pause(paused: Database) -> None:
    run = run_on(paused)
    run(join, ADA)
    assert not is_asked(run)


def test_an_end_of_another_zone_is_the_same_instant(paused: Database) -> None:
    kolkata = timezone(timedelta(hours=5.5))
    run_on(paused)(lambda work: work.people.set_paused(ADA, True, END.astimezone(kolkata)))
    assert is_asked(run_at(paused, END))
    assert not is_asked(run_at(paused, END - SECOND))


def test_nobody_elses_questions_stop(paused: Database) -> None:
    assert run_on(paused).look(lambda work: work.people.can_be_asked(BO))
