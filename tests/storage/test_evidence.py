"""Evidence is found by every replica, only once committed, and gone when it is removed."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.domain.evidence import KEPT_FOR, Kind, Learned
from bot.domain.ids import ChannelId, UserId
from bot.jobs.learning import learn_weights
from bot.run import Run
from bot.services.clean_up import clean_up
from storage.database import Database
from storage.work import Work
from tests.storage.scene import ADA, BO, C_DATA, CY, DAY, NOW, join, run_at, run_on

WORD, ELSE = 7, 8


def help_once(
    work: Work,
    thread: str,
    person: UserId = ADA,
    word: int = WORD,
    channel: ChannelId | None = C_DATA,
) -> None:
    work.evidence.sketch(thread, {word: 1}, asker=CY)
    work.evidence.note(person, Kind.ANSWERED, thread, asker=CY, channel=channel)


def known(run: Run, word: int = WORD) -> dict[UserId, float]:
    """Who has something to do with a word, and how much."""
    found = run.look(lambda work: work.evidence.weigh([word], asker=BO))
    sums = {user: float(found.words[number]) for user, number in found.people.items()}
    return {user: round(worth, 6) for user, worth in sums.items() if worth}


@pytest.fixture
def replica(database: Database) -> Iterator[Database]:
    """Another process with the same database."""
    other = Database(database.url.render_as_string(hide_password=False))
    yield other
    other.dispose()


def test_every_replica_finds_what_the_other_added(database: Database, replica: Database) -> None:
    ours, theirs = run_on(database), run_on(replica)
    assert known(ours) == known(theirs) == {}
    for number in range(6):
        (ours if number % 2 else theirs)(help_once, f"question/{number}")
        assert known(ours) == known(theirs)
    assert list(known(ours)) == [ADA]


def test_what_was_read_bit_by_bit_is_what_is_read_at_once(database: Database) -> None:
    run = run_on(database)
    for number in range(8):
        person = (ADA, BO)[number % 2]
        run(help_once, f"question/{number}", person, (WORD, ELSE)[number % 3 > 0])
        known(run)
    fresh = Database(database.url.render_as_string(hide_password=False))
    assert known(run_on(fresh)) == known(run)
    assert known(run_on(fresh), ELSE) == known(run, ELSE)
    fresh.dispose()


class Undone(Exception):
    pass


def test_what_was_rolled_back_was_never_there(database: Database) -> None:
    run = run_on(database)
    run(help_once, "question/1")

    def help_in_vain(work: Work) -> None:
        help_once(work, "question/2", BO)
        work.credits.remove(ADA, "question/1")
        assert BO not in work.evidence.weigh([WORD], asker=CY).people
        raise Undone

    with pytest.raises(Undone):
        run(help_in_vain)
    assert list(known(run)) == [ADA]
    run(help_once, "question/3", CY)
    assert sorted(known(run)) == [ADA, CY]


def test_each_kind_counts_once_and_solved_on_top(database: Database) -> None:
    run = run_on(database)
    run(help_once, "question/1")
    once = known(run)[ADA]
    run(help_once, "question/1")
    assert known(run) == {ADA: once}
    run(lambda work: work.evidence.note(ADA, Kind.SOLVED, "question/1", asker=CY))
    assert known(run)[ADA] == pytest.approx(2 * once)


def test_everybody_sees_what_counts_for_them_and_may_remove_it(
    database: Database, replica: Database
) -> None:
    run = run_on(database)
    run(help_once, "question/1")
    run(help_once, "question/2")
    assert known(run_on(replica))
    [second, first] = run.look(lambda work: work.credits.counted_for(ADA))
    assert (second.thread, first.thread) == ("question/2", "question/1")
    assert (first.kinds, first.channel, first.at) == ((Kind.ANSWERED,), C_DATA, NOW)

    assert run(lambda work: work.credits.remove(ADA, "question/1"))
    assert not run(lambda work: work.credits.remove(ADA, "question/1"))
    assert run(lambda work: work.credits.remove(ADA, "question/2"))
    assert known(run) == known(run_on(replica)) == {}


def test_whoever_is_forgotten_leaves_no_words_and_no_hours(database: Database) -> None:
    run = run_on(database)
    run(help_once, "question/1")
    run(lambda work: work.presence.seen(CY, C_DATA))

    def forget(work: Work) -> None:
        work.credits.forget(CY)
        work.presence.forget(CY)

    run(forget)
    sketches, [fact] = run.look(lambda work: work.evidence.log())
    assert sketches == []
    assert (fact.person, fact.asker, fact.sketch) == (ADA, None, None)
    assert run.look(lambda work: work.presence.all(C_DATA)) == ({}, {})
    assert known(run) == {}


def test_after_a_year_it_is_forgotten(database: Database) -> None:
    run = run_on(database)
    run(help_once, "question/1")
    run(lambda work: work.presence.seen(ADA))
    run_at(database, NOW + KEPT_FOR)(clean_up)
    assert known(run)
    later = run_at(database, NOW + KEPT_FOR + DAY)
    later(clean_up)
    assert later.look(lambda work: work.evidence.log()) == ([], [])
    assert known(later) == {}
    assert later.look(lambda work: work.presence.all()) == ({}, {})


def test_presence_is_an_instant_and_the_hours_of_a_day(database: Database) -> None:
    run_on(database)(lambda work: work.presence.seen(ADA, C_DATA))
    late = NOW + timedelta(hours=5)
    run_at(database, late)(lambda work: work.presence.seen(ADA))
    anywhere, here = run_on(database).look(lambda work: work.presence.all(C_DATA))
    assert here == {ADA: NOW}
    assert anywhere[ADA].last_at == late
    assert len(anywhere[ADA].hours) == 24 * 4


def test_weights_are_learned_from_what_happened(database: Database) -> None:
    run = run_on(database)
    assert not learn_weights(run)
    for number in range(40):
        person, word = ((ADA, WORD), (BO, ELSE))[number % 2]
        run_at(database, NOW + number * DAY)(help_once, f"question/{number}", person, word)
    assert learn_weights(run)
    learned = run.look(lambda work: work.evidence.learned())
    assert learned
    assert learned.labels > 30
    assert all(weight >= 0 for weight in learned.weights.values())


def test_weights_are_not_taken_over_once_something_was_removed(database: Database) -> None:
    run = run_on(database)
    run(help_once, "question/1")
    before = run.look(lambda work: work.evidence.known())
    run(lambda work: work.credits.remove(ADA, "question/1"))
    assert not run(lambda work: work.evidence.learn(Learned({"words": 1.0}, 25), before))
    assert run.look(lambda work: work.evidence.learned()) is None


def test_a_candidate_is_a_member_with_their_topics(database: Database) -> None:
    run = run_on(database)
    run(join, ADA, BO)
    assert [each.user for each in run.look(lambda work: work.people.candidates())] == [ADA, BO]
