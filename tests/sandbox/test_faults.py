"""Every fault: what the bot sees of it, and whether it was accepted."""

import http.client
import time
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from sandbox.server import LocalSlack
from tests.sandbox.hands import Hands, send

POST = "chat.postMessage"

SEEN_AND_ACCEPTED: list[tuple[str, dict[str, Any], str, bool]] = [
    ("429", {}, "429 ratelimited", False),
    ("500", {}, "500 internal_error", False),
    ("500_accepted", {}, "500 internal_error", True),
    ("ok_false", {}, "200 internal_error", False),
    ("ok_false", {"error": "fatal_error", "accepted": True}, "200 fatal_error", True),
    ("garbage", {}, "200 <!DOCTYPE", False),
    ("garbage", {"accepted": True}, "200 <!DOCTYPE", True),
    ("drop_before", {}, "closed", False),
    ("drop_after", {}, "closed", True),
    ("slow", {"delay": 0.05}, "200 None", True),
]


def seen(hands: Hands, text: str) -> str:
    try:
        answer = hands.raw(POST, channel="C_DATA", text=text)
    except (http.client.RemoteDisconnected, ConnectionResetError):
        return "closed"
    if answer.body.startswith(b"<"):
        return f"{answer.status} {answer.body[:9].decode()}"
    return f"{answer.status} {answer.json.get('error')}"


@pytest.mark.parametrize(("kind", "options", "sight", "accepted"), SEEN_AND_ACCEPTED)
def test_a_fault_shows_and_accepts_as_documented(
    hands: Hands, kind: str, options: dict[str, Any], sight: str, accepted: bool
) -> None:
    hands.do("fault", method=POST, kind=kind, **options)
    assert seen(hands, "faulty") == sight
    assert (hands.texts("#data-eng")[-1] == "faulty") is accepted
    entry = hands.journal("call", POST)[-1]
    assert entry["fault"] == kind
    assert bool(entry["ts"]) is accepted
    assert seen(hands, "after") == "200 None"


def test_a_late_message_arrives_when_the_clock_says_so(hands: Hands) -> None:
    hands.do("fault", method=POST, kind="late", delay=20)
    assert seen(hands, "late") == "closed"
    assert hands.journal("call", POST)[0]["ts"] is None
    hands.do("clock", advance=19)
    assert "late" not in hands.texts("#data-eng")
    hands.do("clock", advance=2)
    assert hands.messages("#data-eng")[-1]["ts"] == "1772442020.000100"
    assert hands.journal("call", POST)[0]["ts"] == "1772442020.000100"


def test_a_late_message_also_comes_on_a_running_clock() -> None:
    with LocalSlack(held=False) as local:
        hands = Hands(local.url)
        hands.do("fault", method=POST, kind="late", delay=0.05)
        assert seen(hands, "late") == "closed"
        time.sleep(0.15)
        assert hands.texts("#data-eng")[-1] == "late"


@pytest.mark.parametrize(
    ("given", "header"), [(7, "7"), (None, None), ("soon", "soon"), ("-5", "-5")]
)
def test_retry_after_may_be_missing_or_absurd(hands: Hands, given: Any, header: Any) -> None:
    hands.do("fault", method=POST, kind="429", retry_after=given)
    answer = hands.raw(POST, channel="C_DATA", text="x")
    assert (answer.status, answer.headers["Retry-After"]) == (429, header)


def test_slow_is_slow(hands: Hands) -> None:
    hands.do("fault", method=POST, kind="slow", delay=0.2)
    begun = time.monotonic()
    hands.post()
    assert time.monotonic() - begun >= 0.2


def test_faults_wait_their_turn(hands: Hands) -> None:
    hands.do("fault", method=POST, kind="500", times=2, after=1)
    hands.do("fault", method="*", kind="429", after=4)
    sights = []
    for number in range(6):
        sights.append(seen(hands, str(number)))
        hands.do("clock", advance=1)
    assert sights == [
        "200 None",
        "500 internal_error",
        "500 internal_error",
        "200 None",
        "200 None",
        "200 None",
    ]
    assert hands.see("state")["faults"][0]["after"] == 0
    assert hands.call("auth.test")["error"] == "ratelimited"


def test_faults_are_cleared(hands: Hands) -> None:
    hands.do("fault", method=POST, kind="500", times=100)
    hands.do("fault", clear=True)
    assert seen(hands, "fine") == "200 None"


@pytest.mark.parametrize(
    "body",
    [
        {"method": POST, "kind": "meteor"},
        {"method": POST},
        {"kind": "500"},
        {"method": POST, "kind": "500", "delay": 3},
        {"method": POST, "kind": "500", "colour": "red"},
    ],
)
def test_a_fault_nobody_knows_is_refused(hands: Hands, body: dict[str, Any]) -> None:
    assert hands.try_to("fault", **body)["ok"] is False


@pytest.mark.parametrize("kind", ["drop_before", "drop_after"])
def test_slack_sdk_sees_a_broken_connection(web: WebClient, hands: Hands, kind: str) -> None:
    hands.do("fault", method=POST, kind=kind)
    with pytest.raises((http.client.RemoteDisconnected, ConnectionResetError)):
        web.chat_postMessage(channel="C_DATA", text="once")
    assert hands.texts("#data-eng").count("once") == (kind == "drop_after")


def test_slack_sdks_own_retries_post_twice(local: LocalSlack, hands: Hands) -> None:
    """Why a bot must switch them off."""
    hands.do("fault", method=POST, kind="drop_after")
    usual = WebClient("xoxb-sandbox", base_url=f"{local.url}/api/")
    usual.chat_postMessage(channel="C_DATA", text="twice")
    assert hands.texts("#data-eng").count("twice") == 2


@pytest.mark.parametrize("kind", ["garbage", "500", "ok_false", "429"])
def test_slack_sdk_raises_on_a_bad_answer(web: WebClient, hands: Hands, kind: str) -> None:
    hands.do("fault", method=POST, kind=kind)
    with pytest.raises(SlackApiError):
        web.chat_postMessage(channel="C_DATA", text="x")


def test_a_response_url_can_go_wrong_too(everything: Hands) -> None:
    everything.do("fault", method="response_url", kind="500")
    assert send(f"{everything.url}/response/unknown", b"{}").status == 500
    assert everything.journal("response_url")[0]["fault"] == "500"
