"""Who writes at the same time within one process: in turn, so that nobody is refused."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from time import sleep

import pytest

from bot.domain.ids import UserId
from storage.database import Database
from storage.work import Work
from tests.storage.scene import ADA, BO, NOW, OURS, join, run_on

MANY = 6


def all_at_once(database: Database) -> int:
    """Each looks at what the others write; how many transactions that took."""
    took: list[str] = []
    barrier = Barrier(MANY)
    run = run_on(database)

    def arrive(work: Work, name: str) -> None:
        took.append(name)
        work.people.can_be_asked(UserId("U_NOBODY"))
        sleep(0.02)  # time enough for the others to do the same
        join(work, UserId(name))

    def one(number: int) -> None:
        barrier.wait(10)
        run(arrive, f"U_{number}")

    with ThreadPoolExecutor(MANY) as pool:
        list(pool.map(one, range(MANY)))
    return len(took)


def test_those_of_one_process_do_not_refuse_each_other(database: Database) -> None:
    assert all_at_once(database) == MANY


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
@pytest.mark.postgres
def test_without_turns_they_would(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Or the test above could not fail."""
    monkeypatch.setattr("storage.database.TURN_SECONDS", 0)
    assert all_at_once(database) > MANY


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
@pytest.mark.postgres
def test_who_has_waited_for_long_goes_on_beside_the_other(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.database.TURN_SECONDS", 0.01)
    with database.begin(OURS, NOW) as slow:
        join(slow, ADA)
        with database.begin(OURS, NOW) as other:
            join(other, BO)
    with database.begin(OURS, NOW) as work:
        assert work.people.known([ADA, BO]) == {ADA, BO}
