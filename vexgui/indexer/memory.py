"""What is remembered from one run to the next: how the last one ended, and on which file systems folders lie."""

import base64
import contextlib
import json
import threading
from collections.abc import Collection, Mapping
from itertools import count

from vexgui.core.errors import VexError
from vexgui.core.paths import innermost
from vexgui.store.rows import FileId
from vexgui.store.store import Store
from vexgui.system.atomic import replace_file
from vexgui.system.clock import boot_id

_VERSION = 1
_IN_DOUBT_NS = 120 * 10**9
"""Disks write within a minute or so: after a power cut a file may look as it did and hold something else."""


class Memory:
    """A small file; one that is missing or cannot be read is like that of a first run. Safe to use from any thread.

    Args:
        path: The file; b"" remembers nothing.
    """

    def __init__(self, path: bytes) -> None:
        self._path = path
        self._running = ""
        self._has_begun = False
        self._lock = threading.RLock()
        self._file_systems: dict[bytes, str] = {}
        self._strangers: dict[bytes, FileId] = {}  # see `since_strange`
        self._owed: dict[bytes, int] = {}  # see `owed`
        self._debts = count(1)
        if path:
            self._load()

    def begin(self) -> bool:
        """Note that a run has begun, if that is new; tell then whether the one before ended in no good order."""
        with self._lock:
            if self._has_begun:
                return False
            was_running, self._has_begun = bool(self._running), True
            self._running = boot_id() or "unknown"
            self._save()
            return was_running

    def end(self) -> None:
        """Note that the run has ended in good order."""
        with self._lock:
            if self._has_begun:
                self._running, self._has_begun = "", False
                self._save()

    def root_of(self, path: bytes) -> bytes | None:
        """Return the innermost folder that a path lies in of those that were remembered; None where it lies in none."""
        with self._lock:
            return innermost(path, self._file_systems)

    def file_system(self, folder: bytes) -> str:
        """Return which file system a folder, or what it lies in, was on when it was last scanned to the end, or ""."""
        with self._lock:
            root = self.root_of(folder)
            return "" if root is None else self._file_systems[root]

    def keep(self, roots: Collection[bytes]) -> None:
        """Forget where folders lay that are not among these."""
        with self._lock:
            kept = {root: name for root, name in self._file_systems.items() if root in roots}
            strangers = {root: number for root, number in self._strangers.items() if root in roots}
            if (kept, strangers) != (self._file_systems, self._strangers):
                self._file_systems, self._strangers = kept, strangers
                self._save()

    def remember(self, root: bytes, file_system: str) -> None:
        """Note on which file system a root lies: nothing strange is in its place."""
        with self._lock:
            if self._file_systems.get(root) != file_system or root in self._strangers:
                self._file_systems[root] = file_system
                self._strangers.pop(root, None)
                self._save()

    def since_strange(self, root: bytes, number: FileId) -> FileId:
        """Return the number of the first file that became known since another file system lies where a root was.

        Files with lower ones are known from the one before. This number is noted where that is news.
        """
        with self._lock:
            if root not in self._strangers:
                self._strangers[root] = number
                self._save()
            return self._strangers[root]

    def renumber(self, number: FileId) -> None:
        """Have `since_strange` return this wherever it was noted: in a new store files have other numbers."""
        with self._lock:
            self._strangers = dict.fromkeys(self._strangers, number)
            self._save()

    def owed(self) -> Mapping[bytes, int]:
        """Return the roots whose files are to get records of what is known of them, each with its debt's own number."""
        with self._lock:
            return dict(self._owed)

    def owe(self, roots: Collection[bytes], anew: Collection[bytes] = ()) -> None:
        """Note to which roots records are owed, to these and no others; a debt that is paid or let go never returns.

        Args:
            roots: The roots.
            anew: Those of them for which nothing counts that was done up to now.
        """
        with self._lock:
            is_news = set(roots) != self._owed.keys()
            kept = {root: debt for root, debt in self._owed.items() if root not in anew}
            self._owed = {root: kept.get(root) or next(self._debts) for root in sorted(roots)}
            if is_news:
                self._save()

    def settle(self, root: bytes, debt: int) -> None:
        """Note that records were written in a root; not if it was given up meanwhile and is owed others."""
        with self._lock:
            if self._owed.get(root) == debt:
                self.owe(self._owed.keys() - {root})

    def _load(self) -> None:
        try:
            with open(self._path, "rb") as file:
                kept = json.load(file)
            if kept["version"] == _VERSION:
                self._running = str(kept["running"])
                self._file_systems = {base64.b64decode(root): str(name) for root, name in kept["file_systems"].items()}
                self._strangers = {
                    base64.b64decode(root): FileId(int(number)) for root, number in kept.get("strangers", {}).items()
                }
                self._owed = {base64.b64decode(root): next(self._debts) for root in kept.get("owed", ())}
        except FileNotFoundError:
            return
        except (OSError, ValueError, LookupError, TypeError, AttributeError):
            self._running = "unknown"  # whatever spoiled the file may have spoiled others

    def _save(self) -> None:
        if self._path:
            systems = {base64.b64encode(root).decode(): name for root, name in self._file_systems.items()}
            strangers = {base64.b64encode(root).decode(): number for root, number in self._strangers.items()}
            owed = [base64.b64encode(root).decode() for root in self._owed]
            kept = {
                "version": _VERSION,
                "running": self._running,
                "file_systems": systems,
                "strangers": strangers,
                "owed": owed,
            }
            with contextlib.suppress(VexError):  # what cannot be noted, on a full disk, makes the next run look closer
                replace_file(self._path, json.dumps(kept, indent=1).encode())


def set_out(memory: Memory, store: Store) -> None:
    """Begin a run; if the last one did not end in good order, have what was touched last be compared by content.

    Raises:
        VexError: The store failed.
    """
    if memory.begin():
        store.doubt(store.catalog.touched_last(_IN_DOUBT_NS))
