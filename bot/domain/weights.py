"""What each ground for asking somebody weighs: as shipped, until a workspace has its own."""

from collections.abc import Mapping
from types import MappingProxyType

GROUNDS = (
    "active",
    "active_here",
    "helped_here",
    "helped_here_long",
    "words",
    "own_words",
    "hour",
    "asker",
)
"""The columns of a weighing, in this order; each is zero or more, whatever it is about."""

SHIPPED: Mapping[str, float] = MappingProxyType(
    {
        "active": 0.15,
        "active_here": 0.30,
        "helped_here": 0.10,
        "helped_here_long": 0.45,
        "words": 0.20,
        "own_words": 0.50,
        "hour": 1.60,
        "asker": 0.50,
    }
)

TOPICS = ("words", "own_words")
"""A declared topic weighs what these do together: it stands for a thread, and own words in it."""

LOAD = 0.6
"""Less for each question of late, the less the older it is: LOAD · ln(1 + burden)."""
