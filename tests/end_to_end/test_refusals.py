"""What cannot be meant, and what may not be read, is one sentence with a remedy and leaves everything as it was."""

import os
from pathlib import Path

import pytest

from tests.end_to_end.conftest import Program


def roots_of(program: Program) -> list[str]:
    return [root["path"] for root in program.run("roots", "--json").json]


def test_a_missing_folder_is_a_usage_error_and_nothing_is_indexed(program: Program) -> None:
    program.write("note.txt", "Fog.")
    said = program.refused("index", program.files, program.files / "nowhere", code=2)
    assert "nowhere does not exist" in said
    assert roots_of(program) == []
    assert program.embedded == 0


def test_a_file_is_no_folder_to_keep_indexed(program: Program) -> None:
    note = program.write("note.txt", "Fog.")
    assert "is not a folder" in program.refused("roots", "add", note, code=2)
    assert roots_of(program) == []


def test_an_unreadable_folder_is_refused_with_who_can_help(program: Program) -> None:
    program.write("closed/note.txt", "Fog.")
    closed = program.files / "closed"
    closed.chmod(0)
    try:
        for command in (["index"], ["roots", "add"]):
            said = program.refused(*command, closed, code=3, plain=True)
            assert "may not read the folder" in said
        inner = program.refused("index", closed / "note.txt", code=3, plain=True)
        assert "may not" in inner
    finally:
        closed.chmod(0o700)
    assert roots_of(program) == []


def test_what_may_not_be_read_inside_a_root_is_listed_and_found_by_its_name(program: Program) -> None:
    secret = program.write("secret diary.txt", "Fog.")
    program.write("closed/note.txt", "Fog.")
    program.write("open.txt", "Fog over the water.")
    secret.chmod(0)
    (program.files / "closed").chmod(0)
    try:
        ran = program.run("index", "--json", program.files, plain=True)
        failed = {os.path.basename(failure["path"]): failure["reason"] for failure in ran.json["failed"]}
        assert (ran.code, failed) == (
            1,
            {"secret diary.txt": "You may not read this file.", "closed": "You may not read this folder."},
        )
        assert program.found("diary") == ["secret diary.txt"]
        assert program.found("fog water") == ["open.txt"]
        assert "You may not read this file." in program.run("inspect", secret).out
    finally:
        secret.chmod(0o600)
        (program.files / "closed").chmod(0o700)
    assert program.index()["failed"] == []
    assert sorted(program.found("fog")) == ["closed/note.txt", "open.txt", "secret diary.txt"]


@pytest.mark.parametrize("part", ["data", "config"])
def test_a_profile_that_may_not_be_written_says_so(program: Program, part: str) -> None:
    program.write("note.txt", "Fog.")
    program.index(program.files)
    folder = program.profile / part
    folder.chmod(0o500)
    if part == "data":
        (folder / "lock").chmod(0o400)
    try:
        said = program.refused("roots", "add", program.files.parent, code=3, plain=True)
        assert os.fspath(folder) in said
    finally:
        folder.chmod(0o700)
        (program.profile / "data" / "lock").chmod(0o600)
    assert roots_of(program) == [os.fspath(program.files)]


def test_a_profile_in_place_of_a_file_says_so(program: Program, tmp_path: Path) -> None:
    program.profile.write_text("not a folder")
    assert "a file lies in its place" in program.refused("status", code=2)
