"""What is to be done about a file, decided from how it looks on the disk and in the catalog. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from vexgui.core.files import FileStat
from vexgui.store.rows import KnownFile


@dataclass(frozen=True, slots=True)
class FolderPlan:
    """Names of a folder's files by what is to be done: index again, nothing, or forget."""

    changed: tuple[bytes, ...]
    unchanged: int
    gone: tuple[bytes, ...]


def is_unchanged(now: FileStat, known: KnownFile | None, recipe: int) -> bool:
    """Tell whether a file needs no look: any change of content or attributes moves one of these fields.

    The device number is left out: it differs from one start of the system to the next.
    """
    if known is None or known.recipe != recipe:
        return False
    return (now.inode, now.size, now.mtime_ns, now.ctime_ns) == (
        known.inode,
        known.size,
        known.mtime_ns,
        known.ctime_ns,
    )


def plan_folder(
    found: Iterable[tuple[bytes, FileStat]], known: Mapping[bytes, KnownFile], recipe: int, *, force: bool
) -> FolderPlan:
    """Compare a folder's files on the disk with those in the catalog, both by name."""
    changed: list[bytes] = []
    seen: set[bytes] = set()
    unchanged = 0
    for name, stat in found:
        seen.add(name)
        if not force and is_unchanged(stat, known.get(name), recipe):
            unchanged += 1
        else:
            changed.append(name)
    return FolderPlan(tuple(changed), unchanged, tuple(name for name in known if name not in seen))
