"""Past help brings the next question, with a reason made of what happened."""

from bot.domain.ids import UserId
from bot.services.routing import experts_for
from storage.work import Work
from tests.storage.scene import ON_SQLITE
from tests.world import World

pytestmark = ON_SQLITE


def helps(world: World, helper: str, question: str) -> None:
    world.types("cy", f"/ask-peer {question}")
    world.clicks("cy", "Ask")
    world.clicks(helper, "I can help")
    world.clicks("cy", "Solved")


def test_who_helped_with_such_words_is_found_without_any_topic(world: World) -> None:
    world.person("ada", knows=("databases",))
    world.person("cy")
    world.person("dee")
    helps(world, "ada", "databases: why does kafka lag behind?")
    world.types("ada", "/learning topics none")

    preview = world.types("dee", "/ask-peer what to do about kafka?")

    assert preview.says("<@U_ADA>")
    assert preview.says("helped once with kafka")
    assert not preview.says("databases")


def test_a_typing_error_still_finds_the_topic(world: World) -> None:
    world.person("ada", knows=("kubernetes",))
    world.person("cy")

    assert world.types("cy", "/ask-peer my kuberntes pods die").says("<@U_ADA> lists kubernetes")


def test_without_anything_about_it_nobody_is_asked(world: World) -> None:
    world.person("ada", knows=("postgres",))
    world.person("cy")

    assert world.types("cy", "/ask-peer where do I park my bike?").says("nobody")


def test_a_list_of_experts_asks_nobody_and_stores_nothing(world: World) -> None:
    world.person("ada", knows=("kafka",))
    world.person("bo", knows=("postgres",))
    world.person("cy")

    def fitting(work: Work) -> list[UserId]:
        ranking = experts_for(work, asker=UserId("U_CY"), text="who knows kafka?")
        return [user for user in ranking.users if ranking.has_grounds(user)]

    assert world.look(fitting) == ["U_ADA"]
    assert world.slack.dms("ada") == []


def test_a_reaction_counts_in_its_channel_until_it_is_taken_back(world: World) -> None:
    world.person("ada")
    world.person("cy")
    ts = world.writes("ada", "Use a heap for that.")
    world.reacts("cy", ts)
    assert world.look(lambda work: work.credits.counted_for(UserId("U_ADA")))

    world.reacts("cy", ts, on=False)

    assert not world.look(lambda work: work.credits.counted_for(UserId("U_ADA")))
