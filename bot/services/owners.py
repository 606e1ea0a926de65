"""Which feature a delivery belongs to, to be asked before and told after it is sent."""

from typing import Protocol

from bot.domain.deliveries import State
from bot.domain.ids import Key
from bot.services import look_back, mentoring, occasions, publish, question_due, rounds
from storage.work import Work


class Owner(Protocol):
    """The feature to which deliveries belong, by the first part of their keys."""

    def settled(self, work: Work, key: Key, state: State) -> None:
        """Take note of what became of one of them."""

    def is_wanted(self, work: Work, key: Key) -> bool:
        """Whether it should still be said; asked just before that."""


OWNERS: dict[str, Owner] = {
    "question": question_due,
    "activity": occasions,
    "pair": mentoring,
    "round": rounds,
    "published": publish,
    "look_back": look_back,
}


def owner_of(key: Key) -> Owner | None:
    """None for what nobody asks about: receipts, thanks, App Homes."""
    return OWNERS.get(key.partition("/")[0])
