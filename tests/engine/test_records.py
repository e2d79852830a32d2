"""Vectors travel with the files, describe what the files hold, and cost the files nothing."""

import os
import shutil
import subprocess
from pathlib import Path

from tests.engine.conftest import Desk
from vexgui.core.reports import Freshness


def test_a_copied_folder_costs_no_embedding(desk: Desk) -> None:
    for number in range(12):
        desk.write(f"old/note {number}.txt", f"The harbour of town {number} lies in fog.")
    desk.engine.index([desk.path("")])
    before = desk.embedded
    subprocess.run(["cp", "-a", desk.files / "old", desk.files / "new"], check=True)
    report = desk.engine.index([desk.path("")])
    assert (report.reused, report.indexed, desk.embedded) == (12, 0, before)
    assert "new/note 3.txt" in desk.found("harbour")


def test_a_deleted_store_costs_no_embedding(desk: Desk) -> None:
    for number in range(12):
        desk.write(f"note {number}.txt", f"The harbour of town {number} lies in fog.")
    desk.engine.index([desk.path("")])
    before = desk.embedded
    found = desk.found("fog in the harbour")
    desk.lose_store()
    report = desk.reopen().index([])
    assert (report.reused, report.indexed, desk.embedded) == (12, 0, before)
    assert desk.found("fog in the harbour") == found


def test_a_rebuilt_store_answers_as_before(desk: Desk) -> None:
    for number in range(12):
        desk.write(f"note {number}.txt", f"The harbour of town {number} lies in fog.")
    desk.engine.index([desk.path("")])
    before, found = desk.embedded, desk.found("town 7")
    report = desk.engine.rebuild()
    assert (report.reused, report.indexed, desk.embedded) == (12, 0, before)
    assert desk.found("town 7") == found


def test_a_renamed_file_costs_no_embedding(desk: Desk) -> None:
    path = desk.write("harbour.txt", "Fog over the water.")
    desk.engine.index([desk.path("")])
    before = desk.embedded
    os.rename(path, desk.path("haven.txt"))
    desk.engine.index([desk.path("")])
    assert desk.embedded == before
    assert desk.found("fog") == ["haven.txt"]


def test_a_copy_without_its_record_costs_no_embedding(desk: Desk) -> None:
    path = desk.write("harbour.txt", "Fog over the water.")
    desk.engine.index([desk.path("")])
    before = desk.embedded
    shutil.copyfile(path, desk.path("copy.txt"))
    report = desk.engine.index([desk.path("")])
    assert (report.reused, desk.embedded) == (1, before)


def test_indexing_changes_neither_content_nor_mtime_nor_mode(desk: Desk) -> None:
    path = desk.write("note.txt", "Fog over the water.")
    os.chmod(path, 0o640)
    os.utime(path, ns=(10**18, 10**18 + 7))
    before = os.stat(path)
    desk.engine.index([desk.path("")])
    assert b"user.vexgui" in map(os.fsencode, os.listxattr(path))
    after = os.stat(path)
    assert (after.st_mtime_ns, after.st_mode, after.st_size) == (before.st_mtime_ns, before.st_mode, before.st_size)
    assert (desk.files / "note.txt").read_bytes() == b"Fog over the water."


def test_a_second_run_touches_nothing(desk: Desk) -> None:
    path = desk.write("note.txt", "Fog over the water.")
    desk.engine.index([desk.path("")])
    before = os.stat(path)
    report = desk.engine.index([desk.path("")])
    assert (report.unchanged, report.reused, report.indexed) == (1, 0, 0)
    assert os.stat(path).st_ctime_ns == before.st_ctime_ns


def test_changed_content_is_never_answered_with_its_old_vector(desk: Desk) -> None:
    path = desk.write("note.txt", "Fog over the water.")
    desk.engine.index([desk.path("")])
    assert desk.found("fog") == ["note.txt"]
    desk.write("note.txt", "A recipe for bread with rye.")
    assert desk.found("fog") == []
    assert desk.engine.inspect(path).freshness is Freshness.STALE
    desk.engine.index([desk.path("")])
    assert desk.found("fog") == []
    assert desk.found("rye bread") == ["note.txt"]


def test_content_changed_behind_an_old_mtime_is_noticed(desk: Desk) -> None:
    path = desk.write("note.txt", "Fog over the water.")
    desk.engine.index([desk.path("")])
    stat = os.stat(path)
    desk.write("note.txt", "Rye bread, no fogs.")
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert os.stat(path).st_size == stat.st_size
    assert desk.found("water") == []
    desk.engine.index([desk.path("")])
    assert desk.found("rye") == ["note.txt"]


def test_a_record_on_overwritten_content_is_not_believed(desk: Desk) -> None:
    path = desk.write("note.txt", "Fog over the water.")
    desk.engine.index([desk.path("")])
    desk.lose_store()
    with open(path, "r+b") as file:
        file.write(b"Rye")
    report = desk.reopen().index([])
    assert (report.indexed, report.reused) == (1, 0)


