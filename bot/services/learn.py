"""Let a workspace's own answers say what each ground for asking somebody weighs."""

from bot.domain.evidence import Fact, Known, Learned, Sketch
from bot.domain.refit import FEWEST_LABELS, refit
from bot.domain.replay import labels_of
from storage.work import Work


def history(work: Work) -> tuple[list[Sketch], list[Fact], Known]:
    """All evidence, in the order in which it came."""
    return (*work.evidence.log(), work.evidence.known())


def fitted(sketches: list[Sketch], facts: list[Fact]) -> Learned | None:
    """Weights that fit what happened; None where too little has. No transaction is needed."""
    labels = labels_of(sketches, facts)
    if len(labels) < FEWEST_LABELS:
        return None
    return Learned(refit(labels), len(labels))


def take_over(work: Work, learned: Learned, known: Known) -> bool:
    """Use these weights from now on; not if evidence was removed while they were fitted."""
    return work.evidence.learn(learned, known)
