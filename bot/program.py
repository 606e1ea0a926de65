"""The composition root: settings become a program with `start` and `stop`."""

import logging
import threading
from contextlib import ExitStack
from importlib.metadata import version

import structlog

from bot import manifest, web
from bot.clock import MovableClock, wall_clock
from bot.config import Settings
from bot.domain.deliveries import Timing
from bot.ending import AskedToEnd
from bot.jobs.catch_up import CatchUp
from bot.jobs.delivery import Deliverer
from bot.jobs.outage import Outage
from bot.jobs.scheduler import Metronome
from bot.jobs.timeline import MovedTimeline
from bot.jobs.workers import Bell, Workers
from bot.parts import Part, stop_together
from bot.rates import rates_of
from bot.run import Run
from bot.scopes import lacking, loss
from bot.services import directory
from bot.slack.answer import Answerer
from bot.slack.app import build_app
from bot.slack.directory import Directory
from bot.slack.doors import HttpDoor, SocketDoor
from bot.slack.guard import Guard
from bot.slack.heard import Heard
from bot.slack.identity import hasty_client, patient_client, slack_client, who_we_are
from bot.slack.missed import Missed
from bot.slack.render import Renderer
from bot.slack.replies import Replies
from bot.slack.screens import Screens
from bot.slack.sender import Sender
from bot.slack.sockets import Sockets
from bot.slack.tools import Tools
from bot.watch.lookout import Lookout
from bot.watch.metrics import Metrics
from bot.watch.pages import pages as watching
from bot.watch.refusals import Refusals
from storage.database import Database
from storage.lockfile import LockFile
from storage.locks import LockMaker
from storage.put_back import notice_a_copy
from storage.schema import migrate
from storage.trouble import usable

log = structlog.get_logger()

LOOPBACK = "127.0.0.1"
EVERYWHERE = "0.0.0.0"


