"""Slack's user objects, as the directory reads them."""

from typing import Any

import pytest

from bot.domain.people import Standing
from bot.slack.directory import read_person

TEAM = "T_OURS"


@pytest.mark.parametrize(
    ("about", "standing"),
    [
        ({}, Standing.MEMBER),
        ({"team_id": TEAM}, Standing.MEMBER),
        ({"team_id": None}, Standing.MEMBER),
        ({"is_admin": True}, Standing.MEMBER),
        ({"deleted": True}, Standing.DEACTIVATED),
        ({"deleted": True, "is_bot": True}, Standing.DEACTIVATED),
        ({"deleted": True, "is_restricted": True}, Standing.DEACTIVATED),
        ({"is_bot": True}, Standing.BOT),
        ({"id": "USLACKBOT"}, Standing.BOT),
        ({"is_restricted": True}, Standing.GUEST),
        ({"is_restricted": True, "is_ultra_restricted": True}, Standing.GUEST),
        ({"is_ultra_restricted": True}, Standing.GUEST),
        ({"team_id": "T_THEIRS"}, Standing.OUTSIDER),
        ({"is_stranger": True}, Standing.OUTSIDER),
        ({"team_id": "T_THEIRS", "is_stranger": False, "is_admin": True}, Standing.OUTSIDER),
        ({"team_id": "T_THEIRS", "is_restricted": True}, Standing.OUTSIDER),
        ({"team_id": "T_THEIRS", "is_bot": True}, Standing.BOT),
    ],
)
def test_where_somebody_stands(about: dict[str, Any], standing: Standing) -> None:
    assert read_person({"id": "U_ADA", "name": "ada", **about}, TEAM).standing is standing


def test_an_organisation_has_people_of_many_workspaces() -> None:
    person = read_person({"id": "U_ADA", "name": "ada", "team_id": "T_ONE_OF_MANY"}, "E_OURS")
    assert person.standing is Standing.MEMBER


@pytest.mark.parametrize(
    ("about", "name"),
    [
        ({"profile": {"display_name": "Ada"}, "real_name": "Ada Lovelace"}, "Ada"),
        ({"profile": {"display_name": ""}, "real_name": "Ada Lovelace"}, "Ada Lovelace"),
        ({"profile": {"real_name": "A. L."}}, "A. L."),
        ({"profile": {}}, "ada"),
        ({"profile": None}, "ada"),
        ({}, "ada"),
        ({"name": None}, "U_ADA"),
        ({"real_name": "A\x00d\ud83da"}, "Ad\ufffda"),
        ({"real_name": "x" * 200}, "x" * 79 + "…"),
    ],
)
def test_what_somebody_is_called(about: dict[str, Any], name: str) -> None:
    assert read_person({"id": "U_ADA", "name": "ada", **about}, TEAM).name == name


@pytest.mark.parametrize(
    ("about", "zone"),
    [
        ({"tz": "Europe/Berlin"}, "Europe/Berlin"),
        ({"tz": None}, "UTC"),
        ({"tz": ""}, "UTC"),
        ({}, "UTC"),
    ],
)
def test_a_zone_that_slack_does_not_tell_is_utc(about: dict[str, Any], zone: str) -> None:
    assert read_person({"id": "U_ADA", "name": "ada", **about}, TEAM).zone == zone


@pytest.mark.parametrize(
    ("about", "is_admin"),
    [
        ({"is_admin": True}, True),
        ({"is_owner": True}, True),
        ({"is_admin": None}, False),
        ({}, False),
    ],
)
def test_who_is_an_admin(about: dict[str, Any], is_admin: bool) -> None:
    assert read_person({"id": "U_ADA", "name": "ada", **about}, TEAM).is_admin is is_admin
