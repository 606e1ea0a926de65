"""One open transaction: a tenant, an instant, and the repositories of that tenant."""

from datetime import datetime
from functools import cached_property

from sqlalchemy.orm import Session

from bot.domain.ids import Tenant
from storage.activities import Activities
from storage.boundaries import Boundaries
from storage.channels import Channels
from storage.contributions import Contributions
from storage.credits import Credits
from storage.deliveries import Deliveries
from storage.evidence import Evidence
from storage.exchanges import Exchanges
from storage.leads import Leads
from storage.occasions import Occasions
from storage.pace import Pace
from storage.pairs import Pairs
from storage.people import People
from storage.pool import Pool
from storage.presence import Presences
from storage.published import PublishedAnswers
from storage.questions import Questions
from storage.rounds import Rounds
from storage.scope import Scope
from storage.seen import Seen
from storage.sending import Sending
from storage.tenants import Installation
from storage.topic_channels import TopicChannels
from storage.undelivered import Troubles
from storage.waiting import Waiting


class Work:
    """What a use case works on. `now` was read once, when the transaction was opened."""

    def __init__(self, session: Session, tenant: Tenant, now: datetime) -> None:
        self.tenant = tenant
        self.now = now
        self._scope = Scope(session, tenant, now)

    def freshen_homes(self) -> None:
        """Let everybody who was touched see it on their App Home, if they have ever opened it."""
        if self._scope.touched:
            self.deliveries.freshen_homes(self._scope.touched)

    @cached_property
    def installation(self) -> Installation:
        return Installation(self._scope)

    @cached_property
    def seen(self) -> Seen:
        return Seen(self._scope)

    @cached_property
    def people(self) -> People:
        return People(self._scope)

    @cached_property
    def boundaries(self) -> Boundaries:
        return Boundaries(self._scope)

    @cached_property
    def leads(self) -> Leads:
        return Leads(self._scope)

    @cached_property
    def channels(self) -> Channels:
        return Channels(self._scope)

    @cached_property
    def questions(self) -> Questions:
        return Questions(self._scope)

    @cached_property
    def topic_channels(self) -> TopicChannels:
        return TopicChannels(self._scope)

    @cached_property
    def published(self) -> PublishedAnswers:
        return PublishedAnswers(self._scope)

    @cached_property
    def exchanges(self) -> Exchanges:
        return Exchanges(self._scope)

    @cached_property
    def evidence(self) -> Evidence:
        return Evidence(self._scope)

    @cached_property
    def credits(self) -> Credits:
        return Credits(self._scope)

    @cached_property
    def presence(self) -> Presences:
        return Presences(self._scope)

    @cached_property
    def pool(self) -> Pool:
        return Pool(self._scope)

    @cached_property
    def rounds(self) -> Rounds:
        return Rounds(self._scope)

    @cached_property
    def pairs(self) -> Pairs:
        return Pairs(self._scope)

    @cached_property
    def activities(self) -> Activities:
        return Activities(self._scope)

    @cached_property
    def occasions(self) -> Occasions:
        return Occasions(self._scope)

    @cached_property
    def contributions(self) -> Contributions:
        return Contributions(self._scope)

    @cached_property
    def deliveries(self) -> Deliveries:
        return Deliveries(self._scope)

    @cached_property
    def sending(self) -> Sending:
        return Sending(self._scope)

    @cached_property
    def waiting(self) -> Waiting:
        return Waiting(self._scope)

    @cached_property
    def troubles(self) -> Troubles:
        return Troubles(self._scope)

    @cached_property
    def pace(self) -> Pace:
        return Pace(self._scope)
