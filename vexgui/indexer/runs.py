"""Runs over files: what ends one, what it counts, and what it must not bring into the store any more."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import NamedTuple

from vexgui.core.paths import innermost, lies_in
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


class _Withdrawal(NamedTuple):
    """The last one of a folder: its number, counted over all, and the folders in it that were kept."""

    number: int
    kept: tuple[bytes, ...]


class Withdrawals:
    """Folders that were given up; what began before must bring nothing of them into the store."""

    def __init__(self) -> None:
        self._count = 0
        self._last: dict[bytes, _Withdrawal] = {}

    def add(self, folder: bytes, kept: Sequence[bytes] = ()) -> None:
        """Give a folder up, but not some folders in it."""
        self._count += 1
        self._last[folder] = _Withdrawal(self._count, tuple(kept))

    def includes(self, path: bytes) -> bool:
        """Tell whether a path lies in a folder that was given up, however long ago."""
        return self._includes(path, 0)

    def _includes(self, path: bytes, since: int) -> bool:
        return any(
            lies_in(path, folder) and last.number > since and innermost(path, last.kept) is None
            for folder, last in self._last.copy().items()
        )

    def wanted(self) -> Callable[[bytes], bool]:
        """Return what tells of a path whether it has been given up from now on: it has if this says no."""
        since = self._count
        return lambda path: not self._includes(path, since)


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
                self._stops.remove(stop)  # before it is told: whoever hears of it may look at once
                try:
                    self._ended(len(self._stops))
                finally:  # whoever could not be told of it: `wait` waits for all
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
