"""What each failure of a call says about it: it did not arrive, it never will, or who knows."""

import gzip
import http.client
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.error import URLError

import pytest
from slack_sdk import WebClient

from bot.domain.outcomes import Later, Never, Unclear
from bot.slack.errors import DEFAULT_PAUSE, LONGEST_PAUSE, TOKEN_PAUSE, attempt

JSON = "application/json; charset=utf-8"


class Canned(BaseHTTPRequestHandler):
    """Gives every request the server's one answer."""

    server: "CannedServer"

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"] or 0))
        self.send_response(self.server.status)
        for name, value in self.server.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(self.server.body)
        self.close_connection = True

    def log_message(self, *_args: object) -> None:
        """Tests are quiet."""


class CannedServer(ThreadingHTTPServer):
    status = 200
    headers: dict[str, str]
    body = b""


@pytest.fixture(scope="module")
def server() -> Iterator[CannedServer]:
    server = CannedServer(("127.0.0.1", 0), Canned)
    thread = threading.Thread(target=lambda: server.serve_forever(0.01))
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def says(
    server: CannedServer, status: int, body: bytes, kind: str = JSON, **headers: str
) -> object:
    """What becomes of a call that is answered like this."""
    server.status, server.body = status, body
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    server.headers = {"Content-Type": kind, "Content-Length": str(len(body)), **named}
    return call(f"http://127.0.0.1:{server.server_port}/api/")


def call(url: str) -> object:
    client = WebClient("xoxb-none", base_url=url, timeout=1, retry_handlers=[])
    return attempt(lambda: client.chat_postMessage(channel="C1", text="hello"))


@contextmanager
def listening() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener


@pytest.mark.parametrize(
    "code",
    ["channel_not_found", "is_archived", "user_disabled", "msg_too_long", "missing_scope", "no"],
)
def test_a_definite_refusal_is_never_tried_again(server: CannedServer, code: str) -> None:
    body = f'{{"ok": false, "error": "{code}"}}'.encode()
    assert says(server, 200, body) == Never(code)


@pytest.mark.parametrize(
    "code", ["fatal_error", "internal_error", "service_unavailable", "request_timeout"]
)
def test_f47_what_slack_itself_is_not_sure_of_is_unclear(server: CannedServer, code: str) -> None:
    body = f'{{"ok": false, "error": "{code}"}}'.encode()
    assert says(server, 200, body) == Unclear(code)


@pytest.mark.parametrize("code", ["invalid_auth", "token_revoked", "account_inactive"])
def test_a_bad_token_waits_for_the_operator(server: CannedServer, code: str) -> None:
    body = f'{{"ok": false, "error": "{code}"}}'.encode()
    assert says(server, 200, body) == Later(code, TOKEN_PAUSE)


@pytest.mark.parametrize("status", [500, 502, 503, 504])
@pytest.mark.parametrize("body", [b'{"ok": false, "error": "channel_not_found"}', b"<h1>", b"[]"])
def test_f45_no_server_error_is_believed(server: CannedServer, status: int, body: bytes) -> None:
    assert says(server, status, body) == Unclear(f"status {status}")


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (200, b"<!DOCTYPE html><html><head><title>Something went wr", "text/html"),
        (200, b"", JSON),
        (200, b'{"ok": tr', JSON),
        (200, b"{}", JSON),
        (200, b"null", JSON),
        (200, b"[]", JSON),
        (200, b'{"ok": false}', JSON),
        (200, b'{"ok": false, "error": ["channel_not_found"]}', JSON),
        (200, b'{"ok": false, "error": "A proxy says no."}', JSON),
        (200, b"\xff\xfe", JSON),
        (200, gzip.compress(b'{"ok": true}', mtime=0), JSON),
        (403, b"<h1>Forbidden by the proxy</h1>", "text/html"),
        (404, b"", "text/html"),
    ],
)
def test_f48_an_unreadable_answer_says_nothing(
    server: CannedServer, status: int, body: bytes, kind: str
) -> None:
    assert isinstance(says(server, status, body, kind), Unclear)


def test_f48_an_answer_that_breaks_off_says_nothing(server: CannedServer) -> None:
    assert isinstance(says(server, 200, b'{"ok": true}', Content_Length="500"), Unclear)


RETRY_AFTER = [
    ("30", timedelta(seconds=30)),
    ("1", timedelta(seconds=1)),
    ("0", timedelta(seconds=1)),
    ("900", LONGEST_PAUSE),
    ("86400", LONGEST_PAUSE),
    ("9" * 400, LONGEST_PAUSE),
    (None, DEFAULT_PAUSE),
    ("", DEFAULT_PAUSE),
    ("-5", DEFAULT_PAUSE),
    ("1.5", DEFAULT_PAUSE),
    ("1e9", DEFAULT_PAUSE),
    ("soon", DEFAULT_PAUSE),
    ("\u0663\u0660", DEFAULT_PAUSE),
    ("Wed, 21 Oct 2026 07:28:00 GMT", DEFAULT_PAUSE),
]


@pytest.mark.parametrize(("given", "pause"), RETRY_AFTER)
def test_f43_an_absurd_retry_after_becomes_a_sensible_pause(
    server: CannedServer, given: str | None, pause: timedelta
) -> None:
    # http.server writes headers in Latin-1, as a broken proxy might
    header = {} if given is None else {"Retry_After": given.encode().decode("latin-1")}
    body = b'{"ok": false, "error": "ratelimited"}'
    assert says(server, 429, body, **header) == Later("ratelimited", pause)


@pytest.mark.parametrize("body", [b"", b"<h1>slow down</h1>", b"[]"])
def test_429_counts_whatever_its_body_says(server: CannedServer, body: bytes) -> None:
    assert says(server, 429, body, Retry_After="7") == Later("ratelimited", timedelta(seconds=7))


def test_f52_a_refused_connection_certainly_did_not_arrive() -> None:
    with listening() as listener:
        port = listener.getsockname()[1]
    assert call(f"http://127.0.0.1:{port}/api/") == Later("no connection (ConnectionRefusedError)")


def test_f52_an_unknown_host_certainly_did_not_arrive(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_args: object, **_more: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert call("http://slack.invalid/api/") == Later("no connection (gaierror)")


def test_silence_is_unclear() -> None:
    with listening() as listener:
        answer = call(f"http://127.0.0.1:{listener.getsockname()[1]}/api/")
    assert isinstance(answer, Unclear)


CONNECTION = [
    (URLError(ConnectionRefusedError()), Later),
    (URLError(socket.gaierror()), Later),
    (URLError(ssl.SSLCertVerificationError("self-signed certificate")), Later),
    (ssl.SSLCertVerificationError("self-signed certificate"), Later),
    (URLError(ConnectionResetError()), Unclear),
    (URLError(TimeoutError()), Unclear),
    (URLError("no reason that we know"), Unclear),
    (ssl.SSLError("record layer failure"), Unclear),
    (http.client.RemoteDisconnected("closed without an answer"), Unclear),
    (http.client.BadStatusLine("HTP/1.1 200"), Unclear),
    (BrokenPipeError(), Unclear),
    (TimeoutError(), Unclear),
]


@pytest.mark.parametrize(("error", "meaning"), CONNECTION)
def test_a_failed_connection_is_sent_again_only_if_it_was_never_made(
    error: Exception, meaning: type
) -> None:
    def fail() -> None:
        raise error

    assert isinstance(attempt(fail), meaning)


def test_a_mistake_of_ours_is_not_taken_for_slacks() -> None:
    def mistake() -> None:
        raise KeyError("channel")

    with pytest.raises(KeyError):
        attempt(mistake)
