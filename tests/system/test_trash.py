"""Files of any name go to the trash as the Trash Specification has it, so that every file manager gives them back."""

import fcntl
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from vexgui.system.trash import information_on, move

NAME = b"caf\xe9 5%.txt"


@pytest.fixture
def home(tmp_path: Path) -> bytes:
    return os.fsencode(tmp_path)


@pytest.fixture
def data(home: bytes) -> bytes:
    """A data folder that is not there yet."""
    return home + b"/data"


def made(path: bytes) -> bytes:
    with open(path, "wb") as file:
        file.write(b"words")
    return path


def test_a_file_lies_in_the_trash_beside_where_it_came_from(home: bytes, data: bytes) -> None:
    path = made(home + b"/" + NAME)
    kept = move(path, data)
    assert kept == data + b"/Trash/files/" + NAME
    assert not os.path.lexists(path)
    with open(kept, "rb") as file, open(information_on(kept), "rb") as information:
        assert file.read() == b"words"
        said = information.read()
    assert said.startswith(b"[Trash Info]\nPath=" + home + b"/caf%E9%205%25.txt\nDeletionDate=")
    assert re.search(rb"=\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\n$", said)
    assert os.stat(data + b"/Trash/info").st_mode & 0o777 == 0o700


def test_files_of_one_name_lie_beside_each_other(home: bytes, data: bytes) -> None:
    kept = {move(made(home + b"/" + NAME), data) for _ in range(3)}
    assert len(kept) == 3
    assert all(os.path.exists(information_on(each)) for each in kept)


def test_a_name_as_long_as_names_may_be_is_taken(home: bytes, data: bytes) -> None:
    kept = move(made(home + b"/" + b"\xff" * 251 + b".txt"), data)
    assert kept.endswith(b".txt")
    assert os.path.exists(information_on(kept))


def test_a_file_that_cannot_be_moved_stays_and_nothing_is_left_of_the_attempt(home: bytes, data: bytes) -> None:
    folder = home + b"/f"
    os.makedirs(folder + b"/data")
    with pytest.raises(OSError):  # noqa: PT011 - a folder cannot be moved into itself
        move(folder, folder + b"/data")
    assert os.path.exists(folder)
    assert os.listdir(folder + b"/data/Trash/info") == []


@pytest.fixture
def drive(tmp_path: Path) -> Iterator[Path]:
    """Another drive than that of the test's files, for one test at a time."""
    place = Path("/dev/shm")
    if not os.access(place, os.W_OK) or place.stat().st_dev == tmp_path.stat().st_dev:
        pytest.skip("there is no other drive that may be written to")
    descriptor = os.open(place, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield place
    finally:
        os.close(descriptor)


def test_the_trash_of_another_drive_is_used_there(home: bytes, drive: Path) -> None:
    path = made(os.fsencode(drive) + b"/vexgui-test-\xe9-%d" % os.getpid())
    had_trash = {each.name for each in drive.iterdir()}
    kept = move(path, home)
    try:
        assert kept.startswith(b"/dev/shm/.Trash")
        with open(information_on(kept), "rb") as information:
            assert b"\nPath=vexgui-test-%E9-" in information.read()
    finally:
        os.unlink(kept)
        os.unlink(information_on(kept))
        trash = Path(os.fsdecode(kept)).parents[1]
        if trash.name not in had_trash and trash.parent == drive:
            shutil.rmtree(trash)


def test_a_trash_of_a_drive_that_leads_elsewhere_is_not_used(home: bytes, drive: Path, tmp_path: Path) -> None:
    link = drive / f".Trash-{os.getuid()}"
    if os.path.lexists(link):
        pytest.skip("the other drive has a trash")
    path = made(os.fsencode(drive) + b"/vexgui-test-\xe9-%d" % os.getpid())
    link.symlink_to(tmp_path)
    try:
        with pytest.raises(PermissionError):
            move(path, home)
        assert os.path.exists(path)
    finally:
        link.unlink()
        os.unlink(path)
