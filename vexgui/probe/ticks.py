"""How late a timer of the window's thread is: so long the window could not have answered."""

import os
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer

_TICK_MS = 10


@dataclass(slots=True)
class Lateness:
    """The ticks of one part of a session, each with two figures in milliseconds.

    Attributes:
        late: How much later than it should a tick came.
        kept: So much of it was not for want of a processor: what other programs had of it is left out.
    """

    late: list[float] = field(default_factory=list)
    kept: list[float] = field(default_factory=list)


class Ticks(QObject):
    """Notes how late each tick of a timer of 10 ms is."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._parts: dict[str, Lateness] = {}
        self._part = Lateness()
        self._scheduled = os.open("/proc/thread-self/schedstat", os.O_RDONLY | os.O_CLOEXEC)
        self._last_ms, self._last_wait_ms = _now_ms(), self._waited_ms()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._tick)

    def begin(self, part: str) -> None:
        """Count the ticks from now on to a part of the session."""
        self._part = self._parts.setdefault(part, Lateness())
        if not self._timer.isActive():
            self._last_ms, self._last_wait_ms = _now_ms(), self._waited_ms()
            self._timer.start()

    def end(self) -> dict[str, dict[str, list[float]]]:
        """Stop, and return each part's ticks."""
        self._timer.stop()
        os.close(self._scheduled)
        return {name: asdict(part) for name, part in self._parts.items()}

    def _tick(self) -> None:
        now_ms, wait_ms = _now_ms(), self._waited_ms()
        late = max(0.0, now_ms - self._last_ms - _TICK_MS)
        self._part.late.append(late)
        self._part.kept.append(max(0.0, late - (wait_ms - self._last_wait_ms)))
        self._last_ms, self._last_wait_ms = now_ms, wait_ms

    def _waited_ms(self) -> float:
        """Return how long this thread could have run and had no processor, by the kernel's count."""
        return int(os.pread(self._scheduled, 128, 0).split()[1]) / 1e6


def _now_ms() -> float:
    return time.perf_counter() * 1000


def since_start_s() -> float:
    """Return the seconds since this process began, by the kernel's clock."""
    ticks = int(Path("/proc/self/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[19])
    return time.clock_gettime(time.CLOCK_BOOTTIME) - ticks / os.sysconf("SC_CLK_TCK")


def memory_mb() -> dict[str, float]:
    """Return the memory of this process: all it has mapped ("Rss"), and its share of what others map too ("Pss")."""
    lines = Path("/proc/self/smaps_rollup").read_text(encoding="ascii").splitlines()
    sizes = {line.split(":")[0]: int(line.split()[1]) for line in lines[1:]}
    return {name: sizes[name] * 1024 / 1e6 for name in ("Rss", "Pss")}
