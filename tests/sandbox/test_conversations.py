"""Conversations and people: opening, listing, paging, who sees what."""

import pytest
from slack_sdk import WebClient

from tests.sandbox.hands import Hands, Json


def test_the_same_people_are_the_same_conversation(web: WebClient) -> None:
    first = web.conversations_open(users=["U_ADA", "U_BO"])["channel"]["id"]
    again = web.conversations_open(users=["U_BO", "U_ADA", "U_BOT"])["channel"]["id"]
    other = web.conversations_open(users=["U_ADA", "U_BO", "U_CY"])["channel"]["id"]
    alone = web.conversations_open(users="U_ADA", return_im=True)["channel"]
    assert first == again
    assert len({first, other, alone["id"]}) == 3
    assert (alone["is_im"], alone["user"]) == (True, "U_ADA")


def test_eight_people_fit_into_one_group(web: WebClient, hands: Hands) -> None:
    eight = ["U_ADA", "U_BO", "U_CY", "U_DEE", "U_EVE", "U_FINN", "U_GIA", "U_HAL"]
    group = web.conversations_open(users=eight)["channel"]["id"]
    assert web.conversations_open(channel=group)["channel"]["id"] == group
    assert hands.see("state")["ims"] == [{"id": group, "users": eight}]


def test_the_bot_lists_what_it_may_see(web: WebClient) -> None:
    public = web.conversations_list()["channels"]
    both = web.conversations_list(types="public_channel,private_channel", exclude_archived=True)
    names = {channel["name"] for channel in both["channels"]}
    assert {"support", "legacy-loader"} <= {channel["name"] for channel in public}
    assert {"design-reviews", "support"} <= names
    assert not {"leads", "legacy-loader"} & names
    mine = web.users_conversations(types="public_channel")["channels"]
    assert "support" not in {channel["name"] for channel in mine}


def test_direct_messages_need_their_own_scope(everything: Hands, hands: Hands) -> None:
    hands.good("conversations.open", users="U_ADA")
    assert hands.call("conversations.info", channel="D_ADA")["needed"] == "im:read"
    everything.good("conversations.open", users="U_ADA")
    assert everything.good("conversations.info", channel="D_ADA")["channel"]["is_im"]
    shown = everything.good("conversations.list", types="im,mpim")["channels"]
    assert [channel["id"] for channel in shown] == ["D_ADA"]
    assert everything.good("team.info")["team"]["id"] == "T_NORTH"


def test_members_and_people_come_in_pages(web: WebClient, hands: Hands) -> None:
    pages = [page["members"] for page in web.conversations_members(channel="C_DATA", limit=3)]
    assert [len(page) for page in pages] == [3, 3, 2]
    assert len({user for page in pages for user in page}) == 8
    people = [person for page in web.users_list(limit=10) for person in page["members"]]
    assert len(people) == len(hands.see("state")["people"])


@pytest.mark.parametrize(
    ("user", "facts"),
    [
        ("U_ADA", {"tz": "Europe/London", "tz_offset": 0, "is_admin": False, "is_bot": False}),
        ("U_HAL", {"tz_offset": -6 * 3600, "is_admin": True, "is_owner": True}),
        ("U_UMA", {"is_restricted": True, "is_ultra_restricted": False}),
        ("U_VIC", {"deleted": True}),
        ("U_BOT", {"is_bot": True, "name": "peerloop"}),
    ],
)
def test_people_are_described_as_slack_does(hands: Hands, user: str, facts: Json) -> None:
    shown = hands.good("users.info", user=user)["user"]
    assert {name: shown[name] for name in facts} == facts
    assert "topics" not in shown  # Slack does not know what people know


def test_the_offset_follows_the_season(hands: Hands) -> None:
    hands.do("clock", jump="2026-07-01T12:00:00Z")
    assert hands.good("users.info", user="U_ADA")["user"]["tz_offset"] == 3600


def test_a_deactivated_person_has_no_zone(hands: Hands) -> None:
    assert "tz" not in hands.good("users.info", user="U_VIC")["user"]


@pytest.mark.parametrize("method", ["conversations.info", "conversations.members"])
def test_a_private_channel_exists_only_for_those_in_it(hands: Hands, method: str) -> None:
    assert hands.good(method, channel="C_REVIEWS")
    hands.do("channel", id="C_REVIEWS", remove=["U_BOT"])
    assert hands.call(method, channel="C_REVIEWS")["error"] == "channel_not_found"
    assert hands.call(method, channel="C_LEADS")["error"] == "channel_not_found"
    assert hands.call(method)["error"] == "channel_not_found"
    assert hands.good(method, channel="C_SUPPORT")  # public: the bot need not be in it
    assert hands.good(method, channel="C_LEGACY")  # archived, but there


def test_a_page_holds_at_most_999(hands: Hands) -> None:
    fits = hands.good("conversations.members", channel="C_DATA", limit=999)
    assert (len(fits["members"]), fits["response_metadata"]) == (8, {"next_cursor": ""})
    for limit in (0, 1000):
        refused = hands.call("conversations.members", channel="C_DATA", limit=limit)
        assert refused["error"] == "invalid_limit"


def test_pages_follow_each_other_to_the_end(hands: Hands) -> None:
    first = hands.good("conversations.members", channel="C_DATA", limit=5)
    cursor = first["response_metadata"]["next_cursor"]
    second = hands.good("conversations.members", channel="C_DATA", limit=5, cursor=cursor)
    assert (len(first["members"]), len(second["members"])) == (5, 3)
    assert second["response_metadata"]["next_cursor"] == ""


def test_members_are_counted_only_when_asked_for(hands: Hands) -> None:
    plain = hands.good("conversations.info", channel="C_DATA")["channel"]
    counted = hands.good("conversations.info", channel="C_DATA", include_num_members=True)
    assert ("num_members" in plain, counted["channel"]["num_members"]) == (False, 8)
    assert plain["is_member"] is True
    (mine,) = hands.good("users.conversations", types="private_channel")["channels"]
    assert not {"is_member", "num_members"} & set(mine)
