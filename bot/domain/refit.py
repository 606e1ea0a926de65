"""Fit the weights to who really answered: a conditional logit, held near the shipped weights."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.domain.postings import Floats
from bot.domain.weights import GROUNDS, SHIPPED

FEWEST_LABELS = 25
MOST_LABELS = 500
"""The newest count: a fit takes a fraction of a second, and people change."""
STEPS = 30
PULL = 15.0
"""How strongly a weight is held where it was, in labels that disagree by one standard deviation."""


@dataclass(frozen=True, slots=True)
class Label:
    """One answered question: the grounds of every candidate, and which of them answered."""

    grounds: Floats
    answered: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class _Choices:
    """All labels in one matrix, a column per ground, each in its standard deviations."""

    grounds: Floats
    answered: NDArray[np.bool_]
    starts: NDArray[np.int64]
    sizes: NDArray[np.int64]


def refit(labels: Sequence[Label], prior: Mapping[str, float] = SHIPPED) -> dict[str, float]:
    """The weights under which what happened is likeliest, none negative; `prior` with too few.

    Standard deviations are those within one question, so that the pull is as strong on every one.
    """
    usable = [label for label in labels if 0 < label.answered.sum() < label.answered.size]
    held = np.array([prior[name] for name in GROUNDS])
    if len(usable) < FEWEST_LABELS:
        return dict(zip(GROUNDS, held.tolist(), strict=True))
    newest = usable[-MOST_LABELS:]
    spread = np.sqrt(np.mean([label.grounds.var(axis=0) for label in newest], axis=0)) + 1e-6
    found = _fitted(_choices(newest, spread), held * spread) / spread
    return dict(zip(GROUNDS, found.round(6).tolist(), strict=True))


def _choices(labels: Sequence[Label], spread: Floats) -> _Choices:
    sizes = np.array([label.answered.size for label in labels])
    return _Choices(
        np.concatenate([label.grounds for label in labels]) / spread,
        np.concatenate([label.answered for label in labels]),
        np.concatenate([[0], np.cumsum(sizes)[:-1]]),
        sizes,
    )


def _fitted(choices: _Choices, prior: Floats) -> Floats:
    """Newton's method; a weight that would turn negative stays at zero."""
    weights, loss = prior.copy(), _loss(choices, prior, prior)
    for _ in range(STEPS):
        slope, bend = _slopes(choices, weights, prior)
        free = (weights > 0) | (slope < 0)
        step = np.zeros_like(weights)
        step[free] = np.linalg.solve(bend[np.ix_(free, free)], slope[free])
        share = 1.0
        while share > 1e-4:
            tried = np.maximum(weights - share * step, 0)
            tried_loss = _loss(choices, tried, prior)
            if tried_loss <= loss:
                break
            share /= 2
        else:
            break
        moved, weights, loss = np.abs(tried - weights).max(), tried, tried_loss
        if moved < 1e-6:
            break
    return weights


def _shares(choices: _Choices, weights: Floats) -> tuple[Floats, Floats, Floats]:
    """Each candidate's chance, their chance among those who answered, and the log likelihoods."""
    scores = choices.grounds @ weights
    scores -= np.repeat(np.maximum.reduceat(scores, choices.starts), choices.sizes)
    worth = np.exp(scores)
    right = worth * choices.answered
    total, total_right = (np.add.reduceat(each, choices.starts) for each in (worth, right))
    chances = worth / np.repeat(total, choices.sizes)
    return chances, right / np.repeat(total_right, choices.sizes), np.log(total_right / total)


def _loss(choices: _Choices, weights: Floats, prior: Floats) -> float:
    fits = _shares(choices, weights)[2]
    return float(-fits.sum() + PULL / 2 * ((weights - prior) ** 2).sum())


def _slopes(choices: _Choices, weights: Floats, prior: Floats) -> tuple[Floats, Floats]:
    """The gradient, and the part of the second derivative that is never negative."""
    chances, right, _ = _shares(choices, weights)
    slope = choices.grounds.T @ (chances - right) + PULL * (weights - prior)
    weighted = choices.grounds * chances[:, None]
    means = np.add.reduceat(weighted, choices.starts)
    bend = choices.grounds.T @ weighted - means.T @ means
    return slope, bend + PULL * np.eye(weights.size)