class Program:
    """Everything in one process; without a `metronome` time only moves when it is moved.

    Whoever sets `stopping` meanwhile keeps it from starting, and has it hurry.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        metronome: bool = True,
        clock: MovableClock | None = None,
        stopping: threading.Event | None = None,
    ) -> None:
        self.settings = settings
        self._stopping = stopping or threading.Event()
        self._metronome = metronome
        self._manifest = manifest.load()
        self._clock = clock or (MovableClock() if settings.sandbox else wall_clock)
        self._bell = Bell()
        self._database = Database(settings.database_url)
        file = self._database.file
        self._lock_file = LockFile(file) if file else None
        self._metrics = Metrics(database=self._database.url.get_backend_name())
        self._heard = Heard(self._metrics)
        self._client = slack_client(
            token=settings.slack_bot_token,
            api_url=settings.slack_api_url,
            seconds=settings.send_deadline_seconds,
            heard=self._heard,
        )
        self._outage = Outage()
        self._parts: list[Part] = []
        self._has_started = False
        self.port = 0

    def start(self) -> None:
        """Raises NotConnected, AnotherProcess, DatabaseUnusable, UnknownSchema or PortTaken;
        AskedToEnd where it was to stop before all of it had started.

        Whatever was started by then is stopped again.
        """
        try:
            with usable():
                self._start()
        except BaseException:
            self.stop()
            raise
        self._has_started = True

    def stop(self) -> None:
        """Stop taking in, finish what is in hand, then close.

        If one part cannot be stopped, the others are all the same, and everything is given back.
        """
        self._stopping.set()
        parts, self._parts = self._parts, []
        if self._has_started:
            log.info("stopping")
        with ExitStack() as afterwards:
            if self._lock_file:
                afterwards.callback(self._lock_file.release)
            afterwards.callback(self._database.dispose)
            stop_together(parts)
        if self._has_started:
            log.info("stopped")
        self._has_started = False

    def _start(self) -> None:
        if self._lock_file:
            self._lock_file.take()
        migrate(self._database)
        if notice_a_copy(self._database, self._clock()):
            log.warning("this is a backup: what it may have said since is looked for first")
        self._go_on()
        identity = who_we_are(self._client)
        self._go_on()
        run = Run(self._database, self._clock, self._bell.ring, identity.tenant)
        run(directory.install, name=identity.team_name, bot_user=identity.bot_user)
        patient = patient_client(self._client, self._stopping)
        people = Directory(hasty_client(self._client), patient, identity.team)
        workers = self._workers(run)
        app = build_app(
            client=self._client,
            identity=identity,
            signing_secret=self.settings.slack_signing_secret,
            run_for=run.only,
            tools=self._tools(people),
            meters=self._metrics,
        )
        sockets = None
        if self.settings.is_socket_mode:
            token, connections = self.settings.slack_app_token, self.settings.socket_connections
            sockets = Sockets(SocketDoor(app), token, self._client, connections=connections)
        self._add(workers)
        self._serve(HttpDoor(app), run, workers, self._lookout(run, sockets))
        is_connected = sockets.is_connected if sockets else None
        self.catch_up = CatchUp(
            run, Missed(patient), people, is_connected=is_connected, stopping=self._stopping
        )
        if self._metronome:
            self._add(self._beat(run, people, self.catch_up))
        if sockets:
            self._add(sockets)
        self._tell(identity.team)

    def _tell(self, team: str) -> None:
        """What it is that has started, and what it cannot do."""
        log.info(
            "started",
            version=version("peerloop"),
            mode="Socket Mode" if self.settings.is_socket_mode else "HTTP",
            database="SQLite" if self._database.is_sqlite else "PostgreSQL",
            team=team,
            port=self.port,
        )
        granted = self._heard.scopes
        required = lacking(self._manifest.scopes, granted)
        optional = lacking(self._manifest.optional_scopes, granted)
        if required or optional:
            weight = logging.WARNING if required else logging.INFO
            off = [loss(scope) for scope in (*required, *optional)]
            log.log(weight, "permissions are missing", off=off)

    def _beat(self, run: Run, people: Directory, catch_up: CatchUp) -> Metronome:
        return Metronome(
            run,
            people,
            tick_seconds=self.settings.tick_seconds,
            stopping=self._stopping,
            catch_up=catch_up.look,
            meters=self._metrics,
            outage=self._outage,
        )

    def _go_on(self) -> None:
        if self._stopping.is_set():
            raise AskedToEnd

    def _add(self, part: Part) -> None:
        self._go_on()
        self._parts.append(part)
        part.start()

    def _workers(self, run: Run) -> Workers:
        locks = LockMaker(self._database)
        sender = Sender(self._client, Renderer(self._manifest.commands))
        timing = Timing(self.settings.send_deadline, self.settings.settle)
        rates = rates_of(self.settings)
        deliverers = [
            Deliverer(run, locks(), sender, timing, rates, self._metrics)
            for _ in range(self.settings.senders)
        ]
        return Workers(deliverers, self._bell, self._outage)

    def _tools(self, people: Directory) -> Tools:
        renderer = Renderer(self._manifest.commands)
        screens = Screens(hasty_client(self._client), renderer)
        replies = Replies(Answerer(renderer, self.settings.slack_api_url), screens)
        return Tools(self._manifest, renderer, replies, screens, people)

    def _lookout(self, run: Run, sockets: Sockets | None) -> Lookout:
        return Lookout(
            run,
            wanted_scopes=(*self._manifest.scopes, *self._manifest.optional_scopes),
            granted_scopes=lambda: self._heard.scopes,
            is_connected=sockets.is_connected if sockets else None,
            tick_age=self._metrics.tick_age,
            tick_seconds=self.settings.tick_seconds,
        )

    def _serve(self, door: HttpDoor, run: Run, workers: Workers, lookout: Lookout) -> None:
        is_http = not self.settings.is_socket_mode
        guard = Guard(self.settings.slack_signing_secret)
        timeline = None
        if isinstance(self._clock, MovableClock):
            timeline = MovedTimeline(run, self._clock, workers, self._stopping)
        self._metrics.show(lookout.look)
        pages = web.build(
            slack=(guard, door, Refusals(self._metrics)) if is_http else None,
            timeline=timeline,
            more=watching(lookout.look, self._metrics),
        )
        host = EVERYWHERE if is_http and not self.settings.sandbox else LOOPBACK
        server = web.Server(pages, host=host, port=self.settings.port)
        self._add(server)
        self.port = server.port
