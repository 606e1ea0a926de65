"""The five ways in: a command, its form, two shortcuts, App Home."""

from tests.storage.scene import ON_SQLITE
from tests.stories.scenes import QUESTION, newest
from tests.world import World

pytestmark = ON_SQLITE


def field(world: World, name: str) -> str:
    """What the form on top of Cy's screen begins with."""
    blocks = {block["block_id"]: block for block in world.form("cy")["blocks"]}
    return str(blocks[name]["element"].get("initial_value", ""))


def asks_in_the_form(world: World) -> None:
    world.fills("cy", question=QUESTION)
    world.presses("cy", "Ask")


def test_from_anywhere_with_the_global_shortcut(world: World) -> None:
    world.person("ada", knows=("postgres",))
    world.person("cy")

    world.uses("cy", "ask_peer")
    asks_in_the_form(world)

    assert newest(world, "ada").says(QUESTION)


def test_from_app_home(world: World) -> None:
    world.person("ada", knows=("postgres",))
    world.person("cy")
    world.opens_home("cy")

    world.presses("cy", "Ask a colleague")
    asks_in_the_form(world)

    assert newest(world, "ada").says(QUESTION)


def test_a_message_of_a_public_channel_is_a_beginning(world: World) -> None:
    world.person("ada", knows=("postgres",))
    world.person("cy")
    world.syncs()
    ts = world.writes(
        "ada", "the &lt;index&gt; of <https://example.org|our table> is slow, <@U_CY>"
    )

    world.uses("cy", "ask_peer_about_this", channel="#general", ts=ts)

    begun = "the <index> of our table (https://example.org) is slow, @somebody"
    assert field(world, "question") == begun


def test_a_message_of_a_private_place_leaves_nothing_behind(world: World) -> None:
    world.person("ada", knows=("postgres",))
    world.person("cy")
    secret = world.channel("canary-plans", "ada", "cy", is_private=True)
    ts = world.writes("ada", "the canary sings at noon", channel=secret)

    world.uses("cy", "ask_peer_about_this", channel=secret, ts=ts)

    assert field(world, "question") == ""
    assert secret not in str(world.form("cy"))
    asks_in_the_form(world)
    asked = [m for m in world.slack.dms("ada") if m.says(QUESTION)]
    assert asked
    assert "canary" not in str(asked) + world.everything_kept().replace("canary-plans", "")


def test_in_a_direct_message_nothing_is_taken_along_either(world: World) -> None:
    world.person("dee", knows=("postgres",))
    world.person("cy")
    world.types("cy", f"/ask-peer {QUESTION}")
    world.clicks("cy", "Ask")
    told = newest(world, "cy")

    world.uses("cy", "ask_peer_about_this", channel=told.channel, ts=told.ts)

    assert field(world, "question") == ""


def test_guests_do_not_ask(world: World) -> None:
    world.person("gus", is_restricted=True)

    world.uses("gus", "ask_peer")

    assert world.slack.see("views/gus")["modals"] == []


def test_how_long_to_wait_is_the_askers_choice(world: World) -> None:
    for expert in ("ada", "bo"):
        world.person(expert, knows=("postgres",))
    world.person("cy")
    world.types("cy", "/ask-peer")
    world.fills("cy", question=QUESTION, patience="1")
    world.presses("cy", "Ask")

    world.later(hours=1.5)

    assert newest(world, "bo").says(QUESTION)
    assert newest(world, "ada").says("One working hour went by")
