"""Who is told what happens."""

import threading
from collections.abc import Callable

from vexgui.core.events import Event
from vexgui.engine.api import Listener


class Listeners:
    """Passes events on; safe to use from any thread.

    It has a lock of its own: work that somebody waits for with another lock held tells of its end.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._listeners: list[Listener] = []

    def add(self, listener: Listener) -> Callable[[], None]:
        """Have a listener called with every event from now on; return how to end that."""
        with self._lock:
            self._listeners.append(listener)

        def remove() -> None:
            with self._lock:
                if listener in self._listeners:
                    self._listeners.remove(listener)

        return remove

    def emit(self, event: Event) -> None:
        """Tell everyone, in the calling thread."""
        with self._lock:
            listeners = tuple(self._listeners)
        for listener in listeners:
            listener(event)
