"""Questions that go silent, are taken back, or turn out to be open after all."""

from tests.stories.scenes import QUESTION, answers_here, asks, card, newest
from tests.world import World


def test_a_yes_that_goes_silent_asks_the_asker_only(world: World) -> None:
    asks(world, "ada", "bo")
    world.clicks("ada", "I can help")
    before = len(world.slack.dms("ada"))

    world.later(hours=24)

    nudge = newest(world, "cy")
    assert nudge.says("<@U_ADA> said yes to your question a working day ago.")
    assert list(nudge.buttons) == ["Solved", "Still waiting"]
    assert len(world.slack.dms("ada")) == before
    world.later(hours=24 * 10)
    assert newest(world, "cy").ts == nudge.ts  # asked once


def test_still_waiting_goes_on_without_blame(world: World) -> None:
    asks(world, "ada", "bo")
    world.clicks("ada", "I can help")
    world.later(hours=24)

    world.clicks("cy", "Still waiting")

    assert newest(world, "bo").says(QUESTION)
    assert newest(world, "ada").says("No harm done, and thank you for your time!")
    assert card(world, "cy", "This is settled").buttons == {}


def test_solved_after_the_nudge_leaves_no_button_behind(world: World) -> None:
    asks(world, "ada")
    world.clicks("ada", "I can help")
    world.later(hours=24)
    nudge = newest(world, "cy")

    world.clicks("cy", "Solved", nudge)

    assert card(world, "cy", "This is settled").ts == nudge.ts
    assert [exchange.peer for exchange in world.ledger()] == ["U_ADA"]


def test_a_working_day_is_counted_where_the_helper_is(world: World) -> None:
    """They say yes on Friday morning in London: Monday, not Saturday."""
    asks(world, "ada")
    world.until("2026-03-06T10:00:00Z")
    world.types("cy", f"/ask-peer and {QUESTION}")
    world.clicks("cy", "Ask")
    world.clicks("ada", "I can help")

    world.until("2026-03-09T08:00:00Z")
    assert not [m for m in world.slack.dms("cy") if m.says("a working day ago")]
    world.until("2026-03-09T11:00:00Z")
    assert newest(world, "cy").says("a working day ago")


def test_withdrawn_everybody_who_has_it_sees_that(world: World) -> None:
    asks(world, "ada", "bo")

    told = world.clicks("cy", "Withdraw")

    assert told.says("sees that it needs no answer")
    assert newest(world, "ada").says("This question was taken back")
    assert newest(world, "ada").buttons == {}
    world.later(hours=24)
    assert world.slack.dms("bo") == []


def test_withdrawn_while_somebody_helps_tells_the_two(world: World) -> None:
    asks(world, "ada")
    world.clicks("ada", "I can help")

    world.clicks("cy", "Withdraw")

    [thread] = world.slack.group("ada", "cy")
    assert thread.says("This question was taken back")
    assert thread.buttons == {}
    assert world.ledger() == []


def test_withdrawn_from_app_home(world: World) -> None:
    asks(world, "ada")
    world.opens_home("cy")

    world.presses("cy", "Withdraw")

    assert newest(world, "ada").says("This question was taken back")
    assert "None." in world.home("cy")


def test_asked_again_it_begins_anew_with_everybody(world: World) -> None:
    asks(world, "ada")
    world.clicks("ada", "Not now")
    world.later(hours=24 * 8)

    preview = world.clicks("cy", "Ask again")
    world.clicks("cy", "Ask")

    assert preview.says("<@U_ADA> lists postgres")
    assert newest(world, "ada").says(QUESTION)


def test_reopened_the_two_go_on_and_the_ledger_waits(world: World) -> None:
    asks(world, "ada")
    world.clicks("ada", "I can help")
    world.clicks("cy", "Solved")

    world.clicks("cy", "Reopen")

    assert world.ledger() == []
    root = world.slack.group("ada", "cy")[0]
    assert "Solved" in root.buttons
    world.clicks("cy", "Solved")
    assert [exchange.peer for exchange in world.ledger()] == ["U_ADA"]


def test_reopened_after_an_answer_here(world: World) -> None:
    asks(world, "ada", "bo")
    answers_here(world, "ada", "Because of the cast.")
    world.clicks("cy", "Solved")

    world.clicks("cy", "Reopen")

    assert card(world, "ada", "You answered").buttons.keys() == {"Add to it", "Hand over"}
    world.clicks("cy", "Still stuck")
    assert newest(world, "bo").says(QUESTION)


def test_a_helper_who_leaves_is_not_waited_for(world: World) -> None:
    asks(world, "ada", "bo")
    world.clicks("ada", "I can help")

    world.changes("ada", deleted=True)

    assert newest(world, "bo").says(QUESTION)


def test_words_that_are_gone_cannot_be_asked_again(world: World) -> None:
    asks(world, "ada")
    old = newest(world, "cy")
    world.clicks("ada", "Not now")
    world.later(hours=24 * 31)
    world.cleans_up()

    told = world.forges("cy", "question.reopen", "1", old)

    assert told.says("The words of this question are gone by now.")


def test_only_its_asker_takes_it_back_or_opens_it_again(world: World) -> None:
    asks(world, "ada")
    world.clicks("ada", "I can help")
    mine = newest(world, "ada")
    for action in ("withdraw", "reopen", "stuck", "talk", "ask_back"):
        assert world.forges("ada", f"question.{action}", "1", mine).says(
            "Only the person who asked"
        )


def test_reopened_and_silent_again_the_asker_is_asked_again(world: World) -> None:
    asks(world, "ada")
    world.clicks("ada", "I can help")
    world.later(hours=24)
    world.clicks("cy", "Solved", newest(world, "cy"))
    world.clicks("cy", "Reopen")

    world.later(hours=24)

    assert "Still waiting" in newest(world, "cy").buttons


def test_reopened_when_the_helper_has_left_it_is_asked_anew(world: World) -> None:
    asks(world, "ada", "bo")
    world.clicks("ada", "I can help")
    world.clicks("cy", "Solved")
    world.changes("ada", deleted=True)

    assert world.clicks("cy", "Reopen").says("<@U_BO> lists postgres")


def test_words_are_kept_as_long_as_somebody_helps(world: World) -> None:
    asks(world, "ada", "bo")
    world.clicks("ada", "I can help")
    world.later(hours=24 * 33)
    world.cleans_up()

    world.clicks("cy", "Still waiting")

    assert newest(world, "bo").says(QUESTION)


def test_whoever_leaves_takes_their_own_questions_back(world: World) -> None:
    asks(world, "ada")
    world.changes("cy", deleted=True)
    assert newest(world, "ada").says("This question was taken back")
