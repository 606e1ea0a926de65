"""What people choose about themselves with `/learning`."""

import pytest

from tests.world import World


def test_help_says_where_one_stands_and_what_one_can_do(world: World) -> None:
    world.person("ada", knows=("postgres", "giving feedback"))

    overview = world.types("ada", "/learning")

    assert overview.says("Your topics: giving feedback, postgres.")
    assert overview.says("Questions to you this week: 0 of at most 3.")
    assert overview.says("`/ask-peer your question`")


def test_help_names_the_public_channels_in_which_an_emoji_counts(world: World) -> None:
    world.person("ada")
    world.slack.control("channel", id="C_SECRET", name="secret", is_private=True, members=["U_ADA"])
    for channel in ("C_GENERAL", "C_SECRET"):
        world.slack.control("channel", id=channel, remove=["U_BOT"])
        world.slack.control("channel", id=channel, add=["U_BOT"])
    world.settle()

    overview = world.types("ada", "/learning help")

    assert overview.says("React with :bulb: to a message you learned from, in <#C_GENERAL>")
    assert not overview.says("C_SECRET")


def test_once_removed_from_a_channel_it_is_not_named_any_more(world: World) -> None:
    world.person("ada")
    world.slack.control("channel", id="C_GENERAL", remove=["U_BOT"])
    world.settle()
    assert world.types("ada", "/learning").says("in any channel I am invited to")


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("topics SQL, sql ,  Giving   Feedback", "sent to you about: sql, giving feedback."),
        ("topics none", "You have no topics now"),
        ("topics …", "A topic needs letters or digits"),
        ("limit 5", "questions you are asked in a week: 5."),
        ("limit many", "a whole number from 0 to 50"),
        ("limit 51", "a whole number from 0 to 50"),
        ("limit -1", "a whole number from 0 to 50"),
        ("limit ٣", "a whole number from 0 to 50"),
        ("pause", "until you say `/learning resume`"),
        ("resume", "Welcome back"),
        ("receipts off", "Receipts are off."),
        ("receipts on", "Receipts are on."),
        ("receipts maybe", "I did not understand that"),
        ("dance", "nothing has been changed."),
        ("topics ,,,", "A topic needs letters or digits"),
    ],
)
def test_every_choice_is_answered(world: World, line: str, answer: str) -> None:
    world.person("ada")

    assert world.types("ada", f"/learning {line}").says(answer)


def test_too_many_topics_are_refused_and_nothing_changes(world: World) -> None:
    world.person("ada", knows=("postgres",))

    many = ", ".join(f"topic {n}" for n in range(21))
    assert world.types("ada", f"/learning topics {many}").says("at most 20 topics")
    assert world.types("ada", "/learning topics " + "x" * 41).says("at most 40 characters")

    assert world.types("ada", "/learning").says("Your topics: postgres.")
