"""Processes die, and Slack answers badly, while App Home is shown: in the end it is current."""

import pytest

from bot.domain.ids import Topic, UserId
from storage.work import Work
from tests.faults.cluster import Cluster
from tests.faults.conftest import EDGES, SQLITE
from tests.faults.failpoints import Failpoint
from tests.faults.judge import home_of
from tests.faults.programme import everybody
from tests.faults.test_wire_edits import REPEATED
from tests.faults.wire import Wire
from tests.world import World

PUBLISH = "views.publish"


def ada_knows(work: Work, word: str) -> None:
    work.people.set_topics(UserId("U_ADA"), (Topic(word),))


@pytest.mark.parametrize("place", EDGES, indirect=True)
def test_f08_death_before_or_after_a_home_is_shown(cluster: Cluster) -> None:
    """In the meantime there is something newer to show."""
    cluster.does(everybody)
    for number, point in enumerate(("before publish", "in published")):
        cluster.kill_all()
        cluster.does(ada_knows, f"word-{number}1")
        cluster.start(Failpoint.at(point))
        cluster.slack.control("home", user="ada")
        cluster.wait_for_death()
        cluster.does(ada_knows, f"word-{number}2")
        cluster.expected = {(home_of("ada"), f"word-{number}2")}
        cluster.recover()
        cluster.assert_all_well()


def changes_while_the_lock_is_taken(cluster: Cluster) -> None:
    """Whoever shows the page stands still with the lock in hand, and something changes."""
    cluster.settings = {"senders": 1}
    cluster.does(everybody)
    cluster.does(ada_knows, "word-1")
    cluster.start_one(Failpoint("after", "hold", action="stop"))
    cluster.slack.control("home", user="ada")
    cluster.wait_for_a_stop()
    cluster.does(ada_knows, "word-2")
    cluster.expected = {(home_of("ada"), "word-2")}
    cluster.go_on()
    cluster.recover()


@pytest.mark.parametrize("place", [SQLITE], indirect=True)
def test_f16_what_changed_while_one_stood_still_is_shown(cluster: Cluster) -> None:
    changes_while_the_lock_is_taken(cluster)
    cluster.assert_all_well()


def test_f45_a_home_is_shown_again_until_it_is_current(world: World) -> None:
    """No hash is given, so there is no newer page for Slack to protect from it."""
    world.person("ada")
    wire = Wire(world)
    world.opens_home("ada")
    for number, kind in enumerate(REPEATED):
        wire.breaks(PUBLISH, kind, times=2)
        world.types("ada", f"/learning topics word-{number}")
        world.later(minutes=2)
        assert f"Topics: word-{number}." in world.home("ada"), kind
    assert not any("hash" in call["args"] for call in wire.tries(PUBLISH))


def test_f42_one_home_refused_for_haste_lets_all_rest(world: World) -> None:
    wire = Wire(world)
    for name in ("ada", "bo"):
        world.person(name)
        world.opens_home(name)
    shown = len(wire.tries(PUBLISH))
    wire.breaks(PUBLISH, "429", retry_after=30)
    for name in ("ada", "bo"):
        world.types(name, "/learning topics word-1")
    assert len(wire.tries(PUBLISH)) == shown + 1
    world.later(seconds=40)
    assert all("Topics: word-1." in world.home(name) for name in ("ada", "bo"))
