"""Files and folders that were moved while nobody watched: they keep what is known of them, and its history.

A file that is gone and one that is new are the same if inode, size and mtime are, and their birth, too; where the file
system does not tell that, the content has to be: ext4 gives a freed inode to the next file that is made.
"""

import os
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field

from vexgui.core.files import FileStat
from vexgui.core.paths import beneath, folder_of, joined, lies_in, name_of
from vexgui.indexer.scan import Work
from vexgui.store.catalog import Catalog
from vexgui.store.store import Store
from vexgui.system import attributes
from vexgui.system.attributes import AttributeRefused
from vexgui.system.birth import birth_of
from vexgui.system.fingerprint import content_hash

_Same = tuple[int, int, int]
"""Inode, size and mtime_ns."""


@dataclass(frozen=True, slots=True)
class Moves:
    """Old paths with new ones: of whole folders, and of single files."""

    folders: dict[bytes, bytes] = field(default_factory=dict)
    files: dict[bytes, bytes] = field(default_factory=dict)


def follow(work: Work, store: Store, is_remote: Callable[[bytes], bool]) -> list[bytes]:
    """Rename in the store what was moved, and take it off what a scan found to be gone.

    Args:
        work: What the scan found.
        store: What is known.
        is_remote: Tells of what file systems a file is not opened for this.

    Returns:
        The folders that were moved: what is known beneath them is to be compared once more.

    Raises:
        VexError: The store failed.
    """
    if not work.files or not (work.gone or work.gone_folders):
        return []
    moves = found(work, store.catalog, is_remote)
    for old, new in moves.folders.items():
        store.rename(old, new, folder=True)
    for old, new in moves.files.items():
        store.rename(old, new, folder=False)
    olds, news = tuple(moves.folders), tuple(moves.folders.values())
    work.files = [path for path in work.files if not _lies_in_any(path, news)]
    work.gone = [path for path in work.gone if path not in moves.files and not _lies_in_any(path, olds)]
    work.gone_folders = [path for path in work.gone_folders if not _lies_in_any(path, olds)]
    return list(news)


def found(work: Work, catalog: Catalog, is_remote: Callable[[bytes], bool]) -> Moves:
    """Return what was moved of that which a scan found to be gone."""
    gone = dict(_gone(work, catalog))
    roots = catalog.roots()
    moves = Moves()
    for new in work.files:
        if _lies_in_any(new, tuple(moves.folders.values())) or is_remote(new):
            continue
        old = _same(new, gone, catalog)
        if old is None or _lies_in_any(old, tuple(moves.folders)):
            continue
        top = _moved_folder(old, new, catalog, roots)
        if top is None:
            moves.files[old] = new
        else:
            moves.folders[top[0]] = top[1]
    return moves


def _gone(work: Work, catalog: Catalog) -> Iterator[tuple[_Same, bytes]]:
    names: dict[bytes, set[bytes]] = defaultdict(set)
    for path in work.gone:
        names[folder_of(path)].add(name_of(path))
    for folder in {*work.gone_folders, *names}:
        wanted = None if folder in work.gone_folders else names[folder]
        for name, (inode, size, mtime_ns, *_) in catalog.folder_stats(folder).items():
            if wanted is None or name in wanted:
                yield (inode, size, mtime_ns), joined(folder, name)


def _same(new: bytes, gone: dict[_Same, bytes], catalog: Catalog) -> bytes | None:
    """Take the path that a file had out of those that are gone; None where it is a new one."""
    try:
        seen = FileStat.of(os.lstat(new))
    except OSError:
        return None
    same = seen.inode, seen.size, seen.mtime_ns
    if same not in gone or not _agrees(new, gone[same], catalog):
        return None
    return gone.pop(same)


def _agrees(new: bytes, old: bytes, catalog: Catalog) -> bool:
    row = catalog.file(old)
    if row is None:
        return False
    try:
        descriptor = attributes.open_for_attributes(new)
    except AttributeRefused:
        return False
    try:
        birth = birth_of(descriptor)
        if birth is not None and row.birth is not None:
            return birth == row.birth
        return content_hash(descriptor, row.stat.size) == row.content_hash
    except OSError:
        return False
    finally:
        os.close(descriptor)


def _moved_folder(old: bytes, new: bytes, catalog: Catalog, roots: Collection[bytes]) -> tuple[bytes, bytes] | None:
    """Return the topmost folders that a move of all they hold explains; None where the file alone was moved."""
    found = None
    while name_of(old) == name_of(new):
        old, new = folder_of(old), folder_of(new)
        if os.path.lexists(old) or old == b"/" or new == b"/" or lies_in(new, old) or lies_in(old, new):
            break
        if catalog.folders_under(new) or beneath(old, roots):
            break
        found = old, new
    return found


def _lies_in_any(path: bytes, folders: tuple[bytes, ...]) -> bool:
    return any(lies_in(path, folder) for folder in folders)
