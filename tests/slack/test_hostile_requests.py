"""Forged, spoilt and repeated requests over HTTP: refused or taken in, quickly and in silence."""

import json
import logging
import socket
import zlib
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import count, product
from time import monotonic
from typing import Any

import pytest

from bot import web
from bot.domain.actions import Action
from bot.slack.guard import MAX_BODY
from sandbox.http_delivery import sign
from tests.slack import hostile
from tests.slack.hostile import FORM, JSON, SIGNATURE, STAMP, Headers, Wire, now, signed
from tests.watch.pages import figures
from tests.world import World

BODY = b'{"type": "event_callback"}'
BOMB = b"[" * 100_000
NUMBERS = count(1)
QUICKLY = 2.0
"""Seconds for any one of them; what is refused unread is listened to for one."""


class Watched(Wire):
    """A wire that takes the time."""

    slowest = 0.0

    def post(self, body: bytes | Iterable[bytes], headers: Headers) -> tuple[int, bytes]:
        begun = monotonic()
        answer = super().post(body, headers)
        self.slowest = max(self.slowest, monotonic() - begun)
        return answer


@pytest.fixture
def wire(http_world: World) -> Iterator[Wire]:
    wire = Watched(http_world.bot.port)
    yield wire
    wire.close()
    assert wire.slowest < QUICKLY


