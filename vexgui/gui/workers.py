"""A few threads for calls that may take long, or for ever."""

import time
from collections.abc import Callable, Iterable
from queue import SimpleQueue
from threading import Lock, Thread

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
            thread = Thread(target=_work, args=(self._calls,), name=name, daemon=True)
            thread.start()  # it may be refused; then it is not one that can be waited for
            self._threads.append(thread)

    def end(self) -> None:
        """Have the threads end after what waits."""
        for _ in self._threads:
            self._calls.put(None)

    def wait(self, until_s: float) -> None:
        """Wait until the threads have ended, but no longer than to a time of the monotonic clock."""
        for thread in self._threads:
            thread.join(max(0.0, until_s - time.monotonic()))


def close(several: Iterable[Workers], timeout_s: float) -> None:
    """Have the threads of several end, and wait for all of them together at most so long."""
    until_s = time.monotonic() + timeout_s
    several = tuple(several)
    for workers in several:
        workers.end()
    for workers in several:
        workers.wait(until_s)


class Outlet:
    """Where worker threads hand on what they have made; once it is closed that is dropped.

    What listens may be gone when a call returns that nobody could wait for.

    Args:
        tell: Takes what is handed on, in the worker's thread; a signal's ``emit``.
    """

    def __init__(self, tell: Callable[..., object]) -> None:
        self._lock = Lock()
        self._tell: Callable[..., object] | None = tell

    def put(self, *made: object) -> None:
        """Hand something on."""
        with self._lock:
            if self._tell is not None:
                self._tell(*made)

    def close(self) -> None:
        """Hand on nothing more; when this returns, nothing is being handed on."""
        with self._lock:
            self._tell = None


def _work(calls: _Calls) -> None:
    while (call := calls.get()) is not None:
        call()
        del call  # or what it holds would stay until the next one
