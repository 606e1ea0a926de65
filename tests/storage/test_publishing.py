"""Publishing, and what is offered of it, where several things happen at once or much later."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.deliveries import State
from bot.domain.exchanges import Activity, Exchange, Used
from bot.domain.ids import ChannelId, Ts
from bot.domain.people import Channel
from bot.domain.published import Published, post_key
from bot.domain.questions import LOOK_BACK_AFTER, Question, QuestionState
from bot.domain.refusals import Invalid, Refused
from bot.run import Run
from bot.services import look_back, publish, question_due, similar
from storage.database import Database
from storage.work import Work
from tests.storage.scene import ADA, BO, C_DATA, C_ELSE, CY, NOW, SECOND, SQL, join, run_at, run_on

SHARE = publish.Share("Why is it slow?", "Because.", C_DATA, is_nameless=False)


def _solve(work: Work) -> Question:
    """Ada has helped Cy with something about sql."""
    join(work, ADA, BO, CY)
    work.channels.replace([Channel(C_DATA, is_private=False), Channel(C_ELSE, is_private=True)])
    asked = work.questions.add(asker=CY, text="why is it slow", topics=frozenset({SQL}), due_at=NOW)
    work.questions.move(asked.id, QuestionState.SOLVED, peer=ADA, due_at=NOW + LOOK_BACK_AFTER)
    work.exchanges.log(Exchange(f"question/{asked.id}", Activity.ASK, CY, ADA, topics=(SQL,)))
    return replace(asked, state=QuestionState.SOLVED)


def _publish(run: Run, question: int, share: publish.Share = SHARE) -> str:
    return run(publish.publish, asker=CY, question=question, share=share).title


def _send(work: Work, outcome: State = State.SENT) -> None:
    for number in work.sending.due(9):
        work.sending.start(number, look_again_at=NOW)
        if outcome is State.SENT:
            work.sending.sent(number, C_DATA, Ts("1772442000.000100"))
        else:
            key = work.sending.get(number).key
            work.sending.drop(number, outcome, "is_archived")
            publish.settled(work, key, outcome)


def test_two_forms_publish_once(database: Database) -> None:
    run = run_on(database)
    question = run(_solve).id
    assert _publish(run, question) == "Published"
    other = replace(SHARE, takeaway="Something else.")
    assert _publish(run, question, other) == "You have published this"
    [kept] = run.look(lambda work: work.published.newest(9))
    assert kept.takeaway == "Because."


def test_a_channel_that_is_not_for_everybody_is_refused(database: Database) -> None:
    run = run_on(database)
    question = run(_solve).id
    with pytest.raises(Invalid, match="public channel"):
        _publish(run, question, replace(SHARE, channel=C_ELSE))


def test_what_never_arrived_can_be_published_again_and_taken_back(database: Database) -> None:
    run = run_on(database)
    question = run(_solve).id
    _publish(run, question)
    run(_send, State.NEVER)
    assert run.look(lambda work: work.published.get(question)) is None

    assert _publish(run, question) == "Published"
    assert run.look(lambda work: work.deliveries.state_of(post_key(question, 2))) is State.WAITING
    run(_send)
    assert run(publish.take_back, asker=CY, question=question).title == "Taken back"
    edited = run.look(lambda work: [work.sending.get(n).key for n in work.sending.due(9)])
    assert edited == [post_key(question, 2)]
    assert run(publish.take_back, asker=CY, question=question).title == "This was published once"


def test_what_may_have_arrived_is_not_published_twice(database: Database) -> None:
    run = run_on(database)
    question = run(_solve).id
    _publish(run, question)
    run(_send, State.UNKNOWN)
    assert _publish(run, question) == "You have published this"
    taken = run(publish.take_back, asker=CY, question=question)
    assert "could not be changed by me" in str(taken.body)


def test_its_topics_home_is_a_first_guess_at_the_channel(database: Database) -> None:
    run = run_on(database)
    question = run(_solve).id

    def guess() -> ChannelId | None:
        draft = run.look(publish.about, asker=CY, question=question)
        assert isinstance(draft, publish.Draft)
        return draft.channel

    run(lambda work: work.topic_channels.assign([SQL], C_ELSE))  # which is private
    assert guess() is None
    run(lambda work: work.topic_channels.assign([SQL], C_DATA))
    assert guess() == C_DATA


def test_only_what_stands_where_everybody_can_look_in_is_offered(database: Database) -> None:
    run = run_on(database)
    question = run(_solve).id
    _publish(run, question)
    shared = run.look(lambda work: work.published.get(question))
    assert run.look(similar.similar, "is it slow?") == (shared,)
    run(lambda work: work.channels.replace([Channel(C_DATA, is_private=True)]))
    assert run.look(similar.similar, "is it slow?") == ()


def test_an_answer_taken_back_meanwhile_leaves_the_question_as_it_was(database: Database) -> None:
    run = run_on(database)
    question = run(_solve).id
    draft = run(_draft)
    with pytest.raises(Refused, match="taken back a moment ago"):
        run(similar.this_answers_it, asker=BO, question=draft, published=question)
    assert run.look(lambda work: work.questions.get(draft)) is not None


def test_one_learns_nothing_from_oneself(database: Database) -> None:
    def publish_own(work: Work) -> int:
        draft = _draft(work)
        work.published.add(Published(99, C_DATA, BO, "?", "!", frozenset()))
        return draft

    run = run_on(database)
    run(_solve)
    draft = run(publish_own)
    run(similar.this_answers_it, asker=BO, question=draft, published=99)
    assert [e.activity for e in run.look(lambda work: work.exchanges.active())] == [Activity.ASK]


def _draft(work: Work) -> int:
    return work.questions.add(asker=BO, text="?", topics=frozenset(), due_at=NOW).id


# The look back, at other times than planned.


@pytest.mark.parametrize(
    ("late", "is_asked"),
    [
        (timedelta(0), True),
        (look_back.WORTH_ASKING_FOR - SECOND, True),
        (look_back.WORTH_ASKING_FOR, False),
    ],
)
def test_after_downtime_it_is_asked_while_it_is_worth_it(
    database: Database, late: timedelta, is_asked: bool
) -> None:
    question = run_on(database)(_solve).id
    run = run_at(database, NOW + LOOK_BACK_AFTER + late)
    assert run.look(question_due.due) == [question]
    run(question_due.move_on, question)
    run(question_due.move_on, question)
    assert len(run.look(lambda work: work.sending.due(9))) == is_asked
    assert run.look(question_due.due) == []


def test_long_after_the_message_is_forgotten_a_tap_still_counts(database: Database) -> None:
    run = run_on(database)
    question = run(_solve).id
    card = run(look_back.answer, asker=CY, question=question, used=Used.YES)
    assert card
    outcome = run.look(lambda work: work.exchanges.outcome(f"question/{question}", CY))
    assert outcome
    assert outcome.used is Used.YES
