"""The writer's side of a store: changes, one at a time, each with one commit point."""

import gc
import threading
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial

import numpy as np

from vexgui.core.errors import VexError
from vexgui.core.vectors import CodecName, Space, SpaceId
from vexgui.store.buddy import SlotAllocator
from vexgui.store.catalog import Catalog, KeptSpace, edits
from vexgui.store.catalog.files import stamps
from vexgui.store.change import Change
from vexgui.store.compaction import Interrupted, Progress, column_codec, copy, layout, wanted_basis
from vexgui.store.pins import Pins
from vexgui.store.recovery import recover
from vexgui.store.rows import Extent, FileId
from vexgui.store.spaces import OpenSpace, OpenSpaces, Run


class Writer:
    """Changes catalog and columns together.

    A change goes in this order. A catalog transaction takes in what is known of files; new vectors go to free slots
    and are flushed; the transaction names them and is committed. What it replaces is dead from then on, and is erased
    by a later change, when no reader can want it any more. A live slot is never written.

    Args:
        catalog: Names what is live.
        spaces: The columns.
        pins: Tells which commits are still looked at.

    Attributes:
        lock: Held while anything is changed.
    """

    def __init__(self, catalog: Catalog, spaces: OpenSpaces, pins: Pins) -> None:
        self.lock = threading.RLock()
        self._catalog = catalog
        self._spaces = spaces
        self._pins = pins
        self._stale_since: int | None = None

    @contextmanager
    def changing(self) -> Iterator[Change]:
        """Lend a change, which is committed at the end and undone by an exception."""
        with self.lock, _without_collecting():
            for kept in self._catalog.spaces():
                self._spaces.get(kept).clear_unnamed()
            reclaimable = self._reclaimable()
            change = Change()
            try:
                with self._catalog.writing() as db:
                    change.begin(db, edits.epoch(db) + 1)
                    for opened, runs in reclaimable:
                        change.reclaim(opened, runs)
                    yield change
                    change.complete()
            except BaseException:
                if self._is_committed(change):  # an interrupt came after the commit
                    change.publish()
                else:
                    change.undo()
                raise
            change.publish()
            self._sweep()
            self._catalog.relieve()

    def restamp(self, change: Change, files: Sequence[FileId]) -> None:
        """Have the columns mirror what the catalog says of files now."""
        mirrored = stamps(change.db, files)
        extents: dict[int, list[Extent]] = defaultdict(list)
        for extent in edits.extents_of(change.db, files):
            extents[extent.space].append(extent)
        for kept in self._catalog.spaces():
            change.restamp(self._spaces.get(kept), extents[kept.number], mirrored)

    def ensure_space(self, space: Space, codec: CodecName) -> None:
        """Give a space its columns if it has none."""
        with self.lock:
            if self._catalog.space(space.id) is not None:
                return
            codec = column_codec(codec, 0, space.dim)
            # Above any that a space dropped before had, whose columns may be looked at still: each compaction and each
            # drop is a commit of its own.
            generation = self._catalog.epoch() + 1
            made = self._spaces.make(KeptSpace(0, space, codec, generation))
            try:
                self._spaces.settle(made)
                self._catalog.add_space(space, codec, generation)
            finally:
                named = self._catalog.space(space.id)  # an interrupt may come after the commit
                if named is None:
                    self._spaces.discard(made)
                else:
                    made.kept = named
                    self._spaces.add(made)

    def drop_space(self, space: SpaceId) -> None:
        """Remove a space from the catalog; its columns go when no reader has them in its snapshot."""
        with self.lock:
            kept = self._catalog.space(space)
            if kept is None:
                return
            with self._catalog.writing() as db:
                edits.drop_space(db, kept.number)
                edits.set_epoch(db, edits.epoch(db) + 1)
            self._stale_since = self._catalog.epoch()
            self._sweep()
            self._catalog.relieve()

    def compact(self, codec: CodecName, stop: threading.Event | None = None, progress: Progress | None = None) -> bool:
        """Write every space anew, each in a commit of its own; see `Store.compact`."""
        stop, progress = stop or threading.Event(), progress or (lambda _: None)
        done = 0
        for kept in self._catalog.spaces():

            def counted(copied: int, before: int = done) -> None:
                progress(before + copied)

            try:
                with self.lock:
                    done += self._compact(kept, codec, stop, counted)
            except Interrupted:
                return False
        return True

    def _compact(self, old: KeptSpace, codec: CodecName, stop: threading.Event, progress: Progress) -> int:
        """Write one space anew and return how many vectors it has.

        Raises:
            Interrupted: ``stop`` was set; nothing has changed.
        """
        opened = self._spaces.get(old)
        plan = layout(self._catalog.extents_in(old.number))
        codec = column_codec(codec, len(plan.slots), old.space.dim)
        basis = wanted_basis(opened, codec, plan.slots)
        kept = replace(old, codec=codec, basis=basis, generation=old.generation + 1)
        made = self._spaces.make(kept)
        try:
            copy(opened, made, plan.slots, stop, progress)
            self._spaces.settle(made)
            with self._catalog.writing() as db:
                edits.renumber(db, kept.number, plan.old, plan.new, kept.generation, codec, basis)
                edits.set_slots(db, kept.number, made.columns.capacity, len(plan.slots))
                edits.set_epoch(db, edits.epoch(db) + 1)
        finally:
            named = self._catalog.space(old.space.id)
            if named is not None and named.generation == kept.generation:  # an interrupt may come after the commit
                made.slots = SlotAllocator(np.arange(made.columns.capacity) >= len(plan.slots))
                self._spaces.add(made)
                self._stale_since = self._catalog.epoch()
            else:
                self._spaces.discard(made)
        self._sweep()
        return len(plan.slots)

    def tidy(self) -> None:
        """Erase the vectors that belong to the past, as far as no reader has them in its snapshot."""
        with self.lock:
            if self._reclaimable():
                with self.changing():
                    pass

    def recover(self) -> None:
        """Erase what no transaction names, and find the free slots."""
        epoch = self._catalog.epoch()
        for kept in self._catalog.spaces():
            dead, extents = self._catalog.dead_in(kept.number), partial(self._catalog.extents_in, kept.number)
            recover(self._spaces.get(kept), epoch, dead, extents)
        self._stale_since = epoch
        self._sweep()
        self.tidy()

    def _is_committed(self, change: Change) -> bool:
        try:
            return self._catalog.epoch() >= change.epoch
        except VexError:
            return False

    def _sweep(self) -> None:
        """Remove columns that neither the catalog names nor any reader's snapshot."""
        if self._stale_since is not None and self._horizon() >= self._stale_since:
            self._spaces.sweep(self._catalog.spaces())
            self._stale_since = None

    def _reclaimable(self) -> list[tuple[OpenSpace, list[Run]]]:
        """Return the dead runs that no reader has in its snapshot."""
        dead = self._catalog.dead()
        if not dead:
            return []
        horizon = self._horizon()
        runs: dict[int, list[Run]] = defaultdict(list)
        for number, first, count, epoch in dead:
            if epoch <= horizon:
                runs[number].append((first, count))
        return [(self._spaces.get(kept), runs[kept.number]) for kept in self._catalog.spaces() if kept.number in runs]

    def _horizon(self) -> int:
        """Return the oldest epoch that anybody reads."""
        epoch = self._catalog.epoch()
        oldest = self._pins.oldest(epoch)
        return epoch if oldest is None else oldest


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Keep Python from looking for garbage: a change makes thousands of values, and each thousand has it look again.

    It would go through all that is alive in the process, which took a third of the time of large commits.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
