"""When decoders die over and over at one format, that rests: a library is broken then, not each file."""

import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable

MOST_DEATHS = 5
WITHIN_S = 60.0
REST_S = 300.0


class Breaker:
    """Counts deaths of decoders by format, its media type; safe to use from several threads.

    Args:
        clock: Seconds that never go back.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._deaths: defaultdict[str, deque[float]] = defaultdict(deque)
        self._rests_until: dict[str, float] = {}
        self._lock = threading.Lock()

    def count(self, mime: str) -> bool:
        """Count a death, and tell whether the format rests from now on because that is more than there may be."""
        with self._lock:
            now = self._clock()
            deaths = self._deaths[mime]
            deaths.append(now)
            while deaths[0] < now - WITHIN_S:
                deaths.popleft()
            if len(deaths) <= MOST_DEATHS:
                return False
            deaths.clear()
            self._rests_until[mime] = now + REST_S
            return True

    def rests(self, mime: str) -> bool:
        """Tell whether no file of a format is to be decoded now."""
        with self._lock:
            return self._clock() < self._rests_until.get(mime, 0.0)
