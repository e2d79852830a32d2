"""No crash, reader or full disk makes a page look bad that is written back from the log."""

import os
import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typing_extensions import override

from tests.store.at_rest import flip, problems, rows
from tests.store.checkpointing import Owned
from tests.waiting import next_line
from vexgui.core.errors import DiskFull, StoreDamaged
from vexgui.store.catalog import pages
from vexgui.store.catalog.log import log_bytes, read_log
from vexgui.store.catalog.pages import PageSums
from vexgui.store.catalog.sums import Sums

ROOT = Path(__file__).parents[2]


class Stepping(PageSums):
    """Copies the catalog's folder before and after each step of a checkpoint: what a crash there leaves."""

    def __init__(self, path: bytes) -> None:
        super().__init__(path)
        self.copies: list[Path] = []

    @override
    def _write(self, sums: Sums) -> None:
        self.copy()
        super()._write(sums)
        self.copy()

    def copy(self) -> None:
        folder = Path(os.fsdecode(self._path)).parent
        self.copies.append(shutil.copytree(folder, folder.with_name(f"{folder.name}.{len(self.copies)}")))


def work(owned: Owned, luck: random.Random, readers: list[sqlite3.Connection]) -> None:
    """Change a catalog in some way."""
    match luck.randrange(12):
        case 0:
            owned.db.execute("VACUUM")
        case 1:
            owned.db.execute("DELETE FROM t WHERE id % 3 = ?", (luck.randrange(3),))
        case 2:
            owned.db.execute("DELETE FROM t")
        case 3:
            owned.db.execute("BEGIN")
            owned.db.execute("UPDATE t SET b = randomblob(400)")
            owned.db.execute("ROLLBACK")
        case 4:
            reader = sqlite3.connect(os.fsdecode(owned.path), isolation_level=None)
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM t").fetchone()
            readers.append(reader)
        case 5 | 6 if readers:
            readers.pop(0).close()
        case 7 | 8:
            owned.db.execute("UPDATE t SET b = randomblob(?) WHERE id % 4 = 0", (luck.randrange(2000),))
        case _:
            owned.add(luck.randrange(1, 30), luck.choice([10, 300, 3000]))


@pytest.mark.parametrize("seed", range(6))
def test_after_any_work_and_a_crash_at_any_step_all_is_well(seed: int, own: Callable[..., Owned]) -> None:
    luck = random.Random(seed)
    owned = own(sums=Stepping)
    stepping = owned.sums
    assert isinstance(stepping, Stepping)
    readers: list[sqlite3.Connection] = []
    for _ in range(15):
        for _ in range(luck.randrange(4)):
            work(owned, luck, readers)
        first = len(stepping.copies)
        expected = owned.db.execute("SELECT id, b FROM t ORDER BY id").fetchall()
        whole = owned.sums.checkpoint(owned.db)
        assert whole or readers
        assert owned.sums.check() == ()
        steps = stepping.copies[first:]
        if len(steps) == 4:
            half_written(steps[1], steps[2], luck)
        for copy in steps:
            assert problems(copy) == (), copy
            assert rows(copy) == expected
            recovered = Owned(copy)  # what the next owner makes of it
            assert recovered.sums.check() == ()
            recovered.add(3)
            recovered.close()
            assert problems(copy) == ()
            assert len(rows(copy)) == len(expected) + 3
            shutil.rmtree(copy)
    for reader in readers:
        reader.close()
    owned.close()
    assert problems(owned.folder) == ()


def half_written(before: Path, after: Path, luck: random.Random) -> None:
    """Give the catalog from before a checkpoint some of the pages from after it, some of them torn."""
    old, new = (bytearray((folder / "catalog.db").read_bytes()) for folder in (before, after))
    for start in range(0, len(new), 512):
        if luck.random() < 0.5:
            end = start + luck.choice([512, 512, 100])
            old[start:end] = new[start:end] if start <= len(old) else bytes(512) + new[start:end]
            old[len(old) :] = bytes(-len(old) % 512)
    (before / "catalog.db").write_bytes(old)


def test_a_killed_owner_leaves_a_catalog_that_checks(tmp_path: Path) -> None:
    luck = random.Random(5)
    folder = tmp_path / "killed"
    folder.mkdir()
    for _ in range(5):
        with subprocess.Popen(
            [sys.executable, "-m", "tests.store.checkpointing", os.fspath(folder)], cwd=ROOT, stdout=subprocess.PIPE
        ) as process:
            try:
                for _ in range(luck.randrange(1, 60)):
                    last = int(next_line(process.stdout, "rows are added"))
            finally:
                process.kill()
        assert problems(folder) == ()
        assert len(rows(folder)) >= last


def test_a_catalog_that_was_never_written_back_checks(own: Callable[..., Owned]) -> None:
    owned = own()
    owned.add(5)
    copy = shutil.copytree(owned.folder, owned.folder.with_name("copy"))
    assert problems(copy) == ()
    assert len(rows(copy)) == 5


