"""Many people at the same moment, on several replicas: nobody is told to try again."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.faults.cluster import Cluster
from tests.faults.conftest import THREE_REPLICAS

ASKERS = ("bo", "cy", "dot")


@pytest.mark.parametrize("place", [THREE_REPLICAS], indirect=True)
def test_f61_transactions_that_refuse_each_other_all_come_to_an_end(cluster: Cluster) -> None:
    """PostgreSQL lets one of two serializable transactions fail; tried again, they take turns."""
    cluster.start()
    cluster.ada_knows_postgres()
    lines = [f"/ask-peer what is word-{n} in postgres?" for n in range(30)]
    with ThreadPoolExecutor(len(lines)) as hands:
        answers = list(hands.map(cluster.types, ASKERS * 10, lines))
    assert not [answer.text for answer in answers if not answer.says("<@U_ADA>")]
    assert "Traceback" not in cluster.complaints()
