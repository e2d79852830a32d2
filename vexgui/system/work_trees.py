"""Folders that version control looks after."""

import os
from collections.abc import Collection

from vexgui.core.paths import folder_of, joined

TOPS = frozenset([b".git", b".hg", b".svn", b".jj", b".bzr"])
"""What lies at the top of a work tree: a folder, or a file that says where that folder is."""


class WorkTrees:
    """Tells which files lie in work trees.

    Args:
        roots: Where a look at the folders above a file ends.
        home: The user's home: version control of all of it, as of settings in it, makes it no work tree.
    """

    def __init__(self, roots: Collection[bytes], home: bytes) -> None:
        self._roots = frozenset(roots)
        self._home = home

    def hold(self, path: bytes) -> bool:
        """Tell whether a file lies in a work tree."""
        folder = folder_of(path)
        while True:
            if folder != self._home and any(os.path.lexists(joined(folder, top)) for top in TOPS):
                return True
            if folder in self._roots or folder == b"/":
                return False
            folder = folder_of(folder)
