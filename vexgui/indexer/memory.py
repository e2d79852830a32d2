"""What is remembered from one run to the next: how the last one ended, and on which file systems folders lie."""

import base64
import contextlib
import json
import threading

from vexgui.core.errors import VexError
from vexgui.core.paths import lies_in
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
            return max((root for root in self._file_systems if lies_in(path, root)), key=len, default=None)

    def file_system(self, folder: bytes) -> str:
        """Return which file system a folder, or what it lies in, was on when it was last scanned to the end, or ""."""
        with self._lock:
            root = self.root_of(folder)
            return "" if root is None else self._file_systems[root]

    def remember(self, root: bytes, file_system: str) -> None:
        """Note on which file system a root lies."""
        with self._lock:
            if self._file_systems.get(root) != file_system:
                self._file_systems[root] = file_system
                self._save()

    def _load(self) -> None:
        try:
            with open(self._path, "rb") as file:
                kept = json.load(file)
            if kept["version"] == _VERSION:
                self._running = str(kept["running"])
                self._file_systems = {base64.b64decode(root): str(name) for root, name in kept["file_systems"].items()}
        except FileNotFoundError:
            return
        except (OSError, ValueError, LookupError, TypeError, AttributeError):
            self._running = "unknown"  # whatever spoiled the file may have spoiled others

    def _save(self) -> None:
        if self._path:
            systems = {base64.b64encode(root).decode(): name for root, name in self._file_systems.items()}
            kept = {"version": _VERSION, "running": self._running, "file_systems": systems}
            with contextlib.suppress(VexError):  # what cannot be noted, on a full disk, makes the next run look closer
                replace_file(self._path, json.dumps(kept, indent=1).encode())


def set_out(memory: Memory, store: Store) -> None:
    """Begin a run; if the last one did not end in good order, have what was touched last be compared by content.

    Raises:
        VexError: The store failed.
    """
    if memory.begin():
        store.doubt(store.catalog.touched_last(_IN_DOUBT_NS))
