"""Figures of a benchmark: what was measured, beside what, and whether it is as good as was aimed for."""

import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Figure:
    """One measurement.

    Attributes:
        what: What was measured, to be understood on its own.
        value: The figure.
        unit: Its unit, or "" for a plain number.
        peers: The same measured of what people would use instead, in the same run.
        aim: What it should be at most, or at least where ``more_is_better``; None without an aim.
        more_is_better: Whether a larger value is a better one.
    """

    what: str
    value: float
    unit: str
    peers: Mapping[str, float] = field(default_factory=dict)
    aim: float | None = None
    more_is_better: bool = False

    @property
    def met(self) -> bool | None:
        """Whether the aim was reached; None without an aim."""
        if self.aim is None:
            return None
        return self.value >= self.aim if self.more_is_better else self.value <= self.aim

    def times_better(self, peer: float) -> float:
        """Return how many times as good as a peer's this figure is; below 1 where the peer's is better."""
        return self.value / peer if self.more_is_better else peer / self.value


def taken_s(action: Callable[[], object]) -> float:
    """Return the wall-clock time of an action in seconds."""
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


def median_s(action: Callable[[], object], times: int = 15) -> float:
    """Return the median wall-clock time of an action in seconds, after one run that does not count."""
    action()
    return statistics.median(taken_s(action) for _ in range(times))
