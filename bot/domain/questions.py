"""The life of a question, and of each colleague's turn with it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.ids import Key, Topic, UserId

WINDOW = timedelta(hours=4)
"""How long a peer has to answer, in their own working hours."""

COOL_DOWN = timedelta(days=7)
"""So long somebody who said *not now* is not shown to the same person again."""

DRAFT_KEPT_FOR = timedelta(days=1)
"""A question that was never sent is dropped after this."""

DELIVERY_KEPT_FOR = timedelta(days=1)
"""A question that could not be delivered for so long is not sent any more."""

TEXT_KEPT_FOR = timedelta(days=30)
"""So long after it was asked, the words of a question are dropped, closed or not."""

SAME_QUESTION_WITHIN = timedelta(seconds=10)


LOOK_BACK_AFTER = timedelta(days=21)
"""So long after it was solved, its asker is asked whether it was of use."""


class QuestionState(StrEnum):
    DRAFT = "draft"
    """Shown to its asker alone."""
    ASKING = "asking"
    """With a colleague who has not answered yet."""
    HELPING = "helping"
    SOLVED = "solved"
    UNANSWERED = "unanswered"
    WITHDRAWN = "withdrawn"


IN_MOTION = frozenset({QuestionState.DRAFT, QuestionState.ASKING})
"""Something will still happen to these by itself."""


class TurnState(StrEnum):
    PROPOSED = "proposed"
    PASSED_OVER = "passed over"
    """The asker preferred somebody else; the colleague never hears of it."""
    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    SILENT = "silent"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True, slots=True)
class Turn:
    """What became of a question with one colleague."""

    peer: UserId
    state: TurnState


@dataclass(frozen=True, slots=True)
class Question:
    id: int
    asker: UserId
    text: str
    topics: frozenset[Topic]
    state: QuestionState
    peer: UserId | None
    due_at: datetime | None = None
    is_anonymous: bool = False
    """Nobody but the asker is told who asks."""


def exchange_source(question: int) -> str:
    """The ledger's name for what came of a question."""
    return f"question/{question}"


def card_key(question: int, name: str) -> Key:
    """The delivery of a question's card: to a peer by id, or `asker`, `thread`, `thanks`, `end`."""
    return Key(f"question/{question}/{name}")


def read_card_key(key: Key) -> tuple[int, str]:
    """Of `question/17/U_ADA`: 17 and `U_ADA`."""
    _, number, name = key.split("/")
    return int(number), name
