"""Puts a local Slack and the bot together, and lets some weeks go by before anybody looks."""

import json
import tempfile
import threading
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

from bot import manifest
from bot.clock import MovableClock, wall_clock
from bot.config import Settings
from bot.demo import story
from bot.demo.guide import guide
from bot.demo.hands import CannotDo, Hands
from bot.program import Program
from bot.web import PortTaken
from sandbox.server import LocalSlack


class CannotBegin(Exception):
    """The weeks before today could not be lived through."""


class Demo:
    """Both run in this process and are as new with every start."""

    def __init__(
        self,
        port: int,
        *,
        is_empty: bool = False,
        today: datetime | None = None,
        stopping: threading.Event | None = None,
    ) -> None:
        """Empty, it begins now; else the story ends shortly before `today` and time goes on."""
        self._stopping = stopping or threading.Event()
        today = today or wall_clock()
        self._story = None if is_empty else story.load()
        self._monday = story.first_monday(self._story, today) if self._story else today
        begins = self._monday + story.span(self._story["begins"]) if self._story else today
        self._clock = MovableClock(begins, held=not is_empty)
        known = guide(manifest.load().commands, tour=not is_empty)
        self._slack = LocalSlack(port=port, held=not is_empty, start_at=begins, guide=known)
        self._folder = tempfile.TemporaryDirectory(prefix="peerloop-")
        self._program: Program | None = None

    @property
    def url(self) -> str:
        return self._slack.url

    def start(self) -> None:
        """Whatever goes wrong, nothing is left running. Raises CannotBegin and as Program does.

        Setting `stopping` ends the story with its next act.
        """
        try:
            self._start()
        except BaseException:
            self.stop()
            raise

    def _start(self) -> None:
        self._start_slack()
        settings = local_settings(self.url, Path(self._folder.name))
        self._program = Program(settings, clock=self._clock, stopping=self._stopping)
        self._program.start()
        try:
            self._live(Hands(self.url), self._program.port)
        except CannotDo as problem:
            raise CannotBegin(
                f"The weeks before today could not be played: {problem}\n"
                "To begin without them: make sandbox ARGS=--empty"
            ) from problem

    def _live(self, hands: Hands, port: int) -> None:
        hands.do("bots", urls=[f"http://127.0.0.1:{port}"])
        player = story.Player(hands, manifest.load().commands, self._monday, self._stopping)
        player.introduce()
        if self._story:
            player.play(self._story)
        hands.do("clock", held=False)

    def _start_slack(self) -> None:
        try:
            self._slack.start()
        except OSError as error:
            raise PortTaken(
                f"The local Slack cannot listen on its port ({error.strerror}). Is another one "
                "running? Set SANDBOX_PORT to a free port."
            ) from error

    def stop(self) -> None:
        with ExitStack() as afterwards:  # all of it, whatever goes wrong
            afterwards.callback(self._folder.cleanup)
            afterwards.callback(self._slack.stop)
            if self._program:
                self._program.stop()

    def introduction(self) -> str:
        return "\n".join(
            [
                f"ready: {self.url}",
                "Open this address in a browser: there you can be anybody. Or ask as Cy from here:",
                f"  curl -s {self.url}/control/command \\",
                "    -d '" + json.dumps(self._example()) + "'",
                "docs/sandbox.md goes on from there. Ctrl-C stops everything.",
            ]
        )

    def _example(self) -> dict[str, str]:
        command = manifest.load().commands["ask_peer"]
        text = "why is my postgres index not used?"
        return {"user": "cy", "channel": "#general", "command": command, "text": text}


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
