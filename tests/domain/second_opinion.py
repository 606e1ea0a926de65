"""The same assignment by other means: a linear programme, and the best edge first."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy.optimize import linprog
from scipy.sparse import csr_array

Edge = tuple[int, int, float]


def best_edge_first(edges: Sequence[Edge], capacities: Sequence[int]) -> list[Edge]:
    """Greedy."""
    room, taken = list(capacities), dict[int, Edge]()
    for row, column, score in sorted(edges, key=lambda edge: -edge[2]):
        if row not in taken and room[column]:
            room[column] -= 1
            taken[row] = (row, column, score)
    return list(taken.values())


def most_edges(edges: Sequence[Edge], n_rows: int, capacities: Sequence[int]) -> float:
    return _optimum(edges, n_rows, capacities, np.ones(len(edges)), None)


def best_sum(edges: Sequence[Edge], n_rows: int, capacities: Sequence[int], *, count: int) -> float:
    """The highest sum of exactly so many edges."""
    scores = np.array([score for _, _, score in edges])
    return _optimum(edges, n_rows, capacities, scores, count)


def _optimum(
    edges: Sequence[Edge],
    n_rows: int,
    capacities: Sequence[int],
    gain: npt.NDArray[np.float64],
    count: int | None,
) -> float:
    """Each edge is a number between 0 and 1.

    The corners of this polytope are whole numbers, so its optimum is one of real choices.
    """
    rows = [row for row, _, _ in edges]
    columns = [n_rows + column for _, column, _ in edges]
    each = np.arange(len(edges))
    use = csr_array(
        (np.ones(2 * len(each)), (np.array(rows + columns), np.tile(each, 2))),
        shape=(n_rows + len(capacities), len(each)),
    )
    found = linprog(  # type: ignore[call-overload] # the stubs know no sparse matrices here
        -gain,
        A_ub=use,
        b_ub=[*([1] * n_rows), *capacities],
        A_eq=None if count is None else csr_array(np.ones((1, len(each)))),
        b_eq=None if count is None else [count],
        bounds=(0, 1),
    )
    assert found.status == 0, found.message
    return float(-found.fun)
