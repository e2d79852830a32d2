"""File systems of a test's own: small, read-only, or without attributes. Mounting is root's right."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.waiting import PATIENCE_S


@contextmanager
def mounted(place: Path, *arguments: str | Path) -> Iterator[Path]:
    """Mount something on a new folder for the length of a block; skip the test where that is not allowed."""
    if os.geteuid() != 0:
        pytest.skip("mounting needs root")
    place.mkdir()
    done = subprocess.run(["mount", *arguments, place], capture_output=True, text=True, check=False, timeout=PATIENCE_S)
    if done.returncode != 0:
        pytest.skip("mounting is not allowed here")
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", place], check=True, timeout=PATIENCE_S)


def remounted(place: Path, options: str) -> None:
    """Change a mounted file system's options."""
    subprocess.run(["mount", "-o", f"remount,{options}", place], check=True, timeout=PATIENCE_S)


@contextmanager
def ext4(place: Path, size_mib: int) -> Iterator[Path]:
    """Mount a small ext4 file system that keeps no blocks back for root."""
    if shutil.which("mkfs.ext4") is None:
        pytest.skip("mkfs.ext4 is not here")
    image = place.with_suffix(".img")
    with image.open("wb") as file:
        file.truncate(size_mib << 20)
    subprocess.run(
        ["mkfs.ext4", "-q", "-b", "4096", "-m", "0", image], check=True, capture_output=True, timeout=PATIENCE_S
    )
    with mounted(place, "-o", "loop", image):
        yield place


def fill(folder: Path) -> Path:
    """Take all the room that is left on a folder's file system, and return the file that takes it."""
    filler = folder / ".filler"
    with filler.open("wb", buffering=0) as file:
        for size in (1 << 16, 1 << 12, 1 << 9):
            try:
                while True:
                    file.write(b"\0" * size)
                    os.fsync(file.fileno())
            except OSError:
                continue
    return filler
