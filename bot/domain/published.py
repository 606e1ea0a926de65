"""Questions whose askers shared what they took away, so that one answer reaches many."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.ids import ChannelId, Key, Topic, UserId

KEPT_FOR = timedelta(days=365)
"""So long a published answer is offered to those who ask something similar."""

MAX_TAKEAWAY = 1_000
"""Characters."""


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


def post_key(question: int, attempt: int = 1) -> Key:
    """The delivery that shows it; one that never arrived may be followed by another attempt."""
    return Key(f"published/{question}" if attempt == 1 else f"published/{question}/{attempt}")


def read_post_key(key: Key) -> int:
    """Of `published/17` and `published/17/2`: 17."""
    return int(key.split("/")[1])
