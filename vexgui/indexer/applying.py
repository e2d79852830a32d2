"""Bringing into the store what a watcher told."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import chain

from vexgui.core.errors import VexError
from vexgui.core.events import IndexChanged, Trouble
from vexgui.core.files import RECIPE
from vexgui.indexer.bringing import Bringer
from vexgui.indexer.coalesce import Change, FileChanged, FileGone, FolderAppeared, FolderGone, Moved, Overflow, within
from vexgui.indexer.links import other_names
from vexgui.indexer.plan import is_unchanged
from vexgui.indexer.roots import Roots
from vexgui.indexer.runs import Run
from vexgui.indexer.tally import Tally
from vexgui.indexer.telling import Teller
from vexgui.store.store import Store
from vexgui.system import attributes


class Applier:
    """Does what changes ask for.

    Args:
        store: What is kept true.
        bringer: Brings folders and files into it.
        teller: Is told how it goes.
        roots: The folders kept indexed.
        rescan: Has those scanned that are due.
        is_remote: Tells what lies on file systems that may never answer, and is not to be looked at from here.
    """

    def __init__(
        self,
        store: Store,
        bringer: Bringer,
        teller: Teller,
        roots: Roots,
        rescan: Callable[[], None],
        is_remote: Callable[[bytes], bool],
    ) -> None:
        self._store = store
        self._bringer = bringer
        self._teller = teller
        self._roots = roots
        self._rescan = rescan
        self._is_remote = is_remote

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
        folders: list[bytes] = []
        files: list[bytes] = []
        for change in chain.from_iterable(within(roots, noticed) for noticed in changes):
            if isinstance(change, FolderAppeared):
                folders.append(change.path)
            elif isinstance(change, FileChanged | FileGone):
                files.append(change.path)
            else:
                self._look_at(folders, files, replace(run, tally=Tally()))
                folders, files = [], []
                self._apply_folder(change, replace(run, tally=Tally()))
        self._look_at(folders, files, run)

    def _look_at(self, folders: list[bytes], files: list[bytes], run: Run) -> None:
        self._bringer.bring(folders, files + other_names(self._store.catalog, files), run)
        self._roots.heard_of(folders + files)

    def _is_hidden(self, change: Change) -> bool:
        if isinstance(change, Overflow):
            return False
        path = change.new if isinstance(change, Moved) else change.path
        return self._is_remote(path)

    def _is_known(self, change: Change) -> bool:
        if not isinstance(change, FileChanged):
            return False
        with suppress(OSError, VexError):  # whoever looks at the file next is told
            # Our own writes, too, are told of one name only, and are news to the others.
            return self._is_as_known(change.path) and all(
                self._is_as_known(other) for other in other_names(self._store.catalog, [change.path])
            )
        return False

    def _is_as_known(self, path: bytes) -> bool:
        row = self._store.catalog.file(path)
        return row is not None and is_unchanged(attributes.stat_path(path), row.known, RECIPE)

    def _apply_folder(self, change: FolderGone | Moved | Overflow, run: Run) -> None:
        if isinstance(change, Overflow):
            self._teller.emit(Trouble("Too much changed at once to follow; everything is looked at again."))
            self._roots.hasten(None, "too much changed at once")
            self._rescan()
        elif isinstance(change, FolderGone):
            # A root that vanishes was unplugged or moved as a whole; what is known of it stays until the user says so.
            if change.path in self._roots.kept:
                self._roots.lose(change.path)
            else:
                self._store.forget_folder(change.path)
                self._teller.emit(IndexChanged(1))
        else:
            self._store.rename(change.old, change.new, folder=change.folder)
            self._bringer.bring([change.new] if change.folder else (), () if change.folder else [change.new], run)
            self._teller.emit(IndexChanged(1))
