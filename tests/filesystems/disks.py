"""Small file systems of every kind that matters, made in a file and mounted for a test: root's right."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass(frozen=True, slots=True)
class Disk:
    """A kind of file system: its name in the golden table, the command that makes it, the size of its image in MiB."""

    name: str
    make: tuple[str, ...]
    size_mib: int = 64


EXT4 = Disk("ext4", ("mkfs.ext4", "-q", "-F", "-b", "4096", "-I", "256"))
LARGE_INODES = Disk("ext4, inodes of 1024", ("mkfs.ext4", "-q", "-F", "-b", "4096", "-I", "1024"))
SMALL_BLOCKS = Disk("ext4, blocks of 1024", ("mkfs.ext4", "-q", "-F", "-b", "1024", "-I", "256"))
XFS = Disk("XFS", ("mkfs.xfs", "-q", "-f"), 320)
BTRFS = Disk("Btrfs", ("mkfs.btrfs", "-q", "-f"), 192)
SMALL_NODES = Disk("Btrfs, nodes of 4096", ("mkfs.btrfs", "-q", "-f", "-n", "4096"), 192)
TMPFS = Disk("tmpfs", ())
DISKS = (EXT4, LARGE_INODES, SMALL_BLOCKS, XFS, BTRFS, SMALL_NODES, TMPFS)


@contextmanager
def mounted(disk: Disk, folder: Path) -> Iterator[Path]:
    """Make a file system and mount it under a folder for the length of a block; skip the test where that cannot be."""
    if os.geteuid() != 0:
        pytest.skip("mounting needs root")
    place = folder / disk.name.replace(", ", "-").replace(" ", "-")
    place.mkdir()
    image = place.with_suffix(".img")
    if disk.make:
        if shutil.which(disk.make[0]) is None:
            pytest.skip(f"{disk.make[0]} is not here")
        with image.open("wb") as file:
            file.truncate(disk.size_mib << 20)
        subprocess.run([*disk.make, image], check=True, capture_output=True)
        arguments: list[str | Path] = ["-o", "loop", image]
    else:
        arguments = ["-t", "tmpfs", "-o", "size=32m", "tmpfs"]
    done = subprocess.run(["mount", *arguments, place], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        pytest.skip(f"{disk.name} cannot be mounted here: {done.stderr.strip()}")
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", place], check=True)
        image.unlink(missing_ok=True)
