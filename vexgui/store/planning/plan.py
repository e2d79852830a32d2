"""Choosing how a space is searched, and saying why. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from vexgui.store.columns.scan import Scan, Strategy, Way
from vexgui.store.planning.rates import Rates

_DIM = 512
_BREADTH = 1000
_BREADTH_EACH = 40
"""So many candidates by signs, and so many more for each passage that is wanted: with them seldom has one to look
further (docs/decisions/0024-which-way-a-space-is-searched.md)."""
_CHOOSING_NS = 3.0
_FIXED_MS = 0.15
_SHARED_FROM_MS = 1.0
"""What takes less is done before another thread has begun."""


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be searched.

    Attributes:
        vectors: How many vectors the space has.
        passing: How many of them pass the filter.
        span: How many slots lie from the first of these to the last.
        dim: Their length.
        count: How many are wanted.
        graph_ms: How long a query of the space's graph takes, what it does not know included; None without a graph.
    """

    vectors: int
    passing: int
    span: int
    dim: int
    count: int
    graph_ms: float | None = None

    @property
    def filtered(self) -> bool:
        """Whether a filter leaves any out."""
        return self.passing < self.vectors


@dataclass(frozen=True, slots=True)
class Plan:
    """How a space will be searched.

    Attributes:
        task: What was to be planned.
        way: The one that is taken.
        costs_ms: What each that could be taken is expected to take.
    """

    task: Task
    way: Way
    costs_ms: Mapping[Strategy, float]

    def why(self, scan: Scan) -> str:
        """Return in a sentence how the space was searched, and why so."""
        all_ = f"{scan.passing:,} vectors" + (" that pass the filter" if self.task.filtered else "")
        others = sorted((ms, strategy) for strategy, ms in self.costs_ms.items() if strategy is not self.way.strategy)
        took = f"expected to take {_ms(self.costs_ms[self.way.strategy])}"
        reason = ", ".join([took, *(f"{_NAMES[strategy]} {_ms(ms)}" for ms, strategy in others)])
        match self.way.strategy:
            case Strategy.CODES:
                return f"All {all_} were compared by their codes ({reason}): exact."
            case Strategy.SIGNS if scan.exact:
                return f"All {all_} were compared by their codes, because their signs do not tell enough: exact."
            case Strategy.SIGNS:
                return f"All {all_} were compared by their signs, the best {scan.compared:,} by their codes ({reason})."
            case Strategy.GRAPH:
                return f"A graph led to {scan.compared:,} of {all_}, which were compared by their codes ({reason})."


_NAMES = {Strategy.CODES: "by codes alone", Strategy.SIGNS: "by signs first", Strategy.GRAPH: "by a graph"}


def planned(task: Task, rates: Rates) -> Plan:
    """Choose the way that is expected to take the least time."""
    wide = task.dim / _DIM
    breadth = _BREADTH + _BREADTH_EACH * task.count
    codes_ms = _scan_ms(task, rates.codes_ns * wide, rates.codes_fetched_ns * wide, rates)
    signs_ms = _scan_ms(task, rates.signs_ns * wide, rates.signs_fetched_ns * wide, rates)
    costs = {Strategy.CODES: codes_ms}
    if breadth < task.passing:
        costs[Strategy.SIGNS] = signs_ms + 2 * breadth * rates.codes_fetched_ns * wide / 1e6 + _FIXED_MS
    if task.graph_ms is not None and not task.filtered:
        costs[Strategy.GRAPH] = task.graph_ms + _FIXED_MS
    strategy = min(costs, key=lambda strategy: costs[strategy])
    threads = rates.threads if costs[strategy] * rates.speedup > _SHARED_FROM_MS else 1
    fetched, lying = (
        (rates.signs_fetched_ns, rates.signs_ns)
        if strategy is Strategy.SIGNS
        else (rates.codes_fetched_ns, rates.codes_ns)
    )
    return Plan(task, Way(strategy, threads, max(1.0, fetched / lying), breadth), costs)


def scan_ms(vectors: int, dim: int, count: int, rates: Rates) -> float:
    """Return how long the quickest scan of so many vectors, without a graph, is expected to take."""
    costs = planned(Task(vectors, vectors, vectors, dim, count), rates).costs_ms
    return min(costs.values())


def _scan_ms(task: Task, lying_ns: float, fetched_ns: float, rates: Rates) -> float:
    rows_ns = min(task.span * lying_ns, task.passing * fetched_ns) + task.passing * _CHOOSING_NS
    alone_ms = rows_ns / 1e6
    return alone_ms / rates.speedup if alone_ms > _SHARED_FROM_MS else alone_ms


def _ms(ms: float) -> str:
    return f"{ms:.2g} ms" if ms < 10 else f"{ms:.0f} ms"  # noqa: PLR2004 - two digits are enough to compare
