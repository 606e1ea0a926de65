"""What is asked again and again is answered by an index: its cost follows what is due."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import event

from bot.domain.ids import Key, Ts
from bot.domain.running import HeldOccasion, OccasionState
from storage.database import Database
from storage.tables import Row
from storage.work import Work
from tests.storage.everything import READS, write
from tests.storage.scene import ADA, BO, C_DATA, CY, NOW, OURS, TODAY, WEEK

OCCASION = HeldOccasion(2, 1, TODAY, NOW, 1, {}, OccasionState.OPEN)


def plans(database: Database, ask: Callable[[Work], object]) -> list[str]:
    """How SQLite would go about each query of `ask`."""
    asked: list[tuple[str, Any]] = []

    def note(_conn: Any, _cursor: Any, statement: str, parameters: Any, *_more: Any) -> None:
        if statement.startswith(("SELECT", "DELETE", "UPDATE")):
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


def scanned(plans: list[str]) -> set[str]:
    """The tables that would be read from the first row to the last."""
    return {plan.split()[1] for plan in plans if plan.startswith("SCAN")} & set(Row.metadata.tables)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("ask", "index"),
    [
        (lambda w: w.sending.due(20), "ix_delivery_tenant_due_at"),
        (lambda w: w.sending.next_due_at(), "ix_delivery_tenant_due_at"),
        (lambda w: w.waiting.backlog(), "ix_delivery_tenant_due_at (tenant=? AND due_at>?)"),
        (lambda w: w.questions.due(), "ix_question_tenant_due_at"),
        (lambda w: w.questions.next_due_at(), "ix_question_tenant_due_at"),
        (lambda w: w.questions.started(CY, WEEK), "ix_question_tenant_asker_asked_at"),
        (lambda w: w.questions.same_as(CY, "?"), "ix_question_tenant_asker_asked_at"),
        (lambda w: w.people.asked_this_week(ADA), "ix_turn_tenant_peer_asked_at"),
        (lambda w: w.people.candidates(), "ix_turn_tenant_asked_at"),
        (lambda w: w.evidence.key(), "(tenant=?"),
        (lambda w: w.presence.all(C_DATA), "(tenant=? AND channel=?)"),
        (lambda w: w.credits.counted_for(ADA), "(tenant=? AND person=?)"),
        (lambda w: w.credits.forget_old(), "ix_sketch_tenant_at"),
        (lambda w: w.credits.forget_old(), "ix_evidence_tenant_at"),
        (lambda w: w.credits.forget(ADA), "ix_evidence_tenant_asker"),
        (lambda w: w.exchanges.numbers_of(ADA), "ix_exchange_tenant_peer"),
        (lambda w: w.deliveries.whereabouts(Key("question/1/U_ADA")), "sqlite_autoindex_delivery"),
        (lambda w: w.deliveries.key_at(C_DATA, Ts("1.0")), "ix_delivery_tenant_ts"),
        (lambda w: w.exchanges.outcome("question/1", CY), "(tenant=? AND source=? AND learner=?)"),
        (lambda w: w.published.newest(9), "ix_published_tenant_published_at"),
        (lambda w: w.seen.newest_at(), "ix_seen_tenant_seen_at"),
        (lambda w: w.seen.forget_old(), "ix_seen_tenant_seen_at"),
        (lambda w: w.questions.declined(CY), "ix_turn_tenant_state_asked_at"),
        (lambda w: w.questions.open_of(CY), "ix_question_tenant_asker_asked_at"),
        (lambda w: w.rounds.due(), "ix_round_tenant_due_at (tenant=? AND due_at<?)"),
        (lambda w: w.rounds.next_due_at(), "ix_round_tenant_due_at (tenant=? AND due_at>?)"),
        (lambda w: w.pairs.of_round(1), "(tenant=? AND round_id=?)"),
        (lambda w: w.pairs.active(), "(tenant=? AND state=?)"),
        (lambda w: w.pairs.active_of(ADA), "(tenant=? AND state=?)"),
        (lambda w: w.activities.due(), "ix_activity_tenant_due_at (tenant=? AND due_at<?)"),
        (lambda w: w.activities.next_due_at(), "ix_activity_tenant_due_at (tenant=? AND due_at>?)"),
        (lambda w: w.occasions.due(), "ix_occasion_tenant_due_at (tenant=? AND due_at<?)"),
        (lambda w: w.occasions.next_due_at(), "ix_occasion_tenant_due_at (tenant=? AND due_at>?)"),
        (lambda w: w.occasions.before(OCCASION), "(tenant=? AND activity_id=? AND on_date<?)"),
        (lambda w: w.contributions.count(1), "(tenant=? AND occasion_id=?)"),
        (lambda w: w.contributions.text_of(1, ADA), "(tenant=? AND occasion_id=? AND author=?)"),
        (lambda w: w.contributions.forget_old(), "ix_contribution_tenant_given_at"),
        (lambda w: w.deliveries.freshen_homes([ADA, BO]), "(tenant=? AND key=?)"),
    ],
    ids=lambda given: given if isinstance(given, str) else "",
)
def test_it_is_answered_by_an_index(
    database: Database, ask: Callable[[Work], object], index: str
) -> None:
    found = plans(database, ask)
    assert any(index in plan for plan in found), found
    assert scanned(found) == set()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_nothing_is_asked_of_a_whole_table(database: Database) -> None:
    with database.begin(OURS, NOW) as work:
        written = write(work)

    def ask(work: Work) -> None:
        for read in READS.values():
            read(work, written)

    assert scanned(plans(database, ask)) == set()
