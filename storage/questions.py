"""Questions and the turns colleagues had with them."""

from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, update

from bot.domain.ids import ChannelId, Topic, UserId
from bot.domain.questions import (
    COOL_DOWN,
    IN_MOTION,
    OPEN,
    SAME_QUESTION_WITHIN,
    TEXT_KEPT_FOR,
    Manner,
    Question,
    QuestionState,
    Turn,
    TurnState,
)
from storage.due import due_ids, next_due_at
from storage.scope import Scope
from storage.tables import QuestionRow, TurnRow


class Questions:
    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def add(
        self,
        *,
        asker: UserId,
        text: str,
        topics: frozenset[Topic],
        due_at: datetime,
        manner: Manner = Manner(),  # noqa: B008 - frozen
        origin: ChannelId | None = None,
    ) -> Question:
        row = QuestionRow(
            tenant=self._scope.tenant,
            asker=asker,
            text=text,
            topics=sorted(topics),
            state=QuestionState.DRAFT,
            asked_at=self._scope.now,
            due_at=due_at,
            origin=origin,
            relays=0,
        )
        _write_manner(row, manner)
        self._scope.session.add(row)
        self._scope.session.flush()
        return _question(row)

    def get(self, question: int) -> Question | None:
        row = self._scope.session.scalars(
            select(QuestionRow).where(
                QuestionRow.tenant == self._scope.tenant, QuestionRow.id == question
            )
        ).one_or_none()
        return _question(row) if row else None

    def same_as(self, asker: UserId, text: str) -> Question | None:
        """The same words by the same person within the last ten seconds: a double click."""
        rows = self._scope.session.scalars(
            select(QuestionRow)
            .where(
                QuestionRow.tenant == self._scope.tenant,
                QuestionRow.asker == asker,
                QuestionRow.asked_at > self._scope.now - SAME_QUESTION_WITHIN,
            )
            .order_by(QuestionRow.id.desc())
        )
        return next((_question(row) for row in rows if row.text == text), None)

    def started(self, asker: UserId, within: timedelta) -> int:
        """How many questions somebody has begun in this time, those that were dropped aside."""
        return self._scope.session.scalars(
            select(func.count()).where(
                QuestionRow.tenant == self._scope.tenant,
                QuestionRow.asker == asker,
                QuestionRow.asked_at > self._scope.now - within,
            )
        ).one()

    def move(
        self,
        question: int,
        state: QuestionState,
        *,
        peer: UserId | None,
        due_at: datetime | None = None,
    ) -> None:
        """Bring a question into `state`, with whose turn it is and when it moves by itself."""
        row = self._row(question)
        row.state, row.peer, row.due_at = state, peer, due_at
        if state is not QuestionState.HELPING:
            row.nudged_at = None
        self._scope.touched.add(UserId(row.asker))

    def ask_on(self, question: int, manner: Manner) -> None:
        """From now on it is asked in this way."""
        _write_manner(self._row(question), manner)

    def put_in(self, question: int, channel: ChannelId) -> None:
        """It is put to everybody in that channel."""
        self._row(question).channel = channel

    def nudged(self, question: int) -> None:
        """Its asker is asked, now, how it goes."""
        self._row(question).nudged_at = self._scope.now

    def count_relay(self, question: int) -> int:
        """Something is passed on; its number, from 1."""
        row = self._row(question)
        row.relays += 1
        return row.relays

    def drop(self, question: int) -> None:
        """Forget a question that was never sent, and its turns with it."""
        scope = self._scope
        scope.session.execute(
            delete(QuestionRow).where(
                QuestionRow.tenant == scope.tenant, QuestionRow.id == question
            )
        )

    def due(self) -> list[int]:
        return due_ids(self._scope, QuestionRow)

    def next_due_at(self) -> datetime | None:
        return next_due_at(self._scope, QuestionRow)

    def set_turn(self, question: int, peer: UserId, state: TurnState) -> None:
        row = self._turn(question, peer)
        if row is None:
            row = TurnRow(tenant=self._scope.tenant, question_id=question, peer=peer)
            self._scope.session.add(row)
        row.state = state
        if state is not TurnState.PROPOSED:
            self._scope.touched.add(peer)
        if state is TurnState.ASKED:
            row.asked_at = self._scope.now
        self._scope.session.flush()

    def turn_of(self, question: int, peer: UserId) -> TurnState | None:
        row = self._turn(question, peer)
        return TurnState(row.state) if row else None

    def declined(self, asker: UserId) -> frozenset[UserId]:
        """Those who said *not now* to this person within the last week."""
        found = self._scope.session.scalars(
            select(TurnRow.peer)
            .join(QuestionRow, QuestionRow.id == TurnRow.question_id)
            .where(
                TurnRow.tenant == self._scope.tenant,
                QuestionRow.tenant == self._scope.tenant,
                QuestionRow.asker == asker,
                TurnRow.state == TurnState.DECLINED,
                TurnRow.asked_at > self._scope.now - COOL_DOWN,
            )
        )
        return frozenset(UserId(user) for user in found)

    def with_peer(self, peer: UserId) -> list[int]:
        """The questions that wait for an answer of `peer`, or are being helped with by them."""
        rows = self._scope.session.scalars(
            select(QuestionRow.id)
            .where(
                QuestionRow.tenant == self._scope.tenant,
                QuestionRow.state.in_({QuestionState.ASKING, QuestionState.HELPING}),
                QuestionRow.peer == peer,
            )
            .order_by(QuestionRow.id)
        )
        return list(rows)

    def open_of(self, asker: UserId) -> list[Question]:
        """What somebody has asked and is not closed, the newest first."""
        rows = self._scope.session.scalars(
            select(QuestionRow)
            .where(
                QuestionRow.tenant == self._scope.tenant,
                QuestionRow.asker == asker,
                QuestionRow.state.in_(OPEN),
            )
            .order_by(QuestionRow.id.desc())
        )
        return [_question(row) for row in rows]

    def turns(self, question: int) -> list[Turn]:
        """Everybody who had a turn, in order."""
        rows = self._scope.session.scalars(
            select(TurnRow)
            .where(TurnRow.tenant == self._scope.tenant, TurnRow.question_id == question)
            .order_by(TurnRow.id)
        )
        return [Turn(UserId(row.peer), TurnState(row.state)) for row in rows]

    def forget_old(self) -> None:
        """Drop the words of questions that were asked long enough ago."""
        scope = self._scope
        scope.session.execute(
            update(QuestionRow)
            .where(
                QuestionRow.tenant == scope.tenant,
                QuestionRow.state.not_in(IN_MOTION | OPEN),
                QuestionRow.asked_at < scope.now - TEXT_KEPT_FOR,
                QuestionRow.text.is_not(None),
            )
            .values(text=None)
        )

    def _row(self, question: int) -> QuestionRow:
        return self._scope.session.scalars(
            select(QuestionRow).where(
                QuestionRow.tenant == self._scope.tenant, QuestionRow.id == question
            )
        ).one()

    def _turn(self, question: int, peer: UserId) -> TurnRow | None:
        return self._scope.session.scalars(
            select(TurnRow).where(
                TurnRow.tenant == self._scope.tenant,
                TurnRow.question_id == question,
                TurnRow.peer == peer,
            )
        ).one_or_none()


def _question(row: QuestionRow) -> Question:
    return Question(
        id=row.id,
        asker=UserId(row.asker),
        text=row.text or "",
        topics=frozenset(Topic(topic) for topic in row.topics),
        state=QuestionState(row.state),
        peer=UserId(row.peer) if row.peer else None,
        due_at=row.due_at,
        manner=Manner(row.is_anonymous, timedelta(hours=row.window_hours), row.may_ask_channel),
        origin=ChannelId(row.origin) if row.origin else None,
        channel=ChannelId(row.channel) if row.channel else None,
        nudged_at=row.nudged_at,
        relays=row.relays,
    )


def _write_manner(row: QuestionRow, manner: Manner) -> None:
    row.is_anonymous, row.may_ask_channel = manner.is_anonymous, manner.may_ask_channel
    row.window_hours = manner.window // timedelta(hours=1)
