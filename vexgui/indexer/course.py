"""How far a list of files is worked off: what is done, what waits, and how fast it goes."""

import threading
import time
from collections import Counter, deque
from collections.abc import Iterable

from vexgui.core.events import Activity, Progress
from vexgui.core.files import Kind
from vexgui.core.paths import name_of
from vexgui.extract.kinds import format_of

_WINDOW = 32
_LEAST_SPAN_S = 2.0
"""Before so much has passed a rate says nothing, and no time left is told."""


class Course:
    """Follows a list of files while it is worked off; safe to use from several threads.

    Args:
        activity: What is done with the files.
        files: The files.
        why: Why that is done; see `Progress`.

    Attributes:
        done: How many are done.
    """

    def __init__(self, activity: Activity, files: Iterable[bytes], why: str = "") -> None:
        self._activity = activity
        self._why = why
        self._waiting = Counter(map(_kind_of, files))
        self._total = self._waiting.total()
        self.done = 0
        self._started_s = time.monotonic()
        self._moments: deque[tuple[float, int]] = deque(maxlen=_WINDOW)
        self._lock = threading.Lock()

    def add(self, files: Iterable[bytes]) -> None:
        """Put further files on the list."""
        kinds = Counter(map(_kind_of, files))
        with self._lock:
            self._waiting += kinds
            self._total += kinds.total()

    def finish(self, files: Iterable[bytes]) -> None:
        """Count files as done."""
        kinds = Counter(map(_kind_of, files))
        with self._lock:
            self._waiting -= kinds
            self.done += kinds.total()
            self._moments.append((time.monotonic(), self.done))

    def progress(self, current: bytes = b"") -> Progress:
        """Tell how far it is, with a rate over the last moments."""
        with self._lock:
            now = time.monotonic()
            first_s, first_done = self._moments[0] if self._moments else (now, self.done)
            if len(self._moments) < _WINDOW:
                first_s, first_done = self._started_s, 0
            span = now - first_s
            rate = (self.done - first_done) / span if span > 0 else 0.0
            known = rate > 0 and now - self._started_s >= _LEAST_SPAN_S
            return Progress(
                self._activity,
                self.done,
                self._total,
                current,
                rate,
                (self._total - self.done) / rate if known else None,
                self._why,
                tuple(self._waiting.most_common()),
            )


def _kind_of(path: bytes) -> Kind:
    """Return what a file is by its name, which is all that is known of most."""
    return format_of(name_of(path), b"").kind
