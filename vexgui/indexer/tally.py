"""Counts of one run, kept while it goes."""

import threading
import time
from collections import Counter
from dataclasses import dataclass, field, fields
from enum import Enum, auto

from vexgui.core.reports import Failure, IndexReport, RebuildReport


class Outcome(Enum):
    """How one file ended."""

    INDEXED = auto()
    REUSED = auto()
    UNCHANGED = auto()
    GONE = auto()
    POSTPONED = auto()
    """It changed again and again while it was read."""


@dataclass(slots=True)
class Tally:
    """Counts files by outcome and collects failures; safe to use from several threads.

    Attributes:
        counts: Files of which nothing more is said.
        skipped: How many were left out.
        looking_s: Seconds that went into looking at folders: the rest went into what was found there.
    """

    counts: Counter[Outcome] = field(default_factory=Counter)
    skipped: int = 0
    looking_s: float = 0.0
    _ends: dict[bytes, Outcome] = field(default_factory=dict)
    _failed: dict[bytes, str] = field(default_factory=dict)
    _started_s: float = field(default_factory=time.monotonic)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def count(self, outcome: Outcome, number: int = 1) -> None:
        """Count files that nothing more will be said of."""
        with self._lock:
            self.counts[outcome] += number

    def end(self, path: bytes, outcome: Outcome) -> None:
        """Note how a file ended so far; what is said of it last counts, for it is brought in in two steps."""
        with self._lock:
            self._ends[path] = outcome

    def fail(self, path: bytes, reason: str) -> None:
        """Note a file that could not be read."""
        with self._lock:
            self._failed[path] = reason

    @property
    def seconds(self) -> float:
        """How long it goes on already."""
        return time.monotonic() - self._started_s

    def report(self) -> IndexReport:
        """Return the counts as a report."""
        with self._lock:
            counts = self.counts + Counter(self._ends.values())
            return IndexReport(
                files=counts.total() - counts[Outcome.GONE],
                indexed=counts[Outcome.INDEXED],
                reused=counts[Outcome.REUSED],
                unchanged=counts[Outcome.UNCHANGED],
                skipped=self.skipped,
                failed=tuple(Failure(path, reason) for path, reason in self._failed.items()),
                seconds=self.seconds,
            )

    def rebuilt(self, restored: int, restoring_s: float) -> RebuildReport:
        """Return the counts as the report of a rebuild, with how many files its first half took how long for."""
        report = self.report()
        counted = {item.name: getattr(report, item.name) for item in fields(report)}
        return RebuildReport(**counted, restored=restored, restoring_s=restoring_s)
