"""Socket Mode: connections, envelopes, acks and the retries of events."""

import json
import threading
import time
from collections.abc import Callable

import pytest
from slack_sdk import WebClient
from slack_sdk.socket_mode import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from sandbox.server import LocalSlack
from tests.sandbox.hands import APP, SILENT, Hands, Listener, send

Listen = Callable[..., Listener]


def react(hands: Hands, name: str = "bulb") -> None:
    ts = hands.messages("#data-eng")[-1]["ts"]
    hands.do("reaction", user="bo", channel="#data-eng", ts=ts, name=name, present=True)


def attempts(hands: Hands) -> list[int]:
    return [entry["attempt"] for entry in hands.journal("envelope")]


def test_slack_says_hello(listen: Listen, hands: Hands) -> None:
    assert listen().hello["num_connections"] == 1
    hello = listen().hello
    assert (hello["type"], hello["num_connections"]) == ("hello", 2)
    assert hello["connection_info"] == {"app_id": "A_PEERLOOP"}
    assert hands.see("state")["sockets"] == 2


def test_an_event_has_slacks_envelope(listen: Listen, hands: Hands) -> None:
    listener = listen()
    react(hands)
    envelope = listener.next()
    payload = envelope["payload"]
    assert (envelope["type"], envelope["retry_attempt"]) == ("events_api", 0)
    assert payload["type"] == "event_callback"
    assert (payload["team_id"], payload["api_app_id"]) == ("T_NORTH", "A_PEERLOOP")
    assert payload["event_id"].startswith("Ev")
    assert payload["authorizations"][0]["user_id"] == "U_BOT"
    assert payload["is_ext_shared_channel"] is False
    event = payload["event"]
    assert (event["type"], event["user"], event["item_user"]) == ("reaction_added", "U_BO", "U_ADA")
    assert event["item"]["channel"] == "C_DATA"


def test_an_acked_event_comes_once(listen: Listen, hands: Hands) -> None:
    listener = listen()
    react(hands)
    hands.do("settle")
    hands.do("clock", advance=400)
    assert len(listener.all()) == 1
    entry = hands.journal("envelope")[0]
    assert (entry["ack"], entry["what"], entry["connection"]) == ("acked", "reaction_added", 1)


def test_an_unacked_event_comes_again_at_once_then_after_one_and_five_minutes(
    listen: Listen, hands: Hands
) -> None:
    listener = listen(lambda envelope: SILENT)
    react(hands)
    hands.do("settle")
    assert attempts(hands) == [0, 1]
    hands.do("clock", advance=59)
    assert attempts(hands) == [0, 1]
    hands.do("clock", advance=1)
    assert attempts(hands) == [0, 1, 2]
    hands.do("clock", advance=300)
    assert attempts(hands) == [0, 1, 2, 3]
    hands.do("clock", advance=3600)
    got = listener.all()
    assert [envelope["retry_attempt"] for envelope in got] == [0, 1, 2, 3]
    assert [envelope["retry_reason"] for envelope in got] == ["", "timeout", "timeout", "timeout"]
    assert len({envelope["payload"]["event_id"] for envelope in got}) == 1
    assert len({envelope["envelope_id"] for envelope in got}) == 4


def test_a_retry_that_is_acked_is_the_last(listen: Listen, hands: Hands) -> None:
    listen(lambda envelope: None if envelope["retry_attempt"] else SILENT)
    react(hands)
    hands.do("settle")
    hands.do("clock", advance=400)
    assert [entry["ack"] for entry in hands.journal("envelope")] == ["timeout", "acked"]


def test_without_a_connection_an_event_waits_for_its_retry(listen: Listen, hands: Hands) -> None:
    react(hands)
    hands.do("settle")
    listener = listen()
    hands.do("clock", advance=60)
    assert listener.next()["retry_reason"] == "connection_failed"


def test_each_payload_goes_to_one_connection(listen: Listen, hands: Hands) -> None:
    listeners = [listen(), listen(), listen()]
    for number in range(6):
        react(hands, f"emoji{number}")
    hands.do("settle")
    counts = [len(listener.all()) for listener in listeners]
    assert counts == [2, 2, 2]


def test_a_connection_that_dies_with_an_ack_pending_counts_as_unacked(
    listen: Listen, hands: Hands
) -> None:
    arrived, release = threading.Event(), threading.Event()

    def hold(envelope: object) -> None:
        arrived.set()
        release.wait(20)

    first = listen(hold)
    react(hands)
    assert arrived.wait(15)
    second = listen()
    assert hands.do("socket", cut=1, abruptly=True)["cut"] == 1
    envelope = second.next()
    assert (envelope["retry_attempt"], envelope["retry_reason"]) == (1, "connection_failed")
    release.set()
    assert first.closed.wait(15)


