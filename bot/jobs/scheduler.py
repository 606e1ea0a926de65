"""The metronome: APScheduler, in memory, in every replica; the database is the schedule."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

import structlog
from apscheduler.schedulers.background import BackgroundScheduler

from bot.clock import wall_clock
from bot.jobs.learning import learn_weights
from bot.jobs.outage import Outage
from bot.jobs.pairing import propose_pairs
from bot.jobs.tick import tick
from bot.run import Run
from bot.services.clean_up import clean_up
from bot.slack.directory import Directory
from bot.watch.meters import SILENT, Meters

log = structlog.get_logger()


class Metronome:
    """Ticks, brings the directory up to date, and cleans up, each at its own pace."""

    def __init__(
        self,
        run: Run,
        directory: Directory,
        *,
        tick_seconds: float,
        stopping: threading.Event,
        catch_up: Callable[[], None],
        meters: Meters = SILENT,
        outage: Outage | None = None,
    ) -> None:
        # None: however late a job is, it runs; coalesce: and once, however often it was missed
        defaults = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        self._scheduler = BackgroundScheduler(timezone=UTC, job_defaults=defaults)
        now = wall_clock()
        self._run, self._meters, self._outage = run, meters, outage or Outage()
        self._every(tick_seconds, self._tick, "tick")
        # apart from the tick, because it may take seconds, and nothing else should wait for it
        self._every(tick_seconds, lambda: propose_pairs(run, stopping), "pairing")
        self._every(tick_seconds, catch_up, "catch-up")
        self._every(6 * 3600, lambda: directory.sync(run), "directory", first=now)
        self._every(3600, lambda: run(clean_up), "clean-up", first=now)
        self._every(24 * 3600, lambda: learn_weights(run), "learning")

    def start(self) -> None:
        self._meters.ticked()  # its age is counted from here
        self._scheduler.start()

    def stop(self) -> None:
        """Finish what is in hand and end; what may take long is cut short by `stopping`."""
        self._scheduler.shutdown(wait=True)

    def _tick(self) -> None:
        self._outage.watch(self._run.database.file)
        tick(self._run)
        self._meters.ticked()

    def _every(
        self, seconds: float, job: Callable[[], object], name: str, first: datetime | None = None
    ) -> None:
        started = {"next_run_time": first} if first else {}
        guarded = partial(self._do, job, name)
        self._scheduler.add_job(guarded, "interval", seconds=seconds, id=name, **started)

    def _do(self, job: Callable[[], object], name: str) -> None:
        try:
            job()
            self._outage.over()
        except Exception as error:  # it is tried again at its next time
            if not self._outage.explains(error):
                log.exception("a job failed", job=name)
