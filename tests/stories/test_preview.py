"""What an asker decides before anything is sent: whom, where, and with or without a name."""

from tests.storage.scene import ON_SQLITE
from tests.stories.scenes import QUESTION, newest
from tests.world import World

pytestmark = ON_SQLITE


def previews(world: World, *experts: str) -> None:
    for expert in experts:
        world.person(expert, knows=("postgres",))
    world.person("cy")
    world.types("cy", f"/ask-peer {QUESTION}")


def test_not_this_person_is_remembered_for_good_and_told_to_nobody(world: World) -> None:
    previews(world, "ada", "bo")

    assert world.clicks("cy", "Not this person").says("<@U_BO> lists postgres")
    world.clicks("cy", "Ask")
    world.later(hours=24 * 60)
    world.types("cy", "/ask-peer how do postgres sequences work?")

    assert world.slack.dms("ada") == []
    assert world.types("cy", f"/ask-peer {QUESTION}").says("<@U_BO> lists postgres")


def test_not_this_person_pressed_twice_spares_only_the_one_who_was_shown(world: World) -> None:
    previews(world, "ada", "bo")
    [before] = [m for m in world.slack.messages("#general", "cy") if "Ask" in m.buttons]
    world.clicks("cy", "Not this person")

    world.forges("cy", "question.not_this_person", "1/U_ADA", before)

    assert world.look(lambda work: work.boundaries.avoided_by("U_CY")) == {"U_ADA"}  # type: ignore[arg-type]  # plain


def test_whoever_is_named_by_a_colleague_but_avoided_is_not_asked(world: World) -> None:
    previews(world, "ada", "bo")
    world.clicks("cy", "Not this person")
    world.clicks("cy", "Ask")

    world.clicks("bo", "Someone else knows better")
    world.fills("bo", named="U_ADA")

    assert world.slack.dms("ada") == []
    assert newest(world, "cy").says("I could not find anybody this time")


def test_the_channel_is_there_from_the_beginning(world: World) -> None:
    world.person("bo")
    channel = world.channel("postgres", "bo")
    previews(world, "ada")

    shown = world.clicks("cy", "Ask in the channel")

    assert shown.says(f"I am asking in <#{channel}>")
    [posted] = world.slack.messages(channel, "bo")
    assert posted.says(f"<@U_CY> asks:\n&gt; {QUESTION}")
    assert list(posted.buttons) == ["I can help", "Answer here"]
    assert world.slack.dms("ada") == []


def test_the_preview_says_where_it_ends_if_nobody_can_help(world: World) -> None:
    channel = world.channel("postgres")
    previews(world, "ada")

    preview = next(m for m in world.slack.messages("#general", "cy") if "Ask" in m.buttons)
    assert preview.says(f"If no colleague can help, I ask in <#{channel}>.")


def test_with_nobody_to_ask_the_channel_is_offered(world: World) -> None:
    world.person("ada", knows=("postgres",))
    world.person("cy")
    channel = world.channel("postgres")
    world.types("ada", "/learning pause")

    offered = world.types("cy", f"/ask-peer {QUESTION}")

    assert offered.says("I know of nobody who could help with this just now.")
    world.clicks("cy", "Ask in the channel")
    assert world.slack.messages(channel, "U_BOT")[-1].says(QUESTION)


def test_a_channel_that_is_gone_when_the_button_is_pressed_is_not_posted_to(world: World) -> None:
    world.person("ada", knows=("postgres",))
    world.person("cy")
    channel = world.channel("postgres")
    world.types("ada", "/learning pause")
    world.types("cy", f"/ask-peer {QUESTION}")
    world.slack.control("channel", id=channel, remove=["U_BOT"])
    world.settle()

    assert world.clicks("cy", "Ask in the channel").says("I have nobody to ask")


def test_private_channels_are_never_chosen(world: World) -> None:
    world.channel("postgres", is_private=True)
    previews(world, "ada")

    preview = next(m for m in world.slack.messages("#general", "cy") if "Ask" in m.buttons)
    assert "Ask in the channel" not in preview.buttons


def test_a_name_can_be_taken_off_and_put_back_before_sending(world: World) -> None:
    previews(world, "ada")

    assert world.clicks("cy", "Without my name").says("Your name is not shown to anybody")
    world.clicks("cy", "With my name")
    world.clicks("cy", "Ask")

    assert newest(world, "ada").says("<@U_CY> asks:")


def test_who_prefers_speed_sends_right_away(world: World) -> None:
    world.person("ada", knows=("postgres",))
    world.person("cy")
    world.types("cy", "/learning at-once on")

    told = world.types("cy", f"/ask-peer {QUESTION}")

    assert told.says("I am asking <@U_ADA>.")
    assert newest(world, "ada").says(QUESTION)
    assert "Withdraw" in newest(world, "cy").buttons


def test_with_nobody_to_ask_speed_asks_nobody(world: World) -> None:
    world.person("cy")
    world.types("cy", "/learning at-once on")
    assert world.types("cy", f"/ask-peer {QUESTION}").says("I have nobody to ask")


def test_the_preview_says_what_time_it_is_where_they_are(world: World) -> None:
    world.person("ada", knows=("postgres",), tz="Pacific/Auckland")
    world.person("cy")

    preview = world.types("cy", f"/ask-peer {QUESTION}")

    assert preview.says("It is 22:00 where they are, outside their working hours.")
