"""What learners note about an exchange, and where our own messages stand."""

from datetime import timedelta

from bot.domain.cards import Card, InChannel
from bot.domain.deliveries import State
from bot.domain.exchanges import LINE_KEPT_FOR, Activity, Change, Exchange, Outcome, Reaction, Used
from bot.domain.ids import Key, Ts, UserId
from bot.domain.published import KEPT_FOR, Published
from storage.database import Database
from storage.work import Work
from tests.storage.scene import ADA, BO, C_DATA, C_ELSE, NOW, SECOND, join, run_at, run_on

SOURCE = "question/7"
HERE = Ts("1772442000.000100")


def _learn(work: Work) -> None:
    join(work, ADA, BO)
    work.exchanges.log(Exchange(SOURCE, Activity.ASK, BO, ADA))
    assert work.exchanges.note_change(SOURCE, BO, Change.BEHAVIOUR, "I look at the plan first.")


def _outcome(work: Work) -> Outcome | None:
    return work.exchanges.outcome(SOURCE, BO)


def test_what_changed_is_kept_with_the_exchange(database: Database) -> None:
    run = run_on(database)
    run(_learn)
    assert run.look(_outcome) == Outcome(Change.BEHAVIOUR, "I look at the plan first.")
    run(lambda work: work.exchanges.note_use(SOURCE, BO, Used.NOT_YET))
    run(lambda work: work.exchanges.note_change(SOURCE, BO, None, ""))
    assert run.look(_outcome) == Outcome(used=Used.NOT_YET)


def test_without_an_exchange_there_is_nothing_to_note(database: Database) -> None:
    run = run_on(database)
    run(_learn)
    assert not run(lambda work: work.exchanges.note_change(SOURCE, ADA, Change.ATTITUDE, "?"))
    assert not run(lambda work: work.exchanges.note_use("question/8", BO, Used.YES))
    assert run.look(lambda work: work.exchanges.outcome(SOURCE, ADA)) is None


def test_the_words_are_dropped_after_a_year_and_the_rest_stays(database: Database) -> None:
    run_on(database)(_learn)
    day_before = run_at(database, NOW + LINE_KEPT_FOR - SECOND)
    day_before(lambda work: work.exchanges.forget_old())
    assert run_on(database).look(_outcome) == Outcome(Change.BEHAVIOUR, "I look at the plan first.")
    run = run_at(database, NOW + LINE_KEPT_FOR + SECOND)
    run(lambda work: work.exchanges.forget_old())
    assert run.look(_outcome) == Outcome(Change.BEHAVIOUR)


def test_a_withdrawn_reaction_still_says_from_whom_it_was(database: Database) -> None:
    reaction = Reaction(BO, ADA, C_DATA, HERE, "bulb", False, Ts("1772442001.000100"))

    def withdraw(work: Work) -> UserId | None:
        join(work, ADA, BO)
        assert work.exchanges.peer_of(reaction) is None
        work.exchanges.apply(reaction)
        return work.exchanges.peer_of(reaction)

    assert run_on(database)(withdraw) == ADA


def test_a_message_is_known_by_its_place(database: Database) -> None:
    def post(work: Work) -> None:
        for number in (1, 2):
            work.deliveries.say(InChannel(C_DATA), Card("Hello"), key=Key(f"x/{number}"))
        first, second = work.sending.due(9)
        work.sending.start(first, look_again_at=NOW)
        work.sending.sent(first, C_DATA, HERE)
        work.sending.drop(second, State.NEVER, "a reason")

    def found(work: Work) -> list[Key | None]:
        elsewhere = work.deliveries.key_at(C_ELSE, HERE)
        return [work.deliveries.key_at(C_DATA, HERE), elsewhere]

    run = run_on(database)
    run(post)
    assert run.look(found) == ["x/1", None]
    states = run.look(lambda work: [work.deliveries.state_of(Key(f"x/{n}")) for n in (1, 2, 3)])
    assert states == [State.SENT, State.NEVER, None]


def test_a_published_answer_is_offered_for_a_year(database: Database) -> None:
    shared = Published(7, C_DATA, BO, "Why?", "Because.", frozenset())
    run_on(database)(lambda work: work.published.add(shared))

    def left(work: Work) -> int:
        work.published.forget_old()
        return len(work.published.newest(9))

    assert run_at(database, NOW + KEPT_FOR - timedelta(hours=1))(left) == 1
    assert run_at(database, NOW + KEPT_FOR + SECOND)(left) == 0
