"""Hard links: what happens to a file by one of its names happens to it by all of them, and inotify tells of one."""

import json
import os
import stat
from collections.abc import Sequence

from vexgui.store.catalog import Catalog
from vexgui.store.catalog.values import signed


def other_names(catalog: Catalog, paths: Sequence[bytes]) -> list[bytes]:
    """Return the further names by which files are known, ascending; only files with several names have any."""
    linked: dict[int, int] = {}  # inode and device
    for path in paths:
        seen = _seen(path)
        if seen is not None and seen.st_nlink > 1 and stat.S_ISREG(seen.st_mode):
            linked[seen.st_ino] = seen.st_dev
    if not linked:
        return []
    # By inode alone, for devices are numbered anew at each start; so that whoever is found is looked at.
    inodes = json.dumps([signed(inode) for inode in linked])
    ids = catalog.file_ids("f.inode IN (SELECT value FROM json_each(?))", (inodes,))
    known = set(catalog.paths(ids.tolist()).values()).difference(paths)
    return sorted(path for path in known if (seen := _seen(path)) and linked.get(seen.st_ino) == seen.st_dev)


def _seen(path: bytes) -> os.stat_result | None:
    try:
        return os.lstat(path)
    except OSError:
        return None
