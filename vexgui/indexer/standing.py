"""Up to when the index is certain to be true of each root; it never says more than is known.

A root is current when a complete scan ended that began after the last doubt, and all that the watcher told since then
is in the store. Changes that inotify cannot tell (through another name of a file outside the roots, or through mapped
memory) are found by the next scan, and until then by nobody.
"""

import itertools
import threading
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from vexgui.core.reports import RootState


class Ear(Protocol):
    """The part of a `Watcher` that is asked."""

    @property
    def catching_up(self) -> bool: ...  # noqa: D102

    def polled(self, root: bytes) -> bool: ...  # noqa: D102

    def pending_since_ns(self, root: bytes) -> int | None: ...  # noqa: D102


class Stand(NamedTuple):
    """How a root is kept, and up to when all changes are certain to be in the index; 0 where that is not known."""

    state: RootState
    current_ns: int


@dataclass(slots=True)
class _Root:
    """What is known of one root.

    Attributes:
        doubts: How often it was doubted.
        settled: How often it had been when the last complete scan began; -1 before there was one.
        scanned_ns: When that began.
        apart: Its state where that is not for scans to tell: away, or polled because no events come from there.
    """

    doubts: int = 0
    settled: int = -1
    scanned_ns: int = 0
    apart: RootState | None = None


class Standing:
    """Keeps the books on doubts, scans and changes; safe to use from any thread.

    Args:
        now_ns: Tells the time, in ns since 1970.
    """

    def __init__(self, now_ns: Callable[[], int] = time.time_ns) -> None:
        self._now_ns = now_ns
        self._lock = threading.Lock()
        self._roots: dict[bytes, _Root] = {}
        self._unapplied: dict[int, int] = {}  # changes that were told and are not in the store, by number: since when
        self._numbers = itertools.count()

    def keep(self, roots: Collection[bytes]) -> None:
        """Keep the books on these roots and no others."""
        with self._lock:
            self._roots = {root: self._roots.get(root, _Root()) for root in roots}

    def doubt(self, roots: Collection[bytes] | None = None) -> None:
        """Note that changes in some roots, or in all, may have been missed."""
        with self._lock:
            for path, root in self._roots.items():
                if roots is None or path in roots:
                    root.doubts += 1

    def doubted(self) -> list[bytes]:
        """Return the roots that are in doubt, away or not."""
        with self._lock:
            return [path for path, root in self._roots.items() if root.settled != root.doubts]

    def put_apart(self, root: bytes, state: RootState | None) -> None:
        """Note that a root is away, or only polled; or, with None, that scans and events tell of it."""
        with self._lock:
            if root in self._roots:
                self._roots[root].apart = state

    def is_offline(self, root: bytes) -> bool:
        """Tell whether a root is taken for away."""
        with self._lock:
            return root in self._roots and self._roots[root].apart is RootState.OFFLINE

    @contextmanager
    def scanning(self, roots: Sequence[bytes]) -> Iterator[set[bytes]]:
        """Have a scan of roots count as complete if it ends without an exception, but for those put into the set lent.

        What it was not complete of is in doubt: it may have found changes that did not come into the store.
        """
        with self._lock:
            began = {path: self._roots[path].doubts for path in roots if path in self._roots}
        now_ns = self._now_ns()
        incomplete: set[bytes] = set()
        try:
            yield incomplete
        except BaseException:
            self.doubt(began)
            raise
        self.doubt(incomplete)
        with self._lock:
            for path in began.keys() & self._roots.keys() - incomplete:
                self._roots[path].settled = began[path]
                self._roots[path].scanned_ns = now_ns

    @contextmanager
    def applying(self, number: int) -> Iterator[None]:
        """Have noticed changes count as known; where that fails, all is in doubt."""
        try:
            yield
        except BaseException:
            self.doubt()
            raise
        finally:
            with self._lock:
                self._unapplied.pop(number, None)

    def noticed(self, since_ns: int | None) -> int:
        """Note that changes were told that go back to a time, now where it is None; return their number."""
        number = next(self._numbers)
        with self._lock:
            self._unapplied[number] = self._now_ns() if since_ns is None else since_ns
        return number

    def of(self, path: bytes, ear: Ear | None) -> Stand:
        """Tell how a root stands; without anybody who listens it is unwatched."""
        now_ns = self._now_ns()  # first: what happens from here on is not spoken of
        if ear is None:
            return Stand(RootState.UNWATCHED, 0)
        is_catching_up, is_polled = ear.catching_up, ear.polled(path)
        pending_ns = ear.pending_since_ns(path)  # before what was told is looked at: it moves from there to here
        with self._lock:
            root = self._roots.get(path, _Root())
            if root.apart in (RootState.OFFLINE, RootState.NOT_RESPONDING):
                return Stand(root.apart, root.scanned_ns)
            if root.settled != root.doubts or is_catching_up:
                return Stand(RootState.CATCHING_UP, root.scanned_ns)
            if root.apart is RootState.POLLED or is_polled:
                return Stand(RootState.POLLED, root.scanned_ns)
            open_ns = [*self._unapplied.values(), *(() if pending_ns is None else (pending_ns,))]
            return Stand(RootState.CURRENT, min([now_ns, *open_ns]))
