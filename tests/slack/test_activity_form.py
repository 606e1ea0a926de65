"""The form that starts an activity: what it holds comes back, what is made up is refused."""

from datetime import time
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.activities import ALL
from bot.activities.base import ActivityKind
from bot.activities.library import prompts
from bot.activities.prompt import OWN, PROMPT
from bot.domain.cadence import Weekly
from bot.domain.ids import ChannelId
from bot.domain.refusals import Invalid
from bot.slack.forms import activity
from bot.slack.forms.reading import NotOurs
from tests.localslack import Json
from tests.slack.filled import WORDS, assert_slack_opens_it, option, submitted

BERLIN = ZoneInfo("Europe/Berlin")


def started(**changed: Any) -> activity.Started:
    view = activity.build(PROMPT, zone="Europe/Berlin", channel=ChannelId("C_DATA"))
    return activity.read(submitted(view, **changed))


def test_an_activity_comes_back_as_it_was_proposed() -> None:
    assert started() == activity.Started(
        "prompt",
        ChannelId("C_DATA"),
        Weekly(0, time(9), BERLIN),
        {field.name: field.default for field in PROMPT.fields},
    )


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.kind)
def test_every_kind_accepts_what_its_own_form_holds(kind: ActivityKind) -> None:
    view = activity.build(kind, zone="UTC", channel=ChannelId("C_DATA"))
    assert_slack_opens_it(view)
    assert kind.problems(activity.read(submitted(view)).settings) == {}


def test_all_questions_of_the_library_can_be_chosen() -> None:
    for each in prompts():
        settings = started(prompt=option(each.id)).settings
        assert PROMPT.problems(settings) == {}


def test_a_question_of_ones_own_comes_back_as_it_was_typed() -> None:
    settings = started(prompt=option(OWN), text=WORDS).settings
    assert (settings["prompt"], settings["text"]) == (OWN, WORDS)


@pytest.mark.parametrize(
    "changed",
    [
        {"weekday": None},
        {"weekday": option("7")},
        {"weekday": option("-1")},
        {"weekday": option("Monday")},
        {"time": None},
        {"time": "25:00"},
        {"time": "nine"},
        {"time": "09:00+02:00"},
        {"channel": None},
        {"channel": ""},
    ],
    ids=str,
)
def test_a_made_up_activity_is_refused(changed: Json) -> None:
    with pytest.raises(NotOurs):
        started(**changed)


@pytest.mark.parametrize("kind", ["", "x", "__class__"])
def test_an_activity_of_no_kind_is_refused(kind: str) -> None:
    view = submitted(activity.build(PROMPT, zone="UTC"), channel="C_DATA")
    with pytest.raises(NotOurs):
        activity.read({**view, "private_metadata": kind})


@pytest.mark.parametrize("zone", ["", "Berlin", "../etc/passwd", "x" * 64, None])
def test_a_zone_that_is_none_is_told_beside_its_field(zone: str | None) -> None:
    with pytest.raises(Invalid) as told:
        started(zone=zone)
    assert list(told.value.problems) == ["zone"]


@pytest.mark.parametrize(
    "changed", [{"prompt": option("gone")}, {"prompt": None}, {"names": None}], ids=str
)
def test_a_setting_that_is_none_is_told_beside_its_field(changed: Json) -> None:
    problems = PROMPT.problems(started(**changed).settings)
    assert list(problems) == list(changed)
