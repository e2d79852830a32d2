"""A few threads for calls that may take long, or for ever."""

import time
from collections.abc import Callable
from queue import SimpleQueue
from threading import Thread

_Calls = SimpleQueue[Callable[[], None] | None]
"""What waits to be called; None ends a thread."""


class Workers:
    """Threads that are started as they are needed, and make calls in turn.

    The program ends without them: one that a disk never answers would keep it for ever.

    Args:
        name: What the threads are called.
        most: How many there are at most.
    """

    def __init__(self, name: str, most: int) -> None:
        self._name = name
        self._most = most
        self._calls: _Calls = SimpleQueue()
        self._threads: list[Thread] = []

    def add(self, call: Callable[[], None]) -> None:
        """Have a call made that raises nothing."""
        self._calls.put(call)
        if len(self._threads) < self._most:
            name = f"{self._name}-{len(self._threads)}"
            self._threads.append(Thread(target=_work, args=(self._calls,), name=name, daemon=True))
            self._threads[-1].start()

    def close(self, timeout_s: float) -> None:
        """Have the threads end after what waits, and wait for that at most so long."""
        due_s = time.monotonic() + timeout_s
        for _ in self._threads:
            self._calls.put(None)
        for thread in self._threads:
            thread.join(max(0.0, due_s - time.monotonic()))


def _work(calls: _Calls) -> None:
    while (call := calls.get()) is not None:
        call()
        del call  # or what it holds would stay until the next one