@pytest.fixture(autouse=True)
def _no_traceback(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """None of it may be taken for a fault of ours."""
    yield
    records = [*caplog.get_records("setup"), *caplog.get_records("call")]
    loud = [r.getMessage() for r in records if r.levelno >= logging.ERROR or r.exc_info]
    assert not loud


def stamped(stamp: str | bytes) -> Headers:
    written = stamp if isinstance(stamp, str) else stamp.decode("latin-1")
    return [(STAMP, stamp), (SIGNATURE, sign(BODY, written))]


def unsigned() -> dict[str, tuple[Any, Headers]]:
    """What anybody on the network may send."""
    good = signed(BODY)
    stamp, signature = good
    forged = (SIGNATURE, "v0=" + "0" * 64)
    return {
        "no headers": (BODY, []),
        "no signature": (BODY, [stamp]),
        "no time": (BODY, [signature]),
        "a wrong signature": (BODY, [stamp, forged]),
        "an empty signature": (BODY, [stamp, (SIGNATURE, "")]),
        "another version": (BODY, [stamp, (SIGNATURE, "v1=" + str(signature[1])[3:])]),
        "a long signature": (BODY, [stamp, (SIGNATURE, "v0=" + "f" * 30_000)]),
        "a signature in UTF-8": (BODY, [stamp, (SIGNATURE, "v0=✓".encode())]),
        "a signature in Latin-1": (BODY, [stamp, (SIGNATURE, b"v0=\xe9")]),
        "another body": (BODY + b" ", good),
        "old": (BODY, signed(BODY, now(-320))),
        "from the future": (BODY, signed(BODY, now(320))),
        "time 0": (BODY, stamped("0")),
        "negative time": (BODY, stamped("-1")),
        "a word for a time": (BODY, stamped("abc")),
        "no number": (BODY, stamped("nan")),
        "an exponent": (BODY, stamped("1e9")),
        "a fraction": (BODY, stamped(now() + ".0")),
        "grouped digits": (BODY, stamped(now()[:4] + "_" + now()[4:])),
        "5,000 digits": (BODY, stamped("9" * 5_000)),
        "other digits": (BODY, stamped("\u0661\u0667".encode())),
        "two times": (BODY, [stamp, (STAMP, now()), signature]),
        "two signatures, the first right": (BODY, [stamp, signature, forged]),
        "two signatures, the last right": (BODY, [stamp, forged, signature]),
        "deep JSON": (BOMB, [stamp, forged]),
        "not UTF-8": (b"\xff\xfe", [stamp, forged]),
        "signed, but not UTF-8": (b"\xff\xfe", signed(b"\xff\xfe")),
        "compressed": (zlib.compress(BODY), [("Content-Encoding", "gzip"), stamp, forged]),
        "ssl_check": (b"ssl_check=1&token=x", [("Content-Type", FORM)]),
        "url_verification": (b'{"type": "url_verification", "challenge": "x"}', []),
        "ten megabytes": (b"x" * 10_000_000, good),
        "long, signed": (b"x" * (MAX_BODY + 1), signed(b"x" * (MAX_BODY + 1))),
        "long, in chunks": ([b"x" * 65_536] * 20, good),
        "endless chunks, no headers": ([b"x" * 65_536] * 20, []),
    }


TOO_LONG = {"ten megabytes", "long, signed", "long, in chunks"}


def test_s1_what_slack_did_not_sign_is_refused_and_does_nothing(
    http_world: World, wire: Wire
) -> None:
    calls, kept = http_world.slack.calls(""), http_world.everything_kept()
    cases = unsigned()
    answers = {name: wire.post(body, headers) for name, (body, headers) in cases.items()}
    refused = {name: (413 if name in TOO_LONG else 401, b"") for name in cases}
    assert answers == refused
    counted, name = figures(http_world), "peerloop_requests_refused_total status="
    assert counted[f"{name}413"] == len(TOO_LONG)
    assert counted[f"{name}401"] == len(cases) - len(TOO_LONG)
    assert http_world.slack.calls("") == calls
    assert http_world.everything_kept() == kept


NO_HTTP = {
    "negative length": b"Host: x\r\nContent-Length: -5\r\n\r\n",
    "two lengths": b"Host: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n",
    "a long header": b"Host: x\r\nX: " + b"x" * 100_000 + b"\r\n\r\n",
    "no host": b"\r\n",
    "TLS": b"\x16\x03\x01\x02\x00\r\n\r\n",
}


def test_s3_what_is_no_http_is_refused(http_world: World) -> None:
    for name, head in NO_HTTP.items():
        with socket.create_connection(("127.0.0.1", http_world.bot.port), timeout=10) as raw:
            raw.sendall(b"POST /slack/events HTTP/1.1\r\n" + head)
            assert raw.recv(100).startswith(b"HTTP/1.1 40"), name


def test_whoever_hangs_up_half_way_is_forgotten(http_world: World, wire: Wire) -> None:
    head = PROMISE % 100
    for name, value in signed(BODY):
        head += f"{name}: {value!s}\r\n".encode()
    for _ in range(5):
        with socket.create_connection(("127.0.0.1", http_world.bot.port), timeout=10) as raw:
            raw.sendall(head + b"\r\nhalf")
    assert wire.post(BODY, [])[0] == 401


PROMISE = b"POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n"


def test_s3_whoever_promises_much_and_sends_nothing_is_refused_all_the_same(
    http_world: World,
) -> None:
    with socket.create_connection(("127.0.0.1", http_world.bot.port), timeout=10) as raw:
        begun = monotonic()
        raw.sendall(PROMISE % 10_000_000 + b"\r\n")
        assert raw.recv(100).startswith(b"HTTP/1.1 413")
        assert web.LINGER_SECONDS <= monotonic() - begun < QUICKLY


def test_whoever_goes_on_sending_what_is_refused_is_heard_out_for_a_moment_only(
    http_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web, "LINGER_SECONDS", 0.3)
    with socket.create_connection(("127.0.0.1", http_world.bot.port), timeout=0.05) as raw:
        begun = monotonic()
        raw.sendall(PROMISE % 10_000_000 + b"\r\n")
        answer = b""
        while not answer:
            raw.sendall(b"x")
            with suppress(TimeoutError):
                answer = raw.recv(100)
        assert 0.3 <= monotonic() - begun < QUICKLY
        assert answer.startswith(b"HTTP/1.1 413")


def test_a_body_that_stops_half_way_is_not_waited_for(
    http_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web, "BODY_SECONDS", 0.3)
    head = PROMISE % 100
    for name, value in signed(BODY):
        head += f"{name}: {value!s}\r\n".encode()
    with socket.create_connection(("127.0.0.1", http_world.bot.port), timeout=10) as raw:
        begun = monotonic()
        raw.sendall(head + b"\r\nhalf")
        assert raw.recv(100).startswith(b"HTTP/1.1 408")
        assert 0.3 <= monotonic() - begun < QUICKLY
    assert figures(http_world)["peerloop_requests_refused_total status=408"] == 1


SPOILT: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", JSON),
    "nothing in a form": (b"", FORM),
    "half an object": (b'{"type": ', JSON),
    "deep JSON": (BOMB, JSON),
    "deep JSON in a form": (b"payload=" + BOMB, FORM),
    "deep, but whole": (b'{"type":' * 600 + b"1" + b"}" * 600, JSON),
    "a huge number": (b'{"type": "x", "n": ' + b"9" * 10_000 + b"}", JSON),
    "a list": (b"[1]", JSON),
    "a string": (b'"x"', JSON),
    "null": (b"null", JSON),
    "a payload that is a list": (b"payload=[]", FORM),
    "a payload that is null": (b"payload=null", FORM),
    "a payload that is no JSON": (b"payload=x", FORM),
    "a form without payload": (b"a=b", FORM),
    "so many fields": (b"a=b&" * 5_000, FORM),
    "JSON that says it is a form": (BODY, FORM),
    "a form that says it is JSON": (b"command=%2Fask-peer", JSON),
    "plain text": (BODY, "text/plain"),
    "no content type": (BODY, ""),
    "a file": (b"--x\r\n\r\n--x--", "multipart/form-data; boundary=x"),
    "UTF-16": ('{"type": "x"}'.encode("utf-16-le"), JSON),
}


