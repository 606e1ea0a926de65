"""The live feed of an open page, and who is kept from it."""

import json
import logging
import socket
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from sandbox.live import Live
from sandbox.server import LocalSlack
from tests.sandbox.hands import Hands


@contextmanager
def a_page(local: LocalSlack) -> Iterator[ClientConnection]:
    with connect(f"{local.url.replace('http', 'ws', 1)}/control/live", close_timeout=1) as page:
        assert "everything" in json.loads(page.recv(5))["changed"]
        yield page


def test_a_page_is_told_what_has_changed_whatever_it_says(local: LocalSlack, hands: Hands) -> None:
    with a_page(local) as page:
        page.send("words")
        page.send(b"bytes")
        hands.post(text="news")
        assert "C_DATA" in json.loads(page.recv(5))["changed"]


def test_a_page_that_cannot_be_told_is_left_so_that_it_comes_back(
    local: LocalSlack,
    hands: Hands,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fail(_live: Live) -> object:
        raise ValueError("a fault of ours")

    with a_page(local) as page:
        monkeypatch.setattr(Live, "_prints", fail)
        hands.post(text="news")
        with pytest.raises(ConnectionClosed, match="1011"):
            page.recv(5)
    told = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert [record.name for record in told] == ["sandbox.live"]
    monkeypatch.undo()
    with a_page(local):
        """It is told again."""


@pytest.mark.parametrize("host", ["[bad", "[::1", "example.com", "", "127.0.0.1.example.com"])
def test_whoever_asks_for_another_host_is_turned_away(local: LocalSlack, host: str) -> None:
    port = int(local.url.rsplit(":", 1)[1])
    with socket.create_connection(("127.0.0.1", port), timeout=5) as raw:
        raw.sendall(f"GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
        assert raw.recv(100).startswith(b"HTTP/1.1 403")
