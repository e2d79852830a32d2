"""How long a process that ended by itself rests before it is started again: longer each time, until it has answered."""

import threading
import time
from collections.abc import Callable

FIRST_S = 1.0
LONGEST_S = 300.0


class Backoff:
    """Counts failures in a row: after the first one it is a second's rest, after each further one twice as long.

    Safe to use from several threads.

    Args:
        clock: Seconds that never go back.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failures = 0
        self._until_s = 0.0
        self._lock = threading.Lock()

    @property
    def failures(self) -> int:
        """How often it has failed since it last worked."""
        return self._failures

    @property
    def left_s(self) -> float:
        """Seconds of rest that are left."""
        return max(0.0, self._until_s - self._clock())

    def failed(self) -> None:
        """Begin a rest."""
        with self._lock:
            self._until_s = self._clock() + min(LONGEST_S, FIRST_S * 2.0**self._failures)
            self._failures += 1

    def worked(self) -> None:
        """Forget what failed."""
        with self._lock:
            self._failures = 0
            self._until_s = 0.0
