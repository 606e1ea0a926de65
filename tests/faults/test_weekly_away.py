"""Nobody is there when a weekly question is due, or clocks are changed around that moment."""

from collections.abc import Callable, Sequence
from datetime import date, time, timedelta

import pytest

from bot.domain.running import OccasionState
from storage.tables import OccasionRow
from tests.faults.cluster import Cluster
from tests.faults.conftest import EDGES, SQLITE
from tests.faults.failpoints import Failpoint
from tests.faults.programme import GENERAL, a_weekly_question
from tests.faults.test_weekly_deaths import until_the_next

FIRST = "2026-03-02T10:00:00Z"


def away_over_the_moment(cluster: Cluster) -> None:
    """All are dead at ten, and back five minutes later."""
    a_weekly_question(cluster)
    until_the_next(cluster)
    cluster.later(300)
    cluster.recover()


@pytest.mark.parametrize("place", EDGES, indirect=True)
def test_f56_back_after_five_minutes_it_is_said_once(cluster: Cluster) -> None:
    away_over_the_moment(cluster)
    cluster.assert_all_well()


@pytest.mark.parametrize("place", EDGES, indirect=True)
def test_f56_back_after_thirteen_hours_it_is_skipped_on_record(cluster: Cluster) -> None:
    a_weekly_question(cluster)
    cluster.until("2026-03-02T23:00:00Z")
    cluster.recover()
    assert on_record(cluster) == {"2026-03-02": OccasionState.SKIPPED}
    until_the_next(cluster)
    cluster.recover()
    assert on_record(cluster)["2026-03-09"] == OccasionState.OPEN
    cluster.assert_all_well()


@pytest.mark.parametrize("point", ["after begin_occasions", "after make_step", "after plan:Start"])
@pytest.mark.parametrize("place", [SQLITE], indirect=True)
def test_f56_claimed_and_then_away_for_thirteen_hours(cluster: Cluster, point: str) -> None:
    """A date that was claimed is not counted as held if nobody was ever asked."""
    a_weekly_question(cluster)
    cluster.start(Failpoint.at(point))
    cluster.until(FIRST)
    cluster.wait_for_death()
    cluster.later(13 * 3600)
    cluster.recover()
    assert on_record(cluster) == {"2026-03-02": OccasionState.SKIPPED}
    until_the_next(cluster)
    cluster.recover()
    assert "Last time" not in cluster.slack.messages("#general")[-1].text
    cluster.assert_all_well()


def on_record(cluster: Cluster) -> dict[str, str]:
    """The local dates that were claimed, and what became of each."""
    return {str(row.on_date): row.state for row in cluster.kept(OccasionRow)}


def dies_around_a_change(cluster: Cluster, weekday: int, at: time, dates: Sequence[str]) -> None:
    """Whoever claims a date dies of it, and is back before the hour that comes twice is over."""
    a_weekly_question(cluster, weekday, at)
    for on in dates:
        cluster.kill_all()
        cluster.until(f"{date.fromisoformat(on) - timedelta(days=1)}T12:00:00Z")
        cluster.start(Failpoint("after", "begin_occasions"))
        cluster.expected.add((GENERAL, on))
        cluster.until(f"{on}T00:45:00Z")
        cluster.until(f"{on}T01:30:00Z")
        cluster.wait_for_death()
        cluster.recover()
        cluster.until(f"{on}T04:00:00Z")


def in_spring(cluster: Cluster) -> None:
    """On the 29th there is no half past one in London."""
    dies_around_a_change(cluster, 6, time(1, 30), ["2026-03-29", "2026-04-05"])


def in_autumn(cluster: Cluster) -> None:
    """On the 25th there is half past one twice."""
    cluster.slack.control("clock", jump="2026-10-20T09:00:00Z")
    dies_around_a_change(cluster, 6, time(1, 30), ["2026-10-25", "2026-11-01"])


def after_midnight(cluster: Cluster) -> None:
    """Half past midnight on Sunday is an hour later from one week to the next."""
    cluster.slack.control("clock", jump="2026-10-20T09:00:00Z")
    a_weekly_question(cluster, 6, time(0, 30))
    cluster.start()
    cluster.expected |= {(GENERAL, "2026-10-25"), (GENERAL, "2026-11-01")}
    cluster.until("2026-11-02T00:00:00Z")
    cluster.recover()


@pytest.mark.parametrize("story", [in_spring, after_midnight])
@pytest.mark.parametrize("place", [SQLITE], indirect=True)
def test_f54_once_on_each_date_whatever_is_done_to_clocks(
    cluster: Cluster, story: Callable[[Cluster], None]
) -> None:
    story(cluster)
    cluster.assert_all_well()


def test_f54_once_when_an_hour_comes_twice(cluster: Cluster) -> None:
    in_autumn(cluster)
    cluster.assert_all_well()
