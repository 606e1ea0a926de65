"""A backup is put back: what was said since is not said again, and nothing new is lost."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.domain.deliveries import State
from bot.domain.running import OccasionState
from tests.faults.cluster import Cluster
from tests.faults.conftest import SQLITE
from tests.faults.programme import GENERAL, a_weekly_question
from tests.faults.snapshots import PutBack, copied_by_hand, snapshot
from tests.faults.test_weekly_away import on_record

Taking = Callable[[Cluster, Path], PutBack]

HISTORIES = ["channels:history", "groups:history", "im:history", "mpim:history"]


def a_day_is_lost(cluster: Cluster, taking: Taking = snapshot) -> None:
    """Two messages wait when the backup is made. They are sent, a weekly question is asked, and
    another question, of which the backup knows nothing; then the backup is put back."""
    put_back = _until_the_backup(cluster, taking)
    cluster.start()
    cluster.until("2026-03-02T10:05:00Z")
    cluster.expected.add((GENERAL, "2026-03-02"))
    cluster.asks("dot")
    cluster.settle()
    cluster.kill_all()
    put_back()


def _until_the_backup(cluster: Cluster, taking: Taking) -> PutBack:
    cluster.settings = {"senders": 1}
    a_weekly_question(cluster)
    cluster.start()
    cluster.ada_knows_postgres()
    pause = {"kind": "429", "retry_after": 600, "times": 1}
    cluster.slack.control("fault", method="chat.postMessage", **pause)
    cluster.asks("cy")
    cluster.settle()
    cluster.kill_all()
    assert len(cluster.unsettled()) == 2
    return taking(cluster, cluster.folder)


def goes_on(cluster: Cluster) -> None:
    """The bot is started, looks for what it may have said, and is asked something new."""
    cluster.start()
    cluster.asks("mo")
    cluster.later(120)
    cluster.recover()


def copied_and_goes_on(cluster: Cluster) -> None:
    a_day_is_lost(cluster, copied_by_hand)
    goes_on(cluster)


def put_back_and_goes_on(cluster: Cluster) -> None:
    a_day_is_lost(cluster)
    goes_on(cluster)


def test_f67_what_was_said_since_the_backup_is_not_said_again(cluster: Cluster) -> None:
    put_back_and_goes_on(cluster)
    cluster.assert_all_well()


@pytest.mark.parametrize("place", [SQLITE], indirect=True)
def test_f67_a_backup_that_was_only_copied_back_is_noticed(cluster: Cluster) -> None:
    copied_and_goes_on(cluster)
    cluster.assert_all_well()


@pytest.mark.parametrize("place", [SQLITE], indirect=True)
def test_f67_what_was_not_sent_since_is_sent_now(cluster: Cluster) -> None:
    put_back = _until_the_backup(cluster, snapshot)
    cluster.later(3600)
    put_back()
    goes_on(cluster)
    cluster.assert_all_well()
    assert on_record(cluster) == {"2026-03-02": OccasionState.SKIPPED}  # as far as it can tell


@pytest.mark.parametrize("place", [SQLITE], indirect=True)
def test_f67_without_the_right_to_look_nothing_is_repeated(cluster: Cluster) -> None:
    a_day_is_lost(cluster)
    cluster.slack.control("scopes", revoke=HISTORIES)
    goes_on(cluster)
    cluster.slack.control("scopes", grant=HISTORIES)
    assert cluster.verdict().is_clean  # what is new is said all the same
    assert [row.state for row in cluster.rows()].count(State.UNKNOWN) == 2
