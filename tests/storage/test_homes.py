"""Which App Homes are to be shown again, and what is known of those that were."""

from collections.abc import Callable
from dataclasses import replace
from datetime import time

import pytest

from bot.domain.deliveries import Delivery, State, home_key
from bot.domain.exchanges import Activity, Exchange, Reaction
from bot.domain.ids import Ts, UserId
from bot.domain.matching import Role
from bot.domain.mentoring import Enrolment, PairState
from bot.domain.people import Person, Standing, Switch
from bot.domain.questions import QuestionState, TurnState
from bot.domain.running import RunState
from bot.domain.working_time import WorkingHours
from storage.database import Database
from storage.work import Work
from tests.storage.scene import (
    ADA,
    BO,
    C_DATA,
    CY,
    NOW,
    OURS,
    SECOND,
    SQL,
    join,
    meet,
    run_on,
    start_prompt,
)

TS, LATER = Ts("1772442000.000100"), Ts("1772442001.000100")
ADA_NOW = Person(ADA, ADA, "UTC", Standing.MEMBER)


def home_of(work: Work, user: UserId) -> Delivery | None:
    """The delivery that shows somebody their App Home, if it is due."""
    due = [work.sending.get(number) for number in work.sending.due(99)]
    return next((each for each in due if each.key == home_key(user)), None)


def stale(work: Work) -> set[UserId]:
    return {user for user in (ADA, BO, CY) if home_of(work, user)}


def _open_homes(work: Work, *users: UserId) -> None:
    for user in users:
        work.deliveries.show_home(user)


def _limit(work: Work, *users: UserId) -> None:
    """Something about each of them that their home shows."""
    for user in users:
        work.people.set_limit(user, work.people.choices(user).weekly_limit + 1)


def show_all(work: Work) -> None:
    """All that was opened or has changed is published."""
    for user in stale(work):
        home = home_of(work, user)
        assert home
        work.sending.published(home.id, home.revision)


@pytest.fixture
def opened(database: Database) -> Database:
    """Three people, each of whom has opened their App Home and sees it as things stand."""
    run = run_on(database)
    run(join, ADA, BO, CY)
    run(_open_homes, ADA, BO, CY)
    run(show_all)
    return database


def _asked(work: Work) -> int:
    """A question of Cy's that waits for Ada."""
    question = work.questions.add(asker=CY, text="?", topics=frozenset({SQL}), due_at=NOW)
    return question.id


Change = Callable[[Work], object]

CHANGES: list[tuple[str, Change, set[UserId]]] = [
    ("topics", lambda w: w.people.set_topics(ADA, (SQL,)), {ADA}),
    ("limit", lambda w: w.people.set_limit(ADA, 1), {ADA}),
    ("pause", lambda w: w.people.set_paused(ADA, True), {ADA}),
    ("receipts", lambda w: w.people.switch(ADA, Switch.RECEIPTS, False), {ADA}),
    ("hours", lambda w: w.people.set_hours(ADA, WorkingHours(ends=time(18))), {ADA}),
    ("holidays", lambda w: w.people.set_place(ADA, "DE"), {ADA}),
    ("refused topics", lambda w: w.boundaries.refuse_only(ADA, [SQL]), {ADA}),
    ("whom they avoid", lambda w: w.boundaries.avoid(ADA, BO), set()),
    ("a lead", lambda w: w.leads.name(ADA, by=BO), {ADA}),
    ("a draft", _asked, set()),
    (
        "asked",
        lambda w: w.questions.move(_asked(w), QuestionState.ASKING, peer=ADA),
        {CY},
    ),
    ("a turn", lambda w: w.questions.set_turn(_asked(w), ADA, TurnState.ASKED), {ADA}),
    (
        "shown to the asker alone",
        lambda w: w.questions.set_turn(_asked(w), ADA, TurnState.PROPOSED),
        set(),
    ),
    ("an exchange", lambda w: w.exchanges.log(Exchange("q/1", Activity.ASK, CY, ADA)), {ADA, CY}),
    ("an emoji", lambda w: w.exchanges.apply(_reaction(is_on=True)), {ADA, BO}),
    ("enrolled", lambda w: w.pool.enrol(Enrolment(ADA, Role.MENTOR, offers=(SQL,))), {ADA}),
    ("not enrolled", lambda w: w.pool.leave(ADA), set()),
    ("paired", lambda w: meet(w, (ADA, BO)), {ADA, BO}),
    ("a prompt", start_prompt, {ADA}),
    ("known already", lambda w: w.people.record(ADA_NOW), set()),
    ("moved", lambda w: w.people.record(replace(ADA_NOW, zone="Europe/Berlin")), {ADA}),
    ("an admin", lambda w: w.people.record(replace(ADA_NOW, is_admin=True)), {ADA}),
]


