"""What somebody was asked is counted from the ledger, by how long ago it was."""

from datetime import timedelta

import pytest

from bot.domain.ids import UserId
from bot.domain.load import SPAN, SPANS
from bot.domain.people import Candidate
from bot.domain.questions import TurnState
from storage.database import Database
from storage.work import Work
from tests.storage.scene import ADA, BO, CY, NOW, SECOND, WEEK, join, run_at, run_on


def ask(work: Work, peer: UserId, state: TurnState = TurnState.ASKED) -> None:
    due_at = work.now + WEEK
    question = work.questions.add(asker=CY, text="?", topics=frozenset(), due_at=due_at)
    work.questions.set_turn(question.id, peer, state)


def candidate(database: Database, user: UserId) -> Candidate:
    found = run_on(database).look(lambda work: work.people.candidates())
    return next(each for each in found if each.user == user)


@pytest.mark.parametrize(
    ("ago", "this_week", "by_span"),
    [
        (timedelta(), 1, (1, 0, 0, 0)),
        (WEEK - SECOND, 1, (1, 0, 0, 0)),
        (WEEK, 0, (1, 0, 0, 0)),
        (SPAN - SECOND, 0, (1, 0, 0, 0)),
        (SPAN, 0, (0, 1, 0, 0)),
        (SPANS * SPAN - SECOND, 0, (0, 0, 0, 1)),
        (SPANS * SPAN, 0, ()),
    ],
)
def test_a_question_counts_in_its_span_and_half_a_year_later_no_more(
    database: Database, ago: timedelta, this_week: int, by_span: tuple[int, ...]
) -> None:
    run_on(database)(join, ADA, BO)
    run_at(database, NOW - ago)(ask, ADA)
    assert candidate(database, ADA) == Candidate(ADA, (), this_week, 3, by_span)
    assert run_on(database).look(lambda work: work.people.asked_this_week(ADA)) == this_week
    assert candidate(database, BO) == Candidate(BO)


def test_the_burden_is_the_sum_of_all_that_was_sent(database: Database) -> None:
    run_on(database)(join, ADA)
    for days in (0, 1, 50, 100, 400):
        run_at(database, NOW - timedelta(days=days))(ask, ADA)
    run_on(database)(ask, ADA, TurnState.PROPOSED)  # shown to the asker, and not sent
    assert candidate(database, ADA).burden == 2 + 1 / 2 + 1 / 4
