"""Replacing a file: the one place where that is done."""

import contextlib
import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from vexgui.core.errors import DiskFull, PermissionProblem, WorldProblem, is_full
from vexgui.core.paths import folder_of, joined, shown

_TEMPORARY = b".new-"
"""How the names of temporary files begin; one stays behind where a process is killed."""


def remove_left(folder: bytes) -> None:
    """Remove what killed processes left of files that were to take others' places; nobody may be at that just now."""
    with contextlib.suppress(OSError):  # it is in nobody's way
        for name in os.listdir(folder):
            if name.startswith(_TEMPORARY):
                os.unlink(joined(folder, name))


def replace_file(path: bytes, content: bytes) -> None:
    """Give a file new content, all of it or none; see `replacing`."""
    with replacing(path) as file:
        file.write(content)


@contextmanager
def replacing(path: bytes) -> Iterator[BinaryIO]:
    """Lend a new file that takes the place of another: temporary file, fsync, rename, fsync of the folder. Mode 0600.

    When what is done with it fails, the old content stays.

    Raises:
        DiskFull: There is no room; the old content stays.
        PermissionProblem: The folder may not be written; the old content stays.
    """
    folder = folder_of(path)
    try:
        descriptor, temporary = tempfile.mkstemp(dir=folder, prefix=_TEMPORARY)
        try:
            with os.fdopen(descriptor, "w+b") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            os.replace(temporary, path)
        except BaseException:
            with contextlib.suppress(FileNotFoundError):  # an interrupt may come after it has taken its place
                os.unlink(temporary)
            raise
        flush_folder(folder)
    except OSError as error:
        if is_full(error):
            raise DiskFull(f"There is no room to write {shown(path)}.", "Free some space on that disk.") from error
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise PermissionProblem(
                f"{shown(path)} may not be written.", "Give yourself write permission on its folder."
            ) from error
        raise WorldProblem(f"{shown(path)} could not be written ({error.strerror}).", "Check that disk.") from error


def flush_folder(path: bytes) -> None:
    """Have the disk hold a folder's entries."""
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
