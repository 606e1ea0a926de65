"""What every repository is opened with."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from bot.domain.ids import Tenant, UserId


@dataclass(slots=True)
class OwnEvidence:
    """What this transaction did to the evidence: none of it is certain before it commits."""

    seq: int | None = None
    is_removed: bool = False


@dataclass(frozen=True, slots=True)
class Scope:
    """A session, the tenant to which every query is confined, and the instant."""

    session: Session
    tenant: Tenant
    now: datetime
    touched: set[UserId] = field(default_factory=set)
    """Those whose App Home shows something that this transaction changed."""
    evidence: OwnEvidence = field(default_factory=OwnEvidence)
