"""A drive mounted inside a root is a root of its own: each keeps what is its, whatever becomes of the other."""

import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.engine.conftest import Desk, eventually
from vexgui.core.reports import RootState
from vexgui.store.format import RECORD_ATTRIBUTE


@dataclass
class Drive:
    """A file system on a folder in another that is kept indexed; what is on it outlives its being unmounted."""

    point: bytes
    behind: bytes

    def mount(self) -> None:
        subprocess.run(["mount", "--move", self.behind, self.point], check=True)

    def unmount(self) -> None:
        subprocess.run(["mount", "--move", self.point, self.behind], check=True)


@pytest.fixture
def drive(desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Drive]:
    """The folder ``files/drive``, with two notes on the drive, beside one in ``files`` itself."""
    above = os.fsencode(tmp_path_factory.mktemp("drives"))
    drive = Drive(desk.path("drive"), os.path.join(above, b"away"))
    os.mkdir(drive.point)
    os.mkdir(drive.behind)
    bound = subprocess.run(["mount", "--bind", above, above], capture_output=True, check=False)
    if bound.returncode:
        pytest.skip("mounting needs root")
    try:
        subprocess.run(["mount", "--make-private", above], check=True)  # or nothing could be moved away from there
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "none", drive.behind], check=True)
        drive.mount()
        desk.write("note.txt", "Fog over the land.")
        desk.write("drive/inner.txt", "Fog over the water.")
        desk.write("drive/deep/inner.txt", "Fog over the hills.")
        yield drive
    finally:
        for place in (drive.point, drive.behind, above):
            subprocess.run(["umount", "-q", "--lazy", place], check=False)


def top(desk: Desk) -> bytes:
    return desk.path("").rstrip(b"/")


def files_of(desk: Desk) -> dict[bytes, int]:
    return {root.path: root.files for root in desk.engine.status().roots}


@pytest.fixture
def both(desk: Desk, drive: Drive) -> Desk:
    """A desk with both roots, brought up to date."""
    desk.engine.index([top(desk)])
    desk.engine.index([drive.point])
    return desk


def test_a_drive_in_a_root_is_found_once_it_is_a_root_and_nothing_is_counted_twice(desk: Desk, drive: Drive) -> None:
    desk.engine.index([top(desk)])
    assert files_of(desk) == {top(desk): 1}
    desk.engine.add_roots([drive.point])
    desk.engine.index([])
    assert files_of(desk) == {top(desk): 1, drive.point: 2}
    assert desk.engine.status().files == 3
    assert set(desk.found("fog")) == {"note.txt", "drive/inner.txt", "drive/deep/inner.txt"}


def test_a_root_around_a_drive_that_is_one_leaves_it_a_root(desk: Desk, drive: Drive) -> None:
    desk.engine.index([drive.point])
    desk.engine.index([top(desk)])
    assert files_of(desk) == {drive.point: 2, top(desk): 1}


def test_a_root_around_a_drive_that_is_away_leaves_it_a_root(desk: Desk, drive: Drive) -> None:
    desk.engine.index([drive.point])
    drive.unmount()
    desk.engine.index([top(desk)])
    assert files_of(desk) == {drive.point: 2, top(desk): 1}


def test_a_folder_on_the_drive_is_kept_by_the_drives_root(both: Desk, drive: Drive) -> None:
    both.engine.add_roots([both.path("drive/deep")])
    assert set(files_of(both)) == {top(both), drive.point}


def test_giving_up_the_outer_root_leaves_the_drive_with_its_records(both: Desk, drive: Drive) -> None:
    both.engine.remove_root(top(both))
    assert files_of(both) == {drive.point: 2}
    name = os.fsdecode(RECORD_ATTRIBUTE)
    assert name not in os.listxattr(both.path("note.txt"))
    assert name in os.listxattr(both.path("drive/deep/inner.txt"))
    assert both.engine.index([]).unchanged == 2


def test_giving_up_the_drive_leaves_the_outer_root(both: Desk, drive: Drive) -> None:
    both.engine.remove_root(drive.point)
    assert files_of(both) == {top(both): 1}
    assert os.listxattr(both.path("drive/inner.txt")) == []
    both.engine.index([])
    assert both.engine.status().files == 1


@pytest.mark.parametrize("filled", [False, True])
def test_nothing_that_is_done_to_the_outer_root_forgets_a_drive_that_is_away(
    both: Desk, drive: Drive, filled: bool
) -> None:
    drive.unmount()
    if filled:
        both.write("drive/other.txt", "Nothing of the kind.")
    both.engine.index([top(both)])
    both.engine.index([])
    both.engine.exclude(add=["drive/"])
    assert files_of(both) == {top(both): 1, drive.point: 2 + filled}
    both.engine.remove_root(top(both))
    assert files_of(both) == {drive.point: 2 + filled}
    (both.files / "drive/other.txt").unlink(missing_ok=True)
    drive.mount()
    both.engine.index([])
    assert set(both.found("fog")) == {"drive/inner.txt", "drive/deep/inner.txt"}


def test_an_empty_folder_in_which_drives_were_mounted_is_not_taken_for_a_drive_that_is_away(
    desk: Desk, drive: Drive
) -> None:
    (desk.files / "note.txt").unlink()
    desk.engine.index([top(desk)])
    desk.engine.index([drive.point])
    drive.unmount()
    os.rmdir(drive.point)
    report = desk.engine.index([top(desk)])
    os.mkdir(drive.point)
    assert report.failed == ()
    assert files_of(desk) == {top(desk): 0, drive.point: 2}


def test_a_rebuild_keeps_what_is_known_of_a_drive_that_is_away(both: Desk, drive: Drive) -> None:
    drive.unmount()
    both.engine.rebuild()
    assert files_of(both) == {top(both): 1, drive.point: 2}


def test_both_are_watched_while_the_drive_goes_and_comes(both: Desk, drive: Drive) -> None:
    both.engine.watch()
    eventually(lambda: {root.state for root in both.engine.roots()} == {RootState.CURRENT})
    drive.unmount()
    eventually(lambda: {r.path: r.state for r in both.engine.roots()}[drive.point] is RootState.OFFLINE)
    both.write("second.txt", "Fog over the marsh.")
    eventually(lambda: files_of(both) == {top(both): 2, drive.point: 2})
    drive.mount()
    eventually(lambda: {root.state for root in both.engine.roots()} == {RootState.CURRENT})
    both.write(".nomedia", "")  # what is watched beneath is judged anew
    (both.files / ".nomedia").unlink()
    both.write("drive/third.txt", "Fog over the dunes.")
    eventually(lambda: files_of(both) == {top(both): 2, drive.point: 3})


def test_giving_up_the_outer_root_leaves_the_drive_watched(both: Desk, drive: Drive) -> None:
    both.engine.watch()
    eventually(lambda: {root.state for root in both.engine.roots()} == {RootState.CURRENT})
    both.engine.remove_root(top(both))
    both.write("drive/third.txt", "Fog over the dunes.")
    eventually(lambda: files_of(both) == {drive.point: 3})
