"""Which end of work is worth a notification: that of much work, while nobody looks."""

from vexgui.core.events import Activity, Progress
from vexgui.gui.wording import is_busy

_LONG_S = 30.0


class Endings:
    """Hears how work goes on, and tells of its end when it took long. Time spent paused is not work."""

    def __init__(self) -> None:
        self._worked_s = 0.0
        self._since_s: float | None = None
        self._files = 0

    def hear(self, progress: Progress, now_s: float) -> int | None:
        """Return how many files were done when long work has just ended, else None.

        Args:
            progress: Where the indexer stands.
            now_s: By a clock that only goes forward.
        """
        if self._since_s is not None:
            self._worked_s += now_s - self._since_s
        self._since_s = now_s if is_busy(progress) else None
        if is_busy(progress):
            self._files = max(self._files, progress.done)
            return None
        if progress.activity is not Activity.IDLE:
            return None
        worked_s, files = self._worked_s, self._files
        self._worked_s, self._files = 0.0, 0
        return files if worked_s > _LONG_S else None
