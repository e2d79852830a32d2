"""The nearest of many points, found nearly all, by numpy alone. Pure.

The points are put into cells, each around a centre (k-means, a few rounds), and compared with those of the cells around
their own only: the inverted file of Jégou, Douze and Schmid, 2011.
"""

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float32]
"""Points in few dimensions, [n, d] float32."""

_ROUNDS = 3
_CELLS_AROUND = 8
_MOST_CELLS = 512
_CHUNK = 8192


def nearest(points: Points, count: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """Return for each of n points the rows of its nearest others, in no order, [n, count]; count is less than n."""
    return _Cells(points, rng).nearest(points, count, own=True)


def nearest_one(points: Points, others: Points, rng: np.random.Generator) -> NDArray[np.int64]:
    """Return for each of other points, [m, d], the row of the point nearest to it, [m]."""
    return _Cells(points, rng).nearest(others, 1, own=False)[:, 0]


class _Cells:
    """Points by the centres they are nearest to."""

    def __init__(self, points: Points, rng: np.random.Generator) -> None:
        self._points = points
        self._lengths = (points * points).sum(axis=1)
        self._count = min(_MOST_CELLS, max(1, round(len(points) ** 0.5)))
        self._centres = points[rng.choice(len(points), self._count, replace=False)].copy()
        for _ in range(_ROUNDS):
            self._sort_in()
            full = np.flatnonzero(np.diff(self._starts))
            sums = np.add.reduceat(points[self._order], self._starts[full], axis=0)
            self._centres[full] = sums / np.diff(self._starts)[full, None]
        self._sort_in()
        self._around = np.argsort(_distances(self._centres, self._centres), axis=1)[:, :_CELLS_AROUND]

    def nearest(self, asked: Points, count: int, *, own: bool) -> NDArray[np.int64]:
        """Return the rows of the nearest points; with ``own`` those that ask are the points themselves."""
        cells = _closest(asked, self._centres)
        found = np.empty((len(asked), count), np.int64)
        for cell in range(self._count):
            rows = np.flatnonzero(cells == cell)
            if len(rows):
                found[rows] = self._nearest_in(asked[rows], rows if own else None, self._candidates(cell, count), count)
        return found

    def _nearest_in(
        self, asked: Points, rows: NDArray[np.int64] | None, candidates: NDArray[np.int64], count: int
    ) -> NDArray[np.int64]:
        distances = self._lengths[candidates] - 2 * (asked @ self._points[candidates].T)
        if rows is not None:
            distances[rows[:, None] == candidates] = np.inf
        return candidates[np.argpartition(distances, count - 1, axis=1)[:, :count]]

    def _candidates(self, cell: int, count: int) -> NDArray[np.int64]:
        near = [self._order[self._starts[one] : self._starts[one + 1]] for one in self._around[cell]]
        candidates = np.concatenate(near)
        return candidates if len(candidates) > count else np.arange(len(self._points))

    def _sort_in(self) -> None:
        cells = _closest(self._points, self._centres)
        self._order = np.argsort(cells, kind="stable")
        self._starts = np.concatenate([[0], np.cumsum(np.bincount(cells, minlength=self._count))])


def _closest(points: Points, centres: Points) -> NDArray[np.int64]:
    """Return the centre that each point is closest to, [n]."""
    parts = [
        np.argmin(_distances(points[start : start + _CHUNK], centres), axis=1)
        for start in range(0, len(points), _CHUNK)
    ]
    return np.concatenate([np.empty(0, np.int64), *parts])


def _distances(points: Points, centres: Points) -> NDArray[np.float32]:
    """Return squared distances, less what is the same for each point, [n, m]."""
    distances: NDArray[np.float32] = (centres * centres).sum(axis=1) - 2 * (points @ centres.T)
    return distances
