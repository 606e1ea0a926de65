"""Find pairs for the rounds that wait: read, compute in a child process, then write."""

import threading

import structlog

from bot.jobs.matchmaker import NEVER, MatchmakerFailed, Stopping, propose_in_child
from bot.run import Run
from bot.services import rounds
from storage.trouble import is_away

log = structlog.get_logger()


def propose_pairs(run: Run, stopping: threading.Event = NEVER) -> int:
    """Propose pairs in every round that is due; how many rounds that was.

    Once `stopping` is set, what is not done yet is left for the next start.
    """
    waiting = run.look(rounds.due)
    for round_id in waiting:
        try:
            _propose(run, round_id, stopping)
        except Stopping:
            break
        except MatchmakerFailed as failure:  # in words that say nothing about anybody
            told = [str(failure), *getattr(failure, "__notes__", [])]
            log.error("no pairs could be proposed", round=round_id, reason="\n".join(told))
            run(rounds.postpone, round_id)
        except Exception as error:  # whatever it is, the lead must hear of it in the end
            if is_away(error):
                raise
            log.exception("no pairs could be proposed", round=round_id)
            run(rounds.postpone, round_id)
    return len(waiting)


def _propose(run: Run, round_id: int, stopping: threading.Event) -> None:
    """No transaction is open while it computes: that may take seconds."""
    pool = run.look(rounds.problem, round_id)
    if pool is not None:
        run(rounds.propose, round_id, propose_in_child(pool, stopping=stopping))