def test_s3_what_slack_signed_but_nobody_can_read_is_a_bad_request(wire: Wire) -> None:
    answers = {name: wire.slack(*case) for name, case in SPOILT.items()}
    assert answers == dict.fromkeys(SPOILT, (400, b""))


def test_every_kind_is_taken_in_whatever_it_lacks(http_world: World, wire: Wire) -> None:
    """Each key in turn is missing, null, of another type, too long or full of odd characters."""
    http_world.person("cy")
    http_world.person("ada")
    # types are looked at before any database is; letters are not the same to both
    odds = {"text"} if "postgres" in http_world.database_url else hostile.ODD.keys()
    answers = {
        where: wire.payload(payload)[0]
        for where, payload in hostile.spoilt_in_every_place(http_world.team, odds)
    }
    assert [where for where, status in answers.items() if status not in {200, 400}] == []


def test_every_kind_is_taken_in_whole(http_world: World, wire: Wire) -> None:
    http_world.person("cy")
    kinds = hostile.every_kind(http_world.team, "0")
    answers = {kind: wire.payload(payload)[0] for kind, payload in kinds.items()}
    assert answers == dict.fromkeys(kinds, 200)


VALUES = ("", "-1", "9" * 17, "9" * 400, "1/U_NOBODY", "1/\ud800\0", "<!channel>")


def test_s18_a_button_with_a_made_up_value_is_answered(http_world: World, wire: Wire) -> None:
    http_world.person("cy")
    answers = {}
    for action, value in product(Action, VALUES):
        pressed = hostile.gesture(
            http_world.team,
            "block_actions",
            str(next(NUMBERS)),
            actions=[hostile.button(action, value)],
            response_url="http://169.254.169.254/",
        )
        answers[action, value] = wire.payload(pressed)[0]
    assert set(answers.values()) == {200}, answers


def test_kinds_nobody_listens_to_are_taken_in(http_world: World, wire: Wire) -> None:
    team = http_world.team
    for kind in ("view_closed", "workflow_step_edit", "app_rate_limited", "dialog_cancellation"):
        payload = hostile.gesture(team, kind, "1", view=hostile.form("x"), team_id=team)
        assert wire.payload(payload) == (200, b"")
    options = hostile.gesture(team, "block_suggestion", "1", action_id="x", value="a")
    assert json.loads(wire.payload(options)[1]) == {"options": []}


def test_s18_another_team_is_told_so_and_nothing_is_kept(http_world: World, wire: Wire) -> None:
    http_world.person("cy")
    http_world.settle()
    kept = http_world.everything_kept()
    answers = {
        name: wire.payload(payload)
        for name, payload in hostile.every_kind("T_OTHER", "1").items()
        if name != "address"
    }
    assert {status for status, _ in answers.values()} == {200}
    assert "not installed in your workspace" in answers["command"][1].decode()
    assert http_world.everything_kept() == kept


def test_s2_the_same_bytes_a_hundred_times_are_one_question(http_world: World) -> None:
    http_world.person("ada", knows=("postgres",))
    http_world.person("cy")
    asked = hostile.command(http_world.team, "/ask-peer", "why is my postgres slow?", "1")

    def send(_number: int) -> int:
        wire = Wire(http_world.bot.port)
        try:
            return wire.payload(asked)[0]
        finally:
            wire.close()

    with ThreadPoolExecutor(10) as threads:
        assert set(threads.map(send, range(100))) == {200}
    assert http_world.everything_kept().count("why is my postgres slow?") == 1


def test_bolt_obeys_no_header_that_is_not_signed(http_world: World, wire: Wire) -> None:
    body = b'{"type": "url_verification", "challenge": "abc"}'
    lazy: Headers = [("X-Slack-Bolt-Lazy-Only", "1"), ("X-Slack-Bolt-Lazy-Function-Name", "x")]
    answer = wire.post(body, [("Content-Type", JSON), *lazy, *signed(body)])
    assert json.loads(answer[1]) == {"challenge": "abc"}
