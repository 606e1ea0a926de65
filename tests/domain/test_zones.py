"""What people are told who name a time zone in their own way."""

from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.zones import zone_names, zone_problem


@pytest.mark.parametrize(
    "name", ["Europe/Berlin", "America/Argentina/Buenos_Aires", "Australia/Lord_Howe", "UTC"]
)
def test_a_known_zone_is_no_problem(name: str) -> None:
    assert zone_problem(name) is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Berlin", "Europe/Berlin"),
        ("europe/berlin", "Europe/Berlin"),
        ("Europe Berlin", "Europe/Berlin"),
        ("Eropa/Berlin", "Europe/Berlin"),
        (" Europe/Berlin", "Europe/Berlin"),
        ("new york", "America/New_York"),
        ("Londn", "Europe/London"),
        ("Sidney", "Australia/Sydney"),
        ("são paulo", "America/Sao_Paulo"),
        ("Eastern", "US/Eastern or Canada/Eastern"),
        ("utc", "UTC"),
        ("japan", "Japan"),
    ],
)
def test_a_slip_is_answered_with_what_was_meant(typed: str, meant: str) -> None:
    expected = f"I do not know the time zone “{typed}”. Did you mean {meant}?"
    assert zone_problem(typed) == expected


@pytest.mark.parametrize("typed", ["Munich", "PST", "CEST", "GMT+1", "UTC+2", "Mars/Olympus", "9"])
def test_nothing_is_offered_that_may_be_another_time(typed: str) -> None:
    problem = zone_problem(typed)
    assert problem is not None
    assert "mean" not in problem
    assert "such as Europe/Berlin" in problem


@pytest.mark.parametrize("typed", ["", "  ", "\n"])
def test_an_empty_field_is_asked_for(typed: str) -> None:
    expected = "Please name a time zone, such as Europe/Berlin or America/New_York."
    assert zone_problem(typed) == expected


@pytest.mark.parametrize("name", ["localtime", "Factory", "posix/UTC", "right/UTC", "../UTC"])
def test_a_file_that_names_no_place_is_no_zone(name: str) -> None:
    assert zone_problem(name) is not None


def test_every_zone_that_is_no_problem_can_be_used() -> None:
    assert len(zone_names()) > 400
    assert all(ZoneInfo(name).key == name for name in zone_names())


@given(st.text(max_size=50) | st.sampled_from(["/", "Europe/", "a" * 5_000, "Berlin " * 900]))
def test_the_answer_is_short_whatever_was_typed(typed: str) -> None:
    assert len(zone_problem(typed) or "") < 200
