"""Delivery by signed HTTP requests."""

import json
import threading
from collections.abc import Callable
from urllib.parse import parse_qs

import pytest
from slack_sdk.signature import SignatureVerifier

from tests.sandbox.hands import Hands, Json, Served, actions, button

Serve = Callable[..., Served]


def ok(path: str, headers: Json, body: bytes) -> tuple[int, Json]:
    return 200, {}


def react(hands: Hands) -> None:
    ts = hands.messages("#data-eng")[-1]["ts"]
    hands.do("reaction", user="bo", channel="#data-eng", ts=ts, name="bulb", present=True)
    hands.do("settle")


def test_a_command_comes_as_a_signed_form(serve: Serve, hands: Hands) -> None:
    bot = serve(lambda path, headers, body: (200, {"text": "on it"}))
    hands.do("http", url=f"{bot.url}/slack/events")
    answer = hands.do("command", user="ada", channel="#data-eng", command="/ask-peer", text="why?")
    assert (answer["ack"], answer["saw"][0]["text"]) == ("acked", "on it")
    path, headers, body = bot.asked[0]
    assert path == "/slack/events"
    assert SignatureVerifier("sandbox-signing-secret").is_valid_request(body, headers)
    assert not SignatureVerifier("another").is_valid_request(body, headers)
    form = {name: values[0] for name, values in parse_qs(body.decode()).items()}
    assert (form["command"], form["text"], form["user_id"]) == ("/ask-peer", "why?", "U_ADA")


def test_an_interaction_comes_as_payload_and_an_event_as_json(serve: Serve, hands: Hands) -> None:
    bot = serve(ok)
    hands.do("http", url=bot.url)
    hands.post(blocks=[actions(button())])
    hands.do("action", user="ada", channel="#data-eng", action_id="go")
    react(hands)
    _, _, pressed = bot.asked[0]
    assert json.loads(parse_qs(pressed.decode())["payload"][0])["type"] == "block_actions"
    _, headers, told = bot.asked[1]
    assert headers["content-type"] == "application/json"
    assert "x-slack-retry-num" not in headers
    assert json.loads(told)["event"]["type"] == "reaction_added"


def test_an_event_answered_with_an_error_comes_again(serve: Serve, hands: Hands) -> None:
    statuses = [500, 404, 200]
    bot = serve(lambda path, headers, body: (statuses.pop(0), {}))
    hands.do("http", url=bot.url)
    react(hands)
    hands.do("clock", advance=400)
    numbers = [headers.get("x-slack-retry-num") for _, headers, _ in bot.asked]
    reasons = [headers.get("x-slack-retry-reason") for _, headers, _ in bot.asked]
    assert numbers == [None, "1", "2"]
    assert reasons == [None, "http_error", "http_error"]
    acks = [entry["ack"] for entry in hands.journal("envelope")]
    assert acks == ["refused", "refused", "acked"]
    assert len({json.loads(body)["event_id"] for _, _, body in bot.asked}) == 1


def test_an_app_can_ask_for_no_retry(serve: Serve, hands: Hands) -> None:
    bot = serve(lambda path, headers, body: (500, {"headers": {"X-Slack-No-Retry": "1"}}))
    hands.do("http", url=bot.url)
    react(hands)
    hands.do("clock", advance=400)
    assert len(bot.asked) == 1


def test_a_command_is_not_sent_again(serve: Serve, hands: Hands) -> None:
    bot = serve(lambda path, headers, body: (500, {}))
    hands.do("http", url=bot.url)
    answer = hands.do("command", user="ada", channel="#data-eng", command="/ask-peer", text="")
    hands.do("clock", advance=400)
    assert answer["ack"] == "refused"
    assert answer["saw"][0]["text"] == '/ask-peer failed with the error "dispatch_failed"'
    assert len(bot.asked) == 1


def test_an_app_that_is_slow_or_gone_times_out(serve: Serve, hands: Hands) -> None:
    woken = threading.Event()

    def doze(path: str, headers: Json, body: bytes) -> tuple[int, Json]:
        woken.wait(15)
        return 200, {}

    hands.do("http", url=serve(doze).url)
    command = {"user": "ada", "channel": "#data-eng", "command": "/ask-peer", "text": ""}
    slow = hands.do("command", **command)
    woken.set()
    hands.do("http", url="http://127.0.0.1:9")
    gone = hands.do("command", **command)
    sentence = '/ask-peer failed with the error "operation_timeout"'
    assert [each["ack"] for each in (slow, gone)] == ["timeout", "timeout"]
    assert [each["saw"][0]["text"] for each in (slow, gone)] == [sentence, sentence]


def test_only_this_machine_is_called(hands: Hands) -> None:
    assert hands.try_to("http", url="http://example.com/x")["ok"] is False
    assert hands.try_to("http", url="https://127.0.0.1/x")["ok"] is False
    assert hands.do("http", url=None)["url"] is None


def challenge(body: bytes) -> str:
    return str(json.loads(body).get("challenge", ""))


ANSWERS: dict[str, Callable[[str], tuple[int, Json | str]]] = {
    "json": lambda asked: (200, {"challenge": asked}),
    "text": lambda asked: (200, asked),
    "form": lambda asked: (200, f"challenge={asked}"),
}


@pytest.mark.parametrize("way", ANSWERS)
def test_a_request_url_answers_a_challenge(serve: Serve, hands: Hands, way: str) -> None:
    bot = serve(lambda path, headers, body: ANSWERS[way](challenge(body)))
    assert hands.do("http", url=bot.url, verify=True)["url"] == bot.url
    _, headers, body = bot.asked[0]
    assert json.loads(body).keys() == {"token", "challenge", "type"}
    assert headers["content-type"] == "application/json"
    assert SignatureVerifier("sandbox-signing-secret").is_valid_request(body, headers)
    (entry,) = hands.journal("envelope")
    assert (entry["what"], entry["ack"]) == ("url_verification", "acked")


@pytest.mark.parametrize(
    "said",
    [(200, {}), (200, {"challenge": "another"}), (200, "ok"), (500, {})],
    ids=["empty", "another", "text", "error"],
)
def test_a_request_url_that_does_not_answer_is_not_taken(
    serve: Serve, hands: Hands, said: tuple[int, Json | str]
) -> None:
    good = serve(lambda path, headers, body: (200, {"challenge": challenge(body)}))
    bad = serve(lambda path, headers, body: said)
    hands.do("http", url=good.url, verify=True)
    assert "challenge" in hands.try_to("http", url=bad.url, verify=True)["error"]
    hands.do("command", user="ada", channel="#data-eng", command="/ask-peer", text="")
    assert (len(good.asked), len(bad.asked)) == (2, 1)


def test_options_are_asked_for_by_http_too(serve: Serve, hands: Hands) -> None:
    offered = [{"text": {"type": "plain_text", "text": "Kafka"}, "value": "kafka"}]
    bot = serve(lambda path, headers, body: (200, {"options": offered}))
    hands.do("http", url=bot.url)
    menu = {"type": "external_select", "action_id": "topic", "min_query_length": 0}
    hands.post(blocks=[actions(menu)])
    seen = hands.do("suggest", user="ada", channel="#data-eng", action_id="topic", value="k")
    assert seen["options"] == offered
