"""A process dies over what Slack brings it; Slack, or the person, says it again; one effect."""

import pytest

from tests.faults.cluster import Cluster
from tests.faults.failpoints import Failpoint


def dies_over_a_button(cluster: Cluster, failpoint: Failpoint) -> None:
    """Slack does not bring a gesture again: the person sees that it failed, and presses again."""
    cluster.start(failpoint)
    cluster.ada_knows_postgres()
    assert cluster.asks("cy").ack == "timeout"
    cluster.wait_for_death()
    cluster.start()
    cluster.presses_ask("cy")
    cluster.recover()
    cluster.assert_all_well()


def dies_over_an_emoji(cluster: Cluster, failpoint: Failpoint) -> None:
    """Slack brings an event that was not acked again: at once, after one and after five minutes."""
    cluster.start(failpoint)
    cluster.thanks_ada("cy")
    cluster.wait_for_death()
    cluster.start()
    cluster.later(59)  # a receipt keeps for a minute, and an event comes before the new time
    cluster.later(341)
    cluster.recover()
    assert cluster.receipts() == 1
    cluster.assert_all_well()


def test_f01_a_button_before_anything_is_committed(cluster: Cluster) -> None:
    dies_over_a_button(cluster, Failpoint("in", "send"))


def test_f01_an_event_before_anything_is_committed(cluster: Cluster) -> None:
    dies_over_an_emoji(cluster, Failpoint("in", "react"))


def test_f02_a_button_after_the_commit_before_the_ack(cluster: Cluster) -> None:
    dies_over_a_button(cluster, Failpoint("after", "send"))


def test_f02_an_event_after_the_commit_before_the_ack(cluster: Cluster) -> None:
    dies_over_an_emoji(cluster, Failpoint("after", "react"))


def test_f03_after_the_ack(cluster: Cluster) -> None:
    """There is no handling after the ack: it is sent once all is committed. So nobody has to
    say anything again, and what is left to send is found by the next process."""
    topics_question_and_button = 3
    cluster.start(Failpoint("after", "ack", topics_question_and_button))
    cluster.ada_knows_postgres()
    assert cluster.asks("cy").ack == "acked"
    cluster.wait_for_death()
    cluster.recover()
    cluster.assert_all_well()


@pytest.mark.parametrize("passage", [1, 2])
def test_f04_in_the_middle_of_the_facts(cluster: Cluster, passage: int) -> None:
    """The first of two deliveries is recorded, or both, and the transaction never ends."""
    dies_over_a_button(cluster, Failpoint("after", "say", passage))
