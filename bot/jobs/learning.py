"""Every night: read what happened, fit the weights outside of any transaction, then write them."""

import structlog

from bot.run import Run
from bot.services import learn

log = structlog.get_logger()


def learn_weights(run: Run) -> bool:
    """Whether this workspace has weights of its own now."""
    sketches, facts, known = run.look(learn.history)
    learned = learn.fitted(sketches, facts)
    if learned is None:
        return False
    is_taken = run(learn.take_over, learned, known)
    log.info("weights were fitted", labels=learned.labels, taken=is_taken)
    return is_taken
