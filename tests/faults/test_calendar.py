"""Leap days, long years, clocks that change, and schedules and zones edited in the middle."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import update

from bot.domain.cadence import Weekly
from bot.domain.running import OccasionState
from storage.tables import ActivityRow, OccasionRow
from storage.work import Work
from tests.faults.cluster import Cluster
from tests.faults.conftest import EDGES, SQLITE
from tests.faults.hands import presses
from tests.faults.programme import (
    GENERAL,
    a_draft,
    a_weekly_question,
    expect_introductions,
)
from tests.faults.test_weekly_away import on_record
from tests.storage.scene import ON_SQLITE
from tests.world import World


def asked_from(cluster: Cluster, weekday: int, jump: str, until: str, *dates: str) -> None:
    """All through these weeks, at ten in London, with nobody but the bot there."""
    cluster.slack.control("clock", jump=jump)
    a_weekly_question(cluster, weekday)
    cluster.expected |= {(GENERAL, each) for each in dates}
    cluster.start()
    cluster.until(until)
    cluster.recover()
    assert set(on_record(cluster)) == set(dates)
    cluster.assert_all_well()


@pytest.mark.parametrize("place", [SQLITE], indirect=True)
def test_f59_the_29th_of_february(cluster: Cluster) -> None:
    dates = ("2028-02-22", "2028-02-29", "2028-03-07")
    asked_from(cluster, 1, "2028-02-21T09:00:00Z", "2028-03-08T09:00:00Z", *dates)


@pytest.mark.parametrize("place", [SQLITE], indirect=True)
def test_f59_a_year_of_53_weeks(cluster: Cluster) -> None:
    dates = ("2026-12-21", "2026-12-28", "2027-01-04", "2027-01-11")
    assert date(2026, 12, 28).isocalendar().week == 53
    asked_from(cluster, 0, "2026-12-20T09:00:00Z", "2027-01-12T09:00:00Z", *dates)


def test_f59_somebodys_zone_changes_between_the_draft_and_the_introduction(
    cluster: Cluster,
) -> None:
    round_id = a_draft(cluster)
    cluster.start()
    cluster.settle()
    cluster.slack.control("person", id="U_ADA", tz="Asia/Tokyo")
    presses(cluster, "lee", "round.publish", round_id)
    cluster.slack.control("person", id="U_CY", tz="America/New_York")
    expect_introductions(cluster)
    cluster.later(60)
    cluster.recover()
    cluster.assert_all_well()


@ON_SQLITE
def test_f59_the_zone_of_whoever_was_asked_changes_before_they_answer(world: World) -> None:
    """The question moves on once, whichever clock it is waited for by."""
    for name in ("ada", "bo"):
        world.person(name, knows=("postgres",))
    world.person("cy")
    world.types("cy", "/ask-peer why is my postgres index not used?")
    world.clicks("cy", "Ask")
    asked, other = ("ada", "bo") if world.slack.dms("ada") else ("bo", "ada")
    for zone in ("Asia/Tokyo", "America/New_York", "Pacific/Kiritimati"):
        world.later(hours=1)
        world.changes(asked, tz=zone)
    world.later(hours=72)
    assert len(world.slack.dms(other)) == 1
    assert len(world.slack.dms(asked)) == 1


@dataclass(frozen=True)
class Edit:
    """What a weekly question is changed to; `moved` says that its next moment was, too."""

    zone: str
    at: str
    moved: bool

    def apply(self, work: Work) -> None:
        hour, minute = map(int, self.at.split(":"))
        weekly = Weekly(0, time(hour, minute), ZoneInfo(self.zone))
        values = {"zone": self.zone, "wall_time": self.at}
        due = {"due_at": weekly.next_after(work.now).at} if self.moved else {}
        row = update(ActivityRow).where(ActivityRow.tenant == work.tenant)
        work._scope.session.execute(row.values(**values, **due))


@pytest.mark.parametrize(
    "edit",
    [
        Edit("America/New_York", "10:00", moved=True),  # comes once more on the same date
        Edit("America/New_York", "10:00", moved=False),
        Edit("Asia/Tokyo", "10:00", moved=True),  # was over already
        Edit("Europe/London", "11:00", moved=True),
        Edit("Pacific/Kiritimati", "23:30", moved=False),
    ],
    ids=str,
)
@pytest.mark.parametrize("place", [SQLITE], indirect=True)
def test_f58_edited_between_the_tick_and_the_message(cluster: Cluster, edit: Edit) -> None:
    """What was decided is said, and its date is not claimed again; next week the new clock counts.

    As a newer version might, which lets people edit what runs: this one cannot.
    """
    a_weekly_question(cluster)
    cluster.start()
    pause = {"kind": "429", "retry_after": 60}
    cluster.slack.control("fault", method="chat.postMessage", **pause)
    cluster.until("2026-03-02T10:00:30Z")
    assert cluster.unsettled()
    cluster.does(edit.apply)
    cluster.until("2026-03-08T09:00:00Z")  # London's Sunday: nowhere is it ten on Monday yet
    cluster.expected.add((GENERAL, "2026-03-02"))
    cluster.recover()
    cluster.assert_all_well()
    cluster.zone = ZoneInfo(edit.zone)
    cluster.until("2026-03-09T20:00:00Z")
    cluster.recover()
    assert on_record(cluster) == dict.fromkeys(("2026-03-02", "2026-03-09"), OccasionState.OPEN)
    assert len(cluster.slack.accepted()) == 2


@pytest.mark.parametrize("place", EDGES, indirect=True)
def test_f58_ended_and_begun_anew_between_the_tick_and_the_message(cluster: Cluster) -> None:
    """What is not wanted any more is not said; what takes its place is."""
    [old] = a_weekly_question(cluster)
    cluster.start()
    cluster.slack.control("fault", method="chat.postMessage", kind="429", retry_after=60)
    cluster.until("2026-03-02T10:00:30Z")
    presses(cluster, "lee", "activity.end", old)
    a_weekly_question(cluster, at=time(11))
    cluster.expected.add((GENERAL, "2026-03-02"))
    cluster.until("2026-03-02T12:00:00Z")
    cluster.recover()
    cluster.assert_all_well()
    assert len(cluster.slack.accepted()) == 1


CHANGES = [
    ("Sun 02:30", "America/New_York", "2026-03-07", "2026-03-08", "2026-03-08T07:30"),
    ("Sun 00:30", "Asia/Beirut", "2026-03-28", "2026-03-29", "2026-03-28T22:30"),
    ("Sun 02:30", "Europe/Berlin", "2026-03-28", "2026-03-29", "2026-03-29T01:30"),
    ("Sun 01:45", "Australia/Lord_Howe", "2026-04-03", "2026-04-05", "2026-04-04T14:45"),
    ("Fri 00:30", "Africa/Cairo", "2026-04-22", "2026-04-24", "2026-04-23T22:30"),
    ("Sun 02:15", "Australia/Lord_Howe", "2026-10-02", "2026-10-04", "2026-10-03T15:45"),
    ("Sun 02:30", "Europe/Berlin", "2026-10-24", "2026-10-25", "2026-10-25T00:30"),
    ("Sun 01:30", "America/New_York", "2026-10-31", "2026-11-01", "2026-11-01T05:30"),
]
"""When, where, a day before, the local date, and the instant: hours that are missing or double."""


@pytest.mark.parametrize("place", [SQLITE], indirect=True)
def test_f54_half_past_two_all_over_the_world(cluster: Cluster) -> None:
    """At an hour that is missing or comes twice, it is asked once."""
    cluster.start()
    for when, zone, before, on, instant in CHANGES:
        due = datetime.fromisoformat(instant).replace(tzinfo=UTC)
        eve = max(datetime.fromisoformat(f"{before}T09:00:00Z"), cluster.now())
        cluster.slack.control("clock", jump=eve.isoformat())
        day, _, at = when.partition(" ")
        weekday = {"Fri": 4, "Sun": 6}[day]
        [activity] = a_weekly_question(cluster, weekday, time.fromisoformat(at), zone)
        before_it = len(cluster.slack.accepted())
        cluster.until((due + timedelta(hours=2)).isoformat())
        assert len(cluster.slack.accepted()) == before_it + 1, zone
        [held] = [row for row in cluster.kept(OccasionRow) if row.activity_id == activity]
        assert str(held.on_date) == on
        assert held.starts_at == due
        presses(cluster, "lee", "activity.end", activity)
