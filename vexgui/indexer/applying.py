"""Bringing into the store what a watcher told."""

import math
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import chain

from vexgui.core.errors import VexError
from vexgui.core.events import IndexChanged, Trouble
from vexgui.core.files import RECIPE
from vexgui.core.told import told
from vexgui.indexer.bringing import Bringer
from vexgui.indexer.coalesce import Change, FileChanged, FileGone, FolderAppeared, FolderGone, Moved, Overflow, within
from vexgui.indexer.drives import Drives
from vexgui.indexer.forgetting import Forgetter
from vexgui.indexer.links import other_names
from vexgui.indexer.plan import is_unchanged
from vexgui.indexer.roots import Roots
from vexgui.indexer.runs import Run
from vexgui.indexer.tally import Tally
from vexgui.indexer.telling import Teller
from vexgui.store.store import Store
from vexgui.system import attributes

_CALM_S = 600.0
"""So long after all was looked at because of lost events, others are a trouble of their own."""


class Applier:
    """Does what changes ask for.

    Args:
        store: What is kept true.
        bringer: Brings folders and files into it.
        forgetter: Has it forget folders.
        teller: Is told how it goes.
        roots: The folders kept indexed.
        rescan: Has those scanned that are due.
        drives: Tells what lies on file systems that may never answer, which are not looked at from here, and on which
            drive the rest.
        now_s: Tells the time, by a clock that is never set.
    """

    def __init__(  # noqa: PLR0913 - what it reaches beyond itself is given to it
        self,
        store: Store,
        bringer: Bringer,
        forgetter: Forgetter,
        teller: Teller,
        roots: Roots,
        rescan: Callable[[], None],
        drives: Drives,
        *,
        now_s: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store = store
        self._bringer = bringer
        self._forgetter = forgetter
        self._teller = teller
        self._roots = roots
        self._rescan = rescan
        self._drives = drives
        self._now_s = now_s
        self._overrun_s = -math.inf  # when all was looked at last because events were lost

    def news(self, changes: Sequence[Change]) -> list[Change]:
        """Return the changes that are not in the store already: what we write to attributes ourselves is told too.

        What is told of a place that a remote file system was mounted over since is found when it is seen again.
        """
        return [change for change in changes if not (self._is_hidden(change) or self._is_known(change))]

    def apply(self, changes: Sequence[Change], run: Run) -> None:
        """Do what changes ask for, in their order; neighbours that only ask for a look go together.

        Raises:
            VexError: The store or a model failed.
        """
        roots = self._roots.kept
        followed = list(chain.from_iterable(within(roots, noticed) for noticed in changes))
        others = self._named_otherwise(followed)  # as long as it is known what lay where
        folders: list[bytes] = []
        files: list[bytes] = []
        for change in followed:
            if isinstance(change, FolderAppeared):
                folders.append(change.path)
            elif isinstance(change, FileChanged | FileGone):
                files.append(change.path)
            else:
                self._look_at(folders, files, replace(run, tally=Tally()))
                folders, files = [], []
                self._apply_folder(change, replace(run, tally=Tally()))
        self._look_at(folders, files, run, others)

    def _look_at(self, folders: list[bytes], files: list[bytes], run: Run, others: Sequence[bytes] = ()) -> None:
        self._bringer.bring(folders, [*files, *others], run)
        self._roots.heard_of(folders + files)

    def _look_at_all(self) -> None:
        """Have all looked at because events were lost; that is told once, not at each loss of a flood of changes."""
        if self._now_s() - self._overrun_s > _CALM_S:
            self._teller.emit(Trouble("Too much changed at once to follow; everything is looked at again."))
        self._roots.hasten(None, told("too much changed at once"))
        try:
            self._rescan()
        finally:
            self._overrun_s = self._now_s()

    def _is_hidden(self, change: Change) -> bool:
        if isinstance(change, Overflow):
            return False
        path = change.new if isinstance(change, Moved) else change.path
        return self._drives.mounts.is_remote(path)

    def _is_known(self, change: Change) -> bool:
        if not isinstance(change, FileChanged):
            return False
        with suppress(OSError, VexError):  # whoever looks at the file next is told
            # Our own writes, too, are told of one name only, and are news to the others.
            return self._is_as_known(change.path) and all(map(self._is_as_known, self._named_otherwise([change])))
        return False

    def _named_otherwise(self, changes: Sequence[Change]) -> list[bytes]:
        """Return the further names of the files that changes speak of: inotify tells of the one that is used."""
        paths: list[bytes] = []
        folders: list[bytes] = []
        for change in changes:
            if isinstance(change, FolderGone):
                folders.append(change.path)
            elif isinstance(change, FileChanged | FileGone):
                paths.append(change.path)
            elif isinstance(change, Moved):
                paths += (change.old, change.new)
                if change.folder:
                    folders.append(change.old)
        return other_names(self._store.catalog, paths, self._drives.mounts.is_remote, folders)

    def _is_as_known(self, path: bytes) -> bool:
        row = self._store.catalog.file(path)
        return row is not None and is_unchanged(attributes.stat_path(path), row.known, RECIPE)

    def _apply_folder(self, change: FolderGone | Moved | Overflow, run: Run) -> None:
        # On a strange drive nothing is said of what is known from the one before.
        if isinstance(change, Overflow):
            self._look_at_all()
        elif isinstance(change, Moved):
            if not (self._drives.is_away(change.old) or self._drives.is_away(change.new)):
                self._store.rename(change.old, change.new, folder=change.folder)
            self._bringer.bring([change.new] if change.folder else (), () if change.folder else [change.new], run)
            self._teller.emit(IndexChanged(1))
        elif change.path in self._roots.kept:
            # A root that vanishes was unplugged or moved as a whole; what is known of it stays until the user says so.
            self._roots.lose(change.path)
            self._roots.look()  # it may be back by now
        elif not self._drives.is_away(change.path):
            self._forgetter.forget_folder(change.path)
            self._teller.emit(IndexChanged(1))
