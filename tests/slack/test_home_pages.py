"""App Home of people of whom there is a lot to say: it fits, and nothing in it is obeyed."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.domain.expertise import MAX_TOPIC_LENGTH, MAX_TOPICS
from bot.domain.ids import Topic, UserId
from bot.domain.matching import Pair, Role
from bot.domain.mentoring import Enrolment, PairState
from bot.domain.people import Person, Standing
from bot.domain.questions import QuestionState
from bot.domain.text import MAX_QUESTION
from bot.services import home
from sandbox.view_limits import check_view
from storage.database import Database
from storage.work import Work
from tests import databases
from tests.localslack import Json, buttons_in, text_of
from tests.slack.cards import RENDERER, assert_nothing_is_obeyed
from tests.slack.filled import WORDS
from tests.storage.scene import ADA, BO, NOW, OURS

SIGNS = tuple(Topic((f"{n:02d} " + "<!&>" * 9)[:MAX_TOPIC_LENGTH]) for n in range(MAX_TOPICS))
LONG = tuple(Topic(f"{n:02d} " + "x" * (MAX_TOPIC_LENGTH - 3)) for n in range(MAX_TOPICS))


@pytest.fixture
def work(sqlite_template: Path) -> Iterator[Work]:
    with databases.sqlite_copy(sqlite_template) as url:
        database = Database(url)
        with database.begin(OURS, NOW) as work:
            for user in (ADA, BO):
                work.people.record(Person(user, user, "UTC", Standing.MEMBER, is_admin=True))
            yield work
        database.dispose()


def busy(work: Work, topics: tuple[Topic, ...], text: str) -> None:
    """Ada leads, is paused, has asked a hundred questions, and is in five pairs and the pool."""
    work.people.set_topics(ADA, topics)
    work.people.set_paused(ADA, True, NOW + timedelta(days=9))
    work.leads.name(ADA, by=BO)
    work.pool.enrol(Enrolment(ADA, Role.BOTH, topics, topics, 5))
    for number in range(100):
        asked = work.questions.add(asker=ADA, text=text, topics=frozenset(), due_at=NOW)
        state = QuestionState.HELPING if number % 2 else QuestionState.ASKING
        work.questions.move(asked.id, state, peer=BO, due_at=NOW)
    drawn = [Pair(ADA, UserId(f"U_{n}"), topics, 7.5, 0.9) for n in range(5)]
    number = work.rounds.open(lead=ADA, seed="s")
    work.pairs.propose(number, drawn)
    for pair in work.pairs.of_round(number):
        work.pairs.move(pair.id, PairState.ACTIVE)


def view_of(work: Work, user: UserId = ADA) -> Json:
    return RENDERER.home(home.compose(work, user))


def assert_it_is_safe(view: Json) -> None:
    check_view(view, "home")
    harmless = [block for block in view["blocks"] if block["type"] != "divider"]
    assert_nothing_is_obeyed({"text": "-", "blocks": harmless})


@pytest.mark.parametrize("topics", [SIGNS, LONG], ids=["signs", "long"])
@pytest.mark.parametrize("text", ["x" * MAX_QUESTION, "<" * MAX_QUESTION, WORDS * 20, "👩‍💻" * 600])
def test_f72_however_much_there_is_it_fits_and_nothing_is_obeyed(
    work: Work, topics: tuple[Topic, ...], text: str
) -> None:
    busy(work, topics, text[:MAX_QUESTION])
    view = view_of(work)
    assert_it_is_safe(view)
    assert len(view["blocks"]) < 100, "what comes last could have been cut off"


def test_the_newest_questions_are_shown_and_the_others_counted(work: Work) -> None:
    busy(work, LONG, "why?")
    shown = text_of(view_of(work))
    assert shown.count("why?") == home.SHOWN_QUESTIONS
    assert f"And {100 - home.SHOWN_QUESTIONS} more." in shown


@pytest.mark.parametrize("topics", [SIGNS, LONG], ids=["signs", "long"])
def test_every_pair_has_its_next_step_and_its_own_way_out(
    work: Work, topics: tuple[Topic, ...]
) -> None:
    busy(work, topics, "why?")
    view = view_of(work)
    assert text_of(view).count("Next step: meet for half an hour") == 5
    assert [value for _, value in buttons_in(view)["End this pairing"]] == [*"12345"]


def test_everything_that_is_theirs_is_there_at_once(work: Work) -> None:
    busy(work, LONG, "why?")
    shown = text_of(view_of(work))
    headings: Any = [
        "Peerloop: learning from each other",
        "My open questions",
        "Mentoring",
        "What I gave and received",
        "What I can offer",
        "For learning leads",
        "For workspace admins",
    ]
    places = [shown.index(heading) for heading in headings]
    assert places == sorted(places)


def test_a_question_whose_words_were_forgotten_leaves_no_empty_quote(work: Work) -> None:
    busy(work, LONG, "")
    assert_it_is_safe(view_of(work))


@pytest.mark.parametrize("standing", [s for s in Standing if s is not Standing.MEMBER])
def test_whoever_takes_no_part_sees_nothing_of_what_they_had(
    work: Work, standing: Standing
) -> None:
    busy(work, LONG, "why?")
    work.people.record(Person(ADA, ADA, "UTC", standing, is_admin=True))
    view = view_of(work)
    assert_it_is_safe(view)
    assert "full members" in text_of(view)
    assert not buttons_in(view)


def test_a_stranger_sees_a_page_too(work: Work) -> None:
    assert_it_is_safe(view_of(work, UserId("U_NOBODY")))


def test_nothing_on_it_is_of_anybody_else(work: Work) -> None:
    busy(work, LONG, "why is it slow?")
    shown = text_of(view_of(work, BO))
    assert "why is it slow?" not in shown
    assert "For learning leads" not in shown
    assert "Next step" not in shown
