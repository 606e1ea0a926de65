"""What every repository is opened with."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from bot.domain.ids import Tenant, UserId


@dataclass(frozen=True, slots=True)
class Scope:
    """A session, the tenant to which every query is confined, and the instant."""

    session: Session
    tenant: Tenant
    now: datetime
    touched: set[UserId] = field(default_factory=set)
    """Those whose App Home shows something that this transaction changed."""
