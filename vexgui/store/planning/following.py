"""Following a graph through a store that has changed since the graph was made."""

from collections import deque
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from vexgui.core.arrays import Vectors
from vexgui.store.graph import Graph, GraphUnfit
from vexgui.store.planning.rates import Rates

_FURTHER = 4
_FURTHEST = 4000
"""Whoever wants more than so many is served better by a scan."""
_ASKED = 20


@dataclass(frozen=True, slots=True, eq=False)
class State:
    """Which of a space's slots hold vectors, in one state.

    Attributes:
        epoch: The state.
        alive: Of each slot whether it does, [n].
        born: Of each slot the epoch that wrote it, [n] or longer.
    """

    epoch: int
    alive: NDArray[np.bool_]
    born: NDArray[np.uint32]


@dataclass(slots=True, eq=False)
class Followed:
    """A graph in use.

    Attributes:
        graph: The graph.
        query_ms: How long it takes to be asked.
        asked: The queries it was asked last, [dim] each: by them it is judged again.
    """

    graph: Graph
    query_ms: float
    asked: deque[Vectors] = field(default_factory=lambda: deque(maxlen=_ASKED))
    _unknown: tuple[int, NDArray[np.int64]] = (-1, np.empty(0, np.int64))

    def unknown(self, state: State) -> NDArray[np.int64]:
        """Return the slots of vectors that were born after the graph was made, ascending."""
        known, slots = self._unknown  # one reading: other threads put another pair in its place
        if known != state.epoch:
            born = state.born[: len(state.alive)]
            slots = np.flatnonzero(state.alive & (born > self.graph.covered.epoch))
            self._unknown = (state.epoch, slots)
        return slots

    def changed(self, state: State) -> float:
        """Return how much has changed since the graph was made: what it lacks and what it has too much, as a share."""
        unknown = len(self.unknown(state))
        gone = self.graph.covered.count - (int(np.count_nonzero(state.alive)) - unknown)
        return (unknown + max(0, gone)) / max(1, self.graph.covered.count)

    def expected_ms(self, state: State, rates: Rates) -> float | None:
        """Return how long a search is expected to take, None where the graph is younger than the state."""
        if self.graph.covered.epoch > state.epoch:
            return None
        return self.query_ms + len(self.unknown(state)) * rates.codes_fetched_ns / 1e6

    def found(self, state: State, query: Vectors, wanted: int) -> NDArray[np.int64] | None:
        """Return the slots, ascending, among which the nearest to a query [dim] are, or None where too few are left.

        What has died is left out, what the graph does not know is among them.

        Args:
            state: The state that is searched.
            query: A unit vector.
            wanted: How many of those that the graph knows there should be.
        """
        self.asked.append(query)
        covered = self.graph.covered
        asked = wanted
        while asked <= max(wanted, _FURTHEST):
            try:
                slots, _ = self.graph.nearest(query, asked)
            except GraphUnfit:
                return None
            slots = slots[state.alive[slots] & (state.born[slots] <= covered.epoch)]
            if len(slots) >= min(wanted, covered.count) or asked >= covered.count:
                return np.union1d(slots, self.unknown(state))
            asked *= _FURTHER  # those around the query are gone: there may be others behind them
        return None
