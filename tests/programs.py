"""`peerloop run` as a process of its own, against a local Slack."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot import manifest
from sandbox.server import LocalSlack
from tests.localslack import SlackView

MANIFEST = Path(manifest.__file__).parents[1] / "manifest.yml"


def against(slack: LocalSlack | SlackView, **more: str) -> dict[str, str]:
    """The environment of a bot that speaks to this local Slack."""
    return {
        "SLACK_BOT_TOKEN": "xoxb-sandbox",
        "SLACK_APP_TOKEN": "xapp-sandbox",
        "SLACK_API_URL": f"{slack.url}/api/",
        "PORT": "0",
        **more,
    }


@contextmanager
def process(
    environment: dict[str, str], *words: str, first: str = ""
) -> Iterator[subprocess.Popen[str]]:
    """`peerloop run`, or with other words, as its own process in this folder.

    What is done `first` is done by that process, to be other than usual.
    """
    root = str(MANIFEST.parent)
    script = f"{first}\nfrom bot.__main__ import main\nmain()"
    with subprocess.Popen(
        [sys.executable, "-W", "error", "-c", script, *(words or ("run",))],
        env={**os.environ, "PYTHONPATH": root, "LOG_FORMAT": "json", **environment},
        stderr=subprocess.PIPE,
        text=True,
    ) as running:
        try:
            yield running
        finally:
            running.kill()


def wait_for(running: subprocess.Popen[str], words: str) -> str:
    """The first line of the log with these words."""
    assert running.stderr is not None
    line = next((line for line in running.stderr if words in line), "")
    assert line, f"it ended without saying {words!r}"
    return line
