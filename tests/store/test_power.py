"""A power cut at any moment, whatever the disk had written by then, leaves every committed vector and no other."""

import os
import random
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.store.builders import PICTURE, TEXT, a_file, as_kept, of_space, vectors
from tests.store.power import Disk
from vexgui.core.arrays import Vectors
from vexgui.core.errors import StoreDamaged
from vexgui.core.vectors import CodecName
from vexgui.store.catalog import edits
from vexgui.store.codecs import codec_named
from vexgui.store.rows import FileUpdate
from vexgui.store.store import Store

Known = Mapping[bytes, Vectors]
SPACES = {b"t": TEXT, b"p": PICTURE}
"""The first letter of a file's name says in which space it has vectors."""


class Owner:
    """Changes a store at random, and knows what it holds."""

    def __init__(self, store: Store, luck: random.Random, known: Known) -> None:
        self.store = store
        self.known = dict(known)
        self._luck = luck

    def change(self) -> None:
        """Make some change; a few of them fail."""
        luck = self._luck
        space = luck.choice(list(SPACES))
        paths = [b"/%s%d" % (space, luck.randrange(8)) for _ in range(luck.randrange(1, 4))]
        dim = SPACES[space].dim
        files = {path: vectors(luck.choice([1, 2, 9, 200]), dim, luck.randrange(1 << 30)) for path in paths}
        what = luck.random()
        if what < 0.5:
            self.store.commit(updates_of(files))
            self.known |= files
        elif what < 0.7:
            self._fail(updates_of(files))
        elif what < 0.95:
            self.store.forget(paths)
            for path in paths:
                self.known.pop(path, None)
        else:
            self.store.compact()

    def _fail(self, updates: list[FileUpdate]) -> None:
        def fail(*_: object) -> None:
            raise sqlite3.OperationalError("by a test")

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(edits, "set_epoch", fail)
            with pytest.raises(StoreDamaged):
                self.store.commit(updates)


def updates_of(files: Known) -> list[FileUpdate]:
    return [
        a_file(path, parts=[of_space(rows, SPACES[path[1:2]])], texts=["text"] * len(rows))
        for path, rows in files.items()
    ]


def opened(folder: Path) -> Store:
    return Store(os.fsencode(folder), CodecName.INT8, writable=True, page_bytes=4096)


def holds(store: Store, known: Known) -> bool:
    """Tell whether a store holds these files with these vectors, and searches find these and no others."""
    codec = codec_named(CodecName.INT8)
    rows = {row.path: row.id for row in store.catalog.all_files()}
    if rows.keys() != known.keys():
        return False
    for letter, space in SPACES.items():
        scan = store.scan(space.id, vectors(1, space.dim)[0], 10_000)
        count = sum(len(vectors) for path, vectors in known.items() if path[1:2] == letter)
        if not scan.vectors == len(scan.passages) == count:
            return False
    found = {path: store.vectors_of(number) for path, number in rows.items()}
    return all(np.allclose(found[path][0].vectors, as_kept(codec, known[path]), atol=1e-5) for path in known)


def cut_power(place: Path, changes: int, cuts: int, seed: int) -> None:
    """Change a store; cut the power now and then between two writes of it, and go on with what is left."""
    luck = random.Random(seed)
    folder = place / "0"
    disk = Disk(folder)
    with disk.noting(), closing(opened(folder)) as store:
        for space in SPACES.values():
            store.ensure_space(space)
        owner = Owner(store, luck, {})
        made = 0
        moments: list[tuple[Path, Known, Known]] = []

        def notice(path: str, name: str, args: tuple[Any, ...], result: Any) -> None:
            note(path, name, args, result)
            if luck.random() < chance:
                moments.append((place / f"cut{len(moments)}", dict(owner.known), {}))
                disk.cut(moments[-1][0], luck)

        note, chance = disk._note, 0.0
        disk._note = notice  # type: ignore[method-assign]
        while made < changes:
            chance = cuts / changes / 60
            begun = len(moments)
            owner.change()
            made += 1
            moments[begun:] = [(path, before, dict(owner.known)) for path, before, _ in moments[begun:]]
    assert len(moments) > cuts / 4
    for path, before, after in moments:
        survive(path, before, after, luck)


def survive(folder: Path, before: Known, after: Known, luck: random.Random) -> None:
    """Open what a power cut left in the middle of a change, and go on."""
    with closing(opened(folder)) as store:
        found = store.check()
        assert found.damaged == ()
        assert [problem for problem in found.problems if "free slots" not in problem] == []
        known = before if holds(store, before) else after
        assert holds(store, known)
        owner = Owner(store, luck, known)
        for _ in range(4):
            owner.change()
            assert holds(store, owner.known)
        store.mend()
        assert store.check().problems == ()
        assert holds(store, owner.known)


def test_a_power_cut_leaves_what_was_committed(tmp_path: Path) -> None:
    cut_power(tmp_path, changes=60, cuts=60, seed=1)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10))
def test_power_cuts_at_many_moments_leave_what_was_committed(tmp_path: Path, seed: int) -> None:
    cut_power(tmp_path, changes=300, cuts=300, seed=seed + 2)
