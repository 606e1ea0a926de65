"""An emoji writes an exchange, and takes it back."""

from typing import Any

import pytest

from tests.world import World


def colleagues(world: World) -> str:
    """Ada wrote something that Bo may learn from; the ts of her message."""
    world.person("ada")
    world.person("bo")
    return world.writes("ada", "ANALYZE after the bulk load.")


def test_a_reaction_writes_one_exchange_without_the_text(world: World) -> None:
    ts = colleagues(world)

    world.reacts("bo", ts)

    [exchange] = world.ledger()
    assert (exchange.learner, exchange.peer, exchange.activity) == ("U_BO", "U_ADA", "reaction")
    assert (exchange.channel, exchange.ts) == ("C_GENERAL", ts)
    assert "bulk load" not in world.everything_kept()


def test_only_the_learner_sees_the_receipt(world: World) -> None:
    ts = colleagues(world)

    world.reacts("bo", ts)

    receipt = world.slack.messages("#general", "bo")[-1]
    assert receipt.is_private
    assert receipt.says("You learned something from <@U_ADA>.")
    assert receipt.says("No more of these: `/learning receipts off`")
    assert not world.slack.messages("#general", "ada")[-1].is_private


def test_receipts_can_be_muted(world: World) -> None:
    ts = colleagues(world)
    world.types("bo", "/learning receipts off")

    world.reacts("bo", ts)

    assert len(world.ledger()) == 1
    assert world.slack.calls("chat.postEphemeral") == []


def test_taking_it_off_withdraws_and_putting_it_back_restores(world: World) -> None:
    ts = colleagues(world)
    world.reacts("bo", ts)

    world.reacts("bo", ts, on=False)
    assert world.ledger() == []
    assert world.slack.messages("#general", "bo")[-1].says("Undone")

    world.reacts("bo", ts)
    assert len(world.ledger()) == 1


def test_a_reply_in_a_thread_counts_as_well(world: World) -> None:
    ts = colleagues(world)
    reply = world.writes("bo", "It was the statistics.", thread=ts)

    world.reacts("ada", reply)

    [exchange] = world.ledger()
    assert (exchange.learner, exchange.peer, exchange.ts) == ("U_ADA", "U_BO", reply)


def test_several_people_can_learn_from_one_message(world: World) -> None:
    ts = colleagues(world)
    world.person("cy")

    world.reacts("bo", ts)
    world.reacts("cy", ts)

    assert {exchange.learner for exchange in world.ledger()} == {"U_BO", "U_CY"}


def test_a_skin_tone_changes_nothing(world: World) -> None:
    ts = colleagues(world)

    world.happens(
        {
            "type": "reaction_added",
            "user": "U_BO",
            "reaction": "bulb::skin-tone-3",
            "item": {"type": "message", "channel": "C_GENERAL", "ts": ts},
            "item_user": "U_ADA",
            "event_ts": "1772442100.000100",
        }
    )

    assert len(world.ledger()) == 1


@pytest.mark.parametrize(
    "about",
    [
        pytest.param({"is_restricted": True}, id="a guest"),
        pytest.param({"is_stranger": True, "team": "T_ELSEWHERE"}, id="an outsider"),
        pytest.param({"is_bot": True}, id="a bot"),
        pytest.param({"deleted": True}, id="somebody who left"),
    ],
)
def test_whoever_takes_no_part_does_not_count(world: World, about: dict[str, Any]) -> None:
    world.person("ada")
    world.person("uma")
    ts = world.writes("uma", "A thought.")
    world.changes("uma", **about)

    world.reacts("ada", ts)

    assert world.ledger() == []


def test_ones_own_message_does_not_count(world: World) -> None:
    ts = colleagues(world)

    world.reacts("ada", ts)

    assert world.ledger() == []


def test_another_emoji_does_not_count(world: World) -> None:
    ts = colleagues(world)

    world.reacts("bo", ts, "tada")

    assert world.ledger() == []
    assert world.slack.calls("chat.postEphemeral") == []


def test_it_can_be_taken_back_whatever_the_author_has_become(world: World) -> None:
    ts = colleagues(world)
    world.reacts("bo", ts)
    world.changes("ada", is_restricted=True)

    world.reacts("bo", ts, on=False)
    assert world.ledger() == []

    world.reacts("bo", ts)
    assert world.ledger() == []
