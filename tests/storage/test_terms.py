"""What people chose about themselves comes back as it was put in, on both databases."""

from datetime import time
from zoneinfo import ZoneInfo

import pytest

from bot.domain.availability import Availability
from bot.domain.ids import UserId
from bot.domain.people import Person, Standing, Switch
from bot.domain.working_time import OFFICE, WorkingHours
from storage.database import Database
from storage.people import COLUMNS
from tests.storage.scene import ADA, BO, C_DATA, CY, SQL, join, run_on

EVENINGS = WorkingHours(time(13, 45), time(23, 59), frozenset({6, 0, 3}))


def test_whoever_said_nothing_keeps_office_hours_where_slack_says_they_are(
    database: Database,
) -> None:
    run = run_on(database)
    run(lambda work: work.people.record(Person(ADA, "Ada", "Asia/Kolkata", Standing.MEMBER)))
    at_work = run.look(lambda work: work.people.hours_of(ADA))
    assert at_work == Availability(ZoneInfo("Asia/Kolkata"), OFFICE, "")


def test_of_a_stranger_office_hours_are_assumed(database: Database) -> None:
    at_work = run_on(database).look(lambda work: work.people.hours_of(UserId("U_NOBODY")))
    assert at_work == Availability(ZoneInfo("UTC"))


def test_hours_days_and_holidays_come_back(database: Database) -> None:
    run = run_on(database)
    run(join, ADA)
    run(lambda work: work.people.set_hours(ADA, EVENINGS))
    run(lambda work: work.people.set_place(ADA, "GB-ENG"))
    run(join, ADA)  # what Slack says of them changes nothing about it
    expected = Availability(ZoneInfo("UTC"), EVENINGS, "GB-ENG")
    assert run.look(lambda work: work.people.hours_of(ADA)) == expected
    run(lambda work: work.people.set_place(ADA, ""))
    assert run.look(lambda work: work.people.hours_of(ADA).place) == ""


@pytest.mark.parametrize("switch", Switch)
def test_a_switch_is_switched_and_no_other(database: Database, switch: Switch) -> None:
    run = run_on(database)
    run(join, ADA)
    before = run.look(lambda work: work.people.choices(ADA).switched_on)
    run(lambda work: work.people.switch(ADA, switch, switch not in before))
    after = run.look(lambda work: work.people.choices(ADA).switched_on)
    assert before ^ after == {switch}


def test_every_switch_has_a_column() -> None:
    assert set(COLUMNS) == set(Switch)
    assert len(set(COLUMNS.values())) == len(Switch)


def test_nobody_is_found_who_did_not_say_so(database: Database) -> None:
    run = run_on(database)
    run(join, ADA, BO, CY)
    run(lambda work: work.people.switch(ADA, Switch.FINDABLE, True))
    assert run.look(lambda work: work.people.findable([ADA, BO])) == {ADA}
    assert run.look(lambda work: work.people.findable([BO])) == set()


def test_a_topic_with_a_channel_is_part_of_the_vocabulary(database: Database) -> None:
    run = run_on(database)
    assert run.look(lambda work: work.people.vocabulary()) == set()
    run(lambda work: work.topic_channels.assign([SQL], C_DATA))
    assert run.look(lambda work: work.people.vocabulary()) == {SQL}
    run(lambda work: work.topic_channels.release([SQL]))
    assert run.look(lambda work: work.people.vocabulary()) == set()
