"""Questions whose askers shared what they took away, so that one answer reaches many."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.ids import ChannelId, Topic, UserId

KEPT_FOR = timedelta(days=365)
"""So long a published answer is offered to those who ask something similar."""


@dataclass(frozen=True, slots=True)
class Published:
    """A question and its takeaway, in a public channel; without an author if asked without one."""

    question_id: int
    channel: ChannelId
    author: UserId | None
    question: str
    takeaway: str
    topics: frozenset[Topic]
    published_at: datetime | None = None
