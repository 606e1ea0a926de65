"""What happens at the same time, and what several processes share."""

from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread

import pytest

from bot.domain.pace import Rate, Rates
from bot.domain.questions import QuestionState
from bot.domain.refusals import Busy, Refused, SeenBefore
from bot.services import ask_peer
from storage.database import Database, Mode
from storage.work import Work
from tests.storage.scene import ADA, BO, C_DATA, C_ELSE, CY, NOW, OURS, SQL, join, run_on


def together(*jobs: Callable[[], object]) -> list[BaseException]:
    """All at the same time; what they raised."""
    raised: list[BaseException] = []
    barrier = Barrier(len(jobs))

    def work(job: Callable[[], object]) -> None:
        barrier.wait()
        try:
            job()
        except (Refused, SeenBefore, Busy) as error:
            raised.append(error)

    threads = [Thread(target=work, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


@pytest.mark.parametrize("attempt", range(3))
def test_two_questions_at_once_cannot_exceed_a_weekly_limit(
    database: Database, attempt: int
) -> None:
    run = run_on(database)

    def prepare(work: Work) -> list[int]:
        join(work, ADA, BO, CY)
        work.people.set_topics(ADA, (SQL,))
        work.people.set_limit(ADA, 1)
        for asker in (BO, CY):
            ask_peer.ask(work, asker=asker, text="why is my sql slow?")
        return [1, 2]

    bos, cys = run(prepare)
    raised = together(
        lambda: run(ask_peer.send, asker=BO, question=bos, peer=ADA),
        lambda: run(ask_peer.send, asker=CY, question=cys, peer=ADA),
    )
    assert raised == []
    assert run.look(lambda work: work.people.asked_this_week(ADA)) == 1
    states = run.look(
        lambda w: [q.state if (q := w.questions.get(i)) else None for i in (bos, cys)]
    )
    assert states.count(QuestionState.ASKING) == 1


@pytest.mark.parametrize("attempt", range(3))
def test_the_same_delivery_at_once_is_handled_once(database: Database, attempt: int) -> None:
    done: list[int] = []
    run = run_on(database).once("event/Ev1")

    def handle(work: Work) -> None:
        join(work, ADA)
        done.append(1)

    raised = together(*[lambda: run(handle)] * 4)
    assert [type(error) for error in raised] == [SeenBefore] * 3
    assert run_on(database).look(lambda work: work.people.get(ADA)) is not None


def test_pace_is_shared_by_everybody_on_the_database(database: Database, database_url: str) -> None:
    other = Database(database_url)
    a_minute = Rate(timedelta(minutes=1))
    rates = Rates(channel=a_minute, workspace=Rate(timedelta(seconds=1), burst=9))
    with database.begin(OURS, NOW, Mode.SEND) as work:
        assert work.pace.turn("chat.postMessage", C_DATA, rates) is None
    with other.begin(OURS, NOW, Mode.SEND) as work:
        until = work.pace.turn("chat.postMessage", C_DATA, rates)
        assert until == NOW + timedelta(minutes=1)
        assert work.pace.turn("chat.postMessage", C_ELSE, rates) is None
    other.dispose()


def test_a_pause_holds_for_everybody_on_the_database(database: Database, database_url: str) -> None:
    other = Database(database_url)
    rates = Rates(Rate(timedelta(seconds=1)), Rate(timedelta(seconds=1)))
    until = NOW + timedelta(seconds=30)
    with database.begin(OURS, NOW, Mode.SEND) as work:
        work.pace.pause("chat.postMessage", until, rates)
    with other.begin(OURS, NOW, Mode.SEND) as work:
        assert work.pace.turn("chat.postMessage", C_ELSE, rates) == until
        assert work.pace.turn("chat.update", C_ELSE, rates) is None
    other.dispose()
