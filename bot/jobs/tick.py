"""The tick: everything that has fallen due, each thing in a transaction of its own."""

from collections.abc import Callable
from dataclasses import dataclass

import structlog

from bot.domain.refusals import Busy
from bot.run import Run
from bot.services import occasions, question_due, routing
from storage.trouble import is_away
from storage.work import Work

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Chore:
    """Something that falls due: what to look for, and what to do with each."""

    what: str
    due: Callable[[Work], list[int]]
    do: Callable[[Work, int], None]


CHORES = (
    Chore("question", question_due.due, question_due.move_on),
    Chore("activity", occasions.due, occasions.begin_occasions),
    Chore("occasion", occasions.due_steps, occasions.make_step),
)
"""In this order: an occasion that has just begun makes its first step in the same tick."""


def tick(run: Run) -> int:
    """Do what has fallen due; how many things that was."""
    run.look(routing.warm)
    return sum(_do(run, chore) for chore in CHORES)


def _do(run: Run, chore: Chore) -> int:
    numbers = run.look(chore.due)
    for number in numbers:
        try:
            run(chore.do, number)
        except Busy:
            log.warning("what has fallen due waits: the database is busy", what=chore.what)
        except Exception as error:  # one that cannot be handled must not hold up the others
            if is_away(error):
                raise
            log.exception("what has fallen due could not be done", what=chore.what, number=number)
    return len(numbers)
