"""Counts what happens, and shows it the way Prometheus reads it."""

import platform
import time
from collections.abc import Callable, Iterable
from importlib.metadata import version

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Histogram,
    Info,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.registry import Collector

from bot.domain.deliveries import State
from bot.watch.meters import Meters
from bot.watch.refusals import WORDS
from bot.watch.sight import Sight

CONTENT_TYPE = CONTENT_TYPE_PLAIN_0_0_4
ACK_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3)
"""Slack waits for three seconds; what took longer was for nothing."""

KINDS = (
    *("command", "block_actions", "block_suggestion", "view_submission", "view_closed"),
    *("shortcut", "message_action", "event_callback", "other"),
)
FINDINGS = ("sent", "absent", "later", "unreadable")
METHODS = (
    *("apps.connections.open", "auth.test"),
    *("chat.postEphemeral", "chat.postMessage", "chat.update"),
    *("conversations.history", "conversations.info", "conversations.members"),
    *("conversations.open", "conversations.replies"),
    *("users.conversations", "users.info", "users.list"),
    *("views.open", "views.publish", "views.push", "views.update"),
)
"""What each label may say, so that it is there from the start."""

OPEN = (State.WAITING, State.SENDING, State.SENT)
"""A delivery that has been sent may have a newer text to show."""


class Metrics(Meters):
    """Has a registry of its own: what else lives in this process is no concern of it."""

    def __init__(self, *, database: str, monotonic: Callable[[], float] = time.monotonic) -> None:
        disable_created_metrics()  # type: ignore[no-untyped-call]  # a second series for each
        self._monotonic = monotonic
        self._ticked_at: float | None = None
        self._registry = registry = CollectorRegistry()
        self._acks = Histogram(
            "peerloop_ack_seconds",
            "How long Slack waited for an answer, by what it sent and what became of it.",
            ("kind", "outcome"),
            buckets=ACK_SECONDS,
            registry=registry,
        )
        self._refused = _counter(registry, "requests_refused", "Requests refused.", "status")
        self._settled = _counter(registry, "deliveries_settled", "Deliveries that ended.", "state")
        self._looks = _counter(registry, "history_looks", "Searches for a message.", "finding")
        self._pauses = _counter(registry, "rate_limited", "Times Slack said 429.", "method")
        self._begin_at_zero()
        _describe_build(registry, database)
        ProcessCollector(registry=registry)

    def _begin_at_zero(self) -> None:
        """Or the first of a kind would be no increase, and an alert on its rate would miss it."""
        for kind in KINDS:
            for outcome in ("ok", "failed"):
                self._acks.labels(kind, outcome)
        for state in (State.SENT, State.NEVER, State.UNKNOWN):
            self._settled.labels(state)
        for finding in FINDINGS:
            self._looks.labels(finding)
        for method in METHODS:
            self._pauses.labels(method)
        for status in WORDS:
            self._refused.labels(status)

    def acked(self, kind: str, outcome: str, seconds: float) -> None:
        self._acks.labels(kind, outcome).observe(seconds)

    def refused(self, status: int) -> None:
        self._refused.labels(status).inc()

    def settled(self, state: str) -> None:
        self._settled.labels(state).inc()

    def looked(self, finding: str) -> None:
        self._looks.labels(finding).inc()

    def rate_limited(self, method: str) -> None:
        self._pauses.labels(method).inc()

    def ticked(self) -> None:
        self._ticked_at = self._monotonic()

    def tick_age(self) -> float | None:
        """Seconds since the last tick ended; None where nothing ticks."""
        return None if self._ticked_at is None else self._monotonic() - self._ticked_at

    def show(self, look: Callable[[], Sight]) -> None:
        """From now on, let a scrape see what `look` sees."""
        self._registry.register(_Seen(look))

    def page(self) -> bytes:
        return generate_latest(self._registry)


class _Seen(Collector):
    """What is not counted but looked up when somebody asks."""

    def __init__(self, look: Callable[[], Sight]) -> None:
        self._look = look

    def describe(self) -> Iterable[Metric]:
        return ()  # so that registering looks nothing up

    def collect(self) -> Iterable[Metric]:
        sight = self._look()
        yield _gauge("database_up", "Whether the database answers.", not sight.database)
        if sight.is_connected is not None:
            yield _gauge("socket_connected", "Whether Slack is connected.", sight.is_connected)
        if sight.tick_age is not None:
            yield _gauge("tick_age_seconds", "Since the last tick ended.", sight.tick_age)
        yield _gauge("scopes_missing", "Permissions not granted.", len(sight.missing_scopes))
        yield from _backlog(sight)


def _backlog(sight: Sight) -> Iterable[Metric]:
    backlog = sight.backlog
    if backlog is None:  # no figure is better than a wrong one
        return
    waiting = GaugeMetricFamily(
        "peerloop_deliveries_waiting", "Deliveries that have not ended.", labels=["state"]
    )
    for state in OPEN:
        waiting.add_metric([state], backlog.counts.get(state, 0))
    yield waiting
    yield _gauge("delivery_oldest_seconds", "Since the oldest of them was due.", sight.oldest_age)
    yield _gauge("deliveries_overdue", "Deliveries that wait for too long.", backlog.overdue)


def _gauge(name: str, words: str, value: float) -> Metric:
    return GaugeMetricFamily(f"peerloop_{name}", words, value=float(value))


def _counter(registry: CollectorRegistry, name: str, words: str, label: str) -> Counter:
    return Counter(f"peerloop_{name}", words, (label,), registry=registry)


def _describe_build(registry: CollectorRegistry, database: str) -> None:
    about = {"version": version("peerloop"), "python": platform.python_version()}
    build = Info("peerloop_build", "What this is.", registry=registry)
    build.info({**about, "database": database})
