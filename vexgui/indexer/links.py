"""Hard links: what happens to a file by one of its names happens to it by all of them, and inotify tells of one."""

import json
import os
import stat
from collections.abc import Callable, Sequence

from vexgui.core.paths import lies_in
from vexgui.store.catalog import Catalog
from vexgui.store.catalog.values import signed


def other_names(
    catalog: Catalog, paths: Sequence[bytes], may_hang: Callable[[bytes], bool], folders: Sequence[bytes] = ()
) -> list[bytes]:
    """Return the further names of the files that lie at some paths, or did when these were last looked at, ascending.

    What lay there may have been written by that name, which then went or became another file's. Where there may be
    such names all files are gone through, so many paths are better asked for at once.

    Args:
        catalog: Knows the names.
        paths: Which may be looked at.
        may_hang: Tells of which others not: their file system may never answer.
        folders: All that is known at or beneath these counts, too.
    """
    before = catalog.inodes_at(paths)
    inodes = catalog.inodes_beneath(folders)
    for path in paths:
        seen = _seen(path)
        now = None if seen is None or not stat.S_ISREG(seen.st_mode) else signed(seen.st_ino)
        if seen is not None and now is not None and seen.st_nlink > 1:
            inodes.add(now)
        if (was := before.get(path)) is not None and was != now:
            inodes.add(was)
    if not inodes:
        return []
    ids = catalog.file_ids("f.inode IN (SELECT value FROM json_each(?))", (json.dumps(sorted(inodes)),))
    # By inode alone, for devices are numbered anew at each start; so that whoever is found is looked at.
    known = set(catalog.paths(ids.tolist()).values()).difference(paths)
    others = (path for path in known if not any(lies_in(path, folder) for folder in folders) and not may_hang(path))
    return sorted(path for path in others if (seen := _seen(path)) and signed(seen.st_ino) in inodes)


def _seen(path: bytes) -> os.stat_result | None:
    try:
        return os.lstat(path)
    except OSError:
        return None
