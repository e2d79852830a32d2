"""Opens the window with a query, and prints as JSON how long after its first paint the first answer was painted."""

import json
import sys
import time

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication
from typing_extensions import override

from vexgui import app as program
from vexgui.gui.window import MainWindow

_PATIENCE_MS = 30_000


class Probe(QObject):
    """Notes the first paint of the window, and that of the list of results after an answer; then closes the window."""

    def __init__(self) -> None:
        super().__init__()
        self.first_paint_s = 0.0
        self.answer_s = 0.0
        self.hits = 0
        self._window: MainWindow | None = None

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.Paint:
            return False
        if self._window is None:
            self._window = next(each for each in QApplication.topLevelWidgets() if isinstance(each, MainWindow))
            self.first_paint_s = time.perf_counter()
        elif not self.answer_s and watched is self._window.results.viewport():
            self.hits = self._window.results.model().rowCount()
            if self.hits:
                self.answer_s = time.perf_counter()
                QTimer.singleShot(0, QApplication.closeAllWindows)
        return False


def main() -> None:
    """Measure, and print the figure."""
    profile, query = sys.argv[1:3]
    app = QApplication(["vexgui"])
    probe = Probe()
    app.installEventFilter(probe)
    QTimer.singleShot(_PATIENCE_MS, QApplication.closeAllWindows)
    program.main(["--profile", profile, "gui", "--query", query])
    if not probe.hits:
        sys.exit("The window found nothing.")
    print(json.dumps({"after_first_paint_s": probe.answer_s - probe.first_paint_s}))


if __name__ == "__main__":
    main()
