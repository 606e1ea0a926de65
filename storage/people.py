"""The people of a workspace: the directory, and what each chose."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, delete, not_, or_, select

from bot.domain.availability import Availability
from bot.domain.exchanges import is_later
from bot.domain.ids import Topic, Ts, UserId
from bot.domain.people import Candidate, Choices, Person, Standing, Switch
from bot.domain.working_time import WorkingHours, zone_named
from storage.availability import read_availability, write_hours
from storage.scope import Scope
from storage.tables import (
    ExchangeTopicRow,
    PersonRow,
    PersonTopicRow,
    TopicChannelRow,
)
from storage.turns import asked_lately, asked_this_week

COLUMNS = {
    Switch.RECEIPTS: "wants_receipts",
    Switch.FINDABLE: "is_findable",
    Switch.AT_ONCE: "sends_at_once",
    Switch.LOOK_BACKS: "wants_look_backs",
}


class People:
    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def record(self, person: Person, changed_ts: Ts | None = None) -> None:
        """Add or bring up to date what the directory says; what they chose stays.

        `changed_ts` is Slack's time of the event that told us; one older than the last is ignored.
        """
        row = self._find(person.user)
        if row is None:
            row = PersonRow(tenant=self._scope.tenant, user=person.user)
            self._scope.session.add(row)
        if changed_ts:
            if row.changed_ts and is_later(Ts(row.changed_ts), changed_ts):
                return
            row.changed_ts = changed_ts
        row.name, row.zone = person.name, person.zone
        row.standing, row.is_admin = person.standing, person.is_admin
        if self._scope.session.is_modified(row):  # a sync that brings nothing new touches nobody
            self._scope.touched.add(person.user)
        self._scope.session.flush()

    def get(self, user: UserId) -> Person | None:
        row = self._find(user)
        return _person(row) if row else None

    def known(self, users: Iterable[UserId]) -> frozenset[UserId]:
        """Those of `users` the directory has heard of."""
        return self._those(users)

    def can_be_asked(self, user: UserId) -> bool:
        """A member who is not paused."""
        return bool(self._available([user]))

    def available(self, users: Iterable[UserId]) -> list[Person]:
        """Those of `users` who are members and not paused."""
        return [_person(row) for row in self._available(users)]

    def deactivated(self, users: Iterable[UserId]) -> list[UserId]:
        """Those of `users` to whom nothing can be sent any more."""
        return sorted(self._those(users, PersonRow.standing == Standing.DEACTIVATED))

    def choices(self, user: UserId) -> Choices:
        row = self._row(user)
        is_over = row.paused_until is not None and row.paused_until <= self._scope.now
        return Choices(
            topics=self._topics(user),
            weekly_limit=row.weekly_limit,
            is_paused=row.is_paused and not is_over,
            wants_receipts=row.wants_receipts,
            paused_until=None if is_over else row.paused_until,
            wants_look_backs=row.wants_look_backs,
            sends_at_once=row.sends_at_once,
            is_findable=row.is_findable,
        )

    def hours_of(self, user: UserId) -> Availability:
        """When somebody is at work; office hours in UTC where nothing is known of them."""
        row = self._find(user)
        return read_availability(row) if row else Availability(zone_named("UTC"))

    def findable(self, users: Iterable[UserId]) -> frozenset[UserId]:
        """Those of `users` who want to be listed when somebody asks who knows a topic."""
        return self._those(users, PersonRow.is_findable.is_(True))

    def set_topics(self, user: UserId, topics: Sequence[Topic]) -> None:
        scope = self._scope
        mine = (PersonTopicRow.tenant == scope.tenant, PersonTopicRow.user == user)
        scope.session.execute(delete(PersonTopicRow).where(*mine))
        scope.session.add_all(
            PersonTopicRow(tenant=scope.tenant, user=user, topic=topic) for topic in topics
        )
        scope.session.flush()
        scope.touched.add(user)

    def set_limit(self, user: UserId, weekly_limit: int) -> None:
        self._row(user).weekly_limit = weekly_limit
        self._scope.touched.add(user)

    def set_paused(self, user: UserId, is_paused: bool, until: datetime | None = None) -> None:
        """A pause without an end lasts until they say so."""
        row = self._row(user)
        row.is_paused, row.paused_until = is_paused, until if is_paused else None
        self._scope.touched.add(user)

    def switch(self, user: UserId, switch: Switch, is_on: bool) -> None:
        setattr(self._row(user), COLUMNS[switch], is_on)
        self._scope.touched.add(user)

    def set_hours(self, user: UserId, hours: WorkingHours) -> None:
        write_hours(self._row(user), hours)
        self._scope.touched.add(user)

    def set_place(self, user: UserId, place: str) -> None:
        """Whose public holidays they keep; empty for none."""
        self._row(user).country = place or None
        self._scope.touched.add(user)

    def vocabulary(self) -> frozenset[Topic]:
        """Every topic that somebody declared or was of help with, or that has a channel."""
        kept = (PersonTopicRow, ExchangeTopicRow, TopicChannelRow)
        declared, *others = (
            select(row.topic).where(row.tenant == self._scope.tenant) for row in kept
        )
        found = self._scope.session.scalars(declared.union(*others))
        return frozenset(Topic(topic) for topic in found)

    def candidates(self) -> list[Candidate]:
        """Members who are not paused, with what they declared and what they were asked lately."""
        topics, asked = self._declared(), asked_lately(self._scope)
        rows = self._scope.session.execute(
            select(PersonRow.user, PersonRow.weekly_limit).where(
                PersonRow.tenant == self._scope.tenant,
                PersonRow.standing == Standing.MEMBER,
                not_(self._is_paused()),
            )
        )
        return [
            Candidate(UserId(user), tuple(topics.get(user, ())), this_week, weekly_limit, by_span)
            for user, weekly_limit in rows
            for this_week, by_span in [asked.get(user, (0, ()))]
        ]

    def asked_this_week(self, user: UserId) -> int:
        return asked_this_week(self._scope, user)

    def _those(self, users: Iterable[str], *of: ColumnElement[bool]) -> frozenset[UserId]:
        mine = (PersonRow.tenant == self._scope.tenant, PersonRow.user.in_(list(users)))
        return frozenset(
            map(UserId, self._scope.session.scalars(select(PersonRow.user).where(*mine, *of)))
        )

    def _topics(self, user: UserId) -> tuple[Topic, ...]:
        found = self._scope.session.scalars(
            select(PersonTopicRow.topic)
            .where(PersonTopicRow.tenant == self._scope.tenant, PersonTopicRow.user == user)
            .order_by(PersonTopicRow.topic)
        )
        return tuple(Topic(topic) for topic in found)

    def _declared(self) -> dict[str, list[Topic]]:
        rows = self._scope.session.execute(
            select(PersonTopicRow.user, PersonTopicRow.topic)
            .where(PersonTopicRow.tenant == self._scope.tenant)
            .order_by(PersonTopicRow.user, PersonTopicRow.topic)
        )
        found: dict[str, list[Topic]] = {}
        for user, topic in rows:
            found.setdefault(user, []).append(Topic(topic))
        return found

    def _available(self, users: Iterable[str]) -> Sequence[PersonRow]:
        return self._scope.session.scalars(
            self._rows().where(
                PersonRow.user.in_(list(users)),
                PersonRow.standing == Standing.MEMBER,
                not_(self._is_paused()),
            )
        ).all()

    def _is_paused(self) -> ColumnElement[bool]:
        until = PersonRow.paused_until
        return and_(PersonRow.is_paused, or_(until.is_(None), until > self._scope.now))

    def _rows(self) -> Select[PersonRow]:
        return select(PersonRow).where(PersonRow.tenant == self._scope.tenant)

    def _find(self, user: UserId) -> PersonRow | None:
        """By its key, so that one transaction reads a person once."""
        return self._scope.session.get(PersonRow, (self._scope.tenant, user))

    def _row(self, user: UserId) -> PersonRow:
        return self._scope.session.get_one(PersonRow, (self._scope.tenant, user))


def _person(row: PersonRow) -> Person:
    return Person(UserId(row.user), row.name, row.zone, Standing(row.standing), row.is_admin)
