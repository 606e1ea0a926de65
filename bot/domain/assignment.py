"""Gives rows to columns that have room: most rows first, then the worst choice, then the sum."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_bipartite_matching, min_weight_full_bipartite_matching

Whole = npt.NDArray[np.intp]
Real = npt.NDArray[np.float64]
Truth = npt.NDArray[np.bool_]

MANY = 2_000
"""Rows and columns; above, only the best edges compete for the highest sum."""
BEST_OF_ROW, BEST_OF_COLUMN = 100, 20


@dataclass(frozen=True, slots=True, eq=False)
class _Graph:
    """Edges in the order of their rows, from `n_rows` rows to columns with places."""

    rows: Whole
    columns: Whole
    scores: Real
    n_rows: int
    places: Whole

    def where(self, kept: Truth | Whole) -> "_Graph":
        return replace(
            self, rows=self.rows[kept], columns=self.columns[kept], scores=self.scores[kept]
        )


def assign(
    rows: Sequence[int] | Whole,
    columns: Sequence[int] | Whole,
    scores: Sequence[float] | Real,
    *,
    n_rows: int,
    capacities: Sequence[int],
) -> list[int]:
    """The positions of the chosen edges: at most one of a row, at most `capacities` of a column.

    As many as possible; of such choices those whose lowest score is highest; of those the one
    with the highest sum. With many rows and columns that sum is looked for among the best edges.
    Scores are above 0, and a row and a column share one edge at most.
    """
    at_row, at_column = np.asarray(rows, np.intp), np.asarray(columns, np.intp)
    score = np.asarray(scores, np.float64)
    # More places than edges are of no use, and each costs memory.
    places = np.minimum(capacities, np.bincount(at_column, minlength=len(capacities)))
    if not places[at_column].any():
        return []
    order = np.lexsort((at_column, at_row))
    graph = _Graph(at_row[order], at_column[order], score[order], n_rows, places)
    competing = _competing(graph)
    chosen = competing[_highest_sum(graph.where(competing))]
    return sorted(order[chosen].tolist())


def _competing(graph: _Graph) -> Whole:
    """The edges among which the highest sum is looked for, none under the highest floor.

    Of many edges the best are enough if they alone reach as many rows as all edges do, and a
    floor above which all edges do not. Otherwise more of them compete, and at last all.
    """
    most = _most(graph)
    for kept in _ever_more(graph):
        best = graph.where(kept)
        if _most(best) == most:
            floor = _highest_floor(best, most)
            if kept.all() or _most(graph.where(graph.scores > floor)) < most:
                return np.flatnonzero(kept & (graph.scores >= floor))
    raise AssertionError("all edges reach as many rows as all edges do")


def _ever_more(graph: _Graph) -> Iterator[Truth]:
    """The best edges of each row and column, then more of them, then all; all at once if few."""
    if graph.n_rows + len(graph.places) > MANY:
        of_row, of_column = _rank(graph, graph.rows), _rank(graph, graph.columns)
        for wider in (1, 4, 16):
            yield (of_row < wider * BEST_OF_ROW) | (of_column < wider * BEST_OF_COLUMN)
    yield np.ones(len(graph.rows), np.bool_)


def _most(graph: _Graph) -> int:
    """How many rows can have a column at all: Hopcroft and Karp."""
    edges, ends = _at_places(graph)
    begins = np.searchsorted(graph.rows[edges], np.arange(graph.n_rows + 1))
    shape = graph.n_rows, _total(graph.places)
    adjacent = csr_array((np.ones(len(ends), np.int8), ends, begins), shape=shape)
    # The search begins at each row. It is long for those that stay without a column, so it begins
    # at the scarcer side.
    sides = adjacent if shape[0] <= shape[1] else adjacent.T.tocsr()
    return int(np.count_nonzero(maximum_bipartite_matching(sides, perm_type="column") >= 0))


def _highest_floor(graph: _Graph, most: int) -> float:
    """The highest score that all chosen edges can have while `most` rows still get one.

    It is never above the score at which `most` rows have any edge left, and often just there.
    """
    best = np.zeros(graph.n_rows)
    np.maximum.at(best, graph.rows, graph.scores)
    bound = np.sort(best)[-most]
    floors = np.unique(graph.scores[graph.scores <= bound])
    low, high = 0, len(floors) - 1
    probe = high
    while low < high:
        if _most(graph.where(graph.scores >= floors[probe])) == most:
            low = probe
        else:
            high = probe - 1
        probe = (low + high + 1) // 2
    return float(floors[low])


def _rank(graph: _Graph, ends: Whole) -> Whole:
    """The place of each edge among those with the same end, the best being 0.

    Among equals each row begins with another column: else all would keep the same few columns.
    """
    turn = (graph.columns - graph.rows) % len(graph.places)
    order = np.lexsort((turn, -graph.scores, ends))
    begins = np.searchsorted(ends[order], ends[order])
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order)) - begins
    return rank


def _highest_sum(graph: _Graph) -> Whole:
    """The edges of a largest choice with the highest sum.

    Every row also has a column of its own, so dear that it is never taken to save elsewhere: no
    choice of edges for `n_rows` rows costs as much as one of these.
    """
    edges, ends = _at_places(graph)
    total = _total(graph.places)
    # Above 0, because a sparse matrix holds no zeros.
    costs = 1 + graph.scores.max() - graph.scores
    alone = np.arange(graph.n_rows)
    dear = np.full(graph.n_rows, costs.max() * (graph.n_rows + 1))
    matrix = csr_array(
        (
            np.concatenate([costs[edges], dear]),
            (np.concatenate([graph.rows[edges], alone]), np.concatenate([ends, total + alone])),
        ),
        shape=(graph.n_rows, total + graph.n_rows),
    )
    taken: Whole = np.asarray(min_weight_full_bipartite_matching(matrix)[1], np.intp)
    chosen: Truth = taken[graph.rows[edges]] == ends
    return edges[chosen]


def _at_places(graph: _Graph) -> tuple[Whole, Whole]:
    """Each edge once for each place of its column: the edge's position, and the place."""
    copies = graph.places[graph.columns]
    edges = np.repeat(np.arange(len(copies)), copies)
    nth = np.arange(len(edges)) - np.repeat(np.cumsum(copies) - copies, copies)
    first = np.cumsum(graph.places) - graph.places
    return edges, first[graph.columns[edges]] + nth


def _total(places: Whole) -> int:
    return int(places.sum())
