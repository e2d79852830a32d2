"""What is not indexed any more goes: rows, vectors, words, thumbnails, and records on files that are still there."""

import os
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence

from vexgui.core.paths import joined, lies_in
from vexgui.indexer.rules import Rules
from vexgui.indexer.scan import Work
from vexgui.store.catalog import Catalog
from vexgui.store.record.keeper import RecordKeeper
from vexgui.store.store import Store
from vexgui.system import attributes
from vexgui.system.attributes import AttributeRefused
from vexgui.system.thumbnails import ThumbnailCache


def left_out(catalog: Catalog, rules: Rules, roots: Sequence[bytes]) -> Work:
    """Return the known files and folders that rules leave out; the disk is not gone through for it."""
    work = Work()
    for root in roots:
        last = b""
        for folder in sorted(catalog.own_folders(root)):
            if last and lies_in(folder, last):
                continue
            top, reason = rules.cause(folder, root, folder=True) if folder != root else (root, "")
            if reason:
                last = top
                work.gone_folders.append(top)
            else:
                paths = (joined(folder, name) for name in catalog.folder_stats(folder))
                work.gone += [path for path in paths if not rules.allows(path, folder=False)]
    return work


def count(work: Work, catalog: Catalog) -> int:
    """Return how many known files are gone, or left out."""
    return len(work.gone) + sum(1 for folder in work.gone_folders for _ in _files_under(folder, catalog))


class Forgetter:
    """Has a store forget files.

    Args:
        store: The store.
        keeper: Gives who removes the records of what is left out.
        thumbnails: The desktop's; None where there are none.
    """

    def __init__(
        self, store: Store, keeper: Callable[[], RecordKeeper], thumbnails: ThumbnailCache | None = None
    ) -> None:
        self._store = store
        self._keeper = keeper
        self._thumbnails = thumbnails

    def forget(self, work: Work, stop: threading.Event) -> None:
        """Forget what is gone, or left out.

        Args:
            work: Names it.
            stop: Ends it early; what was not reached is still known.
        """
        for folder in work.gone_folders:
            if stop.is_set():
                return
            self._strip(_files_under(folder, self._store.catalog, self._may_hold_records))
            self.forget_folder(folder)
        if work.gone and not stop.is_set():
            self._strip(work.gone)
            self._drop_thumbnails(work.gone)
            self._store.forget(work.gone)

    def forget_folder(self, folder: bytes) -> None:
        """Forget a folder with all beneath it, but for roots; records on files that are there stay."""
        self._drop_thumbnails(_files_under(folder, self._store.catalog))
        self._store.forget_folder(folder)

    def _drop_thumbnails(self, paths: Iterable[bytes]) -> None:
        if self._thumbnails is not None:
            self._thumbnails.forget_files(paths)

    def _may_hold_records(self, folder: bytes) -> bool:
        return not self._keeper().out_of_reach(folder) and os.path.isdir(folder)

    def _strip(self, paths: Iterable[bytes]) -> None:
        """Remove the records of files that are still the ones that were known: another may lie in the place of one."""
        keeper = self._keeper()
        for path in paths:
            if keeper.out_of_reach(path):
                continue
            try:
                descriptor = attributes.open_for_attributes(path)
            except AttributeRefused:
                continue
            try:
                row = self._store.catalog.file(path)
                if row is not None and row.stat.inode == attributes.stat_of(descriptor).inode:
                    keeper.remove(descriptor)
            except AttributeRefused:
                continue  # a file that may not be written to carries none of ours
            finally:
                os.close(descriptor)


def _files_under(top: bytes, catalog: Catalog, counts: Callable[[bytes], bool] = lambda _: True) -> Iterator[bytes]:
    """Yield the known files beneath a folder, those in roots and in folders that do not count left out."""
    for folder in filter(counts, catalog.own_folders(top)):
        yield from (joined(folder, name) for name in catalog.folder_stats(folder))
