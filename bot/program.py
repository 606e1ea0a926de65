"""The composition root: settings become a program with `start` and `stop`."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

import structlog
from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot import manifest, web
from bot.clock import MovableClock, wall_clock
from bot.config import Settings
from bot.domain.deliveries import Timing
from bot.domain.ids import Tenant, UserId
from bot.domain.pace import Rate, Rates
from bot.domain.refusals import Refused
from bot.jobs.delivery import Deliverer
from bot.jobs.scheduler import Metronome
from bot.jobs.timeline import MovedTimeline
from bot.jobs.workers import Bell, Workers
from bot.run import Run
from bot.services import directory
from bot.slack.answer import Answerer
from bot.slack.app import build_app
from bot.slack.directory import Directory
from bot.slack.doors import HttpDoor, Socket
from bot.slack.render import Renderer
from bot.slack.sender import Sender
from bot.slack.tools import Tools
from storage.database import Database
from storage.lockfile import LockFile
from storage.locks import LockMaker
from storage.schema import migrate

log = structlog.get_logger()

LOOPBACK = "127.0.0.1"
EVERYWHERE = "0.0.0.0"


class StartError(Exception):
    """Peerloop cannot start; the message says why and what to do."""


class Part(Protocol):
    """Something that runs beside the others until it is stopped."""

    def start(self) -> None: ...

    def stop(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Identity:
    """Who we are in Slack, as `auth.test` says."""

    team: str
    team_name: str
    bot_user: UserId

    @property
    def tenant(self) -> Tenant:
        return Tenant(self.team)


class Program:
    """Everything in one process; without a `metronome` time only moves when it is moved."""

    def __init__(self, settings: Settings, *, metronome: bool = True) -> None:
        self.settings = settings
        self._metronome = metronome
        self._manifest = manifest.load()
        self._clock = MovableClock() if settings.sandbox else wall_clock
        self._bell = Bell()
        self._database = Database(settings.database_url)
        file = self._database.file
        self._lock_file = LockFile(file) if file else None
        self._client = slack_client(settings)
        self._parts: list[Part] = []
        self.port = 0

    def start(self) -> None:
        """Raises StartError, AnotherProcess or UnknownSchema, having stopped what was started."""
        try:
            self._start()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Stop taking in, finish what is in hand, then close."""
        while self._parts:
            self._parts.pop().stop()
        self._database.dispose()
        if self._lock_file:
            self._lock_file.release()

    def _start(self) -> None:
        if self._lock_file:
            self._lock_file.take()
        migrate(self._database)
        identity = who_we_are(self._client)
        run = Run(self._database, self._clock, self._bell.ring, identity.tenant)
        run(directory.install, name=identity.team_name, bot_user=identity.bot_user)
        people = Directory(self._client, identity.team)
        workers = self._workers(run)
        app = self._app(run, people)
        self._add(workers)
        self._serve(app, run, workers)
        if self._metronome:
            self._add(Metronome(run, people, tick_seconds=self.settings.tick_seconds))
        if self.settings.is_socket_mode:
            self._add(Socket(app, self.settings.slack_app_token, self._client))
        log.info("started", team=identity.team, port=self.port)

    def _add(self, part: Part) -> None:
        self._parts.append(part)
        part.start()

    def _workers(self, run: Run) -> Workers:
        locks = LockMaker(self._database)
        sender = Sender(self._client, Renderer(self._manifest.commands))
        timing = Timing(self.settings.send_deadline, self.settings.settle)
        rates = rates_of(self.settings)
        deliverers = [
            Deliverer(run, locks(), sender, timing, rates) for _ in range(self.settings.senders)
        ]
        return Workers(deliverers, self._bell)

    def _app(self, run: Run, people: Directory) -> App:
        renderer = Renderer(self._manifest.commands)
        answerer = Answerer(renderer, self.settings.slack_api_url)
        return build_app(
            client=self._client,
            signing_secret=self.settings.slack_signing_secret,
            run_for=lambda tenant: _only(run, tenant),
            tools=Tools(self._manifest, renderer, answerer, people),
        )

    def _serve(self, app: App, run: Run, workers: Workers) -> None:
        is_http = not self.settings.is_socket_mode
        guard = web.Guard(self.settings.slack_signing_secret)
        timeline = None
        if isinstance(self._clock, MovableClock):
            timeline = MovedTimeline(run, self._clock, workers)
        pages = web.build(slack=(guard, HttpDoor(app)) if is_http else None, timeline=timeline)
        host = EVERYWHERE if is_http and not self.settings.sandbox else LOOPBACK
        server = web.Server(pages, host=host, port=self.settings.port)
        self._add(server)
        self.port = server.port


def slack_client(settings: Settings) -> WebClient:
    """A client that never tries again by itself: Slack may have taken the first one in."""
    return WebClient(
        token=settings.slack_bot_token,
        base_url=settings.slack_api_url,
        timeout=int(settings.send_deadline_seconds) or 1,
        retry_handlers=[],
    )


def who_we_are(client: WebClient) -> Identity:
    """Ask Slack whose token this is. Raises StartError."""
    try:
        answer = client.auth_test()
    except SlackApiError as error:
        raise StartError(
            f"Slack refused the bot token ({error.response.get('error')}). Check SLACK_BOT_TOKEN: "
            "it is shown in your Slack app under OAuth & Permissions once the app is installed."
        ) from None
    except (OSError, SlackClientError) as error:
        raise StartError(
            f"Slack cannot be reached ({type(error).__name__}). Check the network, the proxy and "
            "SLACK_API_URL, then start again."
        ) from None
    return Identity(answer["team_id"], answer["team"], UserId(answer["user_id"]))


def rates_of(settings: Settings) -> dict[str, Rates]:
    """How fast each method may be called: Slack's limits, with a little room left."""
    a_second = Rate(timedelta(seconds=1))
    a_minute = timedelta(minutes=1)
    workspace = Rate(a_minute / settings.sends_per_minute, burst=100)
    return {
        "chat.postMessage": Rates(channel=a_second, workspace=workspace),
        "chat.postEphemeral": Rates(
            channel=Rate(timedelta(seconds=1), burst=5), workspace=Rate(a_minute / 100, burst=50)
        ),
        "chat.update": Rates(
            channel=Rate(timedelta(seconds=1), burst=5), workspace=Rate(a_minute / 50, burst=20)
        ),
    }


def _only(run: Run, tenant: Tenant) -> Run:
    """With one token there is one workspace; what comes from another is not ours to act on."""
    if tenant != run.tenant:
        raise Refused("Peerloop is not installed in your workspace.")
    return run
