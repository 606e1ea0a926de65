"""What is past its retention is gone, and what still refers to it goes on without it."""

from datetime import datetime

import pytest

from bot.domain.deliveries import Delivery
from bot.domain.ids import Key, Ts
from bot.domain.mentoring import thread_key
from bot.domain.refusals import Refused
from bot.domain.running import step_key
from bot.services import contribute, mentoring, occasions
from bot.services.clean_up import clean_up
from storage.database import Database
from storage.sending import KEPT_FOR
from storage.work import Work
from tests.storage.scene import (
    ADA,
    BO,
    C_DATA,
    NOW,
    ON_SQLITE,
    SECOND,
    hold,
    join,
    meet,
    run_at,
    run_on,
    start_prompt,
)

pytestmark = ON_SQLITE

LATER = NOW + KEPT_FOR + SECOND


def said(work: Work, key: str) -> Delivery | None:
    due = [work.sending.get(number) for number in work.sending.due(99)]
    return next((each for each in due if each.key == Key(key)), None)


def _send_all(work: Work) -> None:
    for number in work.sending.due(99):
        work.sending.start(number, look_again_at=NOW)
        work.sending.sent(number, C_DATA, Ts("1772442000.000100"))


def _introduce(work: Work) -> int:
    from bot.services.rounds import _introduce as introduce  # what a publication does for each

    join(work, ADA, BO)
    [pair] = meet(work, (ADA, BO))
    introduce(work, pair)
    _send_all(work)
    return pair.id


@pytest.mark.parametrize(("at", "in_thread"), [(NOW + SECOND, True), (LATER, False)])
def test_both_are_told_that_a_pairing_has_ended_however_long_it_went_on(
    database: Database, at: datetime, in_thread: bool
) -> None:
    pair = run_on(database)(_introduce)
    run = run_at(database, at)
    run(clean_up)
    assert run.look(lambda work: work.deliveries.has(thread_key(pair))) is in_thread
    run(mentoring.end_pair, user=BO, pair=pair)
    over = run.look(said, f"pair/{pair}/over")
    assert over
    assert (over.parent is not None) is in_thread
    assert over.people == (ADA, BO)
    assert not run.look(lambda work: work.pairs.active())


def _ask(work: Work) -> int:
    join(work, ADA)
    occasion = hold(work, start_prompt(work))
    occasions.make_step(work, occasion.id)
    _send_all(work)
    return occasion.id


def test_what_has_no_thread_any_more_is_not_answered(database: Database) -> None:
    """An answer would be kept, and its author thanked, and nobody would ever see it."""
    occasion = run_on(database)(_ask)
    run = run_at(database, LATER)
    run(clean_up)
    with pytest.raises(Refused, match="so long ago"):
        run.look(contribute.about, user=ADA, occasion=occasion)
    with pytest.raises(Refused, match="so long ago"):
        run(contribute.contribute, user=ADA, occasion=occasion, text="late")
    assert run.look(lambda work: work.contributions.count(occasion)) == 0


def test_it_is_answered_for_as_long_as_it_has_one(database: Database) -> None:
    occasion = run_on(database)(_ask)
    run = run_at(database, NOW + KEPT_FOR)
    run(clean_up)
    run(contribute.contribute, user=ADA, occasion=occasion, text="in time")
    assert run.look(lambda work: work.deliveries.has(step_key(occasion, "ask")))
    assert run.look(lambda work: work.contributions.count(occasion)) == 1
