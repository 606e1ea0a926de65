"""Old and new processes on one schema: what an older one left to be sent, a newer one sends."""

import pytest

from storage.database import Database
from tests.faults.cluster import Cluster
from tests.faults.conftest import EDGES
from tests.storage.test_two_versions import OLDER, write_as_at


@pytest.mark.parametrize("place", EDGES, indirect=True)
def test_f69_what_the_version_before_left_is_sent_once(cluster: Cluster) -> None:
    cluster.settings = {"senders": 1}
    cluster.start()
    cluster.ada_knows_postgres()
    cluster.slack.control("fault", method="chat.postMessage", kind="429", retry_after=60)
    cluster.asks("cy")
    cluster.settle()
    cluster.kill_all()
    database = Database(cluster.place.database_url)
    with database.engine.begin() as connection:
        write_as_at(OLDER[-1], connection)
    database.dispose()
    cluster.later(120)
    cluster.recover()
    cluster.assert_all_well()
