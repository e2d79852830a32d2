"""Whatever is done to a store in whatever order, it holds what a dictionary would."""

import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from typing_extensions import override

from tests.store.builders import TEXT, a_file, nearest, vectors
from vexgui.core.errors import StoreDamaged
from vexgui.core.paths import folder_of, joined, lies_in, name_of
from vexgui.core.vectors import CodecName
from vexgui.store.catalog import edits
from vexgui.store.rows import FileUpdate
from vexgui.store.store import Store

FOLDERS = (b"/a", b"/a/b", b"/a/b/c", b"/a/bc", b"/a/b0", b"/a/b.", b"/a/\xff", b"/z")
NAMES = (b"x", b"y", b"\xfe%_")
POOL = vectors(400)
"""Every passage gets a vector of its own, so that a search for it has one answer."""

folders = st.sampled_from(FOLDERS)
paths = st.builds(joined, folders, st.sampled_from(NAMES))


class StoreMachine(RuleBasedStateMachine):
    """A store beside a dictionary of paths and the places of their vectors in the pool."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.mkdtemp(prefix="vexgui-test-")
        self._known: dict[bytes, Sequence[int]] = {}
        self._used = 0

    @initialize(codec=st.sampled_from(CodecName))
    def make(self, codec: CodecName) -> None:
        self._codec = codec
        self._store = self._opened(writable=True)
        self._store.ensure_space(TEXT)
        self._reader = self._opened(writable=False)

    @override
    def teardown(self) -> None:
        with suppress(AttributeError):
            self._reader.close()
            self._store.close()
        shutil.rmtree(self._folder)

    def _opened(self, *, writable: bool) -> Store:
        return Store(os.fsencode(self._folder), self._codec, writable=writable)

    def _new(self, files: Mapping[bytes, int]) -> tuple[list[FileUpdate], dict[bytes, Sequence[int]]]:
        chosen: dict[bytes, Sequence[int]] = {}
        for path, count in files.items():
            chosen[path] = [(self._used + number) % len(POOL) for number in range(count)]
            self._used += count
        return [a_file(path, POOL[list(places)]) for path, places in chosen.items()], chosen

    @rule(files=st.dictionaries(paths, st.integers(0, 4), max_size=4))
    def commit(self, files: Mapping[bytes, int]) -> None:
        updates, chosen = self._new(files)
        self._store.commit(updates)
        self._known |= chosen

    @rule(files=st.dictionaries(paths, st.integers(1, 4), min_size=1, max_size=3))
    def fail_to_commit(self, files: Mapping[bytes, int]) -> None:
        updates, _ = self._new(files)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(edits, "insert_vectors", _refuse)
            with pytest.raises(StoreDamaged):
                self._store.commit(updates)

    @rule(chosen=st.lists(paths, max_size=3))
    def forget(self, chosen: list[bytes]) -> None:
        self._store.forget(chosen)
        self._known = {path: places for path, places in self._known.items() if path not in chosen}

    @rule(folder=folders)
    def forget_folder(self, folder: bytes) -> None:
        self._store.forget_folder(folder)
        self._known = {path: places for path, places in self._known.items() if not lies_in(folder_of(path), folder)}

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
        lifted = {path: places for path, places in self._known.items() if lies_in(folder_of(path), old)}
        left = {
            path: places
            for path, places in self._known.items()
            if path not in lifted and not lies_in(folder_of(path), new)
        }
        put_down = {joined(new + folder_of(path)[len(old) :], name_of(path)): places for path, places in lifted.items()}
        self._known = left | put_down

    @rule()
    def compact(self) -> None:
        self._store.compact()

    @rule()
    def reopen(self) -> None:
        self._store.close()
        self._store = self._opened(writable=True)

    @invariant()
    def holds_what_the_dictionary_holds(self) -> None:
        if not hasattr(self, "_store"):
            return
        for store in (self._store, self._reader):
            rows = {row.path: row for row in store.catalog.all_files()}
            assert set(rows) == set(self._known)
            for path, places in self._known.items():
                found = [part.vectors for part in store.vectors_of(rows[path].id)]
                assert sum(map(len, found)) == len(places)
                if places:
                    np.testing.assert_allclose(found[0], POOL[list(places)], atol=0.01)

    @invariant()
    def finds_what_the_dictionary_holds(self) -> None:
        if not hasattr(self, "_store"):
            return
        vectors_known = sum(map(len, self._known.values()))
        for store in (self._store, self._reader):
            assert store.count_vectors(TEXT.id) == vectors_known
            scan = store.scan(TEXT.id, POOL[0], 100)
            assert scan.vectors == vectors_known
            assert len(scan.passages) == min(vectors_known, 100)
            for path, places in list(self._known.items())[:3]:
                for place in places[:1]:
                    assert nearest(store, POOL[place]) == path

    @invariant()
    def is_sound(self) -> None:
        if hasattr(self, "_store"):
            assert self._store.check().problems == ()


def _refuse(*_: object) -> None:
    raise StoreDamaged("By a test.")


TestStore = StoreMachine.TestCase
TestStore.settings = settings(max_examples=60, stateful_step_count=20, deadline=None)
