"""Files that can carry no record are searchable all the same, and `inspect` says why they carry none."""

import os
import shutil
from pathlib import Path

import pytest

from tests.end_to_end.conftest import RECORD, Program, manifest
from tests.end_to_end.mounts import ext4, mounted, remounted

NOBODY = 65534


def indexed_without_records(program: Program, folder: Path, reason: str) -> None:
    """Index a folder, and see that its notes are found although none carries a record, for this reason."""
    before = manifest(folder)
    report = program.index(folder)
    assert (report["indexed"] + report["reused"], report["failed"]) == (len(before), [])
    assert manifest(folder) == before
    assert len(program.found("harbour")) == len(before)
    note = folder / next(iter(before))
    seen = program.inspected(note)
    assert (seen["state"], seen["record_place"], seen["reason"]) == ("indexed", "store only", reason)
    assert program.index(folder)["unchanged"] == len(before)


def test_a_read_only_file_system(program: Program, tmp_path: Path) -> None:
    program.write_notes(3)
    with mounted(tmp_path / "shown", "-o", "bind", program.files) as shown:
        remounted(shown, "bind,ro")
        indexed_without_records(program, shown, "The file system is read-only.")
        text = program.run("inspect", shown / "note 000.txt").out
        assert "indexed: The file system is read-only." in text
        assert "none, the vectors are in the store only" in text
        program.verified()
        stripped = program.run("strip", shown)
        assert (stripped.code, "0 records removed, 0 failed" in stripped.out) == (0, True)


def test_a_record_on_a_read_only_file_system_is_taken(program: Program, tmp_path: Path) -> None:
    program.write_notes(3)
    program.index(program.files)
    embedded = program.embedded
    with mounted(tmp_path / "shown", "-o", "bind", program.files) as shown:
        remounted(shown, "bind,ro")
        shutil.rmtree(program.store)
        assert (program.index(shown)["reused"], program.embedded) == (3, embedded)
        assert program.inspected(shown / "note 000.txt")["record_verified"]


def test_a_file_system_without_attributes(program: Program) -> None:
    program.files.rmdir()
    with mounted(program.files, "-t", "ramfs", "ramfs"):
        program.write_notes(3)
        indexed_without_records(program, program.files, "The file system keeps no attributes.")


def test_files_whose_attributes_leave_little_room(program: Program) -> None:
    program.files.rmdir()
    with ext4(program.files, 8):
        for note in program.write_notes(3):
            os.setxattr(note, "user.mine", bytes(3800))
        shutil.rmtree(program.files / "lost+found")
        indexed_without_records(
            program, program.files, "The file has no room for a record beside its other attributes."
        )


def test_files_of_another_owner(program: Program) -> None:
    if os.geteuid() != 0:
        pytest.skip("giving files away needs root")
    for note in program.write_notes(3):
        os.chown(note, NOBODY, NOBODY)
    indexed_without_records(program, program.files, "The file belongs to another user.")


def test_a_file_that_becomes_another_owners_keeps_its_record_and_costs_nothing(program: Program) -> None:
    if os.geteuid() != 0:
        pytest.skip("giving files away needs root")
    notes = program.write_notes(3)
    program.index(program.files)
    embedded = program.embedded
    os.chown(notes[0], NOBODY, NOBODY)
    assert program.index()["unchanged"] == 3
    assert RECORD in os.listxattr(notes[0])
    assert program.embedded == embedded


def test_a_profile_on_a_read_only_file_system_still_answers(program: Program, tmp_path: Path) -> None:
    program.write_notes(1)
    program.index(program.files)
    kept = program.profile
    with mounted(tmp_path / "shown", "-o", "bind", kept) as program.profile:
        remounted(program.profile, "bind,ro")
        assert program.found("fog") == ["note 000.txt"]
        for command in ("index", "rebuild", "watch"):
            said = program.refused(command, code=3)
            assert "Read-only file system" in said
            assert "permissions" in said
    program.profile = kept
