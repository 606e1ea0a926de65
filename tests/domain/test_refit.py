"""Weights follow what happened, are never negative, and stay where they are with too little."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.refit import FEWEST_LABELS, Label, refit
from bot.domain.weights import GROUNDS, SHIPPED


def labels(count: int, true: dict[str, float], seed: int = 1) -> list[Label]:
    """Questions that are answered by chance, as the true weights say."""
    chance = np.random.default_rng(seed)
    weights = np.array([true.get(name, 0.0) for name in GROUNDS])
    found = []
    for _ in range(count):
        grounds = chance.random((12, len(GROUNDS))) * 3
        scores = grounds @ weights + chance.gumbel(size=12)
        found.append(Label(grounds, np.arange(12) == scores.argmax()))
    return found


def test_too_few_answers_change_nothing() -> None:
    assert refit(labels(FEWEST_LABELS - 1, {"words": 3})) == dict(SHIPPED)


@pytest.mark.parametrize("strong", ["words", "active", "helped_here"])
def test_what_decided_weighs_more_and_what_did_not_less(strong: str) -> None:
    found = refit(labels(300, {strong: 2.0}))
    assert max(found, key=lambda name: found[name]) == strong
    assert found[strong] > SHIPPED[strong]
    assert all(found[name] <= SHIPPED[name] + 0.1 for name in GROUNDS if name != strong)


@settings(max_examples=20)
@given(st.integers(0, 1_000), st.integers(FEWEST_LABELS, 60))
def test_no_weight_is_negative_and_the_same_labels_give_the_same(seed: int, count: int) -> None:
    against = labels(count, {"words": -3.0, "asker": -1.0}, seed)
    found = refit(against)
    assert all(weight >= 0 for weight in found.values())
    assert refit(against) == found


def test_questions_that_say_nothing_are_left_out() -> None:
    useless = [Label(np.ones((3, len(GROUNDS))), np.array([False] * 3))] * 100
    assert refit(useless) == dict(SHIPPED)
    assert refit(useless + labels(40, {"words": 2})) == refit(labels(40, {"words": 2}))
