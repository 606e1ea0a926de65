"""Pairs are made in the process of the story: a child for each round would cost half a second."""

import pytest

from bot.domain.matching import Pool, Proposal, propose
from bot.jobs import pairing


@pytest.fixture(autouse=True)
def _pairs_made_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """The walk runs a whole program, child included; so does the matchmaker's own test."""

    def here(pool: Pool, **_how: object) -> Proposal:
        return propose(pool)

    monkeypatch.setattr(pairing, "propose_in_child", here)
