"""Whatever is done to a store in whatever order, it holds what a dictionary would, and snapshots stay as they were."""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from typing_extensions import override

from tests.store.builders import COLUMN_CODECS, PICTURE, TEXT, a_file, a_stat, as_kept, of_space
from tests.store.expecting import (
    POOLS,
    QUERIES,
    STEPS,
    Expected,
    files,
    folders,
    intercepted,
    paths,
    told,
)
from vexgui.core.errors import StoreDamaged
from vexgui.core.files import Kind
from vexgui.core.paths import folder_of, joined, lies_in, name_of
from vexgui.core.vectors import CodecName, SpaceId
from vexgui.store.buddy import slots_of
from vexgui.store.catalog import KeptSpace
from vexgui.store.codecs import codec_named
from vexgui.store.columns.rows import signs_of
from vexgui.store.format import KindCode
from vexgui.store.rows import FileUpdate, passage_id
from vexgui.store.snapshot import Snapshot
from vexgui.store.store import Store

MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
"""Where a flush takes no time; what a crash leaves is copied, so nothing here rests on flushing."""


class StoreMachine(RuleBasedStateMachine):
    """A store beside a dictionary, with a second reader, and snapshots that are held for a while."""

    def __init__(self) -> None:
        super().__init__()
        self._parent = tempfile.mkdtemp(prefix="vexgui-test-", dir=MEMORY)
        self._generation = 0
        self._known: dict[bytes, Expected] = {}
        self._roots: Sequence[bytes] = ()
        self._used = 0
        self._held: list[tuple[ExitStack, Snapshot, object]] = []

    @initialize(codec=st.sampled_from(COLUMN_CODECS))
    def make(self, codec: CodecName) -> None:
        self._codec = codec
        self._open()
        for space in (TEXT, PICTURE):
            self._store.ensure_space(space)

    @override
    def teardown(self) -> None:
        if hasattr(self, "_store"):
            self._close()
        shutil.rmtree(self._parent)

    # What is done

    @rule(files=files)
    def commit(self, files: Mapping[bytes, tuple[int, int, Kind]]) -> None:
        updates, expected = self._new(files)
        self._store.commit(updates)
        self._known |= expected

    @rule(files=files, step=st.sampled_from(STEPS), after=st.booleans())
    def fail_to_commit(self, files: Mapping[bytes, tuple[int, int, Kind]], step: tuple[Any, str], after: bool) -> None:
        updates, _ = self._new(files)

        def fail() -> None:
            raise sqlite3.OperationalError("by a test")

        refused = False
        with intercepted(*step, fail, after=after) as calls:
            try:
                self._store.commit(updates)
            except StoreDamaged:
                refused = True
        assert refused == bool(calls)
        if not refused:
            self._known |= self._expected(updates)

    @rule(files=files, forgotten=st.booleans(), step=st.sampled_from(STEPS), after=st.booleans())
    def crash(
        self, files: Mapping[bytes, tuple[int, int, Kind]], forgotten: bool, step: tuple[Any, str], after: bool
    ) -> None:
        """Go on with what was on the disk in the middle of a change."""
        updates, _ = self._new(files)
        ahead = self._place(self._generation + 1)

        def copy() -> None:
            shutil.rmtree(ahead, ignore_errors=True)
            shutil.copytree(self._place(self._generation), ahead, ignore=shutil.ignore_patterns("*-shm"))

        with intercepted(*step, copy, after=after):
            if forgotten:
                self._store.forget(list(files))
            else:
                self._store.commit(updates)
        left_nothing = not os.path.exists(ahead)
        if left_nothing:
            copy()
            self._known |= {} if forgotten else self._expected(updates)
            for path in files if forgotten else ():
                self._known.pop(path, None)
        elif forgotten:  # a second change erases what the first forgot, and this is where it was cut off
            self._reconcile(ahead, list(files))
        self._close()
        self._generation += 1
        self._open()

    @rule(chosen=st.lists(paths, max_size=3))
    def forget(self, chosen: list[bytes]) -> None:
        self._store.forget(chosen)
        for path in chosen:
            self._known.pop(path, None)

    @rule(folder=folders)
    def forget_folder(self, folder: bytes) -> None:
        self._store.forget_folder(folder)
        tops = [folder, *(root for root in self._roots if lies_in(root, folder))]
        self._known = {
            path: file
            for path, file in self._known.items()
            if max((top for top in tops if lies_in(folder_of(path), top)), key=len, default=None) != folder
        }

    @rule(old=paths, new=paths)
    def rename_file(self, old: bytes, new: bytes) -> None:
        self._store.rename(old, new, folder=False)
        if old != new:
            self._known.pop(new, None)
            if old in self._known:
                self._known[new] = self._known.pop(old)

    @rule(old=folders, new=folders)
    def rename_folder(self, old: bytes, new: bytes) -> None:
        self._store.rename(old, new, folder=True)
        lifted = {path: file for path, file in self._known.items() if lies_in(folder_of(path), old)}
        left = {
            path: file for path, file in self._known.items() if path not in lifted and not lies_in(folder_of(path), new)
        }
        put_down = {joined(new + folder_of(path)[len(old) :], name_of(path)): file for path, file in lifted.items()}
        self._known = left | put_down

    @rule(chosen=st.lists(paths, max_size=4), size=st.integers(0, 2**40))
    def look_again(self, chosen: list[bytes], size: int) -> None:
        self._store.update_stats([(path, a_stat(size)) for path in chosen])
        for path in chosen:
            if path in self._known:
                self._known[path] = replace(self._known[path], size=size)

    @rule(roots=st.lists(folders, max_size=3, unique=True))
    def set_roots(self, roots: list[bytes]) -> None:
        self._store.set_roots(roots)
        self._roots = roots

    @rule()
    def tidy(self) -> None:
        self._store.tidy()
        assert self._held or self._store.catalog.dead() == []

    @rule()
    def compact(self) -> None:
        before = {kept.space.id: kept for kept in self._store.spaces()}
        assert self._store.compact()
        for kept in self._store.spaces():
            if (kept.codec, kept.basis) != (before[kept.space.id].codec, before[kept.space.id].basis):
                self._recode(kept)

    @rule(codec=st.sampled_from(COLUMN_CODECS))
    def reopen(self, codec: CodecName) -> None:
        self._codec = codec
        self._close()
        self._open()

    @precondition(lambda self: len(self._held) < 3)
    @rule(own=st.booleans())
    def hold_a_snapshot(self, own: bool) -> None:
        stack = ExitStack()
        snapshot = stack.enter_context((self._store if own else self._reader).snapshot())
        self._held.append((stack, snapshot, told(snapshot)))

    @precondition(lambda self: self._held)
    @rule(place=st.integers(0, 2))
    def let_a_snapshot_go(self, place: int) -> None:
        self._held.pop(place % len(self._held))[0].close()

    # What must hold

    @invariant()
    def holds_what_the_dictionary_holds(self) -> None:
        for reading in (self._store, self._reader) if hasattr(self, "_store") else ():
            with reading.snapshot() as snapshot:
                self._compare(snapshot)

    @invariant()
    def is_sound(self) -> None:
        if not hasattr(self, "_store"):
            return
        assert self._store.check().problems == ()
        for kept in self._store.spaces():
            opened = self._store._spaces.get(kept)
            extents = self._store.catalog.extents_in(kept.number)
            slots = slots_of(extents.first, extents.count)
            gone = [
                slot
                for first, count in self._store.catalog.dead_in(kept.number)
                for slot in range(first, first + count)
            ]
            assert len({*slots.tolist(), *gone}) == len(slots) + len(gone)
            assert opened.slots.free_slots == opened.columns.capacity - len(slots) - len(gone)

    @invariant()
    def snapshots_stay_as_they_were(self) -> None:
        for _, snapshot, before in self._held:
            assert told(snapshot) == before

    def _compare(self, snapshot: Snapshot) -> None:
        rows = {row.path: row for row in snapshot.catalog.all_files()}
        roots = {number: path for path, number in snapshot.catalog.roots().items()}
        assert set(rows) == set(self._known)
        passages: dict[SpaceId, set[int]] = {TEXT.id: set(), PICTURE.id: set()}
        for path, file in self._known.items():
            row = rows[path]
            assert (row.kind, row.stat.size, row.stat.mtime_ns) == (file.kind, file.size, file.mtime_ns)
            assert roots.get(row.root_id) == self._root_of(path)
            found = {part.space: part for part in snapshot.vectors_of(row.id)}
            assert {space for space, part in file.vectors.items() if len(part)} == set(found)
            for space, part in found.items():
                np.testing.assert_allclose(part.vectors, file.vectors[space], atol=2e-5)
                assert part.ordinals.tolist() == list(range(len(part.vectors)))
                passages[space] |= {passage_id(row.id, ordinal) for ordinal in part.ordinals.tolist()}
        for kept in snapshot.spaces():
            known = passages[kept.space.id]
            assert snapshot.count_vectors(kept.space.id) == len(known)
            scan = snapshot.scan(kept.space.id, QUERIES[kept.space.id], len(known) + 1)
            assert scan.vectors == len(scan.passages) == len(known)
            assert set(scan.passages) == known
            assert (np.diff(scan.scores) <= 0).all()
            self._compare_columns(snapshot, kept, {row.id: self._known[path] for path, row in rows.items()})

    def _compare_columns(self, snapshot: Snapshot, kept: KeptSpace, known: Mapping[int, Expected]) -> None:
        """Compare what filters ask of the columns with what the catalog says."""
        roots = {row.id: row.root_id for row in snapshot.catalog.all_files()}
        opened = snapshot.opened(kept)
        live = opened.columns.rows().at(snapshot.live(opened))
        owners = (live.owner >> 20).tolist()
        assert live.kind.tolist() == [KindCode[known[owner].kind.name] for owner in owners]
        assert live.root.tolist() == [roots[owner] for owner in owners]
        assert live.size.tolist() == [known[owner].size for owner in owners]
        assert live.mtime.tolist() == [known[owner].mtime_ns for owner in owners]
        for owner, ordinal, signs in zip(owners, (live.owner & 0xFFFFF).tolist(), live.signs, strict=True):
            assert signs.tolist() == known[owner].signs[kept.space.id][ordinal].tolist()

    # Parts of the above

    def _place(self, generation: int) -> str:
        return os.path.join(self._parent, str(generation))

    def _open(self) -> None:
        folder = os.fsencode(self._place(self._generation))
        self._store = Store(folder, self._codec, writable=True, page_bytes=4096)
        self._store.set_roots(self._roots)
        self._reader = Store(folder, self._codec, writable=False)

    def _close(self) -> None:
        while self._held:
            self._held.pop()[0].close()
        self._reader.close()
        self._store.close()

    def _new(self, files: Mapping[bytes, tuple[int, int, Kind]]) -> tuple[list[FileUpdate], dict[bytes, Expected]]:
        updates: list[FileUpdate] = []
        for path, (texts, pictures, kind) in files.items():
            chosen = {TEXT: texts, PICTURE: min(texts, pictures)}
            parts = []
            for space, count in chosen.items():
                places = np.arange(self._used, self._used + count) % len(POOLS[space.id])
                self._used += count
                parts.append(of_space(POOLS[space.id][places], space))
            update = a_file(path, parts=parts, texts=["text"] * texts or ["alone"], stat=a_stat(self._used))
            updates.append(replace(update, kind=kind))
        return updates, self._expected(updates)

    def _expected(self, updates: Sequence[FileUpdate]) -> dict[bytes, Expected]:
        codecs = {kept.space.id: codec_named(kept.codec, kept.basis) for kept in self._store.spaces()}
        return {
            update.path: Expected(
                update.kind,
                update.stat.size,
                update.stat.mtime_ns,
                {part.space: as_kept(codecs[part.space], part.vectors) for part in update.vectors},
                {part.space: signs_of(part.vectors) for part in update.vectors},
            )
            for update in updates
        }

    def _recode(self, kept: KeptSpace) -> None:
        space, codec = kept.space.id, codec_named(kept.codec, kept.basis)
        for path, file in self._known.items():
            if space in file.vectors:
                recoded = {**file.vectors, space: as_kept(codec, file.vectors[space])}
                self._known[path] = replace(file, vectors=recoded)

    def _reconcile(self, folder: str, forgotten: Sequence[bytes]) -> None:
        """Have the dictionary say what a copy does of files that were being forgotten: all are there or none."""
        with Store(os.fsencode(folder), self._codec, writable=False).snapshot() as snapshot:
            there = {path for path in forgotten if snapshot.catalog.file(path) is not None}
        assert there in (set(), self._known.keys() & set(forgotten))
        for path in set(forgotten) - there:
            self._known.pop(path, None)

    def _root_of(self, path: bytes) -> bytes | None:
        return max((root for root in self._roots if lies_in(folder_of(path), root)), key=len, default=None)


TestStore = StoreMachine.TestCase
TestStore.settings = settings(
    max_examples=15, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)


@pytest.mark.slow
def test_the_same_for_longer() -> None:
    run_state_machine_as_test(
        StoreMachine,
        settings=settings(
            max_examples=400, stateful_step_count=50, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
