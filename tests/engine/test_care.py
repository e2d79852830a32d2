"""Damage is found, told in a sentence, and mended from what is left."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.engine.conftest import Desk
from vexgui.core.errors import PathProblem, StoreDamaged, StoreTooNew
from vexgui.core.files import FileState, Kind
from vexgui.core.reports import Freshness, RecordPlace


def columns_of(desk: Desk, name: str) -> Path:
    return next(Path(os.fsdecode(desk.profile.data)).glob(f"store/*/{name}"))


def flip(file: Path, offset: int) -> None:
    with file.open("r+b") as handle:
        handle.seek(offset)
        byte = handle.read(1)[0]
        handle.seek(offset)
        handle.write(bytes([byte ^ 1]))


def test_a_flipped_bit_in_the_store_is_found_and_mended_without_embedding(desk: Desk) -> None:
    for number in range(5):
        desk.write(f"note {number}.txt", f"Fog over harbour {number}.")
    desk.engine.index([desk.path("")])
    before = desk.embedded
    assert desk.engine.verify(repair=False).problems == ()
    flip(columns_of(desk, "codes"), 65536 + 3)
    report = desk.engine.verify(repair=False)
    assert len(report.problems) == 1
    assert "damaged" in report.problems[0]
    assert desk.engine.verify(repair=True).repaired == 1
    assert desk.engine.verify(repair=False).problems == ()
    assert desk.embedded == before


def test_a_damaged_record_is_found_and_written_anew(desk: Desk) -> None:
    path = desk.write("note.txt", "Fog over the water.")
    desk.engine.index([desk.path("")])
    good = os.getxattr(path, "user.vexgui")
    os.setxattr(path, "user.vexgui", good[:-1])
    report = desk.engine.verify(repair=False)
    assert (report.records, len(report.problems), report.repaired) == (1, 1, 0)
    assert desk.engine.verify(repair=True).repaired == 1
    assert desk.engine.inspect(path).record_verified
    assert desk.engine.verify(repair=False).problems == ()


@pytest.mark.parametrize("name", ["codes", "scale", "owner", "checksum"])
def test_a_damaged_column_header_is_one_sentence_and_rebuild_mends_it(desk: Desk, name: str) -> None:
    desk.write("note.txt", "Fog over the water.")
    desk.engine.index([desk.path("")])
    before = desk.embedded
    desk.engine.close()
    flip(columns_of(desk, name), 9)
    engine = desk.reopen()
    with pytest.raises(StoreDamaged, match="rebuild"):
        engine.search("fog", 5)
    engine.rebuild()
    assert desk.found("fog") == ["note.txt"]
    assert desk.embedded == before


def test_a_truncated_column_is_damage(desk: Desk) -> None:
    desk.write("note.txt", "Fog over the water.")
    desk.engine.index([desk.path("")])
    desk.engine.close()
    os.truncate(columns_of(desk, "codes"), 65536)
    with pytest.raises(StoreDamaged, match="rebuild"):
        desk.reopen().status()


def test_a_catalog_that_is_no_database_is_damage_and_rebuild_mends_it(desk: Desk) -> None:
    desk.write("note.txt", "Fog over the water.")
    desk.engine.index([desk.path("")])
    desk.engine.close()
    catalog = Path(os.fsdecode(desk.profile.data)) / "store/catalog.db"
    catalog.write_bytes(b"x" * 4096)
    for suffix in ("-wal", "-shm"):
        catalog.with_name(catalog.name + suffix).unlink(missing_ok=True)
    engine = desk.reopen()
    with pytest.raises(StoreDamaged, match="rebuild"):
        engine.roots()
    engine.rebuild()
    assert desk.found("fog") == ["note.txt"]


@pytest.mark.parametrize("lost", [Path.unlink, lambda file: os.truncate(file, 0)])
def test_a_lost_catalog_is_damage_and_rebuild_mends_it(desk: Desk, lost: Callable[[Path], None]) -> None:
    desk.write("note.txt", "Fog over the water.")
    desk.engine.index([desk.path("")])
    before = desk.embedded
    desk.engine.close()
    lost(Path(os.fsdecode(desk.profile.data)) / "store/catalog.db")
    engine = desk.reopen()
    with pytest.raises(StoreDamaged, match="rebuild"):
        engine.search("fog", 5)
    engine.rebuild()
    assert (desk.found("fog"), desk.embedded) == (["note.txt"], before)


def test_a_store_of_a_newer_version_is_refused(desk: Desk) -> None:
    import sqlite3

    desk.engine.close()
    catalog = Path(os.fsdecode(desk.profile.data)) / "store/catalog.db"
    database = sqlite3.connect(catalog)
    database.execute("PRAGMA user_version = 99")
    database.close()
    with pytest.raises(StoreTooNew, match="newer"):
        desk.reopen()
    shutil.rmtree(catalog.parent)
    desk.reopen()


def test_what_a_killed_process_left_of_files_that_it_replaced_is_removed(desk: Desk) -> None:
    left = [Path(os.fsdecode(folder)) / ".new-a1b2" for folder in (desk.profile.data, desk.profile.config)]
    for file in left:
        file.write_text("{")
    desk.reopen()
    assert not any(file.exists() for file in left)


def test_compaction_keeps_every_answer_and_gives_room_back(desk: Desk) -> None:
    for number in range(300):
        desk.write(f"a/note {number}.txt", f"Fog over harbour {number}.")
    desk.write("b/keep.txt", "A quiet violin.")
    desk.engine.index([desk.path("")])
    shutil.rmtree(desk.path("a"))
    desk.engine.index([])
    report = desk.engine.compact()
    assert report.after_bytes < report.before_bytes
    assert desk.found("violin") == ["b/keep.txt"]
    assert desk.engine.verify(repair=False).problems == ()
    desk.reopen()
    assert desk.found("violin") == ["b/keep.txt"]


def test_inspect_tells_what_is_known(desk: Desk) -> None:
    path = desk.write("note.txt", "Fog over the water.")
    unknown = desk.engine.inspect(path)
    assert (unknown.known, unknown.freshness, unknown.record_place) == (
        False,
        Freshness.ABSENT,
        RecordPlace.STORE_ONLY,
    )
    os.setxattr(path, "user.vectorvfs", b"\x80\x04 a pickle")
    desk.engine.index([desk.path("")])
    inspection = desk.engine.inspect(path)
    assert (inspection.known, inspection.state, inspection.kind) == (True, FileState.INDEXED, Kind.TEXT)
    assert inspection.record_bytes > 100
    assert inspection.record_verified
    assert inspection.record_place is not RecordPlace.STORE_ONLY
    assert inspection.foreign == ("user.vectorvfs",)
    (vectors,) = inspection.vectors
    assert vectors.passages == vectors.recorded == len(inspection.passages) == 2
    assert "Fog over the water." in [passage.text for passage in inspection.passages]


def test_inspect_of_nothing_is_a_usage_error(desk: Desk) -> None:
    with pytest.raises(PathProblem, match="does not exist"):
        desk.engine.inspect(desk.path("nowhere"))
