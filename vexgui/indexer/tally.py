"""Counts of one run, kept while it goes."""

import threading
import time
from collections import deque
from dataclasses import dataclass, field, fields
from enum import Enum, auto

from vexgui.core.events import Activity, Progress
from vexgui.core.reports import Failure, IndexReport, RebuildReport

_WINDOW = 32
_LEAST_SPAN_S = 2.0
"""Before so much of a run has passed a rate says nothing, and no time left is told."""


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
    """Counts files by outcome, collects failures, and tells progress; safe to use from several threads."""

    counts: dict[Outcome, int] = field(default_factory=lambda: dict.fromkeys(Outcome, 0))
    skipped: int = 0
    failed: list[Failure] = field(default_factory=list)
    total: int = 0
    done: int = 0
    _postponed: list[bytes] = field(default_factory=list)
    _started_s: float = field(default_factory=time.monotonic)
    _moments: deque[tuple[float, int]] = field(default_factory=lambda: deque(maxlen=_WINDOW))
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def count(self, outcome: Outcome, number: int = 1) -> None:
        """Count files of one outcome."""
        with self._lock:
            self.counts[outcome] += number

    def finish(self, number: int) -> None:
        """Count files of the work list as done."""
        with self._lock:
            self.done += number
            self._moments.append((time.monotonic(), self.done))

    def fail(self, path: bytes, reason: str) -> None:
        """Note a file that could not be read."""
        with self._lock:
            self.failed.append(Failure(path, reason))

    def postpone(self, path: bytes) -> None:
        """Note a file that changed while it was read."""
        with self._lock:
            self._postponed.append(path)

    def take_postponed(self) -> list[bytes]:
        """Return the files postponed since the last call; they go back on the work list."""
        with self._lock:
            taken, self._postponed = self._postponed, []
            self.done -= len(taken)
            return taken

    def progress(self, current: bytes) -> Progress:
        """Tell how far the run is, with a rate over its last moments."""
        with self._lock:
            now = time.monotonic()
            first_s, first_done = self._moments[0] if self._moments else (now, self.done)
            if len(self._moments) < _WINDOW:
                first_s, first_done = self._started_s, 0
            span = now - first_s
            rate = (self.done - first_done) / span if span > 0 else 0.0
            known = rate > 0 and now - self._started_s >= _LEAST_SPAN_S
            return Progress(
                Activity.INDEXING,
                self.done,
                self.total,
                current,
                rate,
                (self.total - self.done) / rate if known else None,
            )

    @property
    def seconds(self) -> float:
        """How long it goes on already."""
        return time.monotonic() - self._started_s

    def report(self) -> IndexReport:
        """Return the counts as a report."""
        with self._lock:
            counts = self.counts
            seen = sum(counts.values()) - counts[Outcome.GONE]
            return IndexReport(
                files=seen,
                indexed=counts[Outcome.INDEXED],
                reused=counts[Outcome.REUSED],
                unchanged=counts[Outcome.UNCHANGED],
                skipped=self.skipped,
                failed=tuple(self.failed),
                seconds=self.seconds,
            )

    def rebuilt(self, restored: int, restoring_s: float) -> RebuildReport:
        """Return the counts as the report of a rebuild, with how many files its first half took how long for."""
        report = self.report()
        counted = {item.name: getattr(report, item.name) for item in fields(report)}
        return RebuildReport(**counted, restored=restored, restoring_s=restoring_s)
