"""What is to be done about a file, decided from how it looks on the disk and in the catalog. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from vexgui.core.files import FileStat
from vexgui.indexer.walk import Entry

Known = tuple[int, int, int, int, int, int]
"""What the catalog knows of a file: inode, size, mtime_ns, ctime_ns, recipe, and 1 if its text is still unread.

A plain tuple, because a scan has one of every file there is.
"""


@dataclass(frozen=True, slots=True)
class FolderPlan:
    """Names of a folder's files by what is to be done: index again, nothing, or forget."""

    changed: tuple[bytes, ...]
    unchanged: int
    gone: tuple[bytes, ...]


def is_unchanged(now: FileStat, known: Known | None, recipe: int) -> bool:
    """Tell whether a file needs no look: any change of content or attributes moves one of these fields.

    The device number is left out: it differs from one start of the system to the next.
    """
    return known == (now.inode, now.size, now.mtime_ns, now.ctime_ns, recipe, 0)


def plan_folder(found: Sequence[Entry], known: Mapping[bytes, Known], recipe: int, *, force: bool) -> FolderPlan:
    """Compare a folder's files on the disk with those in the catalog, both by name."""
    if force:
        changed = [name for name, _ in found]
    else:
        changed = [
            name
            for name, seen in found
            # Most files are as they were, and then the numbers of the system tell without being looked at closer.
            if known.get(name) != (seen.st_ino, seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns, recipe, 0)
            and not is_unchanged(FileStat.of(seen), known.get(name), recipe)
        ]
    names = {name for name, _ in found}
    return FolderPlan(tuple(changed), len(found) - len(changed), tuple(name for name in known if name not in names))
