"""Asking without one's name: everything is passed on, and nobody learns who asked."""

import json

from tests.storage.scene import ON_SQLITE
from tests.stories.scenes import QUESTION, answers_here, asks, newest
from tests.world import World

pytestmark = ON_SQLITE

UNNAMED = {"how": ["unnamed", "channel"]}


def everything_shown_to(world: World, user: str) -> str:
    """Every message and view that somebody can see."""
    seen = [m.raw for m in world.seen_by(user)]
    return json.dumps([seen, world.slack.see(f"views/{user}")])


def test_the_name_is_in_nothing_that_the_helper_can_see(world: World) -> None:
    asks(world, "ada", **UNNAMED)
    world.opens_home("ada")
    assert newest(world, "ada").says("A colleague who does not give their name asks:")

    answers_here(world, "ada", "Because of the cast.")
    world.clicks("cy", "Ask back")
    world.fills("cy", words="Which cast?")
    world.closes("cy")
    answers_here(world, "ada", "The one to text.")
    world.clicks("cy", "Solved")

    assert newest(world, "ada").says("has what they needed, thanks to you")
    assert "U_CY" not in everything_shown_to(world, "ada")
    assert newest(world, "cy").says("The one to text.")


def test_no_conversation_can_be_opened(world: World) -> None:
    asks(world, "ada", **UNNAMED)
    asked = newest(world, "ada")
    assert "I can help" not in asked.buttons

    told = world.forges("ada", "question.accept", "1", asked)

    assert told.says("whoever asked does not give their name")
    answers_here(world, "ada", "Because of the cast.")
    answer = newest(world, "cy")
    assert "Talk together" not in answer.buttons
    world.forges("cy", "question.talk", "1", answer)
    assert not [im for im in world.slack.see("state")["ims"] if len(im["users"]) > 2]


def test_the_asker_is_not_given_away_when_a_colleague_names_them(world: World) -> None:
    """An error beside the field would say who asked."""
    asks(world, "ada", **UNNAMED)
    world.clicks("ada", "Someone else knows better")

    told = world.fills("ada", named="U_CY")

    assert "I take it from here" in told.shown


def test_in_the_channel_no_name_is_shown_either(world: World) -> None:
    world.person("bo")
    channel = world.channel("postgres", "bo")
    asks(world, "ada", **UNNAMED)
    world.clicks("ada", "Not now")

    [posted] = world.slack.messages(channel, "bo")
    assert posted.says(f"A colleague who does not give their name asks:\n&gt; {QUESTION}")
    assert list(posted.buttons) == ["Answer here"]
    answers_here(world, "bo", "Because of the cast.", posted)
    world.clicks("cy", "Ask back")
    world.fills("cy", words="Which cast?")

    assert world.slack.messages(channel, "bo")[-1].says("does not give their name writes:")
    assert "U_CY" not in everything_shown_to(world, "bo")


def test_the_ledger_still_counts_it_for_the_two(world: World) -> None:
    asks(world, "ada", **UNNAMED)
    answers_here(world, "ada", "Because of the cast.")
    world.clicks("cy", "Solved")

    assert world.types("ada", "/learning").says("they learned from you once")
