"""What is past its retention is gone; what is still needed stays, however long it takes."""

import pytest

from bot.domain.cards import Card, Direct
from bot.domain.deliveries import home_key
from bot.domain.ids import ChannelId, Key, Ts
from bot.domain.mentoring import thread_key
from bot.domain.refusals import Refused
from bot.domain.running import TEXT_KEPT_FOR, RunState
from bot.services import contribute, home, mentoring, occasions, rounds
from bot.services.clean_up import clean_up
from storage.database import Database
from storage.sending import KEPT_FOR
from storage.work import Work
from tests.storage.scene import (
    ADA,
    BO,
    NOW,
    ON_SQLITE,
    SECOND,
    hold,
    join,
    meet,
    run_at,
    run_on,
    start_prompt,
)

pytestmark = ON_SQLITE

LATER = NOW + KEPT_FOR + SECOND


def _send_all(work: Work) -> None:
    for number in work.sending.due(99):
        work.sending.start(number, look_again_at=NOW)
        work.sending.sent(number, ChannelId("D_BOTH"), Ts("1772442000.000100"))


def _introduce(work: Work) -> int:
    join(work, ADA, BO)
    [pair] = meet(work, (ADA, BO))
    rounds.introduce(work, pair)
    _send_all(work)
    return pair.id


def test_a_pair_has_its_thread_for_as_long_as_it_lasts(database: Database) -> None:
    pair = run_on(database)(_introduce)
    run = run_at(database, LATER)
    run(clean_up)
    run(mentoring.end_pair, user=BO, pair=pair)

    due = run.look(lambda work: [work.sending.get(number) for number in work.sending.due(9)])
    first, over = sorted(due, key=lambda each: each.id)
    assert first.key == thread_key(pair)
    assert first.revision > first.posted_revision
    assert over.people == (ADA, BO)
    assert over.parent
    assert over.parent.ts


def _show_home(work: Work) -> None:
    join(work, ADA)
    home.show(work, user=ADA)
    [number] = work.sending.due(9)
    work.sending.published(number, 9)


def test_an_app_home_that_was_opened_once_stays_current(database: Database) -> None:
    run_on(database)(_show_home)
    run = run_at(database, LATER)
    run(clean_up)
    run(lambda work: work.people.set_limit(ADA, 9))

    due = run.look(lambda work: [work.sending.get(number) for number in work.sending.due(9)])
    assert [each.key for each in due] == [home_key(ADA)]


def test_whatever_else_was_said_is_forgotten(database: Database) -> None:
    def say(work: Work) -> None:
        join(work, ADA)
        work.deliveries.say(Direct((ADA,)), Card("Hello"), key=Key("x/1"))
        _send_all(work)

    run_on(database)(say)
    run = run_at(database, LATER)
    run(clean_up)
    assert not run.look(lambda work: work.deliveries.has(Key("x/1")))


def _ask(work: Work) -> int:
    join(work, ADA)
    occasion = hold(work, start_prompt(work))
    occasions.make_step(work, occasion.id)
    _send_all(work)
    return occasion.id


def test_a_prompt_is_closed_once_its_answers_would_be_forgotten(database: Database) -> None:
    occasion = run_on(database)(_ask)
    run = run_at(database, NOW + TEXT_KEPT_FOR + SECOND)
    run(clean_up)
    with pytest.raises(Refused, match="closed by now"):
        run.look(contribute.about, user=ADA, occasion=occasion)
    with pytest.raises(Refused, match="closed by now"):
        run(contribute.contribute, user=ADA, occasion=occasion, text="late")
    assert run.look(lambda work: work.contributions.count(occasion)) == 0


def test_until_then_it_is_answered(database: Database) -> None:
    occasion = run_on(database)(_ask)
    run = run_at(database, NOW + TEXT_KEPT_FOR - SECOND)
    run(clean_up)
    run(contribute.contribute, user=ADA, occasion=occasion, text="in time")
    assert run.look(lambda work: work.contributions.count(occasion)) == 1


def test_a_leads_own_words_are_forgotten_with_the_answers_to_them(database: Database) -> None:
    occasion = run_on(database)(_ask)
    run = run_at(database, NOW + TEXT_KEPT_FOR + SECOND)
    run(clean_up)

    found = run.look(lambda work: work.occasions.get(occasion))
    assert found
    assert found.settings == {}


def test_the_words_of_what_has_ended_are_not_kept(database: Database) -> None:
    def end(work: Work) -> int:
        join(work, ADA)
        activity = start_prompt(work)
        work.activities.move(activity.id, RunState.ENDED)
        return activity.id

    activity = run_on(database)(end)
    found = run_on(database).look(lambda work: work.activities.get(activity))
    assert found
    assert found.settings == {}
