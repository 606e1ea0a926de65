"""Starting, stopping, the page, and many callers at once."""

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path

import pytest

import sandbox
from sandbox.server import LocalSlack
from tests.sandbox.hands import Hands, Listener, send


def test_it_starts_and_stops_at_once() -> None:
    begun = time.monotonic()
    for _ in range(5):
        with LocalSlack() as local:
            assert send(local.url).status == 200
    assert time.monotonic() - begun < 2


def test_it_stops_with_a_socket_open_and_a_question_unanswered() -> None:
    local = LocalSlack().start()
    hands = Hands(local.url)
    listener = Listener(hands, lambda envelope: time.sleep(0.3))
    idle = HTTPConnection(local.url.removeprefix("http://"))
    idle.request("GET", "/")
    idle.getresponse().read()
    hands.do("events", type="user_change", event={})
    begun = time.monotonic()
    local.stop()
    assert time.monotonic() - begun < 0.5
    idle.close()
    listener.close()
    local.stop()  # stopping twice does no harm


def test_two_stand_side_by_side() -> None:
    with LocalSlack() as one, LocalSlack() as other:
        Hands(one.url).post(text="only here")
        assert "only here" not in Hands(other.url).texts("#data-eng")


def test_a_port_that_is_taken_is_an_error(local: LocalSlack) -> None:
    with pytest.raises(OSError, match="in use"):
        LocalSlack(port=int(local.url.rsplit(":", 1)[1])).start()


def test_many_callers_at_once_are_all_served(hands: Hands) -> None:
    hands.do("limits", enforce=False)
    with ThreadPoolExecutor(16) as pool:
        stamps = list(pool.map(lambda number: hands.post(text=f"n{number}"), range(200)))
    assert len(set(stamps)) == 200
    said = [message["ts"] for message in hands.messages("#data-eng")[-200:]]
    assert said == sorted(stamps)


def test_many_events_at_once_all_arrive(hands: Hands) -> None:
    listeners = [Listener(hands), Listener(hands)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: hands.do("events", type="user_change", event={}), range(100)))
    hands.do("settle")
    got = [len(listener.all()) for listener in listeners]
    for listener in listeners:
        listener.close()
    assert got == [50, 50]


def test_the_page_says_what_this_is(hands: Hands) -> None:
    page = send(hands.url).body.decode()
    assert '<html lang="en">' in page
    assert '<script type="module" src="js/main.js">' in page


def test_it_runs_from_the_command_line() -> None:
    command = [sys.executable, "-W", "error", "-m", "sandbox", "--port", "0", "--held"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        assert process.stderr
        url = process.stdout.readline().split()[-1]
        until = time.monotonic() + 30
        while time.monotonic() < until and not _answers(url):
            time.sleep(0.02)
        assert Hands(url).see("state")["held"] is True
        process.terminate()
        process.wait(30)
        assert process.stderr.read() == ""


def _answers(url: str) -> bool:
    try:
        return send(url).status == 200
    except OSError:
        return False


def test_the_sandbox_knows_nothing_of_the_bot() -> None:
    for path in Path(sandbox.__file__).parent.rglob("*.py"):
        lines = path.read_text(encoding="utf-8").splitlines()
        imports = [line for line in lines if line.startswith(("import ", "from "))]
        strangers = ("bot", "storage", "slack_sdk", "slack_bolt")
        assert not [line for line in imports if line.split()[1].split(".")[0] in strangers], path
