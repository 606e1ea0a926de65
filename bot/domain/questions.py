"""The life of a question, and of each colleague's turn with it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.ids import ChannelId, Key, Topic, UserId

WINDOWS = (timedelta(hours=1), timedelta(hours=4), timedelta(hours=16))
"""How long a peer may be given to answer, in their own working hours: soon, today, in two days."""

WINDOW = WINDOWS[1]

CHANNEL_WINDOW = timedelta(hours=8)
"""How long a question stands in a channel before its asker is told, in the asker's own hours."""

QUIET_FOR = timedelta(hours=8)
"""A working day of whoever said yes; then the asker is asked how it goes."""

COOL_DOWN = timedelta(days=7)
"""So long somebody who said *not now* is not shown to the same person again."""

DRAFT_KEPT_FOR = timedelta(days=1)
"""A question that was never sent is dropped after this."""

DELIVERY_KEPT_FOR = timedelta(days=1)
"""A question that could not be delivered for so long is not sent any more."""

TEXT_KEPT_FOR = timedelta(days=30)
"""So long after it was asked, the words of a question are dropped, closed or not."""

LOOK_BACK_AFTER = timedelta(days=21)
"""So long after it was solved, its asker is asked whether it was of use."""

SAME_QUESTION_WITHIN = timedelta(seconds=10)

MOST_STARTED = {"an hour": (timedelta(hours=1), 20), "a day": (timedelta(days=1), 60)}
"""So many questions one person may start within each time, drafts included: more is no asking."""


class QuestionState(StrEnum):
    DRAFT = "draft"
    """Shown to its asker alone."""
    ASKING = "asking"
    """With a colleague who has not answered yet."""
    HELPING = "helping"
    IN_CHANNEL = "in channel"
    """Put to everybody in a channel, because one by one nobody could, or the asker wanted it so."""
    SOLVED = "solved"
    UNANSWERED = "unanswered"
    WITHDRAWN = "withdrawn"


IN_MOTION = frozenset({QuestionState.DRAFT, QuestionState.ASKING, QuestionState.IN_CHANNEL})
"""Something will still happen to these by itself."""

OPEN = frozenset({QuestionState.ASKING, QuestionState.HELPING, QuestionState.IN_CHANNEL})
"""Sent, and not closed yet."""


class TurnState(StrEnum):
    PROPOSED = "proposed"
    PASSED_OVER = "passed over"
    """The asker preferred somebody else; the colleague never hears of it."""
    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    REFERRED = "referred"
    """Somebody else knows better."""
    NOT_MINE = "not mine"
    """They do not want to be asked about this."""
    LET_GO = "let go"
    """Said yes, and the question went on all the same."""
    SILENT = "silent"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True, slots=True)
class Turn:
    """What became of a question with one colleague."""

    peer: UserId
    state: TurnState


@dataclass(frozen=True, slots=True)
class Manner:
    """How its asker wants a question to be asked."""

    is_anonymous: bool = False
    """Nobody but the asker is told who asks; everything is passed on by us."""
    window: timedelta = WINDOW
    may_ask_channel: bool = True
    """Whether it may go to the topic's channel when no colleague could help."""


@dataclass(frozen=True, slots=True)
class Question:
    id: int
    asker: UserId
    text: str
    topics: frozenset[Topic]
    state: QuestionState
    peer: UserId | None
    due_at: datetime | None = None
    manner: Manner = Manner()
    origin: ChannelId | None = None
    """The public channel in which it was typed: who helps others there may help here too."""
    channel: ChannelId | None = None
    """Where it was put to everybody."""
    nudged_at: datetime | None = None
    """When its asker was asked how it goes with whoever said yes."""
    relays: int = 0
    """How many words were passed on between its asker and those who answer here."""

    @property
    def is_anonymous(self) -> bool:
        return self.manner.is_anonymous


def card_key(question: int, name: str) -> Key:
    """The delivery of a question's card: to a peer by id, or by what it is: `asker`, `thread`,
    `channel`, `nudge`, `thanks`, `end`, `relay-1`."""
    return Key(f"question/{question}/{name}")


def read_card_key(key: Key) -> tuple[int, str]:
    """Of `question/17/U_ADA`: 17 and `U_ADA`."""
    _, number, name = key.split("/")
    return int(number), name
