"""Rows get columns: most of them, fairly, for the highest sum; checked by other algorithms."""

from collections.abc import Iterator, Sequence
from itertools import product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain import assignment
from bot.domain.assignment import assign
from tests.domain.second_opinion import Edge, best_edge_first, best_sum, most_edges

Quality = tuple[int, float, float]
NOTHING: Quality = (0, 0.0, 0.0)


def chosen(edges: Sequence[Edge], n_rows: int, capacities: Sequence[int]) -> list[Edge]:
    rows, columns, scores = zip(*edges, strict=True) if edges else ((), (), ())
    places = assign(rows, columns, scores, n_rows=n_rows, capacities=capacities)
    assert len(set(places)) == len(places)
    return [edges[place] for place in places]


def quality(edges: Sequence[Edge]) -> Quality:
    """How many, the worst, the sum: compared in this order."""
    scores = [score for _, _, score in edges]
    return (len(scores), min(scores), round(sum(scores), 6)) if scores else NOTHING


def is_within_limits(edges: Sequence[Edge], capacities: Sequence[int]) -> bool:
    rows, columns = [row for row, _, _ in edges], [column for _, column, _ in edges]
    return len(set(rows)) == len(rows) and all(
        columns.count(column) <= capacity for column, capacity in enumerate(capacities)
    )


def every_choice(
    edges: Sequence[Edge], n_rows: int, capacities: Sequence[int]
) -> Iterator[list[Edge]]:
    options = [[None, *(edge for edge in edges if edge[0] == row)] for row in range(n_rows)]
    for choice in product(*options):
        taken = [edge for edge in choice if edge]
        if is_within_limits(taken, capacities):
            yield taken


