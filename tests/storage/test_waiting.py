"""What waits to be delivered: how much, since when, and from when on that is trouble."""

from datetime import timedelta

import pytest

from bot.domain.backlog import FAILING, UNTOUCHED, Backlog
from bot.domain.cards import Card, Direct
from bot.domain.deliveries import State
from bot.domain.ids import ChannelId, Key, Ts
from storage.database import Database
from tests.storage.scene import ADA, NOW, OURS, join

SECOND = timedelta(seconds=1)
KEY = Key("x/1")


@pytest.fixture
def delivery(database: Database) -> int:
    """One message to Ada, due now."""
    with database.begin(OURS, NOW) as work:
        join(work, ADA)
        work.deliveries.say(Direct((ADA,)), Card("?"), key=KEY)
    with database.begin(OURS, NOW) as work:
        return work.sending.due(1)[0]


def after(database: Database, passed: timedelta) -> Backlog:
    with database.begin(OURS, NOW + passed) as work:
        return work.waiting.backlog()


def test_where_nothing_waits_nothing_is_old(database: Database) -> None:
    assert after(database, timedelta(0)) == Backlog()
    assert Backlog().oldest_for(NOW) == timedelta(0)


@pytest.mark.usefixtures("delivery")
def test_what_no_worker_has_looked_at_becomes_overdue(database: Database) -> None:
    assert after(database, UNTOUCHED) == Backlog({State.WAITING: 1}, NOW, overdue=0)
    late = after(database, UNTOUCHED + SECOND)
    assert (late.overdue, late.oldest_for(NOW + FAILING)) == (1, FAILING)


def test_what_waits_its_turn_is_not_overdue_however_long(database: Database, delivery: int) -> None:
    with database.begin(OURS, NOW) as work:
        work.sending.wait(delivery, NOW + FAILING * 3)
    assert after(database, FAILING * 2).overdue == 0
    assert after(database, FAILING * 2).oldest_at == NOW


def test_what_was_tried_in_vain_becomes_overdue(database: Database, delivery: int) -> None:
    with database.begin(OURS, NOW) as work:
        work.sending.try_again(delivery, NOW + FAILING * 3, "no connection")
    assert after(database, FAILING).overdue == 0
    assert after(database, FAILING + SECOND).overdue == 1


def test_an_edit_counts_from_when_it_was_made(database: Database, delivery: int) -> None:
    with database.begin(OURS, NOW) as work:
        work.sending.start(delivery, look_again_at=NOW)
        work.sending.sent(delivery, ChannelId("D_ADA"), Ts("1.0"))
    edited_at = NOW + FAILING * 2
    assert after(database, FAILING * 2).total == 0
    with database.begin(OURS, edited_at) as work:
        work.deliveries.edit(KEY, Card("!"))
    assert after(database, FAILING * 2) == Backlog({State.SENT: 1}, edited_at, overdue=0)


def test_a_page_counts_from_when_it_became_stale(database: Database) -> None:
    for passed in (timedelta(0), FAILING * 2):
        with database.begin(OURS, NOW + passed) as work:
            work.deliveries.show_home(ADA)
    assert after(database, FAILING * 2) == Backlog({State.WAITING: 1}, NOW + FAILING * 2)


def test_what_may_have_arrived_is_counted_apart(database: Database, delivery: int) -> None:
    with database.begin(OURS, NOW) as work:
        work.sending.drop(delivery, State.UNKNOWN, "no answer")
        assert work.waiting.unknown() == 1
    assert after(database, FAILING).total == 0