def test_a_flipped_bit_in_a_record_costs_one_embedding_and_nothing_else(desk: Desk) -> None:
    path = desk.write("note.txt", "Fog over the water.")
    desk.engine.index([desk.path("")])
    desk.lose_store()
    value = bytearray(os.getxattr(path, "user.vexgui"))
    value[len(value) // 2] ^= 4
    os.setxattr(path, "user.vexgui", bytes(value))
    desk.reopen()
    assert desk.engine.inspect(path).record_note == "the record is damaged"
    report = desk.engine.index([])
    assert (report.indexed, report.reused) == (1, 0)
    assert desk.engine.inspect(path).record_verified


def test_another_users_key_is_not_believed(desk: Desk) -> None:
    path = desk.write("note.txt", "Fog over the water.")
    desk.engine.index([desk.path("")])
    desk.lose_store()
    os.unlink(os.path.join(desk.profile.config, b"record.key"))
    desk.reopen()
    assert desk.engine.inspect(path).record_note == "the record was made with another key"
    assert desk.engine.index([]).indexed == 1


def test_the_key_is_for_its_owner_alone(desk: Desk) -> None:
    key = os.stat(os.path.join(desk.profile.config, b"record.key"))
    assert (key.st_mode & 0o777, key.st_size) == (0o600, 32)


def test_everything_kept_is_for_its_owner_alone(desk: Desk) -> None:
    desk.write("note.txt", "Fog over the water.")
    desk.engine.index([desk.path("")])
    kept = [Path(os.fsdecode(folder)) for folder in (desk.profile.data, desk.profile.config)]
    modes = {path: path.stat().st_mode & 0o077 for folder in kept for path in folder.rglob("*")}
    assert modes
    assert not any(modes.values())


def test_strip_removes_records_and_nothing_else(desk: Desk) -> None:
    path = desk.write("sub/note.txt", "Fog over the water.")
    os.setxattr(path, "user.mine", b"kept")
    desk.engine.index([desk.path("")])
    before = os.stat(path)
    report = desk.engine.strip([desk.path("")])
    assert (report.files, report.stripped, report.failed) == (1, 1, ())
    assert os.listxattr(path) == ["user.mine"]
    assert os.stat(path).st_mtime_ns == before.st_mtime_ns
    assert desk.found("fog") == ["sub/note.txt"]
    assert desk.engine.strip([desk.path("")]).stripped == 0


def test_a_forgotten_root_leaves_no_vectors_behind(desk: Desk) -> None:
    path = desk.write("note.txt", "Fog over the water.")
    desk.engine.index([desk.path("")])
    desk.engine.remove_root(desk.path("").rstrip(b"/"))
    assert os.listxattr(path) == []
    assert desk.engine.status().files == 0
    assert desk.engine.roots() == ()
    assert desk.found("fog") == []


def test_a_long_document_is_found_by_its_representatives_after_the_store_is_lost(desk: Desk) -> None:
    words = ["harbour", "bread", "violin", "glacier", "tram", "orchid", "comet", "lantern", "saddle", "quarry"]
    text = "\n\n".join(f"A chapter about the {word}. " + f"The {word} again. " * 1200 for word in words)
    path = desk.write("book.txt", text)
    desk.engine.index([desk.path("")])
    (before,) = desk.engine.inspect(path).vectors
    assert before.passages > before.recorded > len(words)
    embedded = desk.embedded
    desk.engine.rebuild()
    assert desk.embedded == embedded
    (after,) = desk.engine.inspect(path).vectors
    assert after.passages == before.recorded
    assert all(desk.engine.search(word, 1).hits[0].why[0].space != "name" for word in words)


def test_switching_records_off_leaves_files_alone(desk: Desk) -> None:
    (Path(os.fsdecode(desk.profile.config)) / "config.toml").write_text("write_records = false\n")
    path = desk.write("note.txt", "Fog over the water.")
    desk.reopen().index([desk.path("")])
    assert os.listxattr(path) == []
    assert desk.found("fog") == ["note.txt"]
    assert desk.engine.inspect(path).reason == "Writing vectors to files is switched off."


def test_a_rebuild_remembers_files_outside_every_root(desk: Desk) -> None:
    path = desk.write("note.txt", "Fog over the water.")
    desk.engine.index([path])
    before = desk.embedded
    desk.engine.rebuild()
    assert (desk.found("fog"), desk.embedded) == (["note.txt"], before)


def test_a_copy_that_is_read_in_another_way_takes_no_vectors_from_its_twin(desk: Desk) -> None:
    """The same bytes are other passages under another suffix: a page's own words, or its source."""
    paragraphs = "".join(f"<p title='{'haze ' * 90}'>fog {number}</p>" for number in range(9))
    page = desk.write("page.html", f"<html><body>{paragraphs}</body></html>")
    desk.engine.index([desk.path("")])
    copy = desk.path("page.txt")
    shutil.copyfile(page, copy)
    desk.engine.index([])
    inspection = desk.engine.inspect(copy)
    assert any("<p title" in passage.text for passage in inspection.passages)
    assert inspection.vectors[0].passages == len(inspection.passages)
