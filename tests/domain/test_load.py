"""What somebody was asked weighs on them, the less the longer ago it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.load import SPANS, burden_of

COUNTS = st.lists(st.integers(0, 50), max_size=SPANS)


@pytest.mark.parametrize(
    ("asked", "burden"),
    [
        ((), 0),
        ((0, 0, 0, 0), 0),
        ((3,), 3),
        ((0, 3), 1.5),
        ((1, 1, 1, 1), 1.875),
        ((0, 0, 0, 8), 1),
    ],
)
def test_each_question_weighs_half_as_much_as_one_a_span_later(
    asked: tuple[int, ...], burden: float
) -> None:
    assert burden_of(asked) == burden


@given(COUNTS, st.integers(0, SPANS - 1))
def test_one_question_more_is_more_and_time_makes_it_less(counts: list[int], span: int) -> None:
    more = list(counts) + [0] * (SPANS - len(counts))
    more[span] += 1
    assert burden_of(counts) < burden_of(more)
    assert burden_of([0, *more]) == burden_of(more) / 2
