"""What the indexer's thread is to do next: tasks in their order, and a word from the system."""

import math
import os
import select
import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Protocol

Task = Callable[[], None]


class Bell(Protocol):
    """Something with a descriptor that becomes ready when there is something to look at."""

    def fileno(self) -> int: ...  # noqa: D102


class Tasks:
    """Tasks from any thread for one thread, which sleeps until there is one, a bell rings, it is woken or time is up.

    Args:
        bells: What else ends the sleep: bells to read from, and those that ring by exceptional conditions.
    """

    def __init__(self, *bells: tuple[Bell, int]) -> None:
        self._waiting: deque[Task] = deque()
        self._wake = os.eventfd(0, os.EFD_CLOEXEC | os.EFD_NONBLOCK)
        self._lock = threading.Lock()  # so that nobody writes to a descriptor that has become another's
        self._closed = False
        self._poller = select.poll()
        self._poller.register(self._wake, select.POLLIN)
        for bell, events in bells:
            self._poller.register(bell.fileno(), events)

    def __len__(self) -> int:
        return len(self._waiting)

    def put(self, task: Task) -> None:
        """Have a task done after all others."""
        with self._lock:
            if not self._closed:
                self._waiting.append(task)
                os.eventfd_write(self._wake, 1)

    def wake(self) -> None:
        """Have the thread look around, for it may sleep too long."""
        with self._lock:
            if not self._closed:
                os.eventfd_write(self._wake, 1)

    def next(self, due_s: float) -> Task | None:
        """Return the next task; None where there is none until a time by the monotonic clock, or until it is woken."""
        if not self._waiting:
            left_ms = None if math.isinf(due_s) else 1000 * max(0.0, due_s - time.monotonic())
            for descriptor, _ in self._poller.poll(left_ms):
                if descriptor == self._wake:
                    os.eventfd_read(self._wake)
        return self._waiting.popleft() if self._waiting else None

    def close(self) -> None:
        """Let go of what wakes the thread, which has ended; later tasks are never done."""
        with self._lock:
            if not self._closed:
                self._closed = True
                os.close(self._wake)
