"""Deliveries under whatever Slack does: a machine tries faults, edits and time in any order."""

import os
from collections import Counter
from datetime import timedelta
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from bot.domain.cards import Card, Direct, Place, Whisper
from bot.domain.ids import ChannelId, Key, UserId
from sandbox.server import LocalSlack
from storage.work import Work
from tests.faults.bench import ADA, BO, Bench, bench_of
from tests.localslack import Json

POST, WHISPER = "chat.postMessage", "chat.postEphemeral"
Fault = tuple[str, Json]
METHODS = (
    "chat.update",
    "conversations.open",
    "conversations.history",
    "conversations.replies",
    "*",
)
KINDS: tuple[Fault, ...] = (
    ("429", {"retry_after": 7}),
    ("429", {"retry_after": None}),
    ("500", {}),
    ("500_accepted", {}),
    ("drop_before", {}),
    ("drop_after", {}),
    ("ok_false", {}),
    ("ok_false", {"accepted": True}),
    ("garbage", {}),
    ("garbage", {"accepted": True}),
    ("late", {"delay": 20}),
    ("history_lag", {}),
)
FAULTS = st.none() | st.sampled_from(KINDS)
PEOPLE = ((ADA,), (BO,), (ADA, BO))


class Deliveries(RuleBasedStateMachine):
    """Whatever is said arrives once, in its newest words; what was called off never does."""

    bench: Bench
    said = Bundle("said")

    @initialize()
    def begin(self) -> None:
        self.words: dict[str, list[str]] = {}
        self.places: dict[str, Place] = {}
        self.roots: dict[str, str] = {}
        self.whispers: set[str] = set()
        self.called_off: set[str] = set()

    @rule(target=said, people=st.sampled_from(PEOPLE), fault=FAULTS)
    def say(self, people: tuple[UserId, ...], fault: Fault | None) -> str:
        self._break(POST, fault)
        key = self._said(Direct(people))
        self.bench.work()
        return key

    @rule(target=said, people=st.sampled_from(PEOPLE))
    def say_in_a_moment(self, people: tuple[UserId, ...]) -> str:
        return self._said(Direct(people))

    @rule(target=said, parent=said, fault=FAULTS)
    def say_in_the_thread(self, parent: str, fault: Fault | None) -> str:
        self._break(POST, fault)
        root = self.roots[parent]
        return self._said(self.places[root], root)

    @rule(reader=st.sampled_from([ADA, BO]), fault=FAULTS)
    def whisper(self, reader: UserId, fault: Fault | None) -> None:
        self._break(WHISPER, fault)
        self.whispers.add(self._said(Whisper(ChannelId("C_GENERAL"), reader)))

    @rule(key=said)
    def edit(self, key: str) -> None:
        self.words[key].append(f"{key}, version {len(self.words[key]) + 1}")
        self.bench.run(_edit, Key(key), self.words[key][-1])

    @rule(key=consumes(said))
    def call_off(self, key: str) -> None:
        if self.bench.run(_cancel, Key(key)):
            self.called_off.add(key)

    @rule(method=st.sampled_from(METHODS), fault=FAULTS, times=st.integers(1, 3))
    def break_slack(self, method: str, fault: Fault | None, times: int) -> None:
        self._break(method, fault, times)

    @rule()
    def work(self) -> None:
        self.bench.work()

    @rule(seconds=st.sampled_from([1, 5, 20, 40, 41, 300]))
    def wait(self, seconds: int) -> None:
        self.bench.move(self.bench.clock() + timedelta(seconds=seconds))

    @invariant()
    def nothing_was_said_twice(self) -> None:
        marks = [
            post["args"]["metadata"]["event_payload"]["mark"] for post in self.bench.taken_in(POST)
        ]
        assert max(Counter(marks).values(), default=0) <= 1
        heard = Counter(call["args"]["text"] for call in self.bench.taken_in(WHISPER))
        assert max(heard.values(), default=0) <= 1

    def teardown(self) -> None:
        self.bench.work()
        self.bench.slack.control("fault", clear=True)
        self.bench.move(self.bench.clock() + timedelta(hours=3))
        self.nothing_was_said_twice()
        lost = self._wanted() - self._shown()
        assert not lost
        assert not self._shown() - self._wanted()

    def _break(self, method: str, fault: Fault | None, times: int = 1) -> None:
        if fault:
            kind, options = fault
            self.bench.slack.control("fault", method=method, kind=kind, times=times, **options)

    def _said(self, to: Place, root: str | None = None) -> str:
        key = f"story/{len(self.words) + 1}"
        self.words[key], self.places[key], self.roots[key] = [key], to, root or key
        self.bench.run(_say, to, Key(key), Key(root) if root else None)
        return key

    def _wanted(self) -> Counter[str]:
        """What people have to see in the end: the newest words of all that was not called off.

        Nor can anybody answer in the thread of what was never said.
        """
        silent = self.whispers | self.called_off
        heard = [key for key in self.words if not silent & {key, self.roots[key]}]
        return Counter(self.words[key][-1] for key in heard)

    def _shown(self) -> Counter[str]:
        ims = self.bench.slack.see("state")["ims"]
        return Counter(m.text for im in ims for m in self.bench.slack.messages(im["id"]))


def test_deliveries_arrive_once_whatever_slack_does(
    local_slack: LocalSlack, sqlite_template: Path
) -> None:
    class OnABench(Deliveries):
        def __init__(self) -> None:
            super().__init__()
            self._open = bench_of(local_slack, sqlite_template)
            self.bench = self._open.__enter__()

        def teardown(self) -> None:
            try:
                super().teardown()
            finally:
                self._open.__exit__(None, None, None)

    run_state_machine_as_test(
        OnABench,
        settings=settings(
            max_examples=int(os.environ.get("PEERLOOP_TEST_EXAMPLES", "30")),
            stateful_step_count=25,
            deadline=None,
            derandomize=bool(os.environ.get("CI")),
            suppress_health_check=list(HealthCheck),
            database=None,
        ),
    )


def _say(work: Work, to: Place, key: Key, thread: Key | None) -> None:
    work.deliveries.say(to, Card(key), key=key, thread=thread)


def _edit(work: Work, key: Key, text: str) -> None:
    work.deliveries.edit(key, Card(text))


def _cancel(work: Work, key: Key) -> bool:
    return work.deliveries.cancel(key, "called off")
