"""The bot moves from SQLite to PostgreSQL while messages wait: each is said once, from there."""

import pytest

from storage.database import Database
from storage.moving import move
from storage.schema import MOVED, current_revision
from tests import databases
from tests.faults.child import Child
from tests.faults.cluster import Cluster, Place
from tests.faults.conftest import SQLITE
from tests.faults.failpoints import Failpoint
from tests.faults.programme import GENERAL, a_weekly_question


@pytest.mark.postgres
@pytest.mark.parametrize("place", [SQLITE], indirect=True)
def test_f68_what_waits_when_all_is_moved_is_said_once_from_there(cluster: Cluster) -> None:
    """One message waits; of the other, Slack's answer was never written down."""
    databases.require_postgres()
    cluster.settings = {"senders": 1}
    a_weekly_question(cluster)
    cluster.start(Failpoint.at("after post"))
    cluster.ada_knows_postgres()
    cluster.asks("cy")
    cluster.settle()
    cluster.wait_for_death()
    assert sorted(state for _, state in cluster.unsettled()) == ["sending", "waiting"]
    with databases.bare_postgres("_moved") as url:
        before = cluster.place.database_url
        moves(cluster, Place(url, 3))
        cluster.start()
        cluster.expected.add((GENERAL, "2026-03-02"))
        cluster.until("2026-03-02T10:01:00Z")
        cluster.asks("dot")
        cluster.recover()
        cluster.assert_all_well()
        assert not Child(cluster.orders(before)).wait_until_ready()
        assert "were moved to another one" in cluster.complaints()
        cluster.end()


def moves(cluster: Cluster, place: Place) -> None:
    source, target = Database(cluster.place.database_url), Database(place.database_url)
    move(source, target)
    assert current_revision(source) == MOVED
    source.dispose()
    target.dispose()
    cluster.place = place
