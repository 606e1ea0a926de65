"""Transactions: everything or nothing, one after the other where it matters."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import StatementError

from bot.domain.cards import Card, Direct
from bot.domain.ids import Key
from bot.domain.people import Candidate
from bot.domain.refusals import Busy, Refused, SeenBefore
from bot.run import TRIES
from storage.database import Conflict, Database, Mode
from storage.files import make
from storage.work import Work
from tests.storage.scene import ADA, BO, CY, NOW, ON_POSTGRES, OURS, SQL, join, run_on


@dataclass
class Ticking:
    """A clock that is never the same twice, and counts how often it is read."""

    read: list[datetime] = field(default_factory=list)

    def __call__(self) -> datetime:
        self.read.append(NOW + timedelta(seconds=len(self.read)))
        return self.read[-1]


def test_what_is_done_is_kept(database: Database) -> None:
    with database.begin(OURS, NOW) as work:
        join(work, ADA)
    with database.begin(OURS, NOW, Mode.READ) as work:
        assert work.people.get(ADA) is not None


@pytest.mark.parametrize("error", [Refused("no"), KeyboardInterrupt(), ValueError()])
def test_whatever_goes_wrong_nothing_is_kept(database: Database, error: BaseException) -> None:
    def go_wrong(work: Work) -> None:
        join(work, ADA)
        raise error

    with pytest.raises(type(error)), database.begin(OURS, NOW) as work:
        go_wrong(work)
    with database.begin(OURS, NOW, Mode.READ) as work:
        assert work.people.get(ADA) is None


def test_instants_are_kept_in_utc(database: Database) -> None:
    kolkata = timezone(timedelta(hours=5.5))
    with database.begin(OURS, NOW) as work:
        work.questions.add(asker=ADA, text="?", topics=frozenset(), due_at=NOW.astimezone(kolkata))
    with database.begin(OURS, NOW, Mode.READ) as work:
        due = work.questions.next_due_at()
    assert due == NOW
    assert due is not None
    assert due.tzinfo is UTC


def test_an_instant_without_a_zone_is_refused(database: Database) -> None:
    naive = NOW.replace(tzinfo=None)
    with (
        pytest.raises(StatementError, match="without a time zone"),
        database.begin(OURS, NOW) as work,
    ):
        work.questions.add(asker=ADA, text="?", topics=frozenset(), due_at=naive)


def test_a_delivery_nudges_after_the_commit_and_other_work_does_not(database: Database) -> None:
    nudged: list[bool] = []

    def nudge() -> None:
        with database.begin(OURS, NOW, Mode.READ) as work:
            nudged.append(bool(work.sending.due(1)))

    run = run_on(database, nudge=nudge)
    run(join, ADA)
    assert nudged == []
    run(
        lambda work: work.deliveries.say(Direct((ADA,)), Card("Hello"), key=Key("question/1/U_ADA"))
    )
    assert nudged == [True]


def test_what_was_delivered_before_is_not_done_again(database: Database) -> None:
    run = run_on(database).once("event/Ev1")
    run(join, ADA)
    with pytest.raises(SeenBefore):
        run(join, BO)
    assert run_on(database).look(lambda work: work.people.get(BO)) is None


def test_what_was_refused_may_be_delivered_again(database: Database) -> None:
    def refuse(_work: Work) -> None:
        raise Refused("not now")

    run = run_on(database).once("view/V1/h1")
    with pytest.raises(Refused):
        run(refuse)
    run(join, ADA)
    assert run_on(database).look(lambda work: work.people.get(ADA)) is not None


def test_only_writing_marks_what_was_delivered(database: Database) -> None:
    run = run_on(database).once("event/Ev1")
    run.look(lambda work: work.people.get(ADA))
    run.apart()(join, ADA)
    run(join, BO)
    assert run_on(database).look(lambda work: work.people.get(BO)) is not None


@pytest.fixture
def _without_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody else is there to be given way to."""
    monkeypatch.setattr("bot.run.PAUSE_SECONDS", 0)


@pytest.mark.usefixtures("_without_rest")
def test_a_conflict_is_tried_again_at_the_same_instant(database: Database) -> None:
    instants: list[datetime] = []
    clock = Ticking()

    def struggle(work: Work) -> str:
        instants.append(work.now)
        if len(instants) < TRIES:
            raise Conflict
        return "done"

    assert run_on(database, clock=clock)(struggle) == "done"
    assert instants == [NOW] * TRIES
    assert len(clock.read) == 1


@pytest.mark.usefixtures("_without_rest")
def test_a_conflict_without_end_is_given_up(database: Database) -> None:
    tried: list[int] = []

    def struggle(_work: Work) -> None:
        tried.append(1)
        raise Conflict

    with pytest.raises(Busy):
        run_on(database)(struggle)
    assert len(tried) == TRIES


@ON_POSTGRES
@pytest.mark.usefixtures("_without_rest")
def test_what_another_process_has_just_made_is_a_conflict(
    database: Database, database_url: str
) -> None:
    other = Database(database_url)
    seen: list[bool] = []

    def name_once(work: Work) -> None:
        seen.append(bool(work.people.get(BO)))
        if len(seen) == 1:  # committed after what we see was fixed, and before we write
            run_on(other)(lambda work: work.leads.name(ADA, by=BO))
        if len(seen) == 1 or not work.leads.all():
            work.leads.name(ADA, by=CY)

    run_on(database)(name_once)
    assert len(seen) == 2
    other.dispose()


def test_reading_sees_no_half_of_what_is_being_written(database: Database) -> None:
    with database.begin(OURS, NOW) as writing:
        join(writing, ADA)
        with database.begin(OURS, NOW, Mode.READ) as reading:
            assert reading.people.get(ADA) is None


def test_sqlite_says_that_it_is_busy_before_slack_gives_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.database.LOCK_SECONDS", 0.05)
    make(tmp_path / "busy.db")
    database = Database(f"sqlite:///{tmp_path}/busy.db")
    with (
        database.begin(OURS, NOW),
        pytest.raises(Busy, match="try again"),
        database.begin(OURS, NOW),
    ):
        pass
    database.dispose()


def test_sqlite_is_durable_and_checks_its_references(tmp_path: Path) -> None:
    make(tmp_path / "pragmas.db")
    database = Database(f"sqlite:///{tmp_path}/pragmas.db")
    with database.engine.connect() as connection:
        found = [
            connection.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        ]
    assert found == ["wal", 2, 1]
    database.dispose()


def test_a_candidate_has_what_the_ledger_and_the_directory_say(database: Database) -> None:
    with database.begin(OURS, NOW) as work:
        join(work, ADA)
        work.people.set_topics(ADA, (SQL,))
        [found] = work.people.candidates()
    assert found == Candidate(ADA, (SQL,))
