"""Telling why a path is not indexed."""

import os
import stat
from collections.abc import Collection, Sequence

from vexgui.core.paths import folder_of, innermost, lies_in, shown
from vexgui.indexer.rules import Rules


def why_not(path: bytes, roots: Sequence[bytes], rules: Rules, skip: Collection[bytes], *, folder: bool) -> str:
    """Return why a path is not indexed, a sentence; "" where nothing is against it.

    Args:
        path: Where it lies, absolute.
        roots: The folders kept indexed.
        rules: What of them is indexed.
        skip: Folders never entered: VexGUI's own.
        folder: Whether it is a folder.
    """
    root = innermost(path, roots)
    if root is None:
        return "It lies in no folder kept indexed."
    if any(lies_in(path, own) for own in skip):
        return "VexGUI keeps its own data there."
    if path != root and (reason := rules.why(path, root, folder=folder)):
        return reason
    real, above = os.path.realpath(folder_of(path)), folder_of(path)
    if lies_in(above, root) and real != above:
        return f"A folder above it is a symbolic link, and {shown(real)} is where it lies."
    return _oddity(path, root)


def _oddity(path: bytes, root: bytes) -> str:
    try:
        seen, top = os.lstat(path), os.lstat(root)
    except OSError as error:
        return f"It cannot be looked at ({error.strerror})."
    if stat.S_ISLNK(seen.st_mode):
        return "It is a symbolic link, and these are not followed."
    if not (stat.S_ISREG(seen.st_mode) or stat.S_ISDIR(seen.st_mode)):
        return "It is neither a file nor a folder."
    if seen.st_dev != top.st_dev:
        return "It lies on another file system that is mounted there: keep that indexed as a folder of its own."
    return ""
