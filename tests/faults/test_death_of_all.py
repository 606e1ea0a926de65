"""Whole clusters die at once, or stand still for longer than anybody waits for them."""

from time import sleep

import pytest

from tests.faults.cluster import Cluster
from tests.faults.conftest import A_SECOND_ONE, EVERYWHERE
from tests.faults.failpoints import Failpoint

DEADLINE = 0.2
"""Of a call; a process that stood still for longer must not go on as if nothing had been."""


@pytest.mark.parametrize("place", EVERYWHERE, indirect=True)
def test_f15_all_die_at_once_with_work_in_hand(cluster: Cluster) -> None:
    cluster.start()
    cluster.ada_knows_postgres()
    for user in ("bo", "cy", "dot"):
        cluster.asks(user)
    cluster.kill_all()
    cluster.recover()
    cluster.assert_all_well()


@pytest.mark.parametrize("place", EVERYWHERE, indirect=True)
def test_f15_all_die_at_once_with_calls_under_way(cluster: Cluster) -> None:
    cluster.start()
    cluster.ada_knows_postgres()
    cluster.slack.control("fault", method="chat.postMessage", kind="slow", delay=5, times=2)
    cluster.asks("bo")
    cluster.asks("cy")
    cluster.wait_until_accepted(2, seconds=15)
    cluster.kill_all()
    cluster.recover()
    cluster.assert_all_well()


@pytest.mark.parametrize("point", ["after plan:Start", "before post", "after post"])
@pytest.mark.parametrize("place", A_SECOND_ONE, indirect=True)
def test_f16_one_that_stood_still_goes_on(cluster: Cluster, point: str) -> None:
    stands_still_and_goes_on(cluster, point)
    cluster.assert_all_well()


def test_f16_one_that_goes_on_loses_its_answer(cluster: Cluster) -> None:
    """Its call begins long after the intent: Slack has its time to settle from the call's end."""
    late = {"method": "chat.postMessage", "kind": "late", "delay": 20}
    cluster.slack.control("fault", **late)
    stands_still_and_goes_on(cluster, "before post")
    cluster.later(60)
    cluster.assert_all_well()


def stands_still_and_goes_on(cluster: Cluster, point: str, *, others_act: bool = False) -> None:
    """One process is stopped there, and continued when the others have long had time to act."""
    cluster.settings = {"send_deadline_seconds": DEADLINE, "senders": 1}
    cluster.start_one(Failpoint.at(point, action="stop"))
    cluster.ada_knows_postgres()
    cluster.asks("cy")
    cluster.wait_for_a_stop()
    cluster.later(120)
    cluster.start()
    sleep(2 * DEADLINE)
    if others_act:
        cluster.wait_until_accepted(2, seconds=15)
    cluster.go_on()
    cluster.recover()
