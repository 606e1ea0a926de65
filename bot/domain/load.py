"""How much somebody was asked so far: a question weighs half as much with each span that passes."""

from collections.abc import Sequence
from datetime import timedelta

SPAN = timedelta(days=45)
SPANS = 4
"""Half a year; what was before that weighs nothing any more."""


def burden_of(asked: Sequence[int]) -> float:
    """Of so many questions in each span, the latest span first."""
    return sum(count * 0.5**span for span, count in enumerate(asked))
