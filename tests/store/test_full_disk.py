"""A full disk is an error that leaves the store as it was; nothing dies of it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from tests.filesystems.disks import BTRFS, EXT4, XFS, Disk, mounted
from tests.store.builders import PICTURE, TEXT, a_file, held, of_space, vectors
from tests.store.filling import LIMITS
from vexgui.core.errors import DiskFull
from vexgui.core.vectors import CodecName
from vexgui.store.store import Store

SMALL_EXT4 = Disk(EXT4.name, EXT4.make, 8)


def test_a_full_disk_is_told_and_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.store.filling", str(tmp_path / "store")],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == "refused " * 2 * len(LIMITS) + "at last [2, 9000]\n"


@pytest.fixture
def disk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    with mounted(request.param, tmp_path) as place:
        yield place


def fill(disk: Path, ballast_bytes: int) -> None:
    """Fill a store until its disk is full, look at what is left, and go on when there is room again."""
    ballast = disk / "ballast"
    ballast.write_bytes(os.urandom(ballast_bytes))
    folder = os.fsencode(disk / "store")
    with closing(Store(folder, CodecName.INT8, writable=True, page_bytes=4096)) as store:
        store.ensure_space(TEXT)
        store.ensure_space(PICTURE)
        number = 0
        refused = 0
        while refused < 5:
            number += 1
            parts = [of_space(vectors(500, seed=number)), of_space(vectors(100, PICTURE.dim, number), PICTURE)]
            update = a_file(b"/%d" % number, parts=parts, texts=[f"passage {number}.{n}" * 9 for n in range(500)])
            before = held(store)
            try:
                store.commit([update])
            except DiskFull:
                refused += 1
                assert held(store) == before
                assert store.scan(TEXT.id, vectors(1)[0], 1).vectors == 500 * len(before)
                with suppress(DiskFull):  # it may go, or be told again
                    store.compact()
                assert held(store) == before
        assert len(before) > 3
        kept = dict(before)
    with suppress(DiskFull), closing(Store(folder, CodecName.INT8, writable=True)) as store:
        assert held(store) == kept
    ballast.unlink()
    with closing(Store(folder, CodecName.INT8, writable=True)) as store:
        assert held(store) == kept
        assert store.check().problems == ()
        store.commit([update])
        store.forget([b"/1"])
        assert store.check().problems == ()
        assert held(store).keys() == (kept.keys() | {update.path}) - {b"/1"}


@pytest.mark.parametrize("disk", [SMALL_EXT4], indirect=True, ids=["ext4"])
def test_a_small_disk_that_is_filled_up_keeps_the_store_whole(disk: Path) -> None:
    fill(disk, 2 << 20)


@pytest.mark.matrix
@pytest.mark.parametrize("disk", [XFS, BTRFS], indirect=True, ids=["XFS", "Btrfs"])
def test_a_disk_of_another_kind_that_is_filled_up_keeps_the_store_whole(disk: Path) -> None:
    free = os.statvfs(disk)
    fill(disk, free.f_bavail * free.f_frsize - (6 << 20))