def test_a_reader_of_an_old_state_puts_the_end_of_a_checkpoint_off(own: Callable[..., Owned]) -> None:
    owned = own()
    owned.add(5)
    reader = sqlite3.connect(os.fsdecode(owned.path), isolation_level=None)
    reader.execute("BEGIN")
    assert reader.execute("SELECT count(*) FROM t").fetchone() == (5,)
    owned.add(20)
    assert not owned.sums.checkpoint(owned.db)
    assert owned.sums.check() == ()
    assert reader.execute("SELECT count(*) FROM t").fetchone() == (5,)
    reader.close()
    assert owned.sums.checkpoint(owned.db)
    assert owned.sums.check() == ()


def test_a_log_damaged_while_it_was_written_back_is_found(own: Callable[..., Owned]) -> None:
    """The catalog then has some of its pages, and SQLite would drop the others without a word."""
    owned = own()
    owned.add(5)
    reader = sqlite3.connect(os.fsdecode(owned.path), isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM t").fetchone()
    owned.add(20)
    owned.sums.checkpoint(owned.db)
    size = (owned.folder / "catalog.db-wal").stat().st_size
    luck = random.Random(2)
    copy = owned.folder.with_name("copy")
    for bit in (luck.randrange(32 * 8, 8 * size - 8 * 512) for _ in range(40)):
        shutil.copytree(owned.folder, copy)
        flip(copy / "catalog.db-wal", bit)
        assert problems(copy) == (f"The log {copy}/catalog.db-wal is damaged.",)
        with pytest.raises(StoreDamaged):
            Owned(copy)
        shutil.rmtree(copy)
    reader.close()


def test_a_flipped_bit_in_the_log_gives_an_earlier_state_or_is_found(own: Callable[..., Owned]) -> None:
    owned = own()
    states: list[list[tuple[int, bytes]]] = [[]]
    owned.sums.checkpoint(owned.db)
    for _ in range(6):
        owned.add(3)
        states.append(owned.db.execute("SELECT id, b FROM t ORDER BY id").fetchall())
    copy = owned.folder.with_name("copy")
    luck = random.Random(3)
    size = (owned.folder / "catalog.db-wal").stat().st_size
    for bit in [*range(0, 256, 5), *(luck.randrange(8 * size) for _ in range(40))]:
        shutil.copytree(owned.folder, copy, ignore=shutil.ignore_patterns("*-shm"))
        flip(copy / "catalog.db-wal", bit)
        assert problems(copy) or rows(copy) in states
        shutil.rmtree(copy)


def test_the_log_is_read_as_sqlite_reads_it(own: Callable[..., Owned]) -> None:
    luck = random.Random(4)
    owned = own()
    readers: list[sqlite3.Connection] = []
    for _ in range(40):
        work(owned, luck, readers)
        log = read_log(owned.path + b"-wal")
        _, frames, _ = owned.db.execute("PRAGMA wal_checkpoint").fetchone()
        assert len(log) == frames
        if frames:
            assert log.lengths[-1] == owned.db.execute("PRAGMA page_count").fetchone()[0]
            assert set(log.pages.tolist()) <= set(range(1, int(log.lengths.max()) + 1))
    for reader in readers:
        reader.close()


class Full(PageSums):
    """Has no room to write sums while ``full`` is set."""

    full = False

    @override
    def _write(self, sums: Sums) -> None:
        if self.full:
            raise DiskFull("There is no room.")
        super()._write(sums)


def test_a_full_disk_leaves_the_log_and_loses_nothing(
    own: Callable[..., Owned], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "LOG_BYTES", 4096)
    owned = own(sums=Full)
    monkeypatch.setattr(owned.sums, "full", True)
    owned.add(20)
    owned.sums.relieve(owned.db)
    before = (owned.folder / "catalog.db").read_bytes()
    owned.close()
    assert (owned.folder / "catalog.db").read_bytes() == before
    assert problems(owned.folder) == ()
    again = own()
    assert again.db.execute("SELECT count(*) FROM t").fetchone() == (20,)
    again.close()
    assert problems(owned.folder) == ()


def test_only_a_long_log_is_written_back(own: Callable[..., Owned], monkeypatch: pytest.MonkeyPatch) -> None:
    owned = own(page_bytes=4096)
    file = owned.folder / "catalog.db"
    owned.add(1, 100_000)
    owned.sums.relieve(owned.db)
    assert file.stat().st_size == 4096
    owned.add(5, 1_000_000)
    owned.sums.relieve(owned.db)
    assert file.stat().st_size > 5_000_000
    assert owned.sums.check() == ()
    owned.add(1, 100_000)
    assert log_bytes(owned.path + b"-wal") < 1_000_000 < os.stat(owned.path + b"-wal").st_size
