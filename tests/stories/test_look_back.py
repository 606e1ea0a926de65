"""Three weeks after *Solved*, one tap: was it of use?"""

from bot.domain.exchanges import Outcome, Used
from bot.domain.ids import UserId
from tests.localslack import Message
from tests.storage.scene import ON_SQLITE
from tests.stories.test_after_solved import QUESTION, solve
from tests.world import World

pytestmark = ON_SQLITE

THREE_WEEKS = 21 * 24


def look_backs(world: World) -> list[Message]:
    return [m for m in world.slack.dms("cy") if m.says("Did you use it?")]


def used(world: World) -> Outcome | None:
    return world.look(lambda work: work.exchanges.outcome("question/1", UserId("U_CY")))


def test_three_weeks_later_the_asker_is_asked_once(world: World) -> None:
    solve(world)

    world.later(hours=THREE_WEEKS, minutes=-1)
    assert look_backs(world) == []
    world.later(minutes=2)

    [asked] = look_backs(world)
    assert asked.says(f"Three weeks ago you solved this with <@U_ADA>:\n&gt; {QUESTION}")
    assert asked.says("No more of these: `/learning look-backs off`")
    assert list(asked.buttons) == ["Yes", "Not yet", "No"]
    world.later(hours=THREE_WEEKS)
    assert len(look_backs(world)) == 1
    assert "Did you use it?" not in "".join(m.text for m in world.slack.dms("ada"))


def test_one_tap_is_kept_and_the_message_says_thank_you(world: World) -> None:
    solve(world)
    world.later(hours=THREE_WEEKS, minutes=1)

    world.clicks("cy", "Not yet")

    assert used(world) == Outcome(used=Used.NOT_YET)
    assert look_backs(world) == []
    thanked = [m for m in world.slack.dms("cy") if not m.is_private][-1]
    assert thanked.says("Thank you\nIt is noted, for you alone.")
    assert thanked.buttons == {}


def test_a_later_answer_takes_the_place_of_the_first(world: World) -> None:
    solve(world)
    world.later(hours=THREE_WEEKS, minutes=1)
    [asked] = look_backs(world)
    world.clicks("cy", "No")

    world.later(hours=24 * 120)
    world.cleans_up()
    world.forges("cy", "look_back.yes", "1", asked)

    assert used(world) == Outcome(used=Used.YES)


def test_nobody_else_answers_for_the_asker(world: World) -> None:
    solve(world)
    world.later(hours=THREE_WEEKS, minutes=1)
    [card] = [m for m in world.slack.dms("ada") if m.says("You helped")]

    refused = world.forges("ada", "look_back.yes", "1", card)

    assert refused.says("Only the person who asked can do this.")
    assert used(world) == Outcome()


def test_whoever_does_not_want_look_backs_gets_none(world: World) -> None:
    solve(world)
    assert world.types("cy", "/learning look-backs off").says("I do not ask you later")

    world.later(hours=THREE_WEEKS + 1)

    assert look_backs(world) == []
    assert world.types("cy", "/learning look-backs on").says("I ask you whether you used it")
    world.later(hours=24)
    assert look_backs(world) == []


def test_what_was_on_its_way_when_they_had_enough_is_not_sent(world: World) -> None:
    solve(world)
    world.slack.control("fault", method="chat.postMessage", kind="429", retry_after=600)
    world.later(hours=THREE_WEEKS, minutes=1)

    world.types("cy", "/learning look-backs off")
    world.later(hours=1)

    assert look_backs(world) == []


def test_somebody_who_left_is_not_asked(world: World) -> None:
    solve(world)
    world.changes("cy", deleted=True)

    world.later(hours=THREE_WEEKS + 1)

    assert look_backs(world) == []


def test_without_the_words_it_is_asked_all_the_same(world: World) -> None:
    world.person("ada", knows=("postgres",))
    world.person("cy")
    world.types("cy", f"/ask-peer {QUESTION}")
    world.clicks("cy", "Ask")
    world.clicks("ada", "I can help")
    world.later(hours=24 * 10)
    world.clicks("cy", "Solved")

    world.later(hours=24 * 20 + 1)
    world.cleans_up()
    world.later(hours=24 * 2)

    [asked] = look_backs(world)
    assert asked.says("Three weeks ago you solved a question about postgres with <@U_ADA>.")
    assert not asked.says(QUESTION)


def test_a_restart_in_between_changes_nothing(world: World) -> None:
    solve(world)
    world.restart()

    world.later(hours=THREE_WEEKS, minutes=1)

    assert len(look_backs(world)) == 1
