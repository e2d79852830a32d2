"""The folders kept indexed: which of them are there, who tells of changes in them, and when each is scanned next."""

import math
import threading
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from vexgui.core.paths import innermost
from vexgui.core.reports import RootState
from vexgui.core.told import told
from vexgui.indexer.drives import Drives
from vexgui.indexer.scan import Outlook
from vexgui.indexer.schedule import Keeping, Visit, calm_s, due_s
from vexgui.indexer.standing import Standing
from vexgui.indexer.walk import identity

_MISSING_EVERY_S = 5.0
"""How often it is looked whether a missing folder is there again: no event tells of one that is made anew."""
_WHOLE = (Outlook.WHOLE, Outlook.STRANGE)
_UNENDED = (Outlook.BROKEN, Outlook.PARTIAL, Outlook.SILENT)


class Watching(Protocol):
    """The part of a `Watcher` that is used."""

    def add(self, root: bytes) -> int: ...  # noqa: D102

    def remove(self, root: bytes) -> None: ...  # noqa: D102


_Place = tuple[object, ...]
"""Mount, device and inode of a folder, and what is mounted beneath it: another one is to be looked at anew."""


@dataclass(slots=True)
class _Root:
    place: _Place | None = None
    visit: Visit | None = None
    is_strange: bool = False
    due_s: float = math.inf
    calm_s: float = math.inf
    why: str = ""

    @property
    def next_s(self) -> float:
        """When it is scanned next: when it is due, or when it is to be seen what came into it while it was away."""
        return min(self.due_s, self.calm_s)


