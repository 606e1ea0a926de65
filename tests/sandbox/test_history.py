"""History and replies: order, pages, edges, and what is not yet to be seen."""

import pytest
from slack_sdk import WebClient

from tests.sandbox.hands import Hands


@pytest.fixture
def said(hands: Hands) -> list[str]:
    """Ten messages a second apart, in a group direct message nobody has used before."""
    group = hands.good("conversations.open", users="U_ADA,U_BO")["channel"]["id"]
    stamps = []
    for number in range(10):
        hands.do("clock", advance=1)
        stamps.append(hands.post(group, str(number)))
    return stamps


def test_pages_run_from_the_newest_to_the_oldest(web: WebClient, said: list[str]) -> None:
    pages = [
        [message["text"] for message in page["messages"]]
        for page in web.conversations_history(channel="G_0001", limit=4)
    ]
    assert pages == [["9", "8", "7", "6"], ["5", "4", "3", "2"], ["1", "0"]]


def test_a_new_message_between_two_pages_shifts_nothing(hands: Hands, said: list[str]) -> None:
    first = hands.good("conversations.history", channel="G_0001", limit="4")
    hands.do("message", user="ada", channel="@ada,bo", text="late")
    cursor = first["response_metadata"]["next_cursor"]
    second = hands.good("conversations.history", channel="G_0001", limit="4", cursor=cursor)
    assert [message["text"] for message in second["messages"]] == ["5", "4", "3", "2"]


@pytest.mark.parametrize(
    ("edges", "inclusive", "texts"),
    [
        ({"oldest": 2, "latest": 4}, "false", ["3"]),
        ({"oldest": 2, "latest": 4}, "true", ["4", "3", "2"]),
        ({"oldest": 7}, "0", ["9", "8"]),
        ({"latest": 1}, "1", ["1", "0"]),
    ],
)
def test_edges_count_only_when_inclusive(
    hands: Hands, said: list[str], edges: dict[str, int], inclusive: str, texts: list[str]
) -> None:
    args = {name: said[number] for name, number in edges.items()} | {"inclusive": inclusive}
    found = hands.good("conversations.history", channel="G_0001", **args)["messages"]
    assert [message["text"] for message in found] == texts


def test_replies_run_from_the_parent_on(web: WebClient, hands: Hands, said: list[str]) -> None:
    for number in range(4):
        text = f"reply {number}"
        hands.do("message", user="ada", channel="@ada,bo", text=text, thread_ts=said[0])
    pages = [
        [message["text"] for message in page["messages"]]
        for page in web.conversations_replies(channel="G_0001", ts=said[0], limit=3)
    ]
    assert pages == [["0", "reply 0", "reply 1"], ["reply 2", "reply 3"]]
    top = web.conversations_history(channel="G_0001")["messages"]
    assert not [message for message in top if message["text"].startswith("reply")]


def test_asked_for_a_reply_slack_shows_that_reply(hands: Hands, said: list[str]) -> None:
    answer = hands.do("message", user="bo", channel="@ada,bo", text="re", thread_ts=said[3])
    found = hands.good("conversations.replies", channel="G_0001", ts=answer["ts"])["messages"]
    assert [message["text"] for message in found] == ["re"]


def test_history_lags_on_request(hands: Hands, said: list[str]) -> None:
    lag = {"kind": "history_lag", "lag": 5}
    hands.do("fault", method="*", times=2, **lag)
    hands.good("auth.test")  # another method does not use the fault up
    texts = [
        [message["text"] for message in hands.good(method, **args)["messages"]]
        for method, args in (
            ("conversations.history", {"channel": "G_0001", "limit": "1"}),
            ("conversations.replies", {"channel": "G_0001", "ts": said[9]}),
            ("conversations.history", {"channel": "G_0001", "limit": "1"}),
        )
    ]
    assert texts == [["3"], [], ["9"]]
