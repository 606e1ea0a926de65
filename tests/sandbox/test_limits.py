"""Rate limits, by the local Slack's clock."""

import pytest

from tests.sandbox.hands import Hands


def posts(hands: Hands, count: int, channel: str = "C_DATA") -> list[int]:
    return [hands.raw("chat.postMessage", channel=channel, text="x").status for _ in range(count)]


def test_a_channel_takes_about_a_message_a_second(hands: Hands) -> None:
    assert posts(hands, 3) == [200, 200, 429]
    refused = hands.raw("chat.postMessage", channel="C_DATA", text="x")
    assert (refused.headers["Retry-After"], refused.json["error"]) == ("1", "ratelimited")
    assert posts(hands, 1, "C_FRONTEND") == [200]
    hands.do("clock", advance=1)
    assert posts(hands, 2) == [200, 429]
    hands.do("clock", advance=60)
    assert posts(hands, 3) == [200, 200, 429]


def test_one_place_under_three_names_is_one_place(hands: Hands) -> None:
    direct = hands.good("conversations.open", users="U_ADA")["channel"]["id"]
    assert posts(hands, 1, "U_ADA") + posts(hands, 2, direct) == [200, 200, 429]
    assert posts(hands, 1, "#data-eng") + posts(hands, 2, "C_DATA") == [200, 200, 429]


@pytest.mark.parametrize(("method", "tier"), [("users.list", 20), ("team.info", 50)])
def test_a_tier_is_so_many_a_minute(hands: Hands, method: str, tier: int) -> None:
    hands.do("scopes", grant=["team:read"])
    statuses = [hands.raw(method).status for _ in range(tier + 1)]
    assert statuses == [200] * tier + [429]
    wait = int(hands.raw(method).headers["Retry-After"])
    hands.do("clock", advance=wait)
    assert hands.raw(method).status == 200


def test_limits_can_be_switched_off(hands: Hands) -> None:
    hands.do("limits", enforce=False)
    assert posts(hands, 5) == [200] * 5