class Roots:
    """Keeps the list; safe to use from any thread.

    Args:
        drives: Tells what is mounted where.
        standing: Keeps the books on what is certain of each.
        on_battery: Tells whether the computer runs on its battery.
        jitter: Gives a number from 0 to 1, another one each time.

    Attributes:
        kept: The folders.
    """

    def __init__(
        self, drives: Drives, standing: Standing, on_battery: Callable[[], bool], jitter: Callable[[], float]
    ) -> None:
        self._drives = drives
        self._standing = standing
        self._on_battery = on_battery
        self._jitter = jitter
        self._lock = threading.RLock()
        self._roots: dict[bytes, _Root] = {}
        self.kept: tuple[bytes, ...] = ()

    def keep(self, roots: Sequence[bytes], watcher: Watching) -> list[bytes]:
        """Keep these and no others; return those that are new."""
        with self._lock:
            before, self.kept = self.kept, tuple(roots)
            self._roots = {root: self._roots.get(root, _Root()) for root in roots}
            self._standing.keep(roots)
        for root in before:
            if root not in roots:
                watcher.remove(root)
        return [root for root in roots if root not in before]

    def hasten(self, roots: Collection[bytes] | None, why: str, at_s: float = 0.0, *, doubtful: bool = True) -> None:
        """Have some, or all, scanned at a time by the monotonic clock if not before; until then they are in doubt."""
        if doubtful:
            self._standing.doubt(roots)
        with self._lock:
            for path, root in self._roots.items():
                if roots is None or path in roots:
                    root.due_s, root.why = min(root.due_s, at_s), why

    def take_up(self, path: bytes, watcher: Watching) -> bool:
        """Have a root watched where it can be, and tell whether it is there: it is scanned after that, not before."""
        place = self._place_of(path)
        with self._lock:
            root = self._roots.get(path)
        if root is None or place is None:
            return False
        is_same = root.place == place
        if self._drives.mounts.is_remote(path):
            if not is_same:
                watcher.remove(path)  # of what it was mounted over
            root.place = place
            return True
        self._standing.put_apart(path, None)
        if not is_same:
            watcher.add(path)
            if path not in self.kept:  # it was given up meanwhile
                watcher.remove(path)
                return False
        root.place = place
        return True

    def is_taken_up(self, path: bytes) -> bool:
        """Tell whether a folder is one of them and was there, and watched if it can be, when that was seen to last."""
        with self._lock:
            return path in self._roots and self._roots[path].place is not None

    def look(self) -> None:
        """Find out which are there, and have those scanned that are there again, or lie elsewhere now."""
        for path in self.kept:
            place = self._place_of(path)
            with self._lock:
                root = self._roots.get(path, _Root())
                known = root.place
            if place is None:
                if known is not None or root.visit is None:
                    self.lose(path)
            elif place != known and root.visit is not None:  # else it waits for its first scan
                self.hasten(
                    [path], told("its drive is there") if known is None else told("drives were mounted or unmounted")
                )

    def lose(self, path: bytes) -> None:
        """Note that a root is not there: what is known of it stays until the user says so."""
        self._standing.doubt([path])
        self._standing.put_apart(path, RootState.OFFLINE)
        with self._lock:
            if path in self._roots:
                self._roots[path].place = None
                self._roots[path].due_s = self._roots[path].calm_s = math.inf
                self._roots[path].visit = Visit(time.monotonic())

    def heard_of(self, paths: Collection[bytes]) -> None:
        """Have roots that were taken for away judged again where something was noticed in them: a drive fills up.

        A strange drive is judged when nothing has come into it for a while; see `calm_s`.
        """
        with self._lock:
            heard = {innermost(path, self.kept) for path in paths}
            for path, root in self._roots.items():
                if path in heard and root.place is not None and self._standing.is_offline(path):
                    root.calm_s = calm_s(root.visit, time.monotonic()) if root.is_strange and root.visit else 0.0
                    root.why = told("something came into it")

    def take_due(self, is_busy: Callable[[bytes], bool] = lambda _: False) -> dict[bytes, str]:
        """Return the roots that are to be scanned now, and why.

        Args:
            is_busy: Tells whether something goes on in a root: what came into it is judged when that is over.
        """
        now_s = time.monotonic()
        with self._lock:
            for path, root in self._roots.items():
                if root.is_strange and root.calm_s <= now_s < root.due_s and is_busy(path):
                    root.calm_s = calm_s(Visit(now_s), now_s)
            due = {path: root for path, root in self._roots.items() if root.next_s <= now_s}
            for root in due.values():
                root.due_s = root.calm_s = math.inf
            return {path: root.why for path, root in due.items()}

    def next_s(self) -> float:
        """Return when there is something to look at next, by the monotonic clock; infinity for never."""
        with self._lock:
            next_s = min((root.next_s for root in self._roots.values()), default=math.inf)
            is_missing = any(root.place is None for root in self._roots.values())
        return min(next_s, time.monotonic() + _MISSING_EVERY_S) if is_missing else next_s

    def visited(self, outlooks: Mapping[bytes, Outlook], took_s: float) -> set[bytes]:
        """Note that scans have ended, whose looks took so long together; return the roots they were not complete of."""
        now_s = time.monotonic()
        for path, outlook in outlooks.items():
            is_remote = self._drives.mounts.is_remote(path)
            self._standing.put_apart(path, _apart(outlook, is_remote=is_remote))
            with self._lock:
                root = self._roots.get(path, _Root())
                failures = 1 + (root.visit.failures if root.visit else 0) if outlook in _UNENDED else 0
                root.visit = Visit(now_s, took_s, failures)
                root.is_strange = outlook is Outlook.STRANGE
                due = self._due_s(root.visit, Keeping.REMOTE if is_remote else Keeping.WATCHED)
                root.due_s, root.why = min(root.due_s, due), told("to find what was not told")
        return {path for path, outlook in outlooks.items() if outlook not in _WHOLE}

    def _due_s(self, visit: Visit, keeping: Keeping) -> float:
        return due_s(visit, keeping, self._jitter(), on_battery=self._on_battery())

    def _place_of(self, path: bytes) -> _Place | None:
        mount = self._drives.mounts.mount_of(path)
        if mount.is_remote:  # which is not touched here
            return (mount.number,)
        found = identity(path)
        if found is None:
            return None
        hiding = [point for point in self._drives.mounted_beneath(path) if innermost(point, self.kept) == path]
        return (mount.number, *found, *hiding)


def _apart(outlook: Outlook, *, is_remote: bool) -> RootState | None:
    """Return the state of a root after a scan, where it is not for scans and events to tell."""
    match outlook:
        case Outlook.ABSENT | Outlook.STRANGE:
            return RootState.OFFLINE
        case Outlook.SILENT:
            return RootState.NOT_RESPONDING
        case _:
            return RootState.POLLED if is_remote else None