def _reaction(*, is_on: bool) -> Reaction:
    return Reaction(BO, ADA, C_DATA, TS, "bulb", is_on, TS if is_on else LATER)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("change", "users"), [row[1:] for row in CHANGES], ids=[row[0] for row in CHANGES]
)
def test_a_change_is_shown_to_those_whose_home_shows_it(
    opened: Database, change: Change, users: set[UserId]
) -> None:
    run = run_on(opened)
    run(change)
    assert run.look(stale) == users


def test_what_is_taken_back_is_shown_too(opened: Database) -> None:
    run = run_on(opened)
    run(lambda w: w.exchanges.apply(_reaction(is_on=True)))
    run(lambda w: w.leads.name(CY, by=BO))
    [pair] = run(meet, (ADA, BO))
    activity = run(start_prompt)
    for take_back, users in (
        (lambda w: w.exchanges.apply(_reaction(is_on=False)), {ADA, BO}),
        (lambda w: w.leads.relieve([CY]), {CY}),
        (lambda w: w.pairs.move(pair.id, PairState.ENDED), {ADA, BO}),
        (lambda w: w.activities.move(activity.id, RunState.ENDED), {ADA}),
    ):
        run(show_all)
        run(take_back)
        assert run.look(stale) == users


def test_what_was_rolled_back_is_shown_to_nobody(opened: Database) -> None:
    with pytest.raises(ZeroDivisionError), opened.begin(OURS, NOW) as work:
        work.people.set_limit(ADA, 1 // 0)
    assert run_on(opened).look(stale) == set()


def test_nothing_is_shown_to_those_who_never_opened_it(database: Database) -> None:
    run = run_on(database)
    run(join, ADA, BO)
    run(_open_homes, ADA)
    run(show_all)
    run(_limit, ADA, BO)
    assert run.look(stale) == {ADA}


def test_a_home_opened_twice_is_shown_by_one_delivery(database: Database) -> None:
    run = run_on(database)
    for _ in range(2):
        run(_open_homes, ADA)
    home = run.look(home_of, ADA)
    assert home
    assert (home.state, home.posted_revision) == (State.WAITING, 0)
    assert len(run.look(lambda work: work.sending.due(9))) == 1


def test_a_home_opened_again_is_shown_again_although_nothing_changed(opened: Database) -> None:
    run = run_on(opened)
    run(_open_homes, ADA)
    assert run.look(stale) == {ADA}


def test_whoever_changes_something_wakes_the_workers(opened: Database) -> None:
    nudges: list[int] = []
    run = run_on(opened, nudge=lambda: nudges.append(1))
    run(_limit, ADA)
    assert nudges == [1]


def test_a_change_while_it_is_published_is_published_afterwards(opened: Database) -> None:
    run = run_on(opened)
    run(_limit, ADA)
    under_way = run.look(home_of, ADA)
    assert under_way
    run(_limit, ADA)
    run.beside(lambda work: work.sending.published(under_way.id, under_way.revision))
    again = run.look(home_of, ADA)
    assert again
    assert (again.posted_revision, again.revision) == (under_way.revision, under_way.revision + 1)


def test_an_older_page_that_is_reported_late_takes_nothing_back(opened: Database) -> None:
    run = run_on(opened)
    run(_limit, ADA)
    old = run.look(home_of, ADA)
    run(_limit, ADA)
    run(show_all)
    assert old
    run.beside(lambda work: work.sending.published(old.id, old.revision))
    assert run.look(stale) == set()


def test_one_that_cannot_be_shown_rests_until_it_is_opened_again(opened: Database) -> None:
    run = run_on(opened)
    run(_limit, ADA)
    home = run.look(home_of, ADA)
    assert home
    run(lambda work: work.sending.drop(home.id, State.NEVER, "user_not_found"))
    run(_limit, ADA)
    assert run.look(stale) == set()
    run(_open_homes, ADA)
    assert run.look(stale) == {ADA}


def test_a_change_ends_the_rest_after_failures(opened: Database) -> None:
    """The workspace's pace is kept all the same; this is only the rest of this one page."""
    run = run_on(opened)
    run(_limit, ADA)
    home = run.look(home_of, ADA)
    assert home
    for _ in range(5):
        run(lambda work: work.sending.try_again(home.id, NOW + 60 * SECOND, "status 500"))
    assert run.look(stale) == set()
    run(_limit, ADA)
    fresh = run.look(home_of, ADA)
    assert fresh
    assert fresh.attempts == 0
