"""What is asked again and again is answered by an index: its cost follows what is due."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import event

from bot.domain.ids import Key
from storage.database import Database
from storage.tables import Row
from storage.work import Work
from tests.storage.scene import ADA, CY, NOW, OURS, SQL


def plans(database: Database, ask: Callable[[Work], object]) -> list[str]:
    """How SQLite would go about each query of `ask`."""
    asked: list[tuple[str, Any]] = []

    def note(_conn: Any, _cursor: Any, statement: str, parameters: Any, *_more: Any) -> None:
        if statement.startswith(("SELECT", "DELETE")):
            asked.append((statement, parameters))

    event.listen(database.engine, "before_cursor_execute", note)
    with database.begin(OURS, NOW) as work:
        ask(work)
    event.remove(database.engine, "before_cursor_execute", note)
    with database.engine.connect() as connection:
        explained = [
            connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
            for statement, parameters in asked
        ]
        return [str(row.detail) for rows in explained for row in rows]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("ask", "index"),
    [
        (lambda w: w.sending.due(20), "ix_delivery_tenant_due_at"),
        (lambda w: w.sending.next_due_at(), "ix_delivery_tenant_due_at"),
        (lambda w: w.questions.due(), "ix_question_tenant_due_at"),
        (lambda w: w.questions.next_due_at(), "ix_question_tenant_due_at"),
        (lambda w: w.questions.same_as(CY, "?"), "ix_question_tenant_asker_asked_at"),
        (lambda w: w.people.asked_this_week(ADA), "ix_turn_tenant_peer_asked_at"),
        (lambda w: w.people.candidates(frozenset({SQL})), "(tenant=?"),
        (lambda w: w.exchanges.numbers_of(ADA), "ix_exchange_tenant_peer"),
        (lambda w: w.deliveries.whereabouts(Key("question/1/U_ADA")), "sqlite_autoindex_delivery"),
        (lambda w: w.seen.forget_old(), "ix_seen_tenant_seen_at"),
    ],
    ids=lambda given: given if isinstance(given, str) else "",
)
def test_it_is_answered_by_an_index(
    database: Database, ask: Callable[[Work], object], index: str
) -> None:
    found = plans(database, ask)
    assert any(index in plan for plan in found), found
    scanned = {plan.split()[1] for plan in found if plan.startswith("SCAN")}
    assert not scanned & Row.metadata.tables.keys()
