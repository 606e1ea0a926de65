"""Asked to end (SIGTERM): what is in hand is finished, and the rest is found by whoever comes."""

import signal
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.domain.cards import Card, Direct
from bot.domain.deliveries import State
from bot.domain.ids import Key, UserId
from bot.services import directory
from sandbox.server import LocalSlack
from storage.work import Work
from tests.faults.cluster import COMPANY, Cluster
from tests.faults.conftest import EDGES, EVERYWHERE, SQLITE
from tests.faults.programme import expect_the_draft
from tests.faults.test_rounds import HANGS, a_round, the_matchmaker_of, wait_until_gone
from tests.localslack import Json
from tests.programs import against, process, wait_for
from tests.world import MONDAY

MANY = 200
TIMES = 3
CROWD = [f"U_{number}" for number in range(MANY)]


@pytest.mark.parametrize("place", EDGES, indirect=True)
def test_f14_in_the_middle_of_a_fan_out(cluster: Cluster) -> None:
    cluster.slack.control("reset", team=cluster.team, now=MONDAY, held=True, data=a_crowd())
    cluster.slack.control("limits", enforce=False)
    cluster.unpaced = True
    cluster.does(say_to_everybody)
    cluster.expected = {(user, f"word-{number}") for number, user in enumerate(CROWD)}
    cluster.start()
    cluster.wait_until_accepted(50, seconds=30)
    cluster.ask_all_to_end()

    states = [row.state for row in cluster.rows()]
    assert set(states) == {State.SENT, State.WAITING}, "nothing is in doubt"
    assert states.count(State.SENT) == len(cluster.slack.accepted())
    cluster.recover()
    cluster.assert_all_well()


def a_crowd() -> Json:
    people = [{"id": user, "name": user.lower()} for user in CROWD]
    return {**COMPANY, "people": [*COMPANY["people"], *people]}


def say_to_everybody(work: Work) -> None:
    directory.install(work, name="Company", bot_user=UserId("U_BOT"))
    for number, user in enumerate(CROWD):
        work.deliveries.say(
            Direct((UserId(user),)), Card(f"word-{number}"), key=Key(f"crowd/{number}")
        )


@pytest.mark.parametrize("place", EVERYWHERE, indirect=True)
def test_f14_with_calls_under_way(cluster: Cluster) -> None:
    """Slack has taken them in and dawdles with its answer, which is waited for."""
    cluster.start()
    cluster.ada_knows_postgres()
    cluster.slack.control("fault", method="chat.postMessage", kind="slow", delay=1, times=2)
    cluster.asks("bo")
    cluster.asks("cy")
    cluster.wait_until_accepted(2, seconds=15)
    cluster.ask_all_to_end()
    assert not [row.key for row in cluster.rows() if row.state == State.SENDING]
    cluster.recover()
    cluster.assert_all_well()


@pytest.mark.parametrize("place", [SQLITE], indirect=True)
def test_f14_while_a_child_makes_pairs(cluster: Cluster) -> None:
    """Nobody waits two minutes for it; the pairs are made after the next start."""
    cluster.does(a_round)
    cluster.matchmaker = HANGS, 120
    cluster.start()
    with ThreadPoolExecutor(1) as hand:
        told = hand.submit(cluster.later, 1)
        child = the_matchmaker_of(cluster)
        cluster.ask_all_to_end(seconds=10)
        told.result()
    wait_until_gone(child)
    cluster.matchmaker = None
    expect_the_draft(cluster)
    cluster.recover()
    cluster.assert_all_well()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_asked_after_it_was_held_up(local_slack: LocalSlack, database_url: str) -> None:
    """A signal may reach any thread, and is acted upon by the first alone, when that wakes up."""
    for _ in range(TIMES):
        with process(against(local_slack, DATABASE_URL=database_url)) as bot:
            wait_for(bot, '"started"')
            for number in (signal.SIGSTOP, signal.SIGCONT, signal.SIGTERM):
                bot.send_signal(number)
            assert bot.wait(15) == 0
            assert bot.stderr
            assert '"stopping"' in bot.stderr.read()
