"""With one mechanism broken on purpose a fault does harm: so the fault tests can fail."""

from collections.abc import Callable
from functools import partial
from typing import Literal

import pytest

from tests.faults.cluster import Cluster
from tests.faults.conftest import SQLITE, THREE_REPLICAS, TWO_ON_SQLITE, TWO_REPLICAS
from tests.faults.failpoints import Failpoint
from tests.faults.mutants import MUTANTS
from tests.faults.programme import a_weekly_question
from tests.faults.test_answers import a_form_comes_twice
from tests.faults.test_crash_points import dies, three_deaths_far_apart
from tests.faults.test_death_of_all import stands_still_and_goes_on
from tests.faults.test_homes import changes_while_the_lock_is_taken
from tests.faults.test_leads_at_once import many_at_ten
from tests.faults.test_restored import copied_and_goes_on
from tests.faults.test_rounds import published_twice_while_slack_rests
from tests.faults.test_weekly_away import after_midnight, away_over_the_moment
from tests.faults.test_weekly_deaths import comes_after_a_death

Story = Callable[[Cluster], None]


def dies_with_the_answer(cluster: Cluster) -> None:
    dies(cluster, Failpoint("after", "post"))


def dies_before_the_call(cluster: Cluster) -> None:
    dies(cluster, Failpoint("before", "post"))


def the_answer_is_lost(cluster: Cluster) -> None:
    """Slack takes the message in and the connection breaks; nobody dies."""
    asks_with_a_fault(cluster, "drop_after")


def slack_takes_it_in_late(cluster: Cluster) -> None:
    """After the deadline of the call, and before the time to settle is over."""
    asks_with_a_fault(cluster, "late", delay=20)
    cluster.later(60)


def asks_with_a_fault(cluster: Cluster, kind: str, **options: object) -> None:
    cluster.start()
    cluster.ada_knows_postgres()
    cluster.slack.control("fault", method="chat.postMessage", kind=kind, **options)
    cluster.asks("cy")
    cluster.recover()


def stands_still_before_the_call(cluster: Cluster) -> None:
    stands_still_and_goes_on(cluster, "before post", others_act=bool(cluster.mutant))


def dies_after_the_claim(cluster: Cluster) -> None:
    a_weekly_question(cluster)
    comes_after_a_death(cluster, Failpoint("after", "begin_occasions"))


CASES: list[tuple[str, Story, Literal["lost", "double"], object]] = [
    ("the SDK's own retries", the_answer_is_lost, "double", SQLITE),
    ("plain outbox", dies_with_the_answer, "double", SQLITE),
    ("no intent", dies_with_the_answer, "double", SQLITE),
    ("marked as sent before sending", dies_before_the_call, "lost", SQLITE),
    ("no time to settle", slack_takes_it_in_late, "double", SQLITE),
    ("history from the last attempt", three_deaths_far_apart, "double", SQLITE),
    ("first attempt forgotten", three_deaths_far_apart, "double", SQLITE),
    ("marks of the process", dies_with_the_answer, "double", SQLITE),
    ("a lease instead of a lock", stands_still_before_the_call, "double", TWO_REPLICAS),
    ("no lock file", stands_still_before_the_call, "double", TWO_ON_SQLITE),
    ("no claim", partial(many_at_ten, channels=1), "double", THREE_REPLICAS),
    ("steps kept in memory", dies_after_the_claim, "lost", SQLITE),
    ("no time to catch up", away_over_the_moment, "lost", SQLITE),
    ("a week of 168 hours", after_midnight, "lost", SQLITE),
    ("a tick by the wall's clock", away_over_the_moment, "lost", SQLITE),
    ("published whatever its state", published_twice_while_slack_rests, "lost", SQLITE),
    ("a home composed before the lock", changes_while_the_lock_is_taken, "lost", SQLITE),
    ("forms that are not known again", a_form_comes_twice, "double", SQLITE),
    ("a backup that is not noticed", copied_and_goes_on, "double", SQLITE),
    ("numbers given twice", copied_and_goes_on, "lost", SQLITE),
    ("what fell due before a restore", copied_and_goes_on, "double", SQLITE),
]


def _cases() -> list[object]:
    return [
        pytest.param(place.values[0], mutant, story, harm, id=mutant, marks=place.marks)  # type: ignore[attr-defined]  # a ParameterSet
        for mutant, story, harm, place in CASES
    ]


@pytest.mark.parametrize(("place", "mutant", "story", "harm"), _cases(), indirect=["place"])
def test_a_mutant_does_harm(cluster: Cluster, mutant: str, story: Story, harm: str) -> None:
    cluster.mutant = mutant
    story(cluster)
    assert getattr(cluster.verdict(), harm)


@pytest.mark.parametrize("story", [the_answer_is_lost, slack_takes_it_in_late])
def test_without_a_mutant_the_story_ends_well(cluster: Cluster, story: Story) -> None:
    story(cluster)
    cluster.assert_all_well()


def test_every_mutant_has_its_story() -> None:
    assert {mutant for mutant, *_ in CASES} == set(MUTANTS)
