"""Saves a picture of the window once nothing in it changes any more."""

import os
import time
from collections.abc import Callable

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QTimer, Slot

from vexgui.core.errors import WorldProblem
from vexgui.core.paths import shown
from vexgui.gui.window import MainWindow
from vexgui.gui.wording import is_busy

_LOOK_MS = 60
_CALM_LOOKS = 4
_INDEXING_S = 20.0
_AT_MOST_S = 120.0


class Photographer(QObject):
    """Looks at the window again and again until it has settled, then saves it and reports.

    Args:
        window: The window.
        target: Where the PNG goes.
        done: Called once with the error if the picture could not be saved, else None.
    """

    def __init__(self, window: MainWindow, target: bytes, done: Callable[[WorldProblem | None], None]) -> None:
        super().__init__(window)
        self._window = window
        self._target = target
        self._done = done
        self._began = time.monotonic()
        self._calm = 0
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    @Slot()
    def _look(self) -> None:
        waited_s = time.monotonic() - self._began
        indexing = is_busy(self._window.status.progress) and waited_s < _INDEXING_S
        settled = self._window.settled and self._window.details.settled
        self._calm = self._calm + 1 if settled and not indexing else 0
        if self._calm >= _CALM_LOOKS or waited_s > _AT_MOST_S:
            self._timer.stop()
            self._done(self._save())

    def _save(self) -> WorldProblem | None:
        store = QByteArray()
        buffer = QBuffer(store)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        self._window.grab().save(buffer, "PNG")
        buffer.close()
        try:
            with open(self._target, "wb") as file:
                file.write(bytes(store.data()))
        except OSError as error:
            reason = os.strerror(error.errno) if error.errno else str(error)
            return WorldProblem(f"The picture cannot be saved as {shown(self._target)}: {reason}.")
        return None
