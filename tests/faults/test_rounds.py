"""Rounds of pairs: two leads publish at once, processes and their children die in between."""

import os
from concurrent.futures import ThreadPoolExecutor
from time import monotonic, sleep

import pytest

from bot.domain.mentoring import PairState
from bot.services import rounds
from storage.tables import PairRow
from storage.work import Work
from tests.faults.cluster import Cluster
from tests.faults.conftest import EDGES, SQLITE, THREE_REPLICAS
from tests.faults.failpoints import Failpoint
from tests.faults.hands import presses, together
from tests.faults.programme import (
    LEE,
    a_draft,
    a_pool,
    expect_introductions,
    expect_the_draft,
)

HANGS = """
from time import sleep
from bot.jobs import matchmaker
matchmaker.propose = lambda pool: sleep(3600)
matchmaker.main()
"""
CRASHES = "raise SystemExit(3)"
ALREADY = "has been published already"


@pytest.mark.parametrize("place", EDGES, indirect=True)
def test_f29_two_leads_publish_at_once(cluster: Cluster) -> None:
    round_id = a_draft(cluster)
    cluster.start()
    cluster.settle()
    told = together(
        lambda: presses(cluster, "lee", "round.publish", round_id),
        lambda: presses(cluster, "mo", "round.publish", round_id),
    )
    assert sorted(ALREADY in answer.text for answer in told) == [False, True]
    assert sum(answer.says("To be introduced now: 2 pairs.") for answer in told) == 1
    all_are_introduced(cluster)


def all_are_introduced(cluster: Cluster) -> None:
    expect_introductions(cluster)
    cluster.recover()
    assert [pair.state for pair in cluster.kept(PairRow)] == [PairState.ACTIVE] * 2
    cluster.assert_all_well()


def published_twice_while_slack_rests(cluster: Cluster) -> None:
    """The second lead presses when the first's introductions have not been made yet."""
    round_id = a_draft(cluster)
    cluster.start()
    cluster.settle()
    cluster.slack.control("fault", method="conversations.open", kind="429", retry_after=30)
    for lead in ("lee", "mo"):
        presses(cluster, lead, "round.publish", round_id)
    expect_introductions(cluster)
    cluster.later(60)
    cluster.recover()


@pytest.mark.parametrize("place", [SQLITE], indirect=True)
def test_published_again_before_anything_was_sent(cluster: Cluster) -> None:
    published_twice_while_slack_rests(cluster)
    cluster.assert_all_well()


@pytest.mark.parametrize("place", [SQLITE], indirect=True)
def test_f04_death_before_publishing_is_committed(cluster: Cluster) -> None:
    """Nothing has happened, and the lead presses again."""
    round_id = a_draft(cluster)
    cluster.start(Failpoint("in", "publish"))
    cluster.settle()
    assert presses(cluster, "lee", "round.publish", round_id).ack == "timeout"
    cluster.wait_for_death()
    cluster.start()
    assert presses(cluster, "lee", "round.publish", round_id).says("To be introduced now")
    all_are_introduced(cluster)


@pytest.mark.parametrize("place", EDGES, indirect=True)
def test_f05_death_before_anybody_is_introduced(cluster: Cluster) -> None:
    round_id = a_draft(cluster)
    cluster.start(Failpoint("after", "publish"))
    cluster.settle()
    presses(cluster, "lee", "round.publish", round_id)
    cluster.wait_for_death()
    cluster.kill_all()
    cluster.start()
    assert presses(cluster, "lee", "round.publish", round_id).says(ALREADY)
    all_are_introduced(cluster)


def a_round(work: Work) -> None:
    a_pool(work)
    rounds.open_round(work, lead=LEE)


def test_f15_death_while_a_child_makes_pairs(cluster: Cluster) -> None:
    """The child ends with its bot, and the next one makes the pairs anew."""
    cluster.does(a_round)
    cluster.matchmaker = HANGS, 120
    cluster.start()
    with ThreadPoolExecutor(1) as hand:
        told = hand.submit(cluster.settle)
        child = the_matchmaker_of(cluster)
        cluster.kill_all()
        told.result()
    wait_until_gone(child)
    cluster.matchmaker = None
    expect_the_draft(cluster)
    cluster.recover()
    cluster.assert_all_well()


def the_matchmaker_of(cluster: Cluster) -> int:
    give_up = monotonic() + 5
    while not (found := cluster.children[0].helpers()):
        assert monotonic() < give_up, "no child was started"
        sleep(0.01)
    return found[0]


def wait_until_gone(pid: int) -> None:
    """Its end is seen where a process that is gone, or that only waits to be buried, is."""
    give_up = monotonic() + 10
    while is_running(pid):
        assert monotonic() < give_up, "the child lives on"
        sleep(0.02)


def is_running(pid: int) -> bool:
    with os.popen(f"ps -o state= -p {pid}") as answer:
        return answer.read().strip()[:1] not in {"", "Z"}


@pytest.mark.parametrize("place", [THREE_REPLICAS], indirect=True)
def test_f57_three_make_the_same_pairs(cluster: Cluster) -> None:
    cluster.does(a_round)
    cluster.start()
    expect_the_draft(cluster)
    cluster.recover()
    assert len(cluster.kept(PairRow)) == 2
    cluster.assert_all_well()


@pytest.mark.parametrize(
    "matchmaker", [(CRASHES, 120), ("import time; time.sleep(60)", 0.1)], ids=["crashes", "hangs"]
)
@pytest.mark.parametrize("place", [SQLITE], indirect=True)
def test_children_that_never_make_a_pair(cluster: Cluster, matchmaker: tuple[str, float]) -> None:
    """The lead is told in the end, once, and can have another round."""
    cluster.does(a_round)
    cluster.matchmaker = matchmaker
    cluster.start()
    cluster.later(3600)
    [told] = cluster.slack.dms("lee")
    assert told.says("I could not find pairs")
    cluster.kill_all()
    cluster.matchmaker = None
    cluster.start()
    cluster.types("lee", "/mentor pair")
    cluster.settle()
    assert cluster.slack.dms("lee")[-1].says("2 pairs.")
