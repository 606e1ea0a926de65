"""`/ask-peer who knows …`: found are those who want to be, and nobody is asked."""

import pytest

from bot.domain.ids import UserId
from tests.storage.scene import ON_SQLITE
from tests.world import World

pytestmark = ON_SQLITE


def findable(world: World, name: str, *topics: str) -> None:
    world.person(name, knows=topics)
    world.types(name, "/learning findable on")


@pytest.mark.parametrize(
    "line",
    ["who knows kafka?", "Who knows kafka", "WHO   KNOWS about Kafka ?!", "who knows kafkas"],
)
def test_those_who_let_themselves_be_found_are_listed_to_the_asker_alone(
    world: World, line: str
) -> None:
    findable(world, "ada", "kafka")
    world.person("bo", knows=("kafka",))
    world.person("cy")

    found = world.types("cy", f"/ask-peer {line}")

    assert found.says("About kafka:")
    assert found.says("<@U_ADA> lists kafka among their topics · not asked yet this week.")
    assert found.says("Only you can see this. Nobody was asked")
    assert not found.says("U_BO")
    assert world.slack.dms("ada") == []
    assert world.look(lambda work: work.questions.open_of(UserId("U_CY"))) == []


def test_several_topics_at_once_and_why_in_numbers(world: World) -> None:
    findable(world, "ada", "kafka", "sql")
    findable(world, "bo", "rust")
    world.person("cy")
    world.types("cy", "/ask-peer kafka or what?")
    for user, label in (("cy", "Ask"), ("ada", "I can help"), ("cy", "Solved")):
        world.clicks(user, label)

    found = world.types("cy", "/ask-peer who knows kafka, sql and rust?")

    assert found.says("About kafka, rust and sql:")
    assert found.says("<@U_ADA> lists kafka and sql among their topics · helped once with kafka")
    assert found.says("· asked once this week.")
    assert found.says("<@U_BO> lists rust among their topics")


def test_from_the_form_and_from_there_to_a_question(world: World) -> None:
    findable(world, "ada", "kafka")
    world.person("cy")
    world.types("cy", "/ask-peer")

    assert "<@U_ADA> lists kafka" in world.fills("cy", question="Who knows kafka?").shown
    assert "What would you like to know?" in world.presses("cy", "Ask a colleague").shown


@pytest.mark.parametrize(
    "line", ["pause", "findable off", "topics none", "refuse kafka", "limit 0"]
)
def test_whoever_does_not_want_to_be_found_or_asked_is_not_listed(world: World, line: str) -> None:
    findable(world, "ada", "kafka")
    world.person("cy")
    world.types("ada", f"/learning {line}")

    found = world.types("cy", "/ask-peer who knows kafka?")

    assert found.says("I found nobody")
    assert found.says("`/learning findable on`")
    assert not found.says("U_ADA")


def test_somebody_is_found_for_what_they_do_not_refuse(world: World) -> None:
    findable(world, "ada", "kafka", "sql")
    world.types("ada", "/learning refuse kafka")
    world.person("cy")

    found = world.types("cy", "/ask-peer who knows kafka or sql?")
    assert found.says("<@U_ADA> lists sql among their topics")


def test_nobody_finds_themselves_or_whom_they_avoid(world: World) -> None:
    findable(world, "ada", "kafka")
    findable(world, "cy", "kafka")
    world.types("cy", "/learning settings")
    world.fills("cy", avoided=["U_ADA"])
    world.closes("cy")

    assert world.types("cy", "/ask-peer who knows kafka?").says("I found nobody")
    assert world.types("ada", "/ask-peer who knows kafka?").says("<@U_CY> lists kafka")


def test_who_left_is_not_found_and_guests_find_nobody(world: World) -> None:
    findable(world, "ada", "kafka")
    world.person("cy")
    world.person("gus", is_restricted=True)
    world.changes("ada", deleted=True)

    assert world.types("cy", "/ask-peer who knows kafka?").says("I found nobody")
    assert world.types("gus", "/ask-peer who knows kafka?").says("for full members")


@pytest.mark.parametrize("line", ["who knows", "who knows?", "who knows <!channel> *x*"])
def test_without_a_topic_that_anybody_has_nobody_is_found(world: World, line: str) -> None:
    world.person("cy")

    assert world.types("cy", f"/ask-peer {line}").says("I found nobody")


def test_who_knows_how_is_a_question_like_any_other(world: World) -> None:
    findable(world, "ada", "kafka")
    world.person("cy")

    asked = world.types("cy", "/ask-peer who knows how kafka is upgraded?")
    assert asked.says("Shall I ask this colleague?")


def test_a_long_list_ends(world: World) -> None:
    for number in range(10):
        findable(world, f"e{number}", "kafka")
    world.person("cy")

    found = world.types("cy", "/ask-peer who knows kafka?")
    assert found.text.count("<@U_E") == 8
    assert found.says("And 2 more.")
