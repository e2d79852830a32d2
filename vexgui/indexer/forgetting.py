"""What is not indexed any more goes: rows, vectors and words, and the records on files that are still there."""

import os
import stat
import threading
from collections.abc import Collection, Iterator, Sequence

from vexgui.core.paths import folder_of, joined, lies_in, shown
from vexgui.indexer.rules import Rules
from vexgui.indexer.scan import Work
from vexgui.store.catalog import Catalog
from vexgui.store.record.keeper import RecordKeeper
from vexgui.store.store import Store
from vexgui.system import attributes
from vexgui.system.attributes import AttributeRefused


def left_out(catalog: Catalog, rules: Rules, roots: Sequence[bytes]) -> Work:
    """Return the known files and folders that rules leave out; the disk is not gone through for it."""
    work = Work()
    for root in roots:
        for folder in sorted(catalog.folders_under(root)):
            if work.gone_folders and lies_in(folder, work.gone_folders[-1]):
                continue
            top, reason = rules.cause(folder, root, folder=True) if folder != root else (root, "")
            if reason:
                work.gone_folders.append(top)
            else:
                paths = (joined(folder, name) for name in catalog.folder_stats(folder))
                work.gone += [path for path in paths if not rules.allows(path, folder=False)]
    return work


def forget(work: Work, store: Store, keeper: RecordKeeper, stop: threading.Event) -> None:
    """Have a store forget what is gone, or left out.

    Args:
        work: Names it.
        store: What is to forget it.
        keeper: Removes the records of what is left out.
        stop: Ends it early; what was not reached is still known.
    """
    for folder in work.gone_folders:
        if stop.is_set():
            return
        _strip(_files_under(folder, store.catalog, keeper), store.catalog, keeper)
        store.forget_folder(folder)
    if work.gone and not stop.is_set():
        _strip(work.gone, store.catalog, keeper)
        store.forget(work.gone)


def why_not(path: bytes, roots: Sequence[bytes], rules: Rules, skip: Collection[bytes], *, folder: bool) -> str:
    """Return why a path is not indexed, a sentence; "" where nothing is against it.

    Args:
        path: Where it lies, absolute.
        roots: The folders kept indexed.
        rules: What of them is indexed.
        skip: Folders never entered: VexGUI's own.
        folder: Whether it is a folder.
    """
    root = next((root for root in roots if lies_in(path, root)), None)
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


def _files_under(top: bytes, catalog: Catalog, keeper: RecordKeeper) -> Iterator[bytes]:
    for folder in catalog.folders_under(top):
        if not keeper.out_of_reach(folder) and os.path.isdir(folder):
            yield from (joined(folder, name) for name in catalog.folder_stats(folder))


def _strip(paths: Sequence[bytes] | Iterator[bytes], catalog: Catalog, keeper: RecordKeeper) -> None:
    """Remove the records of files that are still the ones that were known: another may lie in the place of one."""
    for path in paths:
        if keeper.out_of_reach(path):
            continue
        try:
            descriptor = attributes.open_for_attributes(path)
        except AttributeRefused:
            continue
        try:
            row = catalog.file(path)
            if row is not None and row.stat.inode == attributes.stat_of(descriptor).inode:
                keeper.remove(descriptor)
        except AttributeRefused:
            continue  # a file that may not be written to carries none of ours
        finally:
            os.close(descriptor)
