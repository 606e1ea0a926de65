"""Kills, stops, and a Slack that misbehaves, at random moments from a seed."""

import random
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import sleep

from tests.faults.child import Child
from tests.localslack import Json, SlackView

STANDS_STILL = 2.6  # longer than deadline and settle together
STARTS = 5
BETWEEN = (0.2, 0.9)

FAULTS: list[Json] = [
    {"method": "chat.postMessage", "kind": "drop_before"},
    {"method": "chat.postMessage", "kind": "drop_after"},
    {"method": "chat.postMessage", "kind": "500_accepted"},
    {"method": "chat.postMessage", "kind": "429", "retry_after": 1},
    {"method": "chat.postMessage", "kind": "slow", "delay": 0.4},
    {"method": "conversations.history", "kind": "drop_before"},
    {"method": "conversations.open", "kind": "drop_after"},
]


class Chaos:
    """Does harm to the processes until `kills` are done or it is told to end."""

    def __init__(
        self, slack: SlackView, start: Callable[[], Child], replicas: int, kills: int, seed: int
    ) -> None:
        self._slack = slack
        self._start = start
        self._random = random.Random(seed)
        self._goal = kills
        self._enough = threading.Event()
        self.kills = self.stops = 0
        self.children = [self._begin() for _ in range(replicas)]

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Meanwhile things go wrong; at the end all processes run again."""
        thread = threading.Thread(target=self._do_harm)
        thread.start()
        try:
            yield
            while thread.is_alive() and self.kills < self._goal:
                sleep(0.05)
        finally:
            self._enough.set()
            thread.join()
            self._slack.control("fault", clear=True)

    def end(self) -> None:
        for child in self.children:
            child.kill()

    def _do_harm(self) -> None:
        while self.kills < self._goal and not self._enough.is_set():
            sleep(self._random.uniform(*BETWEEN))
            self._slack.control("fault", **self._random.choice(FAULTS))
            n = self._random.randrange(len(self.children))
            if self._random.random() < 0.15:
                self._stand_still(n)
            else:
                self._kill(n)

    def _kill(self, n: int) -> None:
        self.children[n].kill()
        self.kills += 1
        self.children[n] = self._begin()

    def _begin(self) -> Child:
        """As a supervisor does: what does not come up is started again."""
        for _ in range(STARTS):
            child = self._start()
            if child.wait_until_ready():
                return child
        raise RuntimeError("the bot does not start; its log says why")

    def _stand_still(self, n: int) -> None:
        self.children[n].stop()
        self.stops += 1
        sleep(STANDS_STILL)
        self.children[n].go_on()
