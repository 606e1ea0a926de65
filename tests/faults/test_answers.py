"""Answers to a weekly question that come twice, at once, or before anybody knows it was asked."""

import pytest

from storage.tables import ContributionRow, OccasionRow
from tests.faults.cluster import Cluster
from tests.faults.conftest import EDGES, SQLITE
from tests.faults.hands import fills, presses
from tests.faults.line import Line, forms_kept_back
from tests.faults.programme import GENERAL, a_weekly_question
from tests.faults.test_weekly_deaths import until_the_next
from tests.localslack import Message


def is_asked(line: Line, names: str = "shown") -> None:
    a_weekly_question(line.cluster, names=names)
    line.start()
    until_the_next(line.cluster)


def answers(cluster: Cluster, user: str, word: str) -> None:
    occasion = cluster.kept(OccasionRow)[-1].id
    presses(cluster, user, "activity.answer", occasion)
    fills(cluster, user, text=word)


def in_the_thread(cluster: Cluster) -> list[Message]:
    found = cluster.slack.messages("#general")
    return [message for message in found if message.thread_ts not in (None, message.ts)]


@pytest.mark.parametrize("place", EDGES, indirect=True)
def test_f28_two_people_at_once_and_each_form_three_times(cluster: Cluster) -> None:
    with forms_kept_back(cluster) as line:
        is_asked(line)
        for user, word in (("ada", "word-1"), ("bo", "word-2")):
            answers(cluster, user, word)
            cluster.expected.add((GENERAL, word))
        line.let_go(times=3)
    cluster.assert_all_well()
    assert len(in_the_thread(cluster)) == 2


@pytest.mark.parametrize("place", EDGES, indirect=True)
def test_f28_one_person_on_two_devices_at_once(cluster: Cluster) -> None:
    """There is one answer, and what is kept of it is what stands in the thread."""
    with forms_kept_back(cluster) as line:
        is_asked(line)
        for word in ("word-1", "word-2"):
            answers(cluster, "ada", word)
        line.let_go()
    [answer] = in_the_thread(cluster)
    [kept] = cluster.kept(ContributionRow)
    assert str(kept.text) in answer.text
    assert "Traceback" not in cluster.complaints()


def a_form_comes_twice(cluster: Cluster) -> None:
    """Nobody knows who wrote it; so only the form itself can be known again."""
    with forms_kept_back(cluster) as line:
        is_asked(line, names="anonymous")
        answers(cluster, "ada", "word-1")
        cluster.expected.add((GENERAL, "word-1"))
        line.let_go(times=2)


@pytest.mark.parametrize("place", [SQLITE], indirect=True)
def test_f28_an_anonymous_answer_that_comes_twice(cluster: Cluster) -> None:
    a_form_comes_twice(cluster)
    cluster.assert_all_well()


@pytest.mark.parametrize("kind", ["drop_after", "drop_before"])
@pytest.mark.parametrize("place", [SQLITE], indirect=True)
def test_f46_an_answer_while_the_question_is_in_doubt(cluster: Cluster, kind: str) -> None:
    """It waits until the question has been found, or said again, and stands in its thread."""
    a_weekly_question(cluster)
    cluster.start()
    cluster.slack.control("fault", method="chat.postMessage", kind=kind)
    until_the_next(cluster)
    answers(cluster, "ada", "word-1")
    cluster.expected.add((GENERAL, "word-1"))
    cluster.recover()
    cluster.assert_all_well()
    [answer] = in_the_thread(cluster)
    assert answer.says("word-1")
