"""How many people get a mentor and how good a one, beside the best pair first and chance."""

import argparse
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from math import sqrt
from random import Random
from resource import RUSAGE_SELF, getrusage
from time import perf_counter

from bot.domain.edges import Edges, find_edges
from bot.domain.ids import Topic, UserId
from bot.domain.matching import Member, Pool, Role, propose
from bot.jobs.matchmaker import propose_in_child
from tests.domain.second_opinion import best_sum, most_edges

ON = date(2026, 3, 2)
# Where people are, and how many of a hundred.
ZONES = {
    "Europe/Berlin": 30,
    "Europe/London": 20,
    "America/New_York": 20,
    "America/Los_Angeles": 10,
    "Asia/Kolkata": 15,
    "Asia/Singapore": 5,
}
LINEAR_UP_TO = 1_000
"""Mentees; a linear programme takes long above."""

OURS = "Peerloop"

Way = Callable[[Edges, list[int], Random], list[int]]


@dataclass(frozen=True, slots=True)
class Result:
    way: str
    scores: Sequence[float]
    seconds: float


def made_up(mentees: int, seed: int) -> Pool:
    """So many mentees, half as many mentors with one to three places; one pair in 200 is barred.

    The second topic is half as popular as the first, the third a third, and so on; how many there
    are grows as the words of a text do, with the root: 60 among 100, 424 among 5,000.
    """
    chance = Random(f"{seed} {mentees}")
    popularity = [1 / number for number in range(1, round(6 * sqrt(mentees)) + 1)]
    members = [
        Member(_user("E", n), Role.MENTEE, _zone(chance), wants=_topics(chance, popularity, 4))
        for n in range(mentees)
    ]
    members += [
        Member(
            _user("R", n), Role.MENTOR, _zone(chance), _topics(chance, popularity, 5), (), places
        )
        for n in range(mentees // 2)
        for places in [chance.randint(1, 3)]
    ]
    past = {
        (_user("R", chance.randrange(mentees // 2)), _user("E", chance.randrange(mentees)))
        for _ in range(mentees * mentees // 400)
    }
    return Pool(tuple(members), ON, f"{seed}", frozenset(past))


def _user(kind: str, number: int) -> UserId:
    return UserId(f"{kind}{number:05}")


def _zone(chance: Random) -> str:
    return chance.choices(list(ZONES), list(ZONES.values()))[0]


def _topics(chance: Random, popularity: Sequence[float], most: int) -> tuple[Topic, ...]:
    drawn = chance.choices(range(len(popularity)), popularity, k=chance.randint(1, most))
    return tuple(dict.fromkeys(Topic(f"topic {number}") for number in drawn))


def best_pair_first(edges: Edges, room: list[int], _: Random) -> list[int]:
    """Greedy."""
    mentees, mentors = edges.mentees.tolist(), edges.mentors.tolist()
    taken: dict[int, int] = {}
    for edge in (-edges.scores).argsort(kind="stable").tolist():
        if room[mentors[edge]] and mentees[edge] not in taken:
            room[mentors[edge]] -= 1
            taken[mentees[edge]] = edge
    return list(taken.values())


def at_random(edges: Edges, room: list[int], chance: Random) -> list[int]:
    """One mentee after the other, in any order, takes any mentor who fits and has a place."""
    mentors = edges.mentors.tolist()
    fitting: dict[int, list[int]] = {}
    for edge, mentee in enumerate(edges.mentees.tolist()):
        fitting.setdefault(mentee, []).append(edge)
    taken = []
    for mentee in chance.sample(sorted(fitting), len(fitting)):
        free = [edge for edge in fitting[mentee] if room[mentors[edge]]]
        if free:
            taken.append(chance.choice(free))
            room[mentors[taken[-1]]] -= 1
    return taken


WAYS = {"best pair first": best_pair_first, "random": at_random}


def timed(way: str, make: Callable[[], Sequence[float]]) -> Result:
    begun = perf_counter()
    scores = make()
    return Result(way, scores, perf_counter() - begun)


def ours(pool: Pool) -> Sequence[float]:
    return [pair.score for pair in propose(pool).pairs]


def theirs(pool: Pool, way: Way, chance: Random) -> Sequence[float]:
    edges, capacities = graph(pool)
    scores = edges.scores.tolist()
    return [scores[edge] for edge in way(edges, capacities, chance)]


def graph(pool: Pool) -> tuple[Edges, list[int]]:
    mentees = [member for member in pool.members if member.seeks_mentor]
    mentors = [member for member in pool.members if member.seeks_mentee]
    edges = find_edges(mentees, mentors, past=pool.past, on=pool.on)
    return edges, [mentor.capacity for mentor in mentors]


def row(number: int, result: Result, base: Result) -> str:
    matched, total = len(result.scores), sum(result.scores)
    cells = [
        f"{number:,}",
        result.way,
        f"{matched:,}",
        f"{matched / len(base.scores):.3f}",
        f"{total:,.1f}",
        f"{total / sum(base.scores):.3f}",
        f"{min(result.scores):.2f}",
        f"{result.seconds:.2f}",
    ]
    return f"| {' | '.join(cells)} |"


def checked(number: int, pool: Pool, result: Result) -> str:
    """What a linear programme finds: as many, none with a better worst pair, and the same sum."""
    found, capacities = graph(pool)
    edges = list(
        zip(found.mentees.tolist(), found.mentors.tolist(), found.scores.tolist(), strict=True)
    )
    count, worst = len(result.scores), min(result.scores)
    most = most_edges(edges, number, capacities)
    fairer = most_edges([edge for edge in edges if edge[2] > worst], number, capacities)
    fair = [edge for edge in edges if edge[2] >= worst]
    apart = abs(sum(result.scores) - best_sum(fair, number, capacities, count=count))
    return (
        f"{number:,}: a linear programme matches {most:.0f}, and {fairer:.0f} if every pair is to "
        f"be better than our worst one; its total is {apart:.0e} away from ours."
    )


def measure(number: int, seed: int) -> Iterator[str]:
    """The rows of one size, and then the sentences about it."""
    pool = made_up(number, seed)
    base = timed(OURS, partial(ours, pool))
    megabytes = getrusage(RUSAGE_SELF).ru_maxrss / 1024  # the most so far, and sizes only grow
    yield row(number, base, base)
    for name, way in WAYS.items():
        yield row(number, timed(name, partial(theirs, pool, way, Random(seed))), base)
    begun = perf_counter()
    propose_in_child(pool)
    seconds = perf_counter() - begun
    yield f"{number:,}: {seconds:.2f} s in a child; up to {megabytes:.0f} MB."
    if number <= LINEAR_UP_TO:
        yield checked(number, pool, base)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.matching", description=__doc__)
    parser.add_argument("--people", type=int, nargs="+", default=[100, 1_000, 5_000])
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    propose(Pool((), ON, ""))  # loads SciPy, whose import is not what is measured
    said = [line for number in sorted(given.people) for line in measure(number, given.seed)]
    print("| mentees | by | matched | of ours | total | of ours | worst pair | s |")
    print("|---|---|---|---|---|---|---|---|")
    print("\n".join(line for line in said if line.startswith("|")))
    print(*[f"\n{line}" for line in said if not line.startswith("|")], sep="")


if __name__ == "__main__":
    main()
