"""Under what conditions a benchmark measures."""

import errno
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Self

from vexgui.bench.choices import USUAL_PASSAGES
from vexgui.core.errors import DiskFull, PathProblem, PermissionProblem, is_full
from vexgui.core.paths import joined, shown


@dataclass(frozen=True, slots=True)
class Conditions:
    """What a benchmark is given.

    Attributes:
        folder: A folder of its own, empty, absolute; it is removed afterwards.
        tell: Takes a sentence on what is being done.
        quick: Whether to measure with so little that it takes seconds; the figures then say nothing about speed.
        vectors: How many vectors to measure with besides the usual number, or 0.
        passages: How many of the user's own passages to measure with, at most.
    """

    folder: bytes
    tell: Callable[[str], None]
    quick: bool = False
    vectors: int = 0
    passages: int = USUAL_PASSAGES

    def for_part(self, name: bytes) -> Self:
        """Return the same for a part of the benchmark, with a new folder of its own in this one."""
        folder = joined(self.folder, name)
        os.mkdir(folder)
        return replace(self, folder=folder)


@contextmanager
def working_folder(place: bytes) -> Iterator[bytes]:
    """Lend an empty folder, and remove it afterwards with all that was put there.

    Args:
        place: The folder to make it in; b"" for the system's own place for such.

    Raises:
        PathProblem: The place is not a folder.
        PermissionProblem: It may not be written to.
        DiskFull: There is no room for what is to be measured.
    """
    try:
        with tempfile.TemporaryDirectory(
            prefix=b"vexgui-bench-", dir=place or None, ignore_cleanup_errors=True
        ) as made:
            yield os.path.abspath(made)
    except OSError as error:
        where = shown(place or os.fsencode(tempfile.gettempdir()))
        if error.errno in (errno.ENOENT, errno.ENOTDIR):
            raise PathProblem(f"{where} is not a folder.", "Name one to measure in: --folder DIR.") from error
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise PermissionProblem(
                f"Nothing can be written to {where}.", "Name another folder to measure in: --folder DIR."
            ) from error
        if is_full(error):
            raise no_room(where) from error
        raise


def no_room(where: str) -> DiskFull:
    """Return the error for a disk that is full."""
    return DiskFull(f"There is no room left in {where}.", "Name a folder on another disk to measure in: --folder DIR.")
