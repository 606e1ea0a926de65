"""Read an archive of questions and answers, and say what of it counts."""

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SHORTEST_ANSWER = 15
"""Characters: "thanks" and "+1" are no answers."""
HOURS_TO_ANSWER = {True: 24, False: 72}
"""In a Slack archive, where talk moves on, and in others."""
NEWEST = 0.2


@dataclass(frozen=True, slots=True)
class Answer:
    user: str
    at: float
    text: str


@dataclass(frozen=True, slots=True)
class Thread:
    """One question, everything that was said to it, and what of that was an answer."""

    number: int
    channel: str
    at: float
    asker: str
    text: str
    said: tuple[Answer, ...]
    answers: tuple[Answer, ...]

    @property
    def relevant(self) -> frozenset[str]:
        return frozenset(answer.user for answer in self.answers)


def name_of(path: Path) -> str:
    return path.name.removesuffix(".gz").removesuffix(".jsonl")


def threads_in(path: Path) -> list[Thread]:
    """In the order of time."""
    seconds = 3600 * HOURS_TO_ANSWER[path.name.startswith("slack-")]
    rows = sorted(map(json.loads, _lines(path)), key=lambda row: float(row["ts"]))
    return [_thread(number, row, seconds) for number, row in enumerate(rows)]


def activity_beside(path: Path) -> list[tuple[float, str]]:
    """Who said anything when, if that is known."""
    for beside in (f"{name_of(path)}.act.gz", f"{name_of(path)}.act"):
        file = path.with_name(beside)
        if file.exists():
            pairs = (line.split() for line in _lines(file))
            return sorted((float(at), user) for at, user in pairs)
    return []


def newest_of(threads: list[Thread]) -> tuple[list[Thread], list[Thread]]:
    """The answered ones: those before the newest fifth, and the newest fifth."""
    answered = [thread for thread in threads if thread.answers]
    first = int(len(answered) * (1 - NEWEST))
    return answered[:first], answered[first:]


def _thread(number: int, row: dict[str, Any], seconds: float) -> Thread:
    said = tuple(Answer(str(user), float(at), str(text)) for user, at, text in row["ans"])
    at, asker = float(row["ts"]), str(row["asker"])
    answers = tuple(
        each
        for each in said
        if each.user != asker and len(each.text) >= SHORTEST_ANSWER and 0 <= each.at - at <= seconds
    )
    return Thread(number, str(row["ch"]), at, asker, str(row["q"]), said, answers)


def _lines(path: Path) -> Iterator[str]:
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as lines:
        yield from (line for line in lines if line.strip())
