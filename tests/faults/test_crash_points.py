"""A process dies at each point of a delivery's way; nothing is lost and nothing is said twice."""

import pytest

from tests.faults.cluster import Cluster
from tests.faults.conftest import EVERYWHERE
from tests.faults.failpoints import Failpoint


def dies_and_recovers(cluster: Cluster, failpoint: Failpoint) -> None:
    dies(cluster, failpoint)
    cluster.assert_all_well()


def dies(cluster: Cluster, failpoint: Failpoint) -> None:
    """Every process dies there; their successors bring it to an end."""
    cluster.start(failpoint)
    cluster.ada_knows_postgres()
    cluster.asks("cy")
    cluster.settle()
    cluster.wait_for_death()
    cluster.recover()


@pytest.mark.parametrize("place", EVERYWHERE, indirect=True)
def test_f05_before_a_worker_picks_it_up(cluster: Cluster) -> None:
    dies_and_recovers(cluster, Failpoint("after", "due:found"))


def test_f06_after_the_lock_is_held(cluster: Cluster) -> None:
    dies_and_recovers(cluster, Failpoint("after", "hold"))


@pytest.mark.parametrize("point", ["after open", "after opened"])
def test_f06_while_the_conversation_is_opened(cluster: Cluster, point: str) -> None:
    dies_and_recovers(cluster, Failpoint.at(point))


def test_f07_before_the_intent_is_committed(cluster: Cluster) -> None:
    dies_and_recovers(cluster, Failpoint("in", "plan:Start"))


@pytest.mark.parametrize("place", EVERYWHERE, indirect=True)
def test_f08_after_the_intent_is_committed(cluster: Cluster) -> None:
    dies_and_recovers(cluster, Failpoint("after", "plan:Start"))


def test_f08_with_the_call_about_to_be_made(cluster: Cluster) -> None:
    dies_and_recovers(cluster, Failpoint("before", "post"))


def test_f09_the_bytes_were_sent_and_no_answer_came(cluster: Cluster) -> None:
    """Slack has taken it in and takes its time to say so; everybody dies in the meantime."""
    cluster.start()
    cluster.ada_knows_postgres()
    cluster.slack.control("fault", method="chat.postMessage", kind="slow", delay=5)
    cluster.asks("cy")
    cluster.wait_until_accepted(1)
    cluster.kill_all()
    cluster.recover()
    cluster.assert_all_well()


@pytest.mark.parametrize("place", EVERYWHERE, indirect=True)
def test_f10_the_answer_came_and_was_not_written_down(cluster: Cluster) -> None:
    dies_and_recovers(cluster, Failpoint("after", "post"))


def test_f11_before_sent_is_committed(cluster: Cluster) -> None:
    dies_and_recovers(cluster, Failpoint("in", "settle"))


def test_f11_after_sent_is_committed(cluster: Cluster) -> None:
    dies_and_recovers(cluster, Failpoint("after", "settle"))


@pytest.mark.parametrize(
    ("kind", "point"),
    [("drop_before", "before find"), ("drop_before", "after find"), ("drop_after", "after find")],
)
def test_f12_while_the_history_is_looked_at(cluster: Cluster, kind: str, point: str) -> None:
    """The call's answer is lost, and whoever looks whether it arrived dies over it."""
    cluster.start(Failpoint.at(point))
    cluster.ada_knows_postgres()
    cluster.slack.control("fault", method="chat.postMessage", kind=kind)
    cluster.asks("cy")
    cluster.settle(within=600)
    cluster.wait_for_death()
    cluster.recover()
    cluster.assert_all_well()


@pytest.mark.parametrize("point", ["in plan_again:Start", "after plan_again:Start"])
def test_f13_after_the_look_before_it_is_sent_again(cluster: Cluster, point: str) -> None:
    cluster.start(Failpoint.at(point))
    cluster.ada_knows_postgres()
    cluster.slack.control("fault", method="chat.postMessage", kind="drop_before")
    cluster.asks("cy")
    cluster.settle(within=600)
    cluster.wait_for_death()
    cluster.recover()
    cluster.assert_all_well()


def test_f13_three_deaths_far_apart(cluster: Cluster) -> None:
    three_deaths_far_apart(cluster)
    cluster.assert_all_well()


def three_deaths_far_apart(cluster: Cluster) -> None:
    """The first attempt arrived. Twice the history lags so much that the next one begins, and
    dies; in the end the message is found only if the window opens before the *first* attempt."""
    cluster.settings = {"senders": 1}
    cluster.start(Failpoint("after", "post"))
    cluster.ada_knows_postgres()
    cluster.asks("cy")
    cluster.settle()
    cluster.wait_for_death()
    for _ in range(2):
        cluster.kill_all()
        cluster.slack.control(
            "fault", method="conversations.history", kind="history_lag", lag=24 * 3600
        )
        cluster.start(Failpoint("after", "plan_again:Start"))
        cluster.later(3 * 3600)
        cluster.wait_for_death()
    cluster.later(3 * 3600)
    cluster.recover()
