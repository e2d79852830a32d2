"""A full disk is one sentence: nothing is lost, and the same command goes on when there is room."""

import os

import pytest

from tests.end_to_end.conftest import RECORD, Program, manifest
from tests.end_to_end.mounts import ext4, fill, mounted, remounted


def write_book(program: Program, number: int) -> None:
    """Write a text with some hundred kilobytes of words that compress badly."""
    words = " ".join(f"w{number * 7919 + place * 104729 % 999983}" for place in range(8000))
    program.write(f"book {number:02}.txt", f"Chapter {number}. {words}")


def test_a_profile_without_room_says_so_and_goes_on_when_there_is_some(program: Program) -> None:
    for number in range(24):
        write_book(program, number)
    before = manifest(program.files)
    with mounted(program.profile, "-t", "tmpfs", "-o", "size=3m,mode=700", "tmpfs"):
        said = program.refused("index", program.files, code=3)
        assert "There is no room" in said
        assert manifest(program.files) == before
        remounted(program.profile, "size=64m")
        report = program.index(program.files)
        assert (report["files"], report["failed"]) == (24, [])
        program.verified()
        assert program.found("chapter 17") != []
        assert manifest(program.files) == before


@pytest.mark.parametrize(("little", "enough"), [("size=16k", "size=64m"), ("nr_inodes=4", "nr_inodes=1000")])
def test_a_profile_that_cannot_even_be_begun_for_want_of_room_says_so(
    program: Program, little: str, enough: str
) -> None:
    program.write("note.txt", "Fog.")
    with mounted(program.profile, "-t", "tmpfs", "-o", f"{little},mode=700", "tmpfs"):
        for command in (["index", os.fspath(program.files)], ["search", "fog"]):
            assert "no room" in program.refused(*command, code=3)
        remounted(program.profile, enough)
        assert program.found("fog") == []
        assert program.index(program.files)["indexed"] == 1


def test_files_on_a_full_disk_are_kept_in_the_store_and_say_why(program: Program) -> None:
    program.files.rmdir()
    with ext4(program.files, 4):
        notes = program.write_notes(8)
        filler = fill(program.files)
        before = manifest(program.files)
        report = program.index(program.files)
        assert (report["indexed"], report["failed"]) == (8, [])
        assert manifest(program.files) == before
        assert all(RECORD not in os.listxattr(note) for note in notes)
        assert len(program.found("harbour")) == 8
        seen = program.inspected(notes[0])
        assert (seen["state"], seen["record_place"], seen["reason"]) == ("indexed", "store only", "The disk is full.")
        program.verified()
        filler.unlink()
        embedded = program.embedded
        assert program.run("index", "--force", program.files).code == 0
        assert all(RECORD in os.listxattr(note) for note in notes)
        assert program.embedded == 2 * embedded
