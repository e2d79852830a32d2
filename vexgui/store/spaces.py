"""The columns of all spaces, open in the generation that the catalog names."""

import errno
import os
import re
import shutil
import threading
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from vexgui.core.errors import DiskFull, PermissionProblem, StoreDamaged
from vexgui.core.paths import joined, shown
from vexgui.core.vectors import CodecName, Space, SpaceId, Vectors
from vexgui.store.catalog import Catalog, KeptSpace, edits
from vexgui.store.codecs import codec_named
from vexgui.store.columns import REBUILD, Access, Rows, SpaceColumns
from vexgui.store.slots import FreeSlots
from vexgui.system.atomic import flush_folder

_FIRST_GENERATION = 1
_FOLDER = re.compile(rb"[0-9a-f]{16}\.[0-9]+")
_NO_SLOTS = np.empty(0, np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class OpenSpace:
    """A space with its columns and their free slots; a process that may only read has no free slots."""

    kept: KeptSpace
    columns: SpaceColumns
    free: FreeSlots

    def write(self, vectors: Vectors, owners: NDArray[np.int64]) -> NDArray[np.int64]:
        """Write vectors [n, dim] of passages [n] to free slots, have the disk hold them, and return the slots.

        Raises:
            DiskFull: There is no room; the slots are free again.
            StoreDamaged: The disk refused them; the slots are free again.
        """
        encoded = self.columns.codec.encode(vectors)
        wanted = self.free.wanted_capacity(len(owners))
        if wanted > self.free.capacity:
            self.columns.reserve(wanted)
            self.free.grow(self.columns.capacity)
        slots = self.free.take(len(owners))
        try:
            self.columns.write(slots, encoded, owners)
            self.columns.flush()
        except BaseException:
            self.release(slots)
            raise
        return slots

    def release(self, slots: NDArray[np.int64]) -> None:
        """Make slots free that no transaction names, or names any longer."""
        self.columns.clear(slots)
        self.free.give(slots)


class OpenSpaces:
    """Opens, adds and compacts columns; only `get` may be called from any thread at any time.

    Args:
        folder: Where a folder for each space and generation lies.
        catalog: Names the generation in force.
        writable: Whether this process owns the profile.

    Raises:
        VexError: Columns cannot be opened.
    """

    def __init__(self, folder: bytes, catalog: Catalog, *, writable: bool) -> None:
        self._folder = folder
        self._catalog = catalog
        self._writable = writable
        self._lock = threading.Lock()
        self._open: dict[SpaceId, OpenSpace] = {}
        try:
            for kept in catalog.spaces():
                if writable:
                    self._open[kept.space.id] = self._opened(kept)
                else:
                    self.get(kept.space.id)
            if writable:
                self._sweep()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Close all files."""
        with self._lock:
            for opened in self._open.values():
                opened.columns.close()
            self._open.clear()

    def get(self, space: SpaceId) -> OpenSpace | None:
        """Return a space as the catalog names it now, or None for one without columns."""
        if self._writable:
            return self._open.get(space)
        with self._lock:
            while (kept := self._catalog.space(space)) is not None:
                try:
                    return self._reread(kept)
                except StoreDamaged:
                    # The owner may have compacted the store since the catalog was asked.
                    now = self._catalog.space(space)
                    if now is not None and now.generation == kept.generation:
                        raise
            return None

    def named(self, number: int) -> OpenSpace:
        """Return the space of a number in the catalog; this process owns the profile."""
        return next(opened for opened in self._open.values() if opened.kept.number == number)

    def add(self, space: Space, codec: CodecName) -> None:
        """Give a space its columns; the catalog names them when they lie ready."""
        columns = self._made(space, codec, _FIRST_GENERATION)
        try:
            kept = self._catalog.add_space(space, codec)
        except BaseException:
            columns.close()
            raise
        self._open[space.id] = OpenSpace(kept, columns, FreeSlots(_NO_SLOTS, columns.capacity))

    def compact(self, space: SpaceId) -> None:
        """Write a space's columns anew without gaps, then have one transaction name them, then remove the old ones.

        Readers keep the old ones' maps for as long as they hold them.
        """
        old = self._open[space]
        slots, _ = self._catalog.slots(old.kept.number)
        kept = replace(old.kept, generation=old.kept.generation + 1)
        columns = self._made(kept.space, kept.codec, kept.generation, (old.columns.rows(), slots))
        try:
            with self._catalog.writing() as db:
                edits.renumber_slots(db, kept.number, slots, kept.generation)
        except BaseException:
            columns.close()
            shutil.rmtree(self._path(space, kept.generation), ignore_errors=True)
            raise
        self._open[space] = OpenSpace(kept, columns, FreeSlots(np.arange(len(slots)), columns.capacity))
        old.columns.close()
        shutil.rmtree(self._path(space, old.kept.generation), ignore_errors=True)

    def _reread(self, kept: KeptSpace) -> OpenSpace:
        """Open a space, or map it again, where the owner has changed it."""
        needed = self._catalog.slots_needed(kept.number)  # asked first, for meanwhile columns only grow
        known = self._open.get(kept.space.id)
        if known is None or known.kept.generation != kept.generation:
            self._open[kept.space.id] = self._opened(kept)
            if known is not None:
                known.columns.close()
        current = self._open[kept.space.id]
        current.columns.refresh(needed)
        return current

    def _opened(self, kept: KeptSpace) -> OpenSpace:
        space = kept.space
        folder = self._path(space.id, kept.generation)
        access = Access.WRITE if self._writable else Access.READ
        columns = SpaceColumns(folder, space.id, space.dim, codec_named(kept.codec), access)
        try:
            if not self._writable:
                return OpenSpace(kept, columns, FreeSlots(_NO_SLOTS, 0))
            free = FreeSlots(self._catalog.slots(kept.number)[0], columns.capacity)
            # A crash may have left vectors in slots that no transaction names.
            stale = free.all()
            columns.clear(stale[columns.rows().scale[stale] != 0])
        except BaseException:
            columns.close()
            raise
        return OpenSpace(kept, columns, free)

    def _made(
        self, space: Space, codec: CodecName, generation: int, content: tuple[Rows, NDArray[np.int64]] | None = None
    ) -> SpaceColumns:
        """Make columns, holding other columns' rows in some slots if given, and have the disk hold them."""
        folder = self._path(space.id, generation)
        shutil.rmtree(folder, ignore_errors=True)
        make_folder(folder)
        try:
            columns = SpaceColumns(folder, space.id, space.dim, codec_named(codec), Access.CREATE)
            try:
                if content is not None:
                    columns.reserve(len(content[1]))
                    columns.copy(*content)
                columns.flush()
                flush_folder(folder)
                flush_folder(self._folder)
            except BaseException:
                columns.close()
                raise
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        return columns

    def _sweep(self) -> None:
        """Remove columns that a crash left: not named by the catalog yet, or not any longer."""
        named = {self._path(space, opened.kept.generation) for space, opened in self._open.items()}
        for name in os.listdir(self._folder):
            path = joined(self._folder, name)
            if _FOLDER.fullmatch(name) and path not in named:
                shutil.rmtree(path, ignore_errors=True)

    def _path(self, space: SpaceId, generation: int) -> bytes:
        return joined(self._folder, f"{space}.{generation}".encode())


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
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFull(
                f"There is no room left to create {shown(path)}.", "Free some space on that disk."
            ) from error
        raise StoreDamaged(f"{shown(path)} cannot be used ({error.strerror}).", REBUILD) from error
