"""Folders that version control looks after."""

import os
import time
from collections.abc import Collection

from vexgui.core.paths import folder_of, joined

TOPS = frozenset([b".git", b".hg", b".svn", b".jj", b".bzr"])
"""What lies at the top of a work tree: a folder, or a file that says where that folder is."""
_SETTLED_S = 2.0
"""A folder that changed more lately may change once more within the same tick of its file system's clock."""
_MOST_REMEMBERED = 10_000

_State = tuple[int, int, int]
"""A folder's device, inode and ctime_ns: what is made in it, or takes its place, moves one of them."""


class WorkTrees:
    """Tells which files lie in work trees; safe to use from any thread.

    Folders are asked for their state only, as long as it is the one that they had when they were looked into.

    Args:
        roots: Where a look at the folders above a file ends.
        home: The user's home: version control of all of it, as of settings in it, makes it no work tree.
        settled_s: What is seen in a folder is remembered when that has not changed for so long.
    """

    def __init__(self, roots: Collection[bytes], home: bytes, settled_s: float = _SETTLED_S) -> None:
        self._roots = frozenset(roots)
        self._home = home
        self._settled_s = settled_s
        self._seen: dict[bytes, tuple[_State, bool]] = {}

    def hold(self, path: bytes) -> bool:
        """Tell whether a file lies in a work tree."""
        folder = folder_of(path)
        while True:
            if folder != self._home and self._is_top(folder):
                return True
            if folder in self._roots or folder == b"/":
                return False
            folder = folder_of(folder)

    def _is_top(self, folder: bytes) -> bool:
        try:
            now = os.stat(folder)
        except OSError:
            return False
        state = (now.st_dev, now.st_ino, now.st_ctime_ns)
        remembered = self._seen.get(folder)
        if remembered is not None and remembered[0] == state:
            return remembered[1]
        is_top = any(os.path.lexists(joined(folder, top)) for top in TOPS)
        if time.time() - now.st_ctime > self._settled_s:
            if len(self._seen) >= _MOST_REMEMBERED:
                self._seen.clear()
            self._seen[folder] = (state, is_top)
        return is_top
