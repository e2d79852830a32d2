"""What the indexer tells of itself while it works, and the pause that holds it."""

import threading
import time
from collections.abc import Callable
from dataclasses import replace

from vexgui.core.events import Activity, Event, Progress
from vexgui.indexer.runs import Run

_TELL_EVERY_S = 0.1


class Teller:
    """Tells where the work stands, from any thread.

    Args:
        emit: Is told progress, changes and trouble.

    Attributes:
        emit: The same.
        progress: What was told last.
    """

    def __init__(self, emit: Callable[[Event], None]) -> None:
        self.emit = emit
        self.progress = Progress(Activity.STOPPED)
        self._told_s = 0.0
        self._running = threading.Event()
        self._running.set()

    def tell(self, progress: Progress) -> None:
        """Tell where the work stands; during a pause it is said to be paused."""
        if not self._running.is_set():
            progress = replace(progress, activity=Activity.PAUSED)
        self.progress = progress
        self.emit(progress)

    def tell_sometimes(self, progress: Progress) -> None:
        """Tell it unless something was told a moment ago."""
        now_s = time.monotonic()
        if now_s - self._told_s >= _TELL_EVERY_S:
            self._told_s = now_s
            self.tell(progress)

    def pause(self, *, paused: bool) -> None:
        """Hold patient runs after the batch in hand, or let them go on."""
        if paused:
            self._running.clear()
            self.tell(self.progress)
        else:
            self._running.set()
            self.tell(replace(self.progress, activity=Activity.IDLE))

    @property
    def paused(self) -> bool:
        """Whether patient runs are held."""
        return not self._running.is_set()

    def hold(self, run: Run) -> None:
        """Wait, if the run is a patient one, until there is no pause."""
        if run.patient:
            self._running.wait()

    def release(self) -> None:
        """Let what is held go on to its end."""
        self._running.set()
