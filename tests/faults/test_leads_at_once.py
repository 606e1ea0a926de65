"""Many weekly questions at the same moment, and leads who do the same thing at once."""

from functools import partial

import pytest

from tests.faults.cluster import Cluster
from tests.faults.conftest import EDGES
from tests.faults.hands import fills, presses, together
from tests.faults.programme import GENERAL, a_weekly_question, everybody
from tests.faults.test_weekly_deaths import until_the_next

CHOSEN = {
    "channel": GENERAL,
    "weekday": "0",
    "time": "10:00",
    "zone": "Europe/London",
    "prompt": "own",
    "text": "What did you learn?",
}


def many_at_ten(cluster: Cluster, channels: int = 20) -> None:
    names = [f"C_ROOM{number}" for number in range(channels)]
    for name in names:
        cluster.slack.control("channel", id=name, name=name.lower(), members=["U_BOT"])
    a_weekly_question(cluster, channels=names)
    cluster.expected |= {(name, "2026-03-02") for name in names}
    cluster.start()
    cluster.until("2026-03-02T10:00:00Z")
    cluster.recover()


@pytest.mark.parametrize("place", EDGES, indirect=True)
def test_f57_all_hear_of_the_same_instant_and_much_is_due(cluster: Cluster) -> None:
    many_at_ten(cluster)
    cluster.assert_all_well()


@pytest.mark.parametrize("place", EDGES, indirect=True)
def test_f29_two_leads_start_the_same_at_once(cluster: Cluster) -> None:
    cluster.does(everybody)
    cluster.start()
    for lead in ("lee", "mo"):
        cluster.types(lead, "/reflect new")
    answers = together(
        lambda: fills(cluster, "lee", **CHOSEN), lambda: fills(cluster, "mo", **CHOSEN)
    )
    told = [answer.errors.get("channel", "") for answer in answers]
    assert sorted(told)[0] == ""
    assert sorted(told)[1].count("at this time") == 1
    until_the_next(cluster)
    cluster.recover()
    cluster.assert_all_well()


@pytest.mark.parametrize("place", EDGES, indirect=True)
def test_f29_two_leads_pause_and_resume_at_once(cluster: Cluster) -> None:
    """Neither undoes what the other did, and nothing is asked twice for it."""
    [activity] = a_weekly_question(cluster)
    cluster.start()
    for action, told in (("activity.pause", "is paused"), ("activity.resume", "goes on")):
        pressed = (partial(presses, cluster, lead, action, activity) for lead in ("lee", "mo"))
        answers = together(*pressed)
        assert [told in answer.text for answer in answers] == [True, True]
    until_the_next(cluster)
    cluster.recover()
    cluster.assert_all_well()