@st.composite
def instances(draw: st.DrawFn, most: int = 5) -> tuple[list[Edge], int, list[int]]:
    n_rows = draw(st.integers(0, most))
    capacities = draw(st.lists(st.integers(0, 3), max_size=4))
    ends = list(product(range(n_rows), range(len(capacities))))
    scores = st.integers(1, 9).map(lambda tenths: tenths / 10)
    some = draw(st.permutations(ends).flatmap(lambda all_: st.just(all_[: len(all_) * 3 // 4])))
    return [(row, column, draw(scores)) for row, column in some], n_rows, capacities


@given(instances())
@settings(deadline=None)
def test_no_choice_is_better(instance: tuple[list[Edge], int, list[int]]) -> None:
    edges, n_rows, capacities = instance
    found = chosen(edges, n_rows, capacities)
    assert is_within_limits(found, capacities)
    assert quality(found) == max(map(quality, every_choice(edges, n_rows, capacities)))


@given(instances(), st.randoms(use_true_random=False))
def test_the_order_of_the_edges_does_not_matter(
    instance: tuple[list[Edge], int, list[int]], chance: Random
) -> None:
    edges, n_rows, capacities = instance
    shuffled = list(edges)
    chance.shuffle(shuffled)
    assert sorted(chosen(shuffled, n_rows, capacities)) == sorted(chosen(edges, n_rows, capacities))


@pytest.mark.parametrize(
    ("edges", "capacities", "best"),
    [
        ([(0, 0, 0.9), (0, 1, 0.3), (1, 0, 0.3)], [1, 1], [(0, 1), (1, 0)]),
        (
            [(0, 0, 0.9), (0, 1, 0.5), (1, 0, 0.5), (1, 1, 0.4)],
            [1, 1],
            [(0, 1), (1, 0)],
        ),
        (
            [(0, 0, 0.8), (0, 1, 0.5), (1, 0, 0.7), (1, 1, 0.5)],
            [1, 1],
            [(0, 0), (1, 1)],
        ),
        ([(0, 0, 0.5), (1, 0, 0.6), (2, 0, 0.7)], [2], [(1, 0), (2, 0)]),
        ([(0, 0, 0.5), (0, 1, 0.4)], [0, 9], [(0, 1)]),
        ([(0, 0, 0.5), (1, 0, 0.5)], [10**12], [(0, 0), (1, 0)]),
        ([(0, 0, 0.5)], [0], []),
        ([], [1], []),
    ],
    ids=[
        "two rather than the best one",
        "a worse sum for a better worst",
        "the higher sum of two with the same worst",
        "a column has its places",
        "no place, no edge",
        "places without end",
        "no place at all",
        "no edge at all",
    ],
)
def test_what_comes_first(
    edges: list[Edge], capacities: list[int], best: list[tuple[int, int]]
) -> None:
    assert sorted((row, column) for row, column, _ in chosen(edges, 3, capacities)) == best


def test_the_best_edge_first_would_leave_somebody_out_and_the_rest_worse() -> None:
    """Were the assignment greedy, this would fail."""
    edges = [(0, 0, 0.9), (0, 1, 0.8), (1, 0, 0.8), (2, 1, 0.9), (2, 2, 0.8)]
    assert quality(chosen(edges, 3, [1, 1, 1])) == (3, 0.8, 2.4)
    assert quality(best_edge_first(edges, [1, 1, 1])) == (2, 0.9, 1.8)


def random_instance(seed: int, n_rows: int) -> tuple[list[Edge], list[int]]:
    """As sparse as pools are: people without a single edge, popular columns, many equal scores."""
    chance = Random(seed)
    capacities = [chance.randint(0, 3) for _ in range(n_rows // 2)]
    liking = [chance.random() for _ in capacities]
    edges = [
        (row, column, round(0.25 + 0.75 * chance.random() * like, 2))
        for row in range(n_rows)
        for column, like in enumerate(liking)
        if chance.random() < 0.3 * like
    ]
    return edges, capacities


@pytest.mark.parametrize("seed", range(12))
def test_a_linear_programme_finds_nothing_better(seed: int) -> None:
    n_rows = 60
    edges, capacities = random_instance(seed, n_rows)
    count, worst, total = quality(chosen(edges, n_rows, capacities))
    fair = [edge for edge in edges if edge[2] >= worst]
    fairer = [edge for edge in edges if edge[2] > worst]
    assert most_edges(edges, n_rows, capacities) == pytest.approx(count)
    assert most_edges(fairer, n_rows, capacities) < count - 0.5
    best = best_sum(fair, n_rows, capacities, count=count)
    assert abs(total - best) <= 1e-6 * n_rows


@pytest.mark.parametrize("seed", range(6))
def test_with_many_people_only_the_sum_is_looked_for_among_the_best_edges(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance, n, room = Random(seed), 40, [1] * 40
    liking = [chance.random() for _ in room]
    edges = [
        (row, column, round(0.25 + 0.75 * chance.random() * like, 2))
        for row in range(n)
        for column, like in enumerate(liking)
    ]
    exact = quality(chosen(edges, n, room))
    monkeypatch.setattr(assignment, "BEST_OF_ROW", 3)
    monkeypatch.setattr(assignment, "BEST_OF_COLUMN", 1)
    assert quality(chosen(edges, n, room)) == exact
    monkeypatch.setattr(assignment, "MANY", 0)
    near = quality(chosen(edges, n, room))
    assert near[:2] == exact[:2]
    assert 0.99 * exact[2] <= near[2] < exact[2]


def test_more_edges_compete_where_the_best_ones_would_leave_somebody_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """All prefer the same column, and each row's only other edge is far down its list."""
    edges = [(row, column, 0.9) for row in range(6) for column in range(3)]
    edges += [(row, 3 + row, 0.5) for row in range(6)]
    monkeypatch.setattr(assignment, "MANY", 0)
    monkeypatch.setattr(assignment, "BEST_OF_ROW", 1)
    monkeypatch.setattr(assignment, "BEST_OF_COLUMN", 0)
    assert quality(chosen(edges, 6, [1] * 9)) == (6, 0.5, 4.2)


def test_more_edges_compete_where_the_best_ones_would_make_the_worst_choice_worse(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Row 0 can move over only by an edge that is the best neither of its row nor of its column."""
    edges = [(0, 0, 0.9), (0, 1, 0.8), (1, 0, 0.85), (1, 2, 0.5), (2, 1, 0.95), (2, 3, 0.9)]
    monkeypatch.setattr(assignment, "MANY", 0)
    monkeypatch.setattr(assignment, "BEST_OF_ROW", 1)
    monkeypatch.setattr(assignment, "BEST_OF_COLUMN", 1)
    assert quality(chosen(edges, 3, [1] * 4)) == (3, 0.8, 2.55)


def test_equal_edges_are_kept_in_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    """Did all rows keep the same columns, most would end with what only they have."""
    edges = [(row, column, 0.9) for row in range(8) for column in range(8)]
    edges += [(row, 8 + row, 0.5) for row in range(9)]
    monkeypatch.setattr(assignment, "MANY", 0)
    monkeypatch.setattr(assignment, "BEST_OF_ROW", 1)
    monkeypatch.setattr(assignment, "BEST_OF_COLUMN", 1)
    assert quality(chosen(edges, 9, [1] * 17)) == (9, 0.5, 7.7)
