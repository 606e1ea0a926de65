"""Leads say where questions about a topic go."""

from bot.domain.ids import ChannelId, Topic
from bot.services.topic_channel import channel_for
from tests.storage.scene import ON_SQLITE
from tests.world import World

pytestmark = ON_SQLITE


def goes_to(world: World, *topics: str) -> ChannelId | None:
    return world.look(lambda work: channel_for(work, [Topic(topic) for topic in topics]))


def channel(world: World, name: str, *, invited: bool = True, **about: bool) -> None:
    members = ["U_LEE", *(["U_BOT"] if invited else [])]
    world.slack.control("channel", id=f"C_{name.upper()}", name=name, **about)
    for member in members:
        world.slack.control("channel", id=f"C_{name.upper()}", add=[member])
    world.settle()


def test_a_lead_sends_topics_to_a_channel_and_releases_them(world: World) -> None:
    world.lead("lee")
    channel(world, "data")

    form = world.types("lee", "/learning channels")
    assert "No topic has a channel of its own yet." in form.shown
    saved = world.fills("lee", topics="SQL, Kafka", channel="C_DATA")

    assert "Questions about sql and kafka go to <#C_DATA>." in saved.shown
    assert goes_to(world, "sql") == goes_to(world, "kafka", "rust") == "C_DATA"
    world.closes("lee")

    assert "• <#C_DATA>: kafka and sql" in world.types("lee", "/learning channels").shown
    released = world.fills("lee", topics="sql")

    assert "No channel is set for sql now." in released.shown
    assert "• <#C_DATA>: kafka\n" in released.shown
    assert goes_to(world, "sql") is None
    assert goes_to(world, "kafka") == "C_DATA"


def test_without_a_word_from_a_lead_the_channel_of_that_name_serves(world: World) -> None:
    world.lead("lee")
    channel(world, "help-queries")

    assert goes_to(world, "query") == "C_HELP-QUERIES"
    assert goes_to(world, "sql") is None


def test_a_channel_that_i_have_left_serves_no_more(world: World) -> None:
    world.lead("lee")
    channel(world, "data")
    world.types("lee", "/learning channels")
    world.fills("lee", topics="sql", channel="C_DATA")
    world.closes("lee")
    world.slack.control("channel", id="C_DATA", remove=["U_BOT"])
    world.settle()

    assert goes_to(world, "sql") is None
    shown = world.types("lee", "/learning channels").shown
    assert "• a channel that I am not in any more: sql" in shown
    assert "C_DATA" not in shown


def test_only_a_public_channel_that_i_am_in_can_be_chosen(world: World) -> None:
    world.lead("lee")
    channel(world, "secret", is_private=True)
    channel(world, "elsewhere", invited=False)
    world.types("lee", "/learning channels")

    elsewhere = world.fills("lee", topics="sql", channel="C_ELSEWHERE")
    assert elsewhere.errors["channel"].startswith("I am not in this channel.")
    unnamed = world.fills("lee", topics="…", channel="C_GENERAL")
    assert unnamed.errors["topics"].startswith("A topic needs letters or digits")
    assert goes_to(world, "sql") is None


def test_a_topic_with_a_channel_is_recognised_before_anybody_knows_it(world: World) -> None:
    world.lead("lee")
    channel(world, "data")
    world.types("lee", "/learning channels")
    world.fills("lee", topics="airflow", channel="C_DATA")

    offered = world.types("lee", "/ask-peer is airflow down?")
    assert offered.says("Shall I ask in a channel?")
    assert offered.says("In <#C_DATA> many can see it")


def test_only_leads_say_so_and_it_is_checked_each_time(world: World) -> None:
    world.lead("lee")
    world.person("ada")
    assert world.types("ada", "/learning channels").says("Only a learning lead can do this.")

    world.types("lee", "/learning channels")
    world.types("root", "/learning leads")
    world.fills("root", leads=[])
    refused = world.fills("lee", topics="sql", channel="C_GENERAL")

    assert refused.errors["topics"].startswith("Only a learning lead can do this.")
    assert goes_to(world, "sql") is None


def test_leads_find_it_on_app_home_and_in_the_overview(world: World) -> None:
    world.lead("lee")

    assert world.types("lee", "/learning").says("`/learning channels`")
    world.opens_home("lee")
    assert "No topic has a channel" in world.presses("lee", "Channels of topics").shown