def test_connections_are_cut_and_refused_for_a_while(listen: Listen, hands: Hands) -> None:
    listener = listen()
    hands.do("socket", cut="all", refuse_for=600)
    assert listener.closed.wait(15)
    assert hands.see("state")["sockets"] == 0
    url = send(f"{hands.url}/api/apps.connections.open", b"", APP).json["url"]
    with pytest.raises(InvalidStatus), connect(url):
        pass
    hands.do("clock", advance=600)
    assert listen().hello["num_connections"] == 1


def test_a_ticket_opens_one_connection(hands: Hands) -> None:
    url = send(f"{hands.url}/api/apps.connections.open", b"", APP).json["url"]
    with connect(url) as socket:
        assert json.loads(socket.recv(timeout=15))["type"] == "hello"
        with pytest.raises(InvalidStatus), connect(url):
            pass


def test_ten_connections_are_the_most(listen: Listen, hands: Hands) -> None:
    listeners = [listen() for _ in range(10)]
    assert listen().hello == {"type": "disconnect", "reason": "too_many_websockets"}
    assert len(listeners) == hands.see("state")["sockets"]


def test_a_refresh_is_announced_and_the_old_connection_given_nothing_new(
    listen: Listen, hands: Hands
) -> None:
    old = listen()
    hands.do("socket", warn=True)
    assert [old.next()["reason"], old.next()["reason"]] == ["warning", "refresh_requested"]
    react(hands, "meanwhile")
    assert old.next()["type"] == "events_api"  # there is no other yet
    new = listen()
    react(hands, "afterwards")
    assert new.next()["type"] == "events_api"


def test_an_event_is_delivered_again_on_request(listen: Listen, hands: Hands) -> None:
    listeners = [listen(), listen()]
    react(hands)
    hands.do("settle")
    event_id = hands.do("redeliver", times=2, together=True)["event_id"]
    hands.do("settle")
    got = [envelope for listener in listeners for envelope in listener.all()]
    assert [each["payload"]["event_id"] for each in got] == [event_id] * 3
    assert sorted(each["retry_attempt"] for each in got) == [0, 1, 2]
    again = hands.journal("envelope")[1:]
    assert {entry["connection"] for entry in again} == {1, 2}
    hands.do("redeliver", event_id=event_id)
    hands.do("settle")
    assert attempts(hands) == [0, 1, 2, 1]
    assert hands.try_to("redeliver", event_id="Ev0")["ok"] is False


def test_an_event_of_ones_own_making(listen: Listen, hands: Hands) -> None:
    listener = listen()
    hands.do("events", type="app_uninstalled", event={"why": "test"}, event_id="Ev1")
    payload = listener.next()["payload"]
    assert (payload["event_id"], payload["event"]["type"]) == ("Ev1", "app_uninstalled")


@pytest.mark.parametrize("words", ["nonsense", "[]", '{"envelope_id": "unknown"}'])
def test_words_that_are_no_ack_do_no_harm(listen: Listen, hands: Hands, words: str) -> None:
    listener = listen()
    listener.socket.send(words)
    react(hands)
    hands.do("settle")
    assert hands.journal("envelope")[0]["ack"] == "acked"


def test_slack_sdks_own_client_connects_acks_and_comes_back(
    local: LocalSlack, hands: Hands
) -> None:
    web = WebClient("xoxb-sandbox", base_url=f"{local.url}/api/")
    client = SocketModeClient("xapp-sandbox", web_client=web, ping_interval=0.2)
    got: list[str] = []

    def take(client: object, request: SocketModeRequest) -> None:
        got.append(request.payload["event"]["reaction"])
        response = SocketModeResponse(envelope_id=request.envelope_id)
        own.send_socket_mode_response(response)

    own = client
    client.socket_mode_request_listeners.append(take)
    client.connect()
    try:
        react(hands, "one")
        hands.do("settle")
        hands.do("socket", cut="all")
        until = time.monotonic() + 5
        while not hands.see("state")["sockets"] and time.monotonic() < until:
            time.sleep(0.02)
        react(hands, "two")
        hands.do("settle")
    finally:
        client.close()
    assert list(dict.fromkeys(got)) == ["one", "two"]  # it may ack late just after reconnecting
