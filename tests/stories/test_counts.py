"""Everybody sees what counts for them when a colleague looks for help, and can remove it."""

from bot.services.counts import SHOWN
from tests.localslack import buttons_in
from tests.storage.scene import ON_SQLITE
from tests.stories.scenes import answers_here, asks, newest
from tests.stories.test_routing import helps
from tests.world import World

pytestmark = ON_SQLITE


def page(world: World, user: str) -> str:
    return world.types(user, "/learning counts").shown


def test_help_is_listed_without_a_word_of_it_or_whose_it_was(world: World) -> None:
    world.syncs()
    asks(world, "ada", how=["unnamed"])
    answers_here(world, "ada", "Because of the cast.")
    world.clicks("cy", "Solved")

    shown = page(world, "ada")

    assert "You took on a question, the asker said that it helped" in shown
    assert "the topics you declared (postgres)" in shown
    assert "U_CY" not in str(world.form("ada"))
    assert "index" not in shown


def test_what_is_removed_counts_no_more(world: World) -> None:
    world.person("ada", knows=("databases",))
    world.person("cy")
    world.person("dee")
    helps(world, "ada", "databases: why does kafka lag behind?")
    world.types("ada", "/learning topics none")
    world.opens_home("ada")
    world.presses("ada", "What counts for me")

    world.presses("ada", "Remove")

    assert "Of your help nothing is kept so far." in str(world.form("ada"))
    assert world.types("dee", "/ask-peer what to do about kafka?").says("nobody")
    [exchange] = world.ledger()  # who learned from whom is another matter
    assert exchange.peer == "U_ADA"


def test_nobody_removes_what_counts_for_others(world: World) -> None:
    asks(world, "ada")
    world.clicks("ada", "I can help")

    world.forges("cy", "credit.remove", "question/1", newest(world, "cy"))

    assert "You took on a question" in page(world, "ada")


def test_a_private_channel_is_not_named(world: World) -> None:
    for name in ("ada", "cy"):
        world.person(name)
    secret = world.channel("canary-plans", "ada", "cy", is_private=True)
    ts = world.writes("ada", "Use a heap for that.", channel=secret)
    world.reacts("cy", ts, channel=secret)

    shown = page(world, "ada")

    assert "Somebody learned from a message of yours, in a private channel" in shown
    assert "canary" not in shown


def test_of_very_much_the_newest_is_shown(world: World) -> None:
    for name in ("ada", "cy"):
        world.person(name)
    for _ in range(SHOWN + 2):
        world.reacts("cy", world.writes("ada", "Use a heap for that."))

    assert "And 2 older ones" in page(world, "ada")
    assert len(buttons_in(world.form("ada"))["Remove"]) == SHOWN


def test_of_those_who_know_it_who_helps_in_the_channel_comes_first(world: World) -> None:
    world.person("ada", knows=("tomatoes",))
    world.person("aaron", knows=("tomatoes",))
    world.person("cy")
    world.person("dee")
    channel = world.channel("gardening", "ada", "cy", "dee")
    world.person("bo")
    world.reacts("cy", world.writes("bo", "Hello."))
    for _ in range(3):
        world.reacts("cy", world.writes("ada", "Water them.", channel=channel), channel=channel)

    there = world.types("dee", "/ask-peer why do my tomatoes wilt?", channel=channel)
    about_nothing_known = world.types("dee", "/ask-peer why do my roses wilt?", channel=channel)

    assert there.says("<@U_ADA> lists tomatoes")
    assert there.says("helped others in this channel")
    assert about_nothing_known.says("nobody")  # help with something else is not enough
