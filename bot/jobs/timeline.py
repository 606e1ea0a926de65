"""What the local Slack may do with our time: move it, and ask what comes next."""

import threading
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.clock import MovableClock
from bot.jobs.pairing import propose_pairs
from bot.jobs.tick import tick
from bot.jobs.workers import Workers
from bot.run import Run
from bot.services import deliver
from bot.services.upcoming import upcoming

ROUNDS = 50
"""What is sent may make something due, and the other way round; so often at the most."""

WORDS = {
    "delivery": "something that waits is sent",
    "question": "a question moves on, or is looked back on",
    "activity": "an activity has its next occasion, such as a weekly prompt",
    "occasion": "an occasion takes its next step",
    "round": "pairs are proposed",
}
"""What is about to happen, for whoever watches a local Slack: no names, no texts."""


@dataclass(frozen=True, slots=True)
class MovedTimeline:
    """Only under the local Slack: never in a program that speaks to the real one."""

    run: Run
    clock: MovableClock
    workers: Workers
    stopping: threading.Event

    def move(self, now: datetime, *, held: bool) -> dict[str, Any]:
        """Set the clock, do what has fallen due, send what there is to send."""
        self.clock.set(now, held=held)
        for _ in range(ROUNDS):
            done = tick(self.run) + propose_pairs(self.run, self.stopping)
            drained = self.workers.drain(self._nothing_to_send)
            if (done == 0 and drained) or self.stopping.is_set():
                break
        return self.upcoming()

    def upcoming(self) -> dict[str, Any]:
        """The present instant, whether there is nothing to do, and the next instants."""
        before = self.workers.pulse()
        coming = self.run.look(upcoming)
        now = self.clock()  # after the look, or what came in between would seem to lie ahead
        is_quiet = before is not None and before == self.workers.pulse()
        return {
            "now": _iso(now),
            "idle": is_quiet and not any(at <= now for at in coming.values()),
            "upcoming": [
                {"at": _iso(at), "what": what, "words": WORDS[what]}
                for what, at in sorted(coming.items(), key=lambda item: item[1])
            ],
        }

    def _nothing_to_send(self) -> bool:
        return not self.run.look(deliver.due, limit=1)


def _iso(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")
