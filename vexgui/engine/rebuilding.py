"""Making room for a store that is made anew: what only the old one knows is taken over before it goes.

On the disk: the old store goes aside whole; the new one notes that it is being rebuilt and takes over what it must;
then the old one is marked as done with, and removed. A crash leaves one of these, and the next attempt goes on there.
"""

import errno
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress

from vexgui.core.errors import VexError
from vexgui.core.files import NO_LABELS, Passage
from vexgui.core.paths import folder_of, innermost
from vexgui.core.settings import Settings
from vexgui.indexer.drives import Drives
from vexgui.search.freshness import is_away
from vexgui.store.rows import FileId, FileRow, FileUpdate
from vexgui.store.store import Store

_BATCH_FILES = 500


def open_store(folder: bytes, settings: Settings, *, writable: bool) -> Store:
    """Open a store as the settings want it.

    Raises:
        VexError: It cannot be opened.
    """
    return Store(folder, settings.codec, writable=writable, page_bytes=settings.page_bytes)


def prepare(folder: bytes, settings: Settings, drives: Drives, *, writable: bool) -> None:
    """Make a first, empty store where there is none; go on where a crash came between an old one and a new one.

    Args:
        folder: Where the store lies, which nobody has open.
        settings: How it is kept.
        drives: Tells on which drive a folder lies.
        writable: Whether this process owns the profile.

    Raises:
        VexError: It could not be made.
    """
    if not _is_begun(folder):
        open_store(folder, settings, writable=True).close()
    elif writable and os.path.exists(_aside(folder)):
        begin(folder, settings, drives)


def begin(folder: bytes, settings: Settings, drives: Drives) -> None:
    """Leave a store whose rebuild has begun, and in which it goes on where it was broken off.

    Args:
        folder: Where the store lies, which nobody has open; it may be damaged, or missing.
        settings: How it is kept, and the folders kept indexed: what is known beneath them is taken over only where it
            is out of sight.
        drives: Tells on which drive a folder lies.

    Raises:
        VexError: The new store could not be made, or could not take everything over; the old one is in its place.
    """
    aside, done_with = _aside(folder), folder + b".done"
    shutil.rmtree(done_with, ignore_errors=True)  # what a crash left of it
    if not os.path.exists(aside):
        if _has_begun(folder, settings):
            return
        if os.path.lexists(folder):
            os.replace(folder, aside)
    try:
        _make_anew(folder, settings, drives, aside)
    except BaseException:
        if os.path.exists(aside):
            shutil.rmtree(folder, ignore_errors=True)
            os.replace(aside, folder)
        raise
    if os.path.exists(aside):
        os.replace(aside, done_with)
        shutil.rmtree(done_with, ignore_errors=True)


def alone(store: Store, roots: Sequence[bytes]) -> list[bytes]:
    """Return the files of a store that lie in no root: nothing else leads to them."""
    return [row.path for row in store.catalog.all_files() if innermost(row.path, roots) is None]


def _is_begun(folder: bytes) -> bool:
    """Tell whether there is anything in a store's place."""
    try:
        return bool(os.listdir(folder))
    except OSError:
        return os.path.lexists(folder)


def _aside(folder: bytes) -> bytes:
    return folder + b".old"


def _has_begun(folder: bytes, settings: Settings) -> bool:
    """Tell whether a store can be opened and is being rebuilt."""
    if not os.path.isdir(folder):
        return False
    with suppress(VexError), closing(open_store(folder, settings, writable=True)) as store:
        return store.rebuilding
    return False


def _make_anew(folder: bytes, settings: Settings, drives: Drives, aside: bytes) -> None:
    shutil.rmtree(folder, ignore_errors=True)  # what was taken over before a crash is taken over again
    with closing(open_store(folder, settings, writable=True)) as store:
        store.set_rebuilding(rebuilding=True)
        store.set_roots(settings.roots)
        if os.path.exists(aside):
            with suppress(VexError), closing(open_store(aside, settings, writable=False)) as old:
                take_over(old, store, settings.roots, drives)
        drives.memory.renumber(store.catalog.next_number())


def take_over(old: Store, new: Store, roots: Sequence[bytes], drives: Drives) -> None:
    """Copy what only a store knows: its spaces, and files that lie in no root or are out of sight.

    A file in no root is read again later; what is out of sight stays as it was known.
    """
    for kept in old.spaces():
        if old.count_vectors(kept.space.id):
            new.ensure_space(kept.space)
    batch: list[FileUpdate] = []
    for row in _unseen(old, roots, drives):
        batch.append(_as_known(row, old, unread=row.unread or innermost(row.path, roots) is None))
        if len(batch) == _BATCH_FILES:
            new.commit(batch)
            batch = []
    new.commit(batch)


def _unseen(store: Store, roots: Sequence[bytes], drives: Drives) -> Iterator[FileRow]:
    known = store.catalog.folders_under(b"/")
    folders = {
        folder
        for folder in known
        # Files on a file system that may never answer carry no records: what is known of them is here alone.
        if drives.mounts.is_remote(folder) or _is_out_of_sight(folder, store, roots)
    }
    strange = _strange(store, roots, drives)
    if not (folders or strange or any(innermost(folder, roots) is None for folder in known)):
        return
    for row in store.catalog.all_files():
        root = innermost(row.path, roots)
        if root is None or folder_of(row.path) in folders or row.id < strange.get(root, FileId(0)):
            yield row


def _strange(store: Store, roots: Sequence[bytes], drives: Drives) -> dict[bytes, FileId]:
    """Return the roots in whose place another drive lies: files with lower numbers are known from the one before."""
    number = store.catalog.next_number()
    return {root: drives.memory.since_strange(root, number) for root in roots if drives.is_other(root)}


def _is_out_of_sight(folder: bytes, store: Store, roots: Sequence[bytes]) -> bool:
    """Tell whether what lies in a folder cannot be seen now, which is not the same as that it is gone."""
    root = innermost(folder, roots)
    if root is not None and is_away(root, store.catalog):
        return True
    try:
        os.scandir(folder).close()
    except OSError as error:
        return error.errno not in (errno.ENOENT, errno.ENOTDIR)
    return False


def _as_known(row: FileRow, store: Store, *, unread: bool) -> FileUpdate:
    passages = store.catalog.passages_of(row.id)
    return FileUpdate(
        path=row.path,
        stat=row.stat,
        content_hash=row.content_hash,
        kind=row.kind,
        mime=row.mime,
        state=row.state,
        reason=row.reason,
        recipe=row.recipe,
        facts=row.facts,
        passages=[Passage(passage.ordinal, passage.kind, passage.text, passage.place) for passage in passages],
        vectors=store.vectors_of(row.id),
        record_note=row.record_note,
        unread=unread,
        labels=store.catalog.labels([row.id]).get(row.id, NO_LABELS),
        birth=row.birth,
    )
