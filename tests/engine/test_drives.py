"""A drive that is not there has lost nothing."""

import os
import subprocess
from collections.abc import Iterator

import pytest

from tests.engine.conftest import Desk


@pytest.fixture
def drive(desk: Desk) -> Iterator[bytes]:
    """A mount point with a file system of its own, where the system lets us mount one."""
    point = desk.path("drive")
    os.mkdir(point)
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "none", point], capture_output=True, check=False)
    if mounted.returncode:
        pytest.skip("mounting needs root")
    yield point
    subprocess.run(["umount", "-q", point], check=False)


def test_an_unmounted_drive_is_not_forgotten(desk: Desk, drive: bytes) -> None:
    desk.write("drive/note.txt", "Fog over the water.")
    desk.engine.index([drive])
    subprocess.run(["umount", drive], check=True)
    report = desk.engine.index([])
    assert "drive" in report.failed[0].reason
    assert desk.engine.status().files == 1


def test_an_emptied_folder_is_forgotten(desk: Desk) -> None:
    path = desk.write("folder/note.txt", "Fog over the water.")
    desk.engine.index([desk.path("folder")])
    os.unlink(path)
    assert desk.engine.index([]).failed == ()
    assert desk.engine.status().files == 0
