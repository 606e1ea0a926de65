"""One of three replicas stands still when a weekly question is due; the others bring it."""

import json
from concurrent.futures import ThreadPoolExecutor
from urllib.request import Request, urlopen

import pytest

from tests.faults.cluster import Cluster
from tests.faults.conftest import THREE_REPLICAS
from tests.faults.failpoints import Failpoint
from tests.faults.programme import GENERAL, a_weekly_question

FIRST = "2026-03-02T10:00:00Z"


@pytest.mark.parametrize("place", [THREE_REPLICAS], indirect=True)
@pytest.mark.parametrize("point", ["in begin_occasions", "after begin_occasions"])
def test_f16_one_of_three_stands_still_at_the_moment(cluster: Cluster, point: str) -> None:
    """The others bring the question, whatever the one has in its hands; later it goes on."""
    a_weekly_question(cluster)
    cluster.start_one(Failpoint.at(point, action="stop"))
    with ThreadPoolExecutor(1) as hand:
        told = hand.submit(only_the_first_hears_of, cluster, FIRST)
        cluster.wait_for_a_stop()
        cluster.start()
        cluster.later(120)
        cluster.wait_until_accepted(1)
        cluster.go_on()
        told.result()
    cluster.expected.add((GENERAL, "2026-03-02"))
    cluster.recover()
    cluster.assert_all_well()


def only_the_first_hears_of(cluster: Cluster, instant: str) -> None:
    [first, *_] = cluster.children
    cluster.slack.control("bots", urls=[])
    cluster.until(instant)
    body = json.dumps({"now": instant, "held": True}).encode()
    headers = {"content-type": "application/json"}
    with urlopen(Request(f"{first.url}/clock", body, headers), timeout=30) as answer:
        assert answer.status == 200
