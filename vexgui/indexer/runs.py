"""Runs over files: what ends one, what it counts, and what it must not bring into the store any more."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from vexgui.core.paths import lies_in
from vexgui.indexer.tally import Tally


@dataclass(frozen=True, slots=True)
class Run:
    """How a run goes.

    Attributes:
        stop: Ends it early.
        tally: Counts what it does.
        wanted: Tells whether a file may still be brought into the store.
        force: Whether files are embedded again even where nothing changed.
        patient: Whether a pause holds it.
        sparing: Whether files that have some vectors in a space are left with these.
        why: Why it is done; see `Progress`.
    """

    stop: threading.Event
    tally: Tally
    wanted: Callable[[bytes], bool]
    force: bool
    patient: bool
    sparing: bool = False
    why: str = ""


class Withdrawals:
    """Folders that were given up; what began before must bring nothing of them into the store."""

    def __init__(self) -> None:
        self._count = 0
        self._last: dict[bytes, int] = {}  # each folder's last withdrawal, counted over all

    def add(self, folder: bytes) -> None:
        """Give a folder up."""
        self._count += 1
        self._last[folder] = self._count

    def includes(self, path: bytes) -> bool:
        """Tell whether a path lies in a folder that was given up, however long ago."""
        return any(lies_in(path, folder) for folder in self._last.copy())

    def wanted(self) -> Callable[[bytes], bool]:
        """Return what tells of a path whether it has been given up from now on: it has if this says no."""
        since = self._count

        def is_wanted(path: bytes) -> bool:
            return not any(lies_in(path, folder) for folder, number in self._last.copy().items() if number > since)

        return is_wanted


class Runs:
    """Those under way; safe to use from any thread.

    Args:
        ended: Called when one has ended, before any other can begin, with how many others are under way.
    """

    def __init__(self, ended: Callable[[int], None]) -> None:
        self._ended = ended
        self._stops: list[threading.Event] = []
        self._stopping = False
        self._changed = threading.Condition()

    @contextmanager
    def under_way(self, stop: threading.Event) -> Iterator[None]:
        """Have `stop` be set with those of all others."""
        with self._changed:
            self._stops.append(stop)
            if self._stopping:
                stop.set()
        try:
            yield
        finally:
            with self._changed:
                self._ended(len(self._stops) - 1)
                self._stops.remove(stop)
                self._changed.notify_all()

    @property
    def any(self) -> bool:
        """Whether there is one."""
        return bool(self._stops)

    @property
    def several(self) -> bool:
        """Whether there is more than one."""
        return len(self._stops) > 1

    def stop(self) -> None:
        """Have all end soon, and those that begin later at once."""
        with self._changed:
            self._stopping = True
            for stop in self._stops:
                stop.set()

    def wait(self) -> None:
        """Return when none is under way."""
        with self._changed:
            self._changed.wait_for(lambda: not self._stops)
