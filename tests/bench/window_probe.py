"""Opens the window on an engine that indexes, and prints as JSON when it first painted and how long it stalled."""

import json
import os
import sys
import time
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication
from typing_extensions import override

from vexgui.core.events import Activity, Event, Progress
from vexgui.engine.api import EngineApi
from vexgui.gui.application import Presenter, run_window

_TICK_S = 0.010
_PATIENCE_MS = 600_000


def since_start_s() -> float:
    """Return the seconds since this process began, by the kernel's clock."""
    ticks = int(Path("/proc/self/stat").read_text().rpartition(")")[2].split()[19])
    return time.clock_gettime(time.CLOCK_BOOTTIME) - ticks / os.sysconf("SC_CLK_TCK")


class Probe(QObject):
    """Notes the first paint and every lateness of a 10 ms timer while the engine indexes."""

    def __init__(self, folder: bytes) -> None:
        super().__init__()
        self.folder = folder
        self.first_paint_s = 0.0
        self.late_s: list[float] = []
        self.finished = False
        self._begun = False
        self._last_s = time.perf_counter()
        self._timer = QTimer(self, interval=int(_TICK_S * 1000), timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)

    def open_engine(self, profile: bytes) -> EngineApi:
        """Open the engine and have it index the folder; as in the program, it is not even imported before."""
        from vexgui.engine.engine import Engine
        from vexgui.system.profile import open_profile

        engine = Engine(open_profile(profile, {}), writable=True)
        engine.subscribe(self._hear)
        engine.add_roots([self.folder])
        engine.watch()
        return engine

    def ready(self, _presenter: Presenter) -> None:
        """Begin to measure."""
        self._timer.start()
        self._last_s = time.perf_counter()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not self.first_paint_s and event.type() == QEvent.Type.Paint:
            self.first_paint_s = since_start_s()
        return False

    def _hear(self, event: Event) -> None:
        """Note when all is done; that is told always, and the last step of it is not."""
        match event:
            case Progress(activity=Activity.INDEXING):
                self._begun = True
            case Progress(activity=Activity.IDLE):
                self.finished = self._begun
            case _:
                pass

    def _tick(self) -> None:
        now = time.perf_counter()
        self.late_s.append(max(0.0, now - self._last_s - _TICK_S))
        self._last_s = now
        if self.finished:
            self._timer.stop()
            QApplication.closeAllWindows()


def main() -> None:
    """Measure, and print the figures."""
    profile, folder = (os.fsencode(argument) for argument in sys.argv[1:3])
    app = QApplication(["vexgui"])
    probe = Probe(folder)
    app.installEventFilter(probe)
    QTimer.singleShot(_PATIENCE_MS, QApplication.closeAllWindows)
    run_window(lambda: probe.open_engine(profile), on_ready=probe.ready)
    if not probe.finished:
        sys.exit("The files were not all indexed.")
    print(json.dumps({"first_paint_s": probe.first_paint_s, "late_s": probe.late_s}))


if __name__ == "__main__":
    main()
