"""When decoders die over and over at one kind of file, that kind rests: a library is broken then, not each file."""

import threading
import time
from collections import deque
from collections.abc import Callable

from vexgui.core.files import Kind

MOST_DEATHS = 5
WITHIN_S = 60.0
REST_S = 300.0


class Breaker:
    """Counts deaths of decoders by kind of file; safe to use from several threads.

    Args:
        clock: Seconds that never go back.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._deaths: dict[Kind, deque[float]] = {kind: deque() for kind in Kind}
        self._rests_until: dict[Kind, float] = {}
        self._lock = threading.Lock()

    def count(self, kind: Kind) -> bool:
        """Count a death, and tell whether the kind rests from now on because that is more than there may be."""
        with self._lock:
            now = self._clock()
            deaths = self._deaths[kind]
            deaths.append(now)
            while deaths[0] < now - WITHIN_S:
                deaths.popleft()
            if len(deaths) <= MOST_DEATHS:
                return False
            deaths.clear()
            self._rests_until[kind] = now + REST_S
            return True

    def rests(self, kind: Kind) -> bool:
        """Tell whether no file of a kind is to be decoded now."""
        with self._lock:
            return self._clock() < self._rests_until.get(kind, 0.0)
