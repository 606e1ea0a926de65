"""One connection of Socket Mode, against a server that says what we want it to."""

import json
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.server import ServerConnection, serve

from bot.slack.session import Session
from bot.slack.shapes import Json


class Slack:
    """Says one thing after another, and keeps what it hears."""

    def __init__(self) -> None:
        self._heard: list[Json] = []
        self.connected, self.gone = threading.Event(), threading.Event()
        self.url = ""
        self._line: ServerConnection | None = None

    def talk(self, line: ServerConnection) -> None:
        self._line = line
        self.connected.set()
        try:
            for message in line:
                self._heard.append(json.loads(message))
        except ConnectionClosed:
            return
        finally:
            self.gone.set()

    def heard(self) -> list[Json]:
        """All of it, once nothing more can come."""
        assert self.gone.wait(10)
        return self._heard

    def say(self, text: str) -> None:
        assert self.connected.wait(10)
        assert self._line
        self._line.send(text)

    def send(self, envelope: str) -> None:
        self.say(json.dumps({"envelope_id": envelope, "payload": {}}))


@pytest.fixture
def slack() -> Iterator[Slack]:
    slack = Slack()
    with serve(slack.talk, "127.0.0.1", 0) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        slack.url = f"ws://127.0.0.1:{server.socket.getsockname()[1]}"
        yield slack
        server.shutdown()
        thread.join()


def ack(envelope: Json) -> Json:
    return {"envelope_id": envelope["envelope_id"]}


@contextmanager
def session(
    slack: Slack, hands: Executor, answer: Callable[[Json], Json | None] = ack
) -> Iterator[Session]:
    opened = Session(slack.url, answer, hands)
    try:
        yield opened
    finally:
        opened.end()


class SlowToBegin(ThreadPoolExecutor):
    """Takes its time to accept work."""

    def __init__(self) -> None:
        super().__init__(1)
        self.asked, self.go_on = threading.Event(), threading.Event()

    def submit(self, *args: Any, **more: Any) -> Future[Any]:
        self.asked.set()
        assert self.go_on.wait(10)
        return super().submit(*args, **more)


def test_what_is_just_being_taken_in_is_answered_before_it_hangs_up(slack: Slack) -> None:
    with SlowToBegin() as hands, session(slack, hands) as one:
        slack.send("E1")
        assert hands.asked.wait(10)
        end = threading.Thread(target=one.end)
        end.start()
        end.join(0.3)  # long enough to hang up, if it did not wait
        hands.go_on.set()
        end.join(10)
    assert slack.heard() == [{"envelope_id": "E1"}]


def test_an_answer_that_fails_is_told_and_slack_may_ask_again(
    slack: Slack, caplog: pytest.LogCaptureFixture
) -> None:
    def answer(envelope: Json) -> Json:
        if envelope["envelope_id"] == "E1":
            raise ValueError("what somebody typed")
        return ack(envelope)

    with ThreadPoolExecutor(1) as hands, session(slack, hands, answer) as one:
        slack.send("E1")
        slack.send("E2")
        one.linger(0.3)
    assert slack.heard() == [{"envelope_id": "E2"}]
    (failed,) = [record.msg for record in caplog.records]
    assert isinstance(failed, dict)
    assert failed["event"] == "an envelope was not answered"
    assert "ValueError" in failed["exception"]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_reader_that_dies_is_noticed(slack: Slack) -> None:
    hands = ThreadPoolExecutor(1)
    hands.shutdown()  # so that nothing can be handed over
    with session(slack, hands) as one:
        assert one.is_open
        slack.send("E1")
        assert one.is_leaving.wait(10)
        assert not one.is_open
