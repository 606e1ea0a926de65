"""An emoji on what Peerloop posted for somebody is theirs, if their name stands there."""

import pytest

from tests.localslack import Message
from tests.storage.scene import ON_SQLITE
from tests.stories.test_after_solved import publish, solve
from tests.stories.test_prompts import start
from tests.world import World

pytestmark = ON_SQLITE


def takeaway(world: World, **how: object) -> str:
    """Cy has published what he learned; where it stands."""
    solve(world)
    publish(world, **how)
    world.person("dee")
    return _where(world, "What a colleague learned")


def answered(world: World, names: str) -> str:
    """Ada has answered the weekly prompt; where that stands."""
    world.lead("lee")
    world.person("ada")
    world.person("dee")
    start(world, names=names)
    world.until("2026-03-02T10:00:00Z")
    world.clicks("ada", "Answer")
    world.fills("ada", text="That ferries have queues.")
    return _where(world, "That ferries have queues.")


def _where(world: World, words: str) -> str:
    return next(m.ts for m in world.slack.messages("#general") if m.says(words))


def learned(world: World) -> list[tuple[str, str]]:
    """By reactions: who, from whom."""
    found = [each for each in world.ledger() if each.activity == "reaction"]
    return [(each.learner, each.peer) for each in found]


def receipts(world: World, user: str) -> list[Message]:
    return [m for m in world.slack.messages("#general", user) if m.is_private]


def test_a_takeaway_with_a_name_is_its_authors(world: World) -> None:
    ts = takeaway(world)

    world.reacts("dee", ts)

    assert learned(world) == [("U_DEE", "U_CY")]
    assert receipts(world, "dee")[-1].says("You learned something from <@U_CY>.")


def test_taking_it_off_undoes_it_even_after_it_was_taken_back(world: World) -> None:
    ts = takeaway(world)
    world.reacts("dee", ts)
    world.clicks("cy", "Publish")
    world.clicks("cy", "Take it back")

    world.reacts("dee", ts, on=False)

    assert learned(world) == []
    assert receipts(world, "dee")[-1].says("This exchange with <@U_CY> does not count any more.")
    world.reacts("dee", ts)
    assert learned(world) == []


def test_a_named_answer_to_a_prompt_is_its_authors(world: World) -> None:
    ts = answered(world, "shown")

    world.reacts("dee", ts)
    assert learned(world) == [("U_DEE", "U_ADA")]
    world.reacts("dee", ts, on=False)
    assert learned(world) == []
    world.reacts("dee", ts)
    assert learned(world) == [("U_DEE", "U_ADA")]


@pytest.mark.parametrize("names", ["hidden", "anonymous"])
def test_of_an_answer_without_a_name_nobody_is_noted(world: World, names: str) -> None:
    ts = answered(world, names)
    before = world.everything_kept().count("U_DEE")

    world.reacts("dee", ts)

    receipt = receipts(world, "dee")[-1]
    assert receipt.says("This was posted without a name, so I note nothing about anybody")
    assert not receipt.says("U_ADA")
    assert world.ledger() == []
    assert world.everything_kept().count("U_DEE") - before <= 3  # the receipt itself
    world.reacts("dee", ts, on=False)
    assert receipts(world, "dee")[-1].ts == receipt.ts


def test_once_the_promise_about_names_is_forgotten_nobody_is_named(world: World) -> None:
    ts = answered(world, "hidden")
    world.later(hours=24 * 91)
    world.cleans_up()

    world.reacts("dee", ts)

    assert world.ledger() == []


def test_a_takeaway_without_a_name_is_nobodys(world: World) -> None:
    ts = takeaway(world, names=["nameless"])

    world.reacts("dee", ts)

    assert learned(world) == []
    assert receipts(world, "dee")[-1].says("This was posted without a name")


def test_ones_own_takeaway_does_not_count(world: World) -> None:
    ts = takeaway(world)

    world.reacts("cy", ts)

    assert learned(world) == []


def test_what_peerloop_says_itself_is_nobodys(world: World) -> None:
    answered(world, "shown")
    before = len(receipts(world, "dee"))

    world.reacts("dee", _where(world, "This week's question"))

    assert world.ledger() == []
    assert len(receipts(world, "dee")) == before


@pytest.mark.parametrize("about", [{"is_restricted": True}, {"is_bot": True}], ids=str)
def test_whoever_takes_no_part_does_not_count(world: World, about: dict[str, bool]) -> None:
    ts = takeaway(world, names=["nameless"])
    world.changes("dee", **about)

    world.reacts("dee", ts)

    assert learned(world) == []
    assert receipts(world, "dee") == []


def test_peerloop_itself_never_learns(world: World) -> None:
    ts = takeaway(world)

    world.happens(
        {
            "type": "reaction_added",
            "user": "U_BOT",
            "reaction": "bulb",
            "item": {"type": "message", "channel": "C_GENERAL", "ts": ts},
            "item_user": "U_BOT",
            "event_ts": "1772442100.000100",
        }
    )

    assert learned(world) == []


def test_receipts_about_what_is_nobodys_can_be_muted_as_well(world: World) -> None:
    ts = takeaway(world, names=["nameless"])
    world.types("dee", "/learning receipts off")
    before = world.slack.calls("chat.postEphemeral")

    world.reacts("dee", ts)

    assert world.slack.calls("chat.postEphemeral") == before
