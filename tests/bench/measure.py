"""Figures of a benchmark: what was measured, beside what, and whether it is as good as was aimed for."""

import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Figure:
    """One measurement.

    Attributes:
        what: What was measured.
        value: The figure.
        unit: Its unit.
        aim: What it should be at most, or at least where ``more_is_better``; None without an aim.
        more_is_better: Whether a larger value is a better one.
        peers: The same measured of what people would use instead, in the same run.
    """

    what: str
    value: float
    unit: str
    aim: float | None = None
    more_is_better: bool = False
    peers: Mapping[str, float] = field(default_factory=dict)

    @property
    def met(self) -> bool | None:
        """Whether the aim was reached; None without an aim."""
        if self.aim is None:
            return None
        return self.value >= self.aim if self.more_is_better else self.value <= self.aim

    def line(self) -> str:
        """Return the figure as a row of a table."""
        aim = "" if self.aim is None else f"{'≥' if self.more_is_better else '≤'} {self.aim:g}"
        verdict = {True: "met", False: "missed", None: ""}[self.met]
        peers = ", ".join(f"{name} {_number(value)} ({_ratio(self, value)})" for name, value in self.peers.items())
        return f"| {self.what} | {_number(self.value)} {self.unit} | {aim} | {verdict} | {peers} |"


HEADER = "| what | measured | aim | | beside it |\n|---|---|---|---|---|"


def median_s(action: Callable[[], object], times: int = 15) -> float:
    """Return the median wall-clock time of an action in seconds, after one run that does not count."""
    action()
    taken: list[float] = []
    for _ in range(times):
        started = time.perf_counter()
        action()
        taken.append(time.perf_counter() - started)
    return statistics.median(taken)


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def _ratio(figure: Figure, peer: float) -> str:
    better = figure.value / peer if figure.more_is_better else peer / figure.value
    return f"we are {better:.1f}×" if better >= 1 else f"it is {1 / better:.1f}×"
