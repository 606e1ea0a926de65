"""How well a mentor suits a mentee: the terms of the score, their weights, and the hard rules."""

from collections.abc import Mapping, Sequence
from enum import IntEnum
from types import MappingProxyType

from bot.domain.ids import Topic

# Each term is between 0 and 1, the weights add up to 1, and so the score is between 0 and 1.
WEIGHTS = MappingProxyType(
    {
        "topics": 0.65,  # the share of the wishes that is met, by rank and rarity
        "hours": 0.20,  # working hours in common, of eight
        "waited": 0.15,  # half for each of the two who was left over in the last round
    }
)

FEWEST_HOURS = 2.0
FULL_DAY = 8.0
FLOOR = 0.25
"""What topics and hours must come to without `waited`: waiting makes no bad pair a good one."""

DECIMALS = 6
"""To which scores are rounded, so that equal means equal."""


class Verdict(IntEnum):
    """What becomes of two people of whom one offers what the other wants."""

    FITS = 0
    BARRED = 1
    """Not to be paired now."""
    APART = 2
    """Too few working hours in common."""
    WEAK = 3
    """Under the floor."""


def wish_shares(
    wants: Sequence[Topic], offered: Mapping[Topic, int], mentors: int
) -> dict[Topic, float]:
    """The share of each wish in all that can be met: rank times rarity, together 1.

    Rank: 1, 1/2, 1/3 … Rarity: from 1, where all mentors offer it, up to 1.5, because who wants
    what few offer should get those few; never so much that a second wish outweighs the first.
    A wish that nobody can meet tells no mentor from another.
    """
    ranked = enumerate(dict.fromkeys(wants), start=1)
    worth = {
        topic: (1.5 - offered[topic] / mentors / 2) / rank
        for rank, topic in ranked
        if offered.get(topic)
    }
    total = sum(worth.values())
    return {topic: each / total for topic, each in worth.items()}
