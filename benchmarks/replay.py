"""Let an archive happen in a real database: what was said before a question is all it can use."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from heapq import heappop, heappush
from time import perf_counter

from benchmarks.archive import Thread
from benchmarks.baselines import WAYS, Past
from benchmarks.ranked import Measured
from bot.domain.evidence import Kind
from bot.domain.ids import ChannelId, Tenant, UserId
from bot.domain.people import Person, Standing
from bot.domain.questions import QuestionState, TurnState
from bot.domain.routing import Ranking
from bot.domain.weights import LOAD
from bot.domain.words import sketch
from bot.jobs.learning import learn_weights
from bot.run import Run
from bot.services.routing import experts_for
from storage.database import Database
from storage.work import Work

OURS, LOADED = "peerloop", "peerloop with load"
NO_LIMIT = 1_000_000
Event = tuple[float, int, Callable[[Work, Past], None]]


def instant(at: float) -> datetime:
    return datetime.fromtimestamp(at, UTC)


@dataclass(slots=True)
class Replay:
    """A workspace in which an archive happens."""

    database: Database
    tenant: Tenant
    is_adapting: bool = False
    past: Past = field(default_factory=Past)
    measured: dict[str, Measured] = field(default_factory=dict)
    asked: int = 0
    _now: datetime = field(default_factory=lambda: instant(0))
    _due: list[Event] = field(default_factory=list)
    _known: set[str] = field(default_factory=set)
    _count: int = 0

    def play(
        self,
        threads: Sequence[Thread],
        tested: frozenset[int],
        activity: Sequence[tuple[float, str]] = (),
    ) -> None:
        """Everything in the order of time; the tested questions are put to every way."""
        for at, user in activity:
            self._at(at, self._seeing(user, None, at))
        has_learned = not self.is_adapting
        for thread in threads:
            self.until(thread.at)
            if thread.number in tested:
                if not has_learned:
                    learn_weights(self.run)
                    has_learned = True
                self._test(thread)
            for event in _events(thread, self):
                self._at(*event)

    @property
    def run(self) -> Run:
        return Run(self.database, lambda: self._now, lambda: None, self.tenant)

    def until(self, at: float) -> None:
        """Let all that comes before happen, in one transaction."""
        self._now = instant(at)
        due = []
        while self._due and self._due[0][0] < at:
            due.append(heappop(self._due)[2])
        if due:
            self.run(lambda work: [do(work, self.past) for do in due])

    def join(self, work: Work, user: str) -> None:
        """They have answered for the first time, and can be asked from now on."""
        if user not in self._known:
            self._known.add(user)
            work.people.record(Person(UserId(user), user, "UTC", Standing.MEMBER))
            work.people.set_limit(UserId(user), NO_LIMIT)

    def _at(self, at: float, do: Callable[[Work, Past], None]) -> None:
        self._count += 1
        heappush(self._due, (at, self._count, do))

    def _seeing(self, user: str, channel: str | None, at: float) -> Callable[[Work, Past], None]:
        moment = (UserId(user), ChannelId(channel) if channel else None, instant(at))
        return lambda work, _: work.presence.seen_at([moment])

    def _test(self, thread: Thread) -> None:
        for name, way in WAYS.items():
            begun = perf_counter()
            order = [user for user in way(self.past, thread) if user != thread.asker]
            self._note(name, order, thread, perf_counter() - begun)
        begun = perf_counter()
        ranking = self.run.look(ranked, thread, 0.0)
        self._note(OURS, ranking.users, thread, perf_counter() - begun)
        begun = perf_counter()
        loaded = self.run.look(ranked, thread, LOAD)
        self._note(LOADED, loaded.users, thread, perf_counter() - begun)
        if loaded.users:
            self.run(_send, thread, loaded.users[0])
            self.asked += 1

    def _note(self, name: str, order: Sequence[str], thread: Thread, seconds: float) -> None:
        self.measured.setdefault(name, Measured()).note(order, thread.relevant, seconds)


def ranked(work: Work, thread: Thread, load: float) -> Ranking:
    ranking = experts_for(
        work,
        asker=UserId(thread.asker),
        text=thread.text,
        channel=ChannelId(thread.channel),
        load=load,
    )
    assert ranking.users is not None  # so that sorting is part of what is timed
    return ranking


def _send(work: Work, thread: Thread, peer: UserId) -> None:
    """Somebody is sent the question: from now on that is part of their load."""
    question = work.questions.add(
        asker=UserId(thread.asker),
        text="?",
        topics=frozenset(),
        due_at=work.now + timedelta(days=1),
    )
    work.questions.set_turn(question.id, peer, TurnState.ASKED)
    work.questions.move(question.id, QuestionState.UNANSWERED, peer=None)


def _events(thread: Thread, replay: Replay) -> Iterator[tuple[float, Callable[[Work, Past], None]]]:
    """What becomes known of a thread, and when."""
    yield thread.at, replay._seeing(thread.asker, thread.channel, thread.at)
    for said in thread.said:
        yield said.at, replay._seeing(said.user, thread.channel, said.at)
    for user in dict.fromkeys(answer.user for answer in thread.answers):
        answers = [answer for answer in thread.answers if answer.user == user]
        yield answers[0].at, _answering(thread, replay, user, answers[0].at)
        words = " ".join(answer.text for answer in answers)
        yield answers[-1].at, _saying(thread, user, words)


def _answering(
    thread: Thread, replay: Replay, user: str, at: float
) -> Callable[[Work, Past], None]:
    def happen(work: Work, past: Past) -> None:
        replay.join(work, user)
        name, asker = f"thread/{thread.number}", UserId(thread.asker)
        words = sketch(thread.text, work.evidence.key_to_write())
        work.evidence.sketch(name, words, asker=asker, at=instant(thread.at))
        work.evidence.note(
            UserId(user),
            Kind.ANSWERED,
            name,
            asker=asker,
            channel=ChannelId(thread.channel),
            at=instant(at),
        )
        if thread.number not in past.lengths:
            past.reads(thread.number, thread.text)
        past.answered(thread, user, at)

    return happen


def _saying(thread: Thread, user: str, words: str) -> Callable[[Work, Past], None]:
    def happen(work: Work, past: Past) -> None:
        work.evidence.sketch(
            f"thread/{thread.number}",
            sketch(words, work.evidence.key_to_write()),
            asker=UserId(thread.asker),
            author=UserId(user),
        )
        past.reads(thread.number, words)

    return happen
