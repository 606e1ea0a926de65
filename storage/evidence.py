"""Evidence of past help: written where things happen, weighed for a question."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select

from bot.domain.evidence import Fact, Kind, Known, Learned, Sketch
from bot.domain.ids import ChannelId, UserId
from bot.domain.postings import pack
from bot.domain.recall import Memory, Recalled
from storage.memories import memory_of
from storage.routing_state import RoutingState
from storage.scope import Scope
from storage.tables import EvidenceRow, SketchRow
from storage.upsert import insert_once

IN_PARTS = {"yield_per": 250_000}
"""So many rows are read into memory together."""


class Evidence:
    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._state = RoutingState(scope)

    def key(self) -> bytes | None:
        """The key under which this workspace's words are hashed; None before there are any."""
        row = self._state.row()
        return row.word_key.encode() if row else None

    def key_to_write(self) -> bytes:
        return self._state.held().word_key.encode()

    def sketch(
        self,
        thread: str,
        words: Mapping[int, int],
        *,
        asker: UserId | None = None,
        author: UserId | None = None,
        at: datetime | None = None,
    ) -> None:
        """Keep the words of a question, or of what `author` answered to it; once for each."""
        insert_once(
            self._scope.session,
            SketchRow,
            tenant=self._scope.tenant,
            thread=thread,
            author=author or "",
            question_id=self._sketch_of(thread) if author else None,
            asker=asker,
            words=pack(words),
            seq=self._state.next_seq(),
            at=at or self._scope.now,
        )

    def note(
        self,
        person: UserId,
        kind: Kind,
        thread: str,
        *,
        asker: UserId | None = None,
        channel: ChannelId | None = None,
        at: datetime | None = None,
    ) -> None:
        """Keep that somebody was of help in a thread, or is not; each kind counts once."""
        insert_once(
            self._scope.session,
            EvidenceRow,
            tenant=self._scope.tenant,
            person=person,
            thread=thread,
            kind=kind,
            sketch_id=self._sketch_of(thread),
            asker=asker,
            channel=channel,
            seq=self._state.next_seq(),
            at=at or self._scope.now,
        )

    def weigh(
        self, words: Iterable[int], *, asker: UserId, channel: ChannelId | None = None
    ) -> Recalled:
        """What speaks for whom, by all evidence that others have committed, and we before."""
        known = self._state.committed()
        engine = self._scope.session.get_bind().engine
        if self._scope.evidence.is_removed:  # and that may yet be rolled back: not for others
            memory = Memory()
            self._extend(memory, known.seq)
            return memory.recall(words, asker=asker, channel=channel, at=self._scope.now)
        with memory_of(engine, self._scope.tenant, known, self._extend) as memory:
            return memory.recall(words, asker=asker, channel=channel, at=self._scope.now)

    def warm(self) -> None:
        """Bring what is held in memory up to date, so that a question need not wait for it."""
        engine = self._scope.session.get_bind().engine
        with memory_of(engine, self._scope.tenant, self._state.committed(), self._extend):
            pass

    def log(self) -> tuple[list[Sketch], list[Fact]]:
        """All that is known, to be played again: the oldest first."""
        scope = self._scope
        sketches = _sketches().where(SketchRow.tenant == scope.tenant)
        facts = _facts().where(EvidenceRow.tenant == scope.tenant)
        return (
            [_sketch(row) for row in scope.session.execute(sketches.order_by(SketchRow.id))],
            [_fact(row) for row in scope.session.execute(facts.order_by(EvidenceRow.id))],
        )

    def learned(self) -> Learned | None:
        """This workspace's own weights, if it has some."""
        row = self._state.row()
        return Learned(row.weights, row.labels) if row and row.weights else None

    def learn(self, learned: Learned, known: Known) -> bool:
        """Take over weights fitted to what was known then; not if some was removed since."""
        row = self._state.held()
        if row.epoch != known.epoch:
            return False
        row.weights, row.labels = dict(learned.weights), learned.labels
        row.learned_at = self._scope.now
        return True

    def known(self) -> Known:
        """How far the evidence goes, and since which removal."""
        return self._state.committed()

    def _extend(self, memory: Memory, seq: int) -> None:
        session, tenant = self._scope.session, self._scope.tenant
        span = (SketchRow.seq > memory.seq, SketchRow.seq <= seq)
        sketches = _sketches().where(SketchRow.tenant == tenant, *span).order_by(SketchRow.id)
        for rows in session.execute(sketches, execution_options=IN_PARTS).partitions():
            memory.extend([_sketch(row) for row in rows], ())
        newer = (EvidenceRow.seq > memory.seq, EvidenceRow.seq <= seq)
        facts = _facts().where(EvidenceRow.tenant == tenant, *newer).order_by(EvidenceRow.id)
        for found in session.execute(facts, execution_options=IN_PARTS).partitions():
            memory.extend([], (_fact(row) for row in found))

    def _sketch_of(self, thread: str) -> int | None:
        return self._scope.session.scalars(
            select(SketchRow.id).where(
                SketchRow.tenant == self._scope.tenant,
                SketchRow.thread == thread,
                SketchRow.author == "",
            )
        ).one_or_none()


def _sketches() -> Select[int, int | None, str, bytes, datetime]:
    row = SketchRow
    return select(row.id, row.question_id, row.author, row.words, row.at)


def _facts() -> Select[str, str | None, str | None, str, int | None, datetime]:
    row = EvidenceRow
    return select(row.person, row.asker, row.channel, row.kind, row.sketch_id, row.at)


def _sketch(row: Any) -> Sketch:
    return Sketch(row.id, row.question_id, row.author or None, row.words, row.at)


def _fact(row: Any) -> Fact:
    return Fact(row.person, row.asker, row.channel, Kind(row.kind), row.sketch_id, row.at)
