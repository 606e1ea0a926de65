"""One open transaction: a tenant, an instant, and the repositories of that tenant."""

from datetime import datetime
from functools import cached_property

from sqlalchemy.orm import Session

from bot.domain.ids import Tenant
from storage.channels import Channels
from storage.deliveries import Deliveries
from storage.exchanges import Exchanges
from storage.pace import Pace
from storage.people import People
from storage.questions import Questions
from storage.scope import Scope
from storage.seen import Seen
from storage.sending import Sending
from storage.tenants import Installation


class Work:
    """What a use case works on. `now` was read once, when the transaction was opened."""

    def __init__(self, session: Session, tenant: Tenant, now: datetime) -> None:
        self.tenant = tenant
        self.now = now
        self._scope = Scope(session, tenant, now)

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
    def channels(self) -> Channels:
        return Channels(self._scope)

    @cached_property
    def questions(self) -> Questions:
        return Questions(self._scope)

    @cached_property
    def exchanges(self) -> Exchanges:
        return Exchanges(self._scope)

    @cached_property
    def deliveries(self) -> Deliveries:
        return Deliveries(self._scope)

    @cached_property
    def sending(self) -> Sending:
        return Sending(self._scope)

    @cached_property
    def pace(self) -> Pace:
        return Pace(self._scope)
