"""How stories about questions begin."""

from tests.localslack import Message
from tests.world import World

QUESTION = "why is my postgres index not used?"


def asks(world: World, *experts: str, **terms: object) -> None:
    """Cy asks, and agrees to the first of the experts, all of whom know postgres.

    With `terms` Cy fills in the form: `patience`, and `how` to ask.
    """
    for expert in experts:
        world.person(expert, knows=("postgres",))
    world.person("cy")
    if not terms:
        world.types("cy", f"/ask-peer {QUESTION}")
        world.clicks("cy", "Ask")
        return
    world.types("cy", "/ask-peer")
    world.fills("cy", question=QUESTION, **terms)
    world.presses("cy", "Ask")
    world.closes("cy")


def newest(world: World, user: str) -> Message:
    """The last message that stays: not what was whispered beside it."""
    return [message for message in world.slack.dms(user) if not message.is_private][-1]


def card(world: World, user: str, words: str) -> Message:
    """The newest message in somebody's direct messages with the bot that says so."""
    found = [m for m in world.slack.dms(user) if not m.is_private and m.says(words)]
    assert found, f"{user} reads nothing of {words!r}"
    return found[-1]


def answers_here(world: World, user: str, words: str, message: Message | None = None) -> None:
    world.clicks(user, "Answer here", message)
    world.fills(user, words=words)
    world.closes(user)
