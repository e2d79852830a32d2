"""No flipped bit of a catalog at rest stays unseen."""

import os
import random
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from tests.store.at_rest import flip, problems
from tests.store.builders import a_file
from tests.store.checkpointing import Owned
from vexgui.core.errors import StoreDamaged
from vexgui.store.catalog import Catalog
from vexgui.store.catalog.log import read_log
from vexgui.store.catalog.put import put_files
from vexgui.store.catalog.sums import Sums


def test_every_flipped_bit_at_rest_is_found(own: Callable[..., Owned]) -> None:
    owned = own()
    owned.add(8)
    owned.close()
    assert sorted(os.listdir(owned.folder)) == ["catalog.db", "catalog.sums"]
    assert problems(owned.folder) == ()
    luck = random.Random(1)
    for name in ("catalog.db", "catalog.sums"):
        path = owned.folder / name
        for place in range(path.stat().st_size):
            bit = 8 * place + luck.randrange(8)
            flip(path, bit)
            assert problems(owned.folder), (name, bit)
            flip(path, bit)
    assert problems(owned.folder) == ()


def test_flipped_bits_of_the_real_catalog_are_found(tmp_path: Path) -> None:
    catalog = Catalog(os.fsencode(tmp_path / "catalog.db"), writable=True)
    with catalog.writing() as db:
        put_files(db, [a_file(b"/d/%d" % number) for number in range(50)], 1, [0] * 50)
    catalog.close()
    assert problems(tmp_path) == ()
    luck = random.Random(6)
    for name in ("catalog.db", "catalog.sums"):
        path = tmp_path / name
        for bit in luck.sample(range(8 * path.stat().st_size), 300):
            flip(path, bit)
            assert problems(tmp_path), (name, bit)
            flip(path, bit)
    assert problems(tmp_path) == ()


@pytest.mark.parametrize("size", [0, 1, 511, 512, 4096, -1, -512])
def test_a_file_that_is_shorter_or_longer_is_found(size: int, own: Callable[..., Owned]) -> None:
    owned = own()
    owned.add(30)
    owned.close()
    path = owned.folder / "catalog.db"
    os.truncate(path, size if size >= 0 else path.stat().st_size - size)
    assert "bytes instead of" in problems(owned.folder)[0]


def test_damaged_pages_are_named(own: Callable[..., Owned]) -> None:
    owned = own()
    owned.add(30)
    owned.close()
    for page in range(2, 15):
        flip(owned.folder / "catalog.db", 8 * 512 * (page - 1))
    (problem,) = problems(owned.folder)
    assert problem.endswith("is page 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, ….")


def test_missing_sums_are_a_problem_until_they_are_rebuilt(own: Callable[..., Owned]) -> None:
    owned = own()
    owned.add(5)
    owned.close()
    os.unlink(owned.folder / "catalog.sums")
    assert "missing" in problems(owned.folder)[0]
    again = own()
    again.add(5)
    assert again.sums.checkpoint(again.db)
    assert again.sums.lost
    again.sums.rebuild(again.db)
    assert not again.sums.lost
    assert again.sums.check() == ()
    again.close()
    assert problems(owned.folder) == ()


def test_damaged_sums_are_a_problem_until_they_are_rebuilt(own: Callable[..., Owned]) -> None:
    owned = own()
    owned.add(5)
    owned.close()
    flip(owned.folder / "catalog.sums", 300)
    again = own()
    assert again.sums.lost
    assert "are damaged" in again.sums.check()[0]
    again.sums.rebuild(again.db)
    assert again.sums.check() == ()


def test_what_sqlite_finds_damaged_is_not_taken_for_good(own: Callable[..., Owned]) -> None:
    owned = own()
    owned.add(100)
    owned.close()
    with open(owned.folder / "catalog.db", "r+b") as file:
        file.seek(512 * 3)
        file.write(bytes(512 * 10))
    again = own()
    with pytest.raises(StoreDamaged):
        again.sums.rebuild(again.db)
    assert again.sums.check() != ()


def test_pages_that_nobody_wrote_are_what_they_are() -> None:
    log = read_log(b"/nonexistent")
    pairs = np.array([1 << 32 | 5, 3 << 32 | 7], np.uint64)
    sums = Sums(512, settled=False, pages=3, fewest=3, seen=0, salts=bytes(8), pairs=pairs).ended(log)
    assert sums.unknown().tolist() == [2]
    whole = sums.adding(np.array([2 << 32], np.uint64))
    assert whole.problems(log, 3 * 512, np.array([1 << 32 | 5, 2 << 32, 3 << 32 | 7], np.uint64)) == ()
    assert whole.problems(log, 3 * 512, np.array([1 << 32 | 5, 2 << 32 | 1, 3 << 32 | 7], np.uint64)) != ()


def test_what_a_killed_process_left_is_removed(own: Callable[..., Owned]) -> None:
    own().close()
    left = own().folder / ".new-abc"
    left.write_bytes(b"half")
    own()
    assert not left.exists()
