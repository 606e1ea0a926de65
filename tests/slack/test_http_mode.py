"""HTTP mode: Slack's signed requests on a port of ours, instead of a WebSocket."""

import json
from socket import IPPROTO_TCP, TCP_NODELAY, create_connection

import pytest
import uvicorn
from starlette.applications import Starlette

from bot.clock import wall_clock
from bot.web import Server, listen
from sandbox.http_delivery import sign
from tests.sandbox.hands import Answer, send
from tests.world import World


def post(world: World, body: bytes, **headers: str) -> Answer:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return send(f"http://127.0.0.1:{world.bot.port}/slack/events", body, named)


def signed(body: bytes) -> dict[str, str]:
    stamp = str(int(wall_clock().timestamp()))
    return {"x_slack_request_timestamp": stamp, "x_slack_signature": sign(body, stamp)}


def test_a_question_is_asked_answered_and_solved_over_http(http_world: World) -> None:
    world = http_world
    world.person("ada", knows=("postgres",))
    world.person("cy")

    preview = world.types("cy", "/ask-peer why is my postgres index not used?")
    assert preview.ack == "acked"
    assert preview.says("<@U_ADA> lists postgres")
    world.clicks("cy", "Ask")
    assert world.slack.dms("ada")[-1].says("why is my postgres index not used?")
    world.clicks("ada", "I can help")
    assert world.slack.group("cy", "ada")[-1].says("<@U_ADA> can help")
    world.clicks("cy", "Solved")
    assert world.slack.group("cy", "ada")[-1].says("thank you")
    assert world.slack.see("state")["sockets"] == 0


def test_an_emoji_is_noted_over_http(http_world: World) -> None:
    world = http_world
    world.person("ada")
    world.person("bo")
    world.reacts("bo", world.writes("ada", "try EXPLAIN ANALYZE"))
    assert world.slack.messages("#general", "bo")[-1].says("You learned something from <@U_ADA>")


def test_what_slack_did_not_sign_is_refused(http_world: World) -> None:
    calls = len(http_world.slack.calls(""))
    for body in (b"{}", b"[" * 100_000, b"\xff\xfe", b"payload=%7B", b""):
        assert post(http_world, body).status == 401
        assert post(http_world, body, **signed(b"something else")).status == 401
    assert post(http_world, b"x" * 1_100_000).status == 413
    assert len(http_world.slack.calls("")) == calls


def test_what_slack_signed_about_nothing_we_know_is_taken_in(http_world: World) -> None:
    event = {"type": "event_callback", "event_id": "Ev1", "event": {"type": "tea_time"}}
    body = json.dumps({**event, "team_id": http_world.team}).encode()
    answer = post(http_world, body, content_type="application/json", **signed(body))
    assert answer.status == 200


def test_health_needs_no_signature_and_says_no_more_than_that(http_world: World) -> None:
    answer = send(f"http://127.0.0.1:{http_world.bot.port}/health")
    assert (answer.status, answer.json) == (200, {"ok": True})


def test_no_part_of_an_answer_waits_for_the_part_before_to_be_taken() -> None:
    with listen(("127.0.0.1", 0)) as port, create_connection(port.getsockname()):
        ours = port.accept()[0]
        with ours:
            assert ours.getsockopt(IPPROTO_TCP, TCP_NODELAY)


@pytest.mark.parametrize("end", [SystemExit, ValueError])
@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_server_that_ends_before_it_serves_is_no_start(
    monkeypatch: pytest.MonkeyPatch, end: type[BaseException]
) -> None:
    async def fail(_server: uvicorn.Server, sockets: object = None) -> None:
        raise end(3)

    monkeypatch.setattr(uvicorn.Server, "startup", fail)
    server = Server(Starlette(), host="127.0.0.1", port=0)
    with pytest.raises(RuntimeError, match="ended before it had begun"):
        server.start()
    server.stop()
    with listen(("127.0.0.1", server.port)):
        """The port is free again."""
