"""No query without its tenant, and nothing of one tenant's ever seen by another."""

import inspect
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import NoResultFound

from bot.domain.cards import Card, Direct, InChannel
from bot.domain.deliveries import State
from bot.domain.exchanges import Activity, Exchange, Reaction
from bot.domain.ids import Key, Tenant, Ts
from bot.domain.pace import Rate, Rates
from bot.domain.people import Channel
from bot.domain.questions import QuestionState, TurnState
from storage.database import Database
from storage.tables import Row
from storage.work import Work
from tests.storage.scene import ADA, BO, C_DATA, CY, NOW, OURS, SQL, join

THEIRS = Tenant("T_THEIRS")
RATES = Rates(Rate(timedelta(seconds=1)), Rate(timedelta(seconds=1)))
KEY = Key("question/1/U_ADA")
TS = Ts("1772442000.000100")
TENANT_TABLES = {name for name, table in Row.metadata.tables.items() if "tenant" in table.c}
REPOSITORIES = [n for n in vars(Work) if not n.startswith("_")]
REACTION = Reaction(BO, ADA, C_DATA, TS, "bulb", True, TS)


def write(work: Work, words: str = "ours") -> int:
    """A line in every table; the question's number."""
    join(work, ADA, BO, CY)
    work.installation.record(name=words, bot_user=BO)
    work.channels.replace([Channel(C_DATA, is_private=False)])
    work.people.set_topics(ADA, (SQL,))
    question = work.questions.add(asker=CY, text=words, topics=frozenset({SQL}), due_at=NOW)
    work.questions.set_turn(question.id, BO, TurnState.ASKED)
    work.questions.set_turn(question.id, BO, TurnState.DECLINED)
    work.questions.set_turn(question.id, ADA, TurnState.ASKED)
    work.questions.move(question.id, QuestionState.ASKING, peer=ADA, due_at=NOW)
    work.exchanges.log(Exchange(f"question/{words}", Activity.ASK, CY, ADA, topics=(SQL,)))
    work.exchanges.apply(REACTION)
    work.deliveries.say(Direct((ADA,)), Card(words), key=KEY)
    work.deliveries.say(InChannel(C_DATA), Card(words), key=Key("x/2"), thread=KEY)
    work.seen.mark("event/Ev1")
    work.pace.turn("chat.postMessage", C_DATA, RATES)
    return question.id


def change(work: Work, question: int, delivery: int) -> None:
    """Whatever else the repositories can do to what is there."""
    work.people.set_limit(ADA, 9)
    work.people.set_paused(ADA, True)
    work.people.set_receipts(ADA, False)
    work.channels.forget(C_DATA)
    work.channels.add(Channel(C_DATA, is_private=True))
    work.exchanges.apply(Reaction(BO, ADA, C_DATA, TS, "bulb", False, Ts("1772442001.000100")))
    work.deliveries.edit(KEY, Card("edited"))
    work.deliveries.cancel(Key("x/2"), "called off")
    work.sending.opened(delivery, C_DATA)
    work.sending.start(delivery, look_again_at=NOW)
    work.sending.wait(delivery, NOW, "a reason")
    work.sending.postpone(delivery, NOW, "a reason")
    work.sending.try_again(delivery, NOW, "a reason")
    work.sending.not_sent(delivery, NOW, "a reason")
    work.sending.sent(delivery, C_DATA, TS)
    work.sending.updated(delivery, 2)
    work.sending.drop(delivery, State.NEVER, "a reason")
    work.sending.forget_old()
    work.pace.pause("chat.postMessage", NOW, RATES)
    work.seen.forget_old()
    work.questions.forget_old()
    work.questions.drop(question)


