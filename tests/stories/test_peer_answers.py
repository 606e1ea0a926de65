"""The five answers of a colleague who is asked, each of them fine."""

from tests.storage.scene import ON_SQLITE
from tests.stories.scenes import QUESTION, asks, card, newest
from tests.world import World

pytestmark = ON_SQLITE


def test_someone_else_knows_better_and_is_asked_next(world: World) -> None:
    asks(world, "ada", "bo")
    world.person("eve")

    world.clicks("ada", "Someone else knows better")
    told = world.fills("ada", named="U_EVE")

    assert "I take it from here, and think of whom you named." in told.shown
    asked = newest(world, "eve")
    assert asked.says(QUESTION)
    assert asked.says("Why you: a colleague thinks that you know this better.")
    assert not asked.says("U_ADA")
    assert newest(world, "ada").says("You named somebody else")
    assert card(world, "cy", "I have asked <@U_EVE>").says("cannot take it on right now.")
    assert world.slack.dms("bo") == []


def test_somebody_named_who_is_paused_is_spared_and_nobody_is_told(world: World) -> None:
    asks(world, "ada", "bo")
    world.person("eve")
    world.types("eve", "/learning pause")
    world.clicks("ada", "Someone else knows better")

    told = world.fills("ada", named="U_EVE")

    assert "I take it from here, and think of whom you named." in told.shown
    assert world.slack.dms("eve") == []
    assert newest(world, "bo").says(QUESTION)


def test_somebody_named_has_a_weekly_limit_all_the_same(world: World) -> None:
    asks(world, "ada")
    world.person("eve")
    world.types("eve", "/learning limit 0")
    world.clicks("ada", "Someone else knows better")
    world.fills("ada", named="U_EVE")
    assert world.slack.dms("eve") == []


def test_whom_one_can_see_is_not_to_be_named_is_said_beside_the_field(world: World) -> None:
    asks(world, "ada")
    world.person("gus", is_restricted=True)
    world.clicks("ada", "Someone else knows better")

    for named, words in (
        ("U_ADA", "That is you."),
        ("U_CY", "It is their own question."),
        ("U_GUS", "Please choose a member"),
        ("U_BOT", "Please choose a member"),
    ):
        assert words in world.fills("ada", named=named).errors["named"]
    assert newest(world, "ada").says(QUESTION)  # it is still theirs


def test_do_not_ask_me_about_this_holds_for_the_topic(world: World) -> None:
    asks(world, "ada", "bo")

    told = world.clicks("ada", "Don't ask me about this")
    assert card(world, "cy", "I have asked <@U_BO>").says("cannot take it on right now.")
    world.later(hours=24 * 30)

    assert told.says("I do not ask you about this again: postgres. Nobody is told.")
    preview = world.types("cy", "/ask-peer how do postgres sequences work?")
    assert preview.says("<@U_BO>")
    assert not preview.says("<@U_ADA>")


def test_a_yes_can_be_handed_over(world: World) -> None:
    asks(world, "ada", "bo")
    world.clicks("ada", "I can help")

    world.clicks("ada", "Hand over")
    world.fills("ada", named="U_BO")

    assert newest(world, "bo").says("a colleague thinks that you know this better")
    [thread] = world.slack.group("ada", "cy")
    assert thread.says("This question has moved on")
    assert thread.buttons == {}
    assert world.ledger() == []


def test_after_handing_over_the_next_gets_a_thread_of_their_own(world: World) -> None:
    asks(world, "ada", "bo")
    world.clicks("ada", "I can help")
    world.clicks("ada", "Hand over")
    world.fills("ada", named="U_BO")

    world.clicks("bo", "I can help")
    world.clicks("cy", "Solved")

    root, thanks = world.slack.group("bo", "cy")
    assert thanks.thread_ts == root.ts
    assert [exchange.peer for exchange in world.ledger()] == ["U_BO"]


def test_a_form_left_open_while_the_question_moved_on(world: World) -> None:
    asks(world, "ada", "bo")
    world.clicks("ada", "Someone else knows better")
    world.later(hours=5)

    told = world.fills("ada", named="U_BO")

    assert "This question has moved on in the meantime." in told.shown


def test_old_buttons_say_what_happened_instead(world: World) -> None:
    asks(world, "ada", "bo")
    old = newest(world, "ada")
    world.clicks("ada", "Don't ask me about this")

    for action in ("accept", "decline", "refer", "not_mine", "answer"):
        told = world.forges("ada", f"question.{action}", "1", old)
        assert told.says("You did not want to be asked about this")


def test_what_somebody_refused_is_refused_in_other_spellings_too(world: World) -> None:
    asks(world, "ada", "bo")
    world.clicks("ada", "Don't ask me about this")

    preview = world.types("cy", "/ask-peer is there a postgresql extension for that?")

    assert preview.says("<@U_BO>")
    assert not preview.says("<@U_ADA>")
