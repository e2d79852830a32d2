"""The columns of all spaces, open in the generations that a catalog names."""

import os
import re
import shutil
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from vexgui.core.errors import PermissionProblem, StoreDamaged, closed_already, not_made
from vexgui.core.paths import joined, shown
from vexgui.core.vectors import SpaceId
from vexgui.store.buddy import SlotAllocator
from vexgui.store.catalog import KeptSpace
from vexgui.store.codecs import Codec, codec_named
from vexgui.store.columns import REBUILD, Access, SpaceColumns
from vexgui.store.columns.file import disk_errors
from vexgui.store.planning.following import Followed
from vexgui.system.atomic import flush_folder

_FOLDER = re.compile(rb"[0-9a-f]{16}\.[0-9]+")

Run = tuple[int, int]
"""A first slot and a count."""


@dataclass(slots=True, eq=False)
class OpenSpace:
    """A space with its columns in one generation.

    Attributes:
        kept: As the catalog names it.
        columns: Its columns.
        slots: Which slots are free; of use to the writer alone, others have none.
        unnamed: Runs that were written and never named, because their change failed.
        followed: The graph of it that is followed, if there is one.
    """

    kept: KeptSpace
    columns: SpaceColumns
    slots: SlotAllocator = field(default_factory=lambda: SlotAllocator(np.empty(0, np.bool_)))
    unnamed: list[Run] = field(default_factory=list)
    followed: Followed | None = None
    _live: "Live" = field(default_factory=lambda: Live(-1, np.empty(0, np.bool_), np.empty(0, np.int64)))

    @property
    def codec(self) -> Codec:
        """How its vectors are kept."""
        return self.columns.codec

    def clear_unnamed(self) -> None:
        """Erase what was never named, and give its slots back.

        Raises:
            WorldProblem: The disk does not take it; then it is still to be done.
        """
        if not self.unnamed:
            return
        self.columns.erase(self.unnamed)
        self.columns.flush()  # before a commit has the epoch of the one that failed, and brings it to life
        for first, count in self.unnamed:
            self.slots.free(first, count)
        self.unnamed.clear()

    def live(self, epoch: int, dead: Callable[[], Sequence[Run]]) -> "Live":
        """Return which slots are live in a snapshot.

        Args:
            epoch: The snapshot's.
            dead: Tells the runs that are dead in it and not erased yet; asked where they are not known already.
        """
        known = self._live  # one reading: other threads put another in its place
        if known.epoch == epoch:
            return known
        born = self.columns.rows().born
        alive = (born > 0) & (born <= epoch)
        for first, count in dead():
            alive[first : first + count] = False
        found = self._live = Live(epoch, alive, np.flatnonzero(alive))
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Live:
    """The slots of a space that hold vectors in one state.

    Attributes:
        epoch: The state.
        alive: Of each slot whether it does, [n]; slots that come later do not.
        slots: Those that do, ascending.
    """

    epoch: int
    alive: NDArray[np.bool_]
    slots: NDArray[np.int64]


