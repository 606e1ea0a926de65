"""Makes pairs in a process of its own, so that the bot itself never loads SciPy."""

import json
import os
import subprocess
import sys
import threading
import traceback
from contextlib import suppress
from time import monotonic, sleep
from types import TracebackType

from bot.domain.matching import Pool, Proposal, propose
from bot.domain.pools import (
    UNREADABLE,
    pool_from_json,
    pool_to_json,
    proposal_from_json,
    proposal_to_json,
)

COMMAND = ("-m", "bot.jobs.matchmaker")

# What Python may need in order to run. The rest stays here: the bot's environment holds secrets.
INHERITED = ("LD_LIBRARY_PATH", "PYTHONHOME", "PYTHONTZPATH")

LOOK_SECONDS = 0.5
"""How often a child looks whether its bot is still there, and the bot whether it is to end."""

NEVER = threading.Event()


class MatchmakerFailed(Exception):
    """No pairs were made: the message says how it ended, and nothing about anybody."""


class Stopping(Exception):
    """The bot ends, and its child with it; the pairs are made after the next start."""


def propose_in_child(
    pool: Pool, *, seconds: float = 120, stopping: threading.Event = NEVER
) -> Proposal:
    """What `propose` says of this pool, from a child that has so long for it.

    Raises MatchmakerFailed; Stopping as soon as `stopping` is set.
    """
    try:
        child = subprocess.Popen(
            [sys.executable, *COMMAND, str(os.getpid())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=_environment(),
        )
    except OSError as error:
        raise MatchmakerFailed(f"The matchmaker did not start: {error.strerror}.") from None
    with child:
        try:
            asked = json.dumps(pool_to_json(pool)).encode()
            done = _await(child, asked, monotonic() + seconds, stopping)
        finally:
            child.kill()
    if done is None:
        raise MatchmakerFailed(f"The matchmaker was stopped after {seconds:g} seconds.")
    if done.returncode:
        raise _failure(done)
    return _read(done)


def _await(
    child: subprocess.Popen[bytes], asked: bytes, until: float, stopping: threading.Event
) -> subprocess.CompletedProcess[bytes] | None:
    """What the child answers; None if that takes too long."""
    rest: bytes | None = asked
    while (left := until - monotonic()) > 0:
        if stopping.is_set():
            raise Stopping
        # suppressed, because this could carry what was said to the child into a log
        with suppress(subprocess.TimeoutExpired):
            out, err = child.communicate(rest, timeout=min(left, LOOK_SECONDS))
            return subprocess.CompletedProcess(child.args, child.returncode, out, err)
        rest = None  # it goes on by itself with what it was given
    return None


def main() -> None:
    """The child: a pool comes in, a proposal goes out; the argument is whose child it is."""
    sys.excepthook = _tell_without_values
    threading.Thread(target=_end_with, args=(int(sys.argv[1]),), daemon=True).start()
    os.nice(10)  # Slack waits three seconds for the bot and nobody for a round.
    pool = pool_from_json(json.load(sys.stdin.buffer))
    json.dump(proposal_to_json(propose(pool)), sys.stdout)


def _end_with(parent: int) -> None:
    """A bot that was killed cannot stop its child any more, and nobody waits for these pairs."""
    while os.getppid() == parent:
        sleep(LOOK_SECONDS)
    os._exit(1)


def _environment() -> dict[str, str]:
    """Where to find the bot and its libraries, whichever way it was started; no secrets."""
    kept = {name: os.environ[name] for name in INHERITED if name in os.environ}
    # There is no linear algebra in this, so threads for it would only take memory.
    return {**kept, "PYTHONPATH": os.pathsep.join(sys.path), "OPENBLAS_NUM_THREADS": "1"}


def _read(child: subprocess.CompletedProcess[bytes]) -> Proposal:
    try:
        return proposal_from_json(json.loads(child.stdout))
    except UNREADABLE:
        raise _failure(child) from None


def _failure(child: subprocess.CompletedProcess[bytes]) -> MatchmakerFailed:
    how = f"with code {child.returncode}" if child.returncode else "without an answer"
    failure = MatchmakerFailed(f"The matchmaker ended {how}.")
    if child.stderr:
        failure.add_note(child.stderr.decode(errors="replace").rstrip())
    return failure


def _tell_without_values(
    kind: type[BaseException], _: BaseException, trace: TracebackType | None
) -> None:
    """A traceback that says where and what kind: the message of an error may quote people."""
    sys.stderr.write("".join(traceback.format_tb(trace)) + kind.__name__ + "\n")


if __name__ == "__main__":
    main()
