"""Processes die, stand still or are away when a weekly question is due: it comes once a week."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from tests.faults.cluster import Cluster
from tests.faults.conftest import EDGES, SQLITE
from tests.faults.failpoints import Failpoint
from tests.faults.programme import GENERAL, a_weekly_question

WEEK = timedelta(days=7)


def dies_week_after_week(cluster: Cluster, *points: str) -> None:
    """Each week at another point; in the following week the same cluster goes on."""
    a_weekly_question(cluster)
    for point in points:
        comes_after_a_death(cluster, Failpoint.at(point))
    cluster.assert_all_well()


def comes_after_a_death(cluster: Cluster, failpoint: Failpoint) -> None:
    """All die who come there, and their successors bring the question to its end."""
    cluster.kill_all()
    cluster.start(failpoint)
    until_the_next(cluster)
    cluster.wait_for_death()
    cluster.recover()


def until_the_next(cluster: Cluster) -> None:
    """Monday at ten by the clocks in London, and the question is expected on that day."""
    here = cluster.now().astimezone(cluster.zone)
    ten = here.replace(hour=10, minute=0, second=0)
    monday = ten + timedelta(days=-here.weekday() % 7)
    due = monday if monday > here else monday + WEEK
    cluster.expected.add((GENERAL, f"{due:%Y-%m-%d}"))
    cluster.until(due.isoformat())


def test_f04_before_the_claim_or_the_message_is_committed(cluster: Cluster) -> None:
    dies_week_after_week(cluster, "in begin_occasions", "in make_step")


@pytest.mark.parametrize("place", EDGES, indirect=True)
def test_f05_between_the_claim_the_message_and_whoever_sends_it(cluster: Cluster) -> None:
    dies_week_after_week(cluster, "after begin_occasions", "after make_step")


@pytest.mark.parametrize("place", [SQLITE], indirect=True)
def test_f08_to_f11_before_and_after_it_is_posted(cluster: Cluster) -> None:
    dies_week_after_week(cluster, "after plan:Start", "after post", "in settle")


@pytest.mark.parametrize("place", [SQLITE], indirect=True)
def test_f09_slack_has_it_and_has_not_answered(cluster: Cluster) -> None:
    a_weekly_question(cluster)
    cluster.start()
    cluster.slack.control("fault", method="chat.postMessage", kind="slow", delay=5)
    with ThreadPoolExecutor(1) as hand:
        monday = hand.submit(until_the_next, cluster)
        cluster.wait_until_accepted(1)
        cluster.kill_all()
        monday.result()
    cluster.recover()
    cluster.assert_all_well()
