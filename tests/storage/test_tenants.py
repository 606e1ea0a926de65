"""No query without its tenant, and nothing of one tenant's ever seen by another."""

import inspect
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Any

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import NoResultFound

from bot.domain.cards import Card
from bot.domain.deliveries import State
from bot.domain.ids import Tenant
from bot.domain.mentoring import PairState, RoundState
from bot.domain.questions import QuestionState
from bot.domain.running import RunState
from storage.database import Database
from storage.tables import Row
from storage.work import Work
from tests.storage.everything import KEY, READS, WRITES, change, write
from tests.storage.scene import ADA, BO, NOW, OURS, join

THEIRS = Tenant("T_THEIRS")
TENANT_TABLES = {name for name, table in Row.metadata.tables.items() if "tenant" in table.c}
REPOSITORIES = [name for name, each in vars(Work).items() if isinstance(each, cached_property)]


@contextmanager
def watching(database: Database) -> Iterator[list[str]]:
    """Every statement that goes to the database."""
    statements: list[str] = []

    def note(_conn: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        statements.append(" ".join(statement.split()))

    event.listen(database.engine, "before_cursor_execute", note)
    yield statements
    event.remove(database.engine, "before_cursor_execute", note)


def without_tenant(statement: str) -> list[str]:
    """The tenant tables that this statement reads or changes without saying whose.

    The one exception is what SQLAlchemy writes at a flush, an UPDATE by primary key: its row was
    loaded in the same transaction, by a query that named the tenant.
    """
    if statement.startswith("INSERT"):
        return []
    by_key = re.fullmatch(r"UPDATE (\w+) SET .+ WHERE (\w+)\.id = \S+", statement)
    if by_key and by_key[1] == by_key[2]:
        return []
    used = set(re.findall(r"(?:FROM|JOIN|UPDATE|,) \"?(\w+)\"?", statement)) & TENANT_TABLES
    condition = statement.partition(" WHERE ")[2]
    return [table for table in used if not re.search(rf"\b{table}\.tenant = ", condition)]


def walk(database: Database) -> list[str]:
    with watching(database) as statements:
        with database.begin(OURS, NOW) as work:
            written = write(work)
        with database.begin(OURS, NOW) as work:
            for read in READS.values():
                read(work, written)
            change(work, written)
    return statements


def test_no_query_leaves_out_its_tenant(database: Database) -> None:
    statements = walk(database)
    assert [s for s in statements if without_tenant(s)] == []
    reached = {table for table in TENANT_TABLES if any(table in s for s in statements)}
    assert reached == TENANT_TABLES


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT person.name FROM person WHERE person.user = ?",
        "SELECT person.tenant FROM person",
        "SELECT exchange.id FROM exchange JOIN exchange_topic ON exchange_topic.exchange_id ="
        " exchange.id WHERE exchange_topic.tenant = ?",
        "DELETE FROM seen WHERE seen.seen_at < ?",
        "UPDATE question SET text=? WHERE question.asked_at < ?",
        "UPDATE person SET is_paused=? WHERE person.user = ?",
    ],
)
def test_a_query_that_leaves_it_out_is_noticed(statement: str) -> None:
    assert without_tenant(statement)


def test_every_method_of_every_repository_is_part_of_the_walk(database: Database) -> None:
    with database.begin(OURS, NOW) as work:
        methods = {
            f"{name}.{method}"
            for name in REPOSITORIES
            for method, _ in inspect.getmembers(getattr(work, name), inspect.ismethod)
            if not method.startswith("_")
        }
    assert methods == READS.keys() | set(WRITES.split())


def everything(database: Database, tenant: Tenant) -> dict[str, list[Any]]:
    """Every row of a tenant's, as it lies in the tables."""
    with database.engine.connect() as connection:
        return {
            name: sorted(map(str, connection.execute(text(query), {"t": tenant})))
            for name, query in {
                table: f'SELECT * FROM "{table}" WHERE tenant = :t' for table in TENANT_TABLES
            }.items()
        }


def test_what_one_tenant_wrote_no_method_shows_to_another(database: Database) -> None:
    with database.begin(OURS, NOW) as work:
        written = write(work)
    with database.begin(THEIRS, NOW) as work:
        work.installation.record(name="theirs", bot_user=BO)
        join(work, ADA)
        empty = set(READS) - OF_ANYBODY
        for name in empty - {"people.choices", "sending.get", "sending.ahead_of"}:
            assert not READS[name](work, written), name
        assert not work.people.choices(ADA).topics
        with pytest.raises(NoResultFound):
            work.sending.get(written.delivery)
    with database.begin(OURS, NOW) as work:
        ours = work.installation.delivery_secret()
        assert [name for name in empty - NOT_YET if not READS[name](work, written)] == []
    with database.begin(THEIRS, NOW) as work:
        assert work.installation.delivery_secret() != ours


OF_ANYBODY = {
    *("installation.delivery_secret", "installation.bot_user"),
    *("people.get", "people.can_be_asked", "people.available"),
}
"""What both have: they are installed, and somebody of the same name is a member."""

NOT_YET = {
    *(
        "installation.gap",
        "people.deactivated",
        "deliveries.key_at",
        "deliveries.whereabouts",
        "deliveries.reason_of",
        "waiting.unknown",
    )
}
"""Nothing has been sent and nobody has left, so there is nothing to see even for its owner."""


def test_two_tenants_with_equal_ids_live_side_by_side(database: Database) -> None:
    with database.begin(OURS, NOW) as work:
        write(work, "ours")
    before = everything(database, OURS)
    with database.begin(THEIRS, NOW) as work:
        change(work, write(work, "theirs"))
    assert everything(database, OURS) == before
    assert all(before.values())


def test_another_tenants_numbers_change_nothing(database: Database) -> None:
    with database.begin(OURS, NOW) as work:
        written = write(work)
    before = everything(database, OURS)
    attempts: list[Callable[[Work], object]] = [
        lambda w: w.questions.drop(written.question),
        lambda w: w.questions.move(written.question, QuestionState.SOLVED, peer=None),
        lambda w: w.leads.relieve([ADA]),
        lambda w: w.pool.leave(ADA),
        lambda w: w.rounds.move(written.round, RoundState.DISCARDED),
        lambda w: w.rounds.try_again(written.round, NOW),
        lambda w: w.pairs.move(written.pair, PairState.ENDED),
        lambda w: w.pairs.forget(written.round),
        lambda w: w.activities.move(written.activity.id, RunState.ENDED),
        lambda w: w.occasions.step_done(written.occasion.id, due_at=None),
        lambda w: w.occasions.skip(written.occasion.id),
        lambda w: w.sending.drop(written.delivery, State.NEVER, "not ours"),
        lambda w: w.sending.start(written.delivery, look_again_at=NOW),
        lambda w: w.deliveries.cancel(KEY, "not ours"),
        lambda w: w.deliveries.edit(KEY, Card("not ours")),
        lambda w: w.deliveries.freshen_homes([ADA]),
    ]
    for attempt in attempts:
        try:
            with database.begin(THEIRS, NOW) as work:
                attempt(work)
        except NoResultFound:
            pass
    assert everything(database, OURS) == before