class OpenSpaces:
    """Opens, makes and removes columns; safe to use from any thread.

    Args:
        folder: Where a folder for each space and generation lies.
        writable: Whether this process owns the profile.
        page_bytes: What new columns grow by.
    """

    def __init__(self, folder: bytes, *, writable: bool, page_bytes: int) -> None:
        self._folder = folder
        self._writable = writable
        self._page_bytes = page_bytes
        self._lock = threading.Lock()
        self._closed = False
        self._open: dict[tuple[SpaceId, int], OpenSpace] = {}

    def close(self) -> None:
        """Close all files, and open none any more: another store may be in this one's place."""
        with self._lock:
            self._closed = True
            for opened in self._open.values():
                opened.columns.close()
            self._open.clear()

    def get(self, kept: KeptSpace) -> OpenSpace:
        """Return a space in the generation asked for, mapped as far as it has grown.

        Raises:
            VexError: Its columns cannot be opened, or were cut short, or all has been closed.
        """
        key = (kept.space.id, kept.generation)
        with self._lock:
            self._insist_on_open()
            opened = self._open.get(key)
            if opened is None:
                access = Access.WRITE if self._writable else Access.READ
                columns = self._columns(kept, access)
                self._let_go_of_older(kept)
                opened = self._open[key] = OpenSpace(kept, columns)
            opened.columns.refresh(kept.slots)
            return opened

    def make(self, kept: KeptSpace) -> OpenSpace:
        """Make empty columns that nothing names yet; `settle` has the disk hold them.

        Raises:
            VexError: They cannot be made, or all has been closed.
        """
        self._insist_on_open()
        folder = self._path(kept.space.id, kept.generation)
        shutil.rmtree(folder, ignore_errors=True)
        make_folder(folder)
        try:
            return OpenSpace(kept, self._columns(kept, Access.CREATE))
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise

    def settle(self, made: OpenSpace) -> None:
        """Have the disk hold columns that were made, and their folder."""
        made.columns.flush()
        with disk_errors(self._folder):
            flush_folder(self._path(made.kept.space.id, made.kept.generation))
            flush_folder(self._folder)

    def add(self, made: OpenSpace) -> None:
        """Take in columns that the catalog names now."""
        with self._lock:
            self._open[(made.kept.space.id, made.kept.generation)] = made

    def discard(self, made: OpenSpace) -> None:
        """Remove columns that were made and are not wanted."""
        made.columns.close()
        shutil.rmtree(self._path(made.kept.space.id, made.kept.generation), ignore_errors=True)

    def sweep(self, named: Sequence[KeptSpace]) -> None:
        """Remove every folder of columns that is not named: what a crash left, and generations nobody reads."""
        wanted = {(kept.space.id, kept.generation) for kept in named}
        with self._lock:
            for key in [key for key in self._open if key not in wanted]:
                self._open.pop(key).columns.close()
        paths = {self._path(*key) for key in wanted}
        for name in os.listdir(self._folder):
            path = joined(self._folder, name)
            if _FOLDER.fullmatch(name) and path not in paths:
                shutil.rmtree(path, ignore_errors=True)

    def _insist_on_open(self) -> None:
        if self._closed:
            raise closed_already()

    def _let_go_of_older(self, kept: KeptSpace) -> None:
        """Have a reader's old generations be closed with the last snapshot that looks at them; a writer's are swept."""
        if not self._writable:
            for space, generation in list(self._open):
                if space == kept.space.id and generation < kept.generation:
                    del self._open[space, generation]

    def _columns(self, kept: KeptSpace, access: Access) -> SpaceColumns:
        return SpaceColumns(
            self._path(kept.space.id, kept.generation),
            kept.space.id,
            kept.generation,
            kept.space.dim,
            codec_named(kept.codec, kept.basis),
            access,
            self._page_bytes,
        )

    def _path(self, space: SpaceId, generation: int) -> bytes:
        return joined(self._folder, f"{space}.{generation}".encode())


def runs_of(slots: NDArray[np.int64]) -> list[Run]:
    """Return ascending slots as runs."""
    breaks = np.flatnonzero(np.diff(slots) != 1) + 1
    return [(int(part[0]), len(part)) for part in np.split(slots, breaks) if len(part)]


def make_folder(path: bytes) -> None:
    """Make a folder of the store, for its owner alone, where there is none.

    Raises:
        PermissionProblem: It may not be made.
        DiskFull: There is no room.
        StoreDamaged: Something else lies in its place.
    """
    try:
        os.makedirs(path, 0o700, exist_ok=True)
    except PermissionError as error:
        raise PermissionProblem(
            f"The folder {shown(path)} may not be created.",
            "Choose another profile with --profile, or mend its permissions.",
        ) from error
    except OSError as error:
        damaged = StoreDamaged(f"{shown(path)} cannot be used ({error.strerror}).", REBUILD)
        raise not_made(path, error, damaged) from error
