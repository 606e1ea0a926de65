"""The PostgreSQL server dies in the middle of everything, again and again: all is said once."""

from collections.abc import Iterator

import pytest

from bot.domain.cards import Card, Direct
from bot.domain.ids import Key, UserId
from storage.work import Work
from tests.faults.cluster import Cluster, Place
from tests.faults.own_server import OwnServer, own_server
from tests.faults.programme import everybody

RESTARTS = 8
READERS = ("ada", "bo", "cy", "dot")


@pytest.fixture
def server() -> Iterator[OwnServer]:
    with own_server() as server:
        yield server


@pytest.fixture
def place(server: OwnServer) -> Place:
    return Place(server.url, 3)


@pytest.mark.postgres
def test_f60_the_server_is_shut_down_at_once_and_started_eight_times(
    cluster: Cluster, server: OwnServer
) -> None:
    """Each time while messages are being sent: at another point of their way."""
    cluster.does(everybody)
    cluster.unpaced = True
    cluster.start()
    for round_number in range(RESTARTS):
        before = len(cluster.slack.accepted())
        says_something_to_each(cluster, round_number)
        cluster.wait_until_accepted(before + 1 + round_number % 3)
        server.crash_and_restart()
        cluster.later(60)
    cluster.recover()
    cluster.assert_all_well()
    assert len(cluster.expected) == RESTARTS * len(READERS)


def says_something_to_each(cluster: Cluster, round_number: int) -> None:
    def say(work: Work) -> None:
        for reader in READERS:
            user, word = UserId(f"U_{reader.upper()}"), f"word-{round_number}"
            work.deliveries.say(Direct((user,)), Card(word), key=Key(f"story/{word}/{user}"))
            cluster.expected.add((user, word))

    cluster.does(say)
