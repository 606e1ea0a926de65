"""What was not delivered, or may not have been: what people may know of it and do about it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.deliveries import NOT_DELIVERABLE, NOT_WANTED, State
from bot.domain.ids import ChannelId, Key, UserId

WORDS_KEPT_FOR = timedelta(days=14)
"""So long what is unknown can still be sent again; then its words are dropped."""

REFUSALS_SHOWN_FOR = timedelta(days=7)
"""What certainly did not arrive cannot be helped any more; so long it is shown."""

AS_INTENDED = (NOT_WANTED, NOT_DELIVERABLE)
"""Reasons for *never* that nobody has to be told of: somebody wanted it so, or has left."""

CALLED_OFF = "called off by hand"


@dataclass(frozen=True, slots=True)
class Undelivered:
    """One delivery as a person judges it; its words stay where they are."""

    id: int
    key: Key
    state: State
    reason: str
    since: datetime
    people: tuple[UserId, ...] = ()
    channel: ChannelId | None = None
    reader: UserId | None = None
    """Set on a whisper."""
    attempts: int = 0
    has_words: bool = False
    """Whether it can be sent again."""

    @property
    def feature(self) -> str:
        return self.key.partition("/")[0]

    @property
    def is_repeatable(self) -> bool:
        return self.state is State.UNKNOWN and self.has_words


def concerns_people(state: State, reason: str) -> bool:
    """Whether leads should hear of a delivery that ends like this."""
    return state is State.UNKNOWN or (state is State.NEVER and reason not in AS_INTENDED)
