"""The tick: everything that has fallen due, each thing in a transaction of its own."""

import structlog

from bot.run import Run
from bot.services import ask_peer

log = structlog.get_logger()


def tick(run: Run) -> int:
    """Do what has fallen due; how many things that was."""
    questions = run.look(ask_peer.due)
    for question in questions:
        try:
            run(ask_peer.move_on, question)
        except Exception:  # one that cannot be handled must not hold up the others
            log.exception("a due question could not be moved on", question=question)
    return len(questions)
