"""A catalog is shared by threads and readers, and one that fails or is none is told."""

import gc
import os
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.store.builders import a_file, vectors
from tests.store.catalog.keeping import keep
from vexgui.core.errors import DiskFull, PermissionProblem, ProfileBusy, StoreDamaged, StoreTooNew, WorldProblem
from vexgui.store.catalog import Catalog, edits
from vexgui.store.format import CATALOG_VERSION


def _insert_and_fail(db: sqlite3.Connection) -> None:
    edits.put_files(db, [a_file(b"/a")], 1, [0])[0]
    raise PermissionProblem("No.")


def test_a_failed_transaction_leaves_nothing_behind(catalog: Catalog) -> None:
    with pytest.raises(PermissionProblem), catalog.writing() as db:
        _insert_and_fail(db)
    assert catalog.file(b"/a") is None
    keep(catalog, a_file(b"/b"))
    assert catalog.count_files() == (1, 0)


def test_a_full_disk_is_told_and_leaves_nothing_behind(catalog: Catalog) -> None:
    pages = catalog._writer.execute("PRAGMA page_count").fetchone()[0]
    catalog._writer.execute(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(DiskFull):
        keep(catalog, *[a_file(b"/%d" % number, texts=["word " * 500]) for number in range(100)])
    assert catalog.count_files() == (0, 0)
    catalog._writer.execute("PRAGMA max_page_count = 1000000")
    keep(catalog, a_file(b"/a"))
    assert catalog.count_files() == (1, 0)


def test_a_catalog_kept_locked_by_another_is_busy_not_damaged(catalog: Catalog, path: bytes) -> None:
    other = sqlite3.connect(os.fsdecode(path), isolation_level=None)
    try:
        other.execute("BEGIN IMMEDIATE")
        catalog._writer.execute("PRAGMA busy_timeout = 0")
        with pytest.raises(ProfileBusy):
            keep(catalog, a_file(b"/a"))
    finally:
        other.close()
    keep(catalog, a_file(b"/a"))


def test_a_reader_sees_each_commit_and_writes_nothing(catalog: Catalog, path: bytes) -> None:
    reader = Catalog(path, writable=False)
    try:
        assert reader.count_files() == (0, 0)
        keep(catalog, a_file(b"/a"))
        assert reader.count_files() == (1, 0)
        with pytest.raises(PermissionProblem), reader.writing() as db:
            db.execute("DELETE FROM files")
    finally:
        reader.close()


def test_a_commit_is_on_the_disk_when_it_returns(catalog: Catalog) -> None:
    assert catalog._writer.execute("PRAGMA synchronous").fetchone()[0] == 2
    assert catalog._writer.execute("PRAGMA journal_mode").fetchone()[0] == "wal"


def test_a_catalog_that_is_closed_neither_writes_nor_reads_what_lies_in_its_place(catalog: Catalog) -> None:
    keep(catalog, a_file(b"/a"))
    with catalog.pinned() as view:
        catalog.close()
        assert view.count_files() == (1, 0)
    with pytest.raises(WorldProblem, match="has been closed"):
        keep(catalog, a_file(b"/b"))
    with pytest.raises(WorldProblem, match="has been closed"):
        catalog.count_files()


def test_threads_read_while_one_writes(catalog: Catalog) -> None:
    def read(_: int) -> bool:
        return catalog.count_files()[0] % 2 == 0 and len(catalog.with_names(["fil"], 5)) <= 5

    with ThreadPoolExecutor(3) as pool:
        answers = [pool.submit(read, number) for number in range(150)]
        for number in range(30):
            keep(catalog, a_file(b"/file %d" % number), a_file(b"/fill %d" % number))
        assert all(answer.result() for answer in answers)


def test_views_that_nobody_ends_hold_nobody_up_whenever_python_collects_them(catalog: Catalog) -> None:
    def forget_a_view() -> None:
        forgotten: list[object] = [catalog.pinned()]
        forgotten.append(forgotten)
        forgotten[0].__enter__()

    before = gc.get_threshold()
    try:
        for allocations in range(1, 60):
            gc.collect()
            forget_a_view()
            gc.set_threshold(allocations)
            assert catalog.epoch() == 0
            gc.set_threshold(*before)
    finally:
        gc.set_threshold(*before)


def test_who_reads_alone_always_gets_the_connection_that_has_the_pages(catalog: Catalog) -> None:
    with catalog.reading() as first, catalog.reading() as second:
        assert first is not second
    lent = []
    for _ in range(3):
        with catalog.reading() as db:
            lent.append(db)
    assert len(set(lent)) == 1


def test_every_idle_connection_lets_go_of_its_pages(catalog: Catalog) -> None:
    asked: dict[sqlite3.Connection, list[str]] = {}
    with catalog.reading() as first, catalog.reading() as second:
        for db in (first, second):
            asked[db] = []
            db.set_trace_callback(asked[db].append)
    catalog.save_memory()
    assert list(asked.values()) == [["PRAGMA shrink_memory"]] * 2


def test_a_newer_catalog_is_named(catalog: Catalog, path: bytes) -> None:
    catalog._writer.execute(f"PRAGMA user_version = {CATALOG_VERSION + 1}")
    for writable in (True, False):
        with pytest.raises(StoreTooNew):
            Catalog(path, writable=writable)


def test_a_database_of_something_else_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "other.db"
    other = sqlite3.connect(file)
    other.execute("CREATE TABLE spaces(id)")
    other.commit()
    other.close()
    before = file.read_bytes()
    with pytest.raises(StoreDamaged):
        Catalog(os.fsencode(file), writable=True)
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    "content", [b"not a database, and longer than its header would be" * 100, b"SQLite format 3\0"]
)
def test_what_is_no_database_is_damage(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "catalog.db"
    file.write_bytes(content)
    for writable in (True, False):
        with pytest.raises(StoreDamaged):
            Catalog(os.fsencode(file), writable=writable)


def test_a_missing_catalog_is_damage_to_a_reader_and_is_not_created(path: bytes) -> None:
    with pytest.raises(StoreDamaged):
        Catalog(path, writable=False)
    assert not os.path.exists(path)


def test_unused_pages_are_given_back(catalog: Catalog, path: bytes) -> None:
    keep(catalog, *[a_file(b"/%d" % number, vectors(3), texts=["word " * 200] * 3) for number in range(200)])
    catalog.vacuum()
    before = os.stat(path).st_size
    with catalog.writing() as db:
        for number in range(200):
            edits.delete_file(db, b"/%d" % number)
    catalog.vacuum()
    assert os.stat(path).st_size < before / 2
