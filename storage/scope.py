"""What every repository is opened with."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from bot.domain.ids import Tenant


@dataclass(frozen=True, slots=True)
class Scope:
    """A session, the tenant to which every query is confined, and the instant."""

    session: Session
    tenant: Tenant
    now: datetime
