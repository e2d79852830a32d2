"""Files go to the desktop's trash and come back as they were; what it cannot take stays."""

import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from vexgui.gui.files.trash import bring_back, move_to_trash


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home without any folder in it, as a new account has."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    return folder


@pytest.fixture
def environment(home: Path) -> Mapping[bytes, bytes]:
    return {b"HOME": os.fsencode(home)}


def test_a_file_goes_to_the_trash_and_comes_back_as_it_was(
    home: Path, environment: Mapping[bytes, bytes], qapp: object
) -> None:
    file = home / "a b.txt"
    file.write_text("words")
    os.utime(file, ns=(5, 1_600_000_000_000_000_007))
    report = move_to_trash([os.fsencode(file)], environment)
    assert report.failed == ()
    (trashed,) = report.trashed
    assert not file.exists()
    assert Path(os.fsdecode(trashed.kept)).read_text() == "words"
    assert len(list(home.glob(".local/share/Trash/info/*.trashinfo"))) == 1
    assert bring_back(report.trashed) == ()
    assert file.read_text() == "words"
    assert file.stat().st_mtime_ns == 1_600_000_000_000_000_007
    assert list(home.glob(".local/share/Trash/*/*")) == []


def test_a_file_comes_back_into_a_folder_that_has_gone(
    home: Path, environment: Mapping[bytes, bytes], qapp: object
) -> None:
    file = home / "folder" / "a.txt"
    file.parent.mkdir()
    file.write_text("words")
    report = move_to_trash([os.fsencode(file)], environment)
    file.parent.rmdir()
    assert bring_back(report.trashed) == ()
    assert file.read_text() == "words"


def test_a_file_that_came_meanwhile_is_not_replaced(
    home: Path, environment: Mapping[bytes, bytes], qapp: object
) -> None:
    file = home / "a.txt"
    file.write_text("old")
    report = move_to_trash([os.fsencode(file)], environment)
    file.write_text("new")
    (failure,) = bring_back(report.trashed)
    assert failure.reason == "Another file has its name now."
    assert file.read_text() == "new"
    assert Path(os.fsdecode(report.trashed[0].kept)).read_text() == "old"


def test_what_is_not_there_is_told_and_the_others_go(
    home: Path, environment: Mapping[bytes, bytes], qapp: object
) -> None:
    file = home / "a.txt"
    file.write_text("x")
    report = move_to_trash([b"/nowhere/b", os.fsencode(file)], environment)
    assert [failure.path for failure in report.failed] == [b"/nowhere/b"]
    assert [one.path for one in report.trashed] == [os.fsencode(file)]


def test_where_there_is_no_trash_the_file_stays(home: Path, environment: Mapping[bytes, bytes], qapp: object) -> None:
    (home / ".local").write_text("no folder")
    file = home / "a.txt"
    file.write_text("x")
    report = move_to_trash([os.fsencode(file)], environment)
    if report.trashed:
        pytest.skip("the file system has a trash of its own")
    assert report.failed[0].reason == "The trash of its drive cannot take it."
    assert file.read_text() == "x"


def test_a_name_that_is_not_utf8_goes_to_the_trash_and_comes_back_too(
    home: Path, environment: Mapping[bytes, bytes]
) -> None:
    path = os.fsencode(home) + b"/caf\xe9.txt"
    with open(path, "w") as file:
        file.write("x")
    (trashed,) = move_to_trash([path], environment).trashed
    assert not os.path.lexists(path)
    assert bring_back([trashed]) == ()
    assert os.path.exists(path)
    assert list(home.glob(".local/share/Trash/*/*")) == []