READS: dict[str, Callable[[Work, int], object]] = {
    "installation.delivery_secret": lambda w, _: w.installation.delivery_secret(),
    "people.get": lambda w, _: w.people.get(ADA),
    "people.can_be_asked": lambda w, _: w.people.can_be_asked(ADA),
    "people.deactivated": lambda w, _: w.people.deactivated([ADA]),
    "people.choices": lambda w, _: w.people.choices(ADA),
    "people.vocabulary": lambda w, _: w.people.vocabulary(),
    "people.candidates": lambda w, _: w.people.candidates(frozenset({SQL})),
    "people.asked_this_week": lambda w, _: w.people.asked_this_week(ADA),
    "channels.public": lambda w, _: w.channels.public(),
    "questions.get": lambda w, question: w.questions.get(question),
    "questions.same_as": lambda w, _: w.questions.same_as(CY, "ours"),
    "questions.due": lambda w, _: w.questions.due(),
    "questions.next_due_at": lambda w, _: w.questions.next_due_at(),
    "questions.turn_of": lambda w, question: w.questions.turn_of(question, ADA),
    "questions.declined": lambda w, _: w.questions.declined(CY),
    "questions.with_peer": lambda w, _: w.questions.with_peer(ADA),
    "questions.turns": lambda w, question: w.questions.turns(question),
    "exchanges.active": lambda w, _: w.exchanges.active(),
    "exchanges.has": lambda w, _: w.exchanges.has(REACTION),
    "exchanges.numbers_of": lambda w, _: any(w.exchanges.numbers_of(ADA)),
    "deliveries.whereabouts": lambda w, _: w.deliveries.whereabouts(KEY),
    "sending.due": lambda w, _: w.sending.due(9),
    "sending.next_due_at": lambda w, _: w.sending.next_due_at(),
    "sending.get": lambda w, _: w.sending.get(1),
    "sending.ahead_of": lambda w, _: w.sending.ahead_of(w.sending.get(1)) + 1,
}
WRITES = """
installation.record people.record people.set_topics people.set_limit people.set_paused
people.set_receipts channels.replace channels.forget channels.add questions.add questions.move
questions.drop questions.forget_old questions.set_turn exchanges.log exchanges.apply deliveries.say
deliveries.edit deliveries.cancel sending.opened sending.start sending.wait sending.postpone
sending.try_again sending.not_sent sending.sent sending.updated sending.drop sending.forget_old
pace.turn pace.pause seen.mark seen.forget_old
"""


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
            question = write(work)
        with database.begin(OURS, NOW) as work:
            delivery = work.sending.due(9)[0]
            for read in READS.values():
                read(work, question)
            change(work, question, delivery)
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
        question = write(work)
    with database.begin(THEIRS, NOW) as work:
        work.installation.record(name="theirs", bot_user=BO)
        join(work, ADA)
        empty = set(READS) - {"installation.delivery_secret", "people.get", "people.can_be_asked"}
        for name in empty - {"people.choices", "sending.get", "sending.ahead_of"}:
            assert not READS[name](work, question), name
        assert not work.people.choices(ADA).topics
        with pytest.raises(NoResultFound):
            work.sending.get(1)
    with database.begin(OURS, NOW) as work:
        ours = work.installation.delivery_secret()
        assert all(READS[name](work, question) for name in empty - {"people.deactivated"} - NOT_YET)
    with database.begin(THEIRS, NOW) as work:
        assert work.installation.delivery_secret() != ours


NOT_YET = {"deliveries.whereabouts"}
"""Nothing has been sent, so there is nothing to see even for its owner."""


def test_two_tenants_with_equal_ids_live_side_by_side(database: Database) -> None:
    with database.begin(OURS, NOW) as work:
        write(work, "ours")
    before = everything(database, OURS)
    with database.begin(THEIRS, NOW) as work:
        question = write(work, "theirs")
        change(work, question, work.sending.due(9)[0])
    assert everything(database, OURS) == before
    assert all(before.values())


def test_another_tenants_numbers_change_nothing(database: Database) -> None:
    with database.begin(OURS, NOW) as work:
        question = write(work)
        delivery = work.sending.due(9)[0]
    before = everything(database, OURS)
    attempts: list[Callable[[Work], object]] = [
        lambda w: w.questions.drop(question),
        lambda w: w.questions.move(question, QuestionState.SOLVED, peer=None),
        lambda w: w.sending.drop(delivery, State.NEVER, "not ours"),
        lambda w: w.sending.start(delivery, look_again_at=NOW),
        lambda w: w.deliveries.cancel(KEY, "not ours"),
        lambda w: w.deliveries.edit(KEY, Card("not ours")),
    ]
    for attempt in attempts:
        try:
            with database.begin(THEIRS, NOW) as work:
                attempt(work)
        except NoResultFound:
            pass
    assert everything(database, OURS) == before
