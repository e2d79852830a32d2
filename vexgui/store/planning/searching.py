"""Searching a space the way that was planned."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from vexgui.core.arrays import Vectors
from vexgui.store.columns.scan import NOTHING, Scan, Searched, Strategy, scanned
from vexgui.store.planning.following import Followed, State
from vexgui.store.planning.plan import Task, planned
from vexgui.store.planning.rates import Rates


def searched(
    of: Searched,
    slots: NDArray[np.int64],
    query: Vectors,
    count: int,
    rates: Rates,
    graph: tuple[Followed, State] | None = None,
) -> Scan:
    """Return the best of a space for a query [dim], found the way that is expected to take the least time.

    Args:
        of: The space.
        slots: Those of its live slots that pass the filter, ascending.
        query: A unit vector.
        count: How many are wanted.
        rates: What each way costs.
        graph: The space's graph, and the state of the space.
    """
    if not len(of.live) or count < 1:
        return NOTHING
    span = int(slots[-1] - slots[0]) + 1 if len(slots) else 0
    task = Task(len(of.live), len(slots), span, len(query), count)
    if graph is not None and not task.filtered:
        followed, state = graph
        plan = planned(replace(task, graph_ms=followed.expected_ms(state, rates)), rates)
        if plan.way.strategy is Strategy.GRAPH:
            found = followed.found(state, query, 2 * count)
            if found is not None:
                scan = scanned(of, found, query, count, plan.way, passing=len(slots))
                return replace(scan, why=plan.why(scan))
    plan = planned(task, rates)
    scan = scanned(of, slots, query, count, plan.way)
    return replace(scan, why=plan.why(scan))
