"""`peerloop sandbox`: a local Slack, the bot against it, and people who said what they know."""

import json
import tempfile
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from bot import manifest
from bot.config import Settings
from bot.program import Program
from bot.web import PortTaken
from sandbox.server import LocalSlack


class Demo:
    """Both run in this process and are as new with every start."""

    def __init__(self, port: int) -> None:
        self._slack = LocalSlack(port=port, held=False)
        self._folder = tempfile.TemporaryDirectory(prefix="peerloop-")
        self._program: Program | None = None

    def start(self) -> None:
        """Whatever goes wrong, nothing is left running."""
        try:
            self._start()
        except BaseException:
            self.stop()
            raise

    def _start(self) -> None:
        self._start_slack()
        self._program = Program(local_settings(self._slack.url, Path(self._folder.name)))
        self._program.start()
        self._control("bots", urls=[f"http://127.0.0.1:{self._program.port}"])
        self._everybody_says_what_they_know()

    def _start_slack(self) -> None:
        try:
            self._slack.start()
        except OSError as error:
            raise PortTaken(
                f"The local Slack cannot listen on its port ({error.strerror}). Is another one "
                "running? Set SANDBOX_PORT to a free port."
            ) from error

    def stop(self) -> None:
        if self._program:
            self._program.stop()
        self._slack.stop()
        self._folder.cleanup()

    def introduction(self) -> str:
        return "\n".join(
            [
                f"ready: {self._slack.url}",
                "Ask as Cy, for example:",
                f"  curl -s {self._slack.url}/control/command \\",
                "    -d '" + json.dumps(self._example()) + "'",
                "docs/sandbox.md goes on from there. Ctrl-C stops everything.",
            ]
        )

    def _example(self) -> dict[str, str]:
        command = manifest.load().commands["ask_peer"]
        text = "why is my postgres index not used?"
        return {"user": "cy", "channel": "#general", "command": command, "text": text}

    def _everybody_says_what_they_know(self) -> None:
        """Through the bot, as they would: by typing the command."""
        command = manifest.load().commands["learning"]
        for person in self._state()["people"]:
            if person["topics"] and not person["deleted"]:
                self._control(
                    "command",
                    user=person["id"],
                    channel="#general",
                    command=command,
                    text="topics " + ", ".join(person["topics"]),
                )

    def _state(self) -> Any:
        with urlopen(f"{self._slack.url}/control/state", timeout=10) as answer:
            return json.load(answer)

    def _control(self, gesture: str, **body: object) -> None:
        request = Request(
            f"{self._slack.url}/control/{gesture}",
            json.dumps(body).encode(),
            {"content-type": "application/json"},
        )
        with urlopen(request, timeout=10) as answer:
            answer.read()


def local_settings(slack_url: str, folder: Path) -> Settings:
    """How a bot reaches a local Slack, with a database of its own in `folder`."""
    return Settings(
        _env_file=None,
        slack_bot_token="xoxb-sandbox",
        slack_app_token="xapp-sandbox",
        slack_signing_secret="sandbox-signing-secret",
        slack_api_url=f"{slack_url}/api/",
        database_url=f"sqlite:///{folder / 'peerloop.db'}",
        port=0,
        sandbox=True,
    )
