"""The lock that makes one process the owner of a profile."""

import fcntl
import os
from typing import Self

from vexgui.core.errors import PermissionProblem, WorldProblem, not_made
from vexgui.core.paths import shown


class WriterLock:
    """An advisory lock on a file that is never deleted; the kernel lets it go when the process ends.

    Args:
        path: The lock file; created when missing.
    """

    def __init__(self, path: bytes) -> None:
        self._path = path
        self._descriptor = -1

    def acquire(self) -> bool:
        """Take the lock if it is free, and tell whether it is held now.

        Raises:
            PermissionProblem: The file may not be written, or its file system has no locks.
            DiskFull: There is no room for it.
        """
        if self._descriptor >= 0:
            return True
        try:
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        except OSError as error:
            raise self._refused(error) from error
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return False
        except OSError as error:
            os.close(descriptor)
            raise self._refused(error) from error
        self._descriptor = descriptor
        return True

    def release(self) -> None:
        """Let the lock go, if it is held."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.release()

    def _refused(self, error: OSError) -> WorldProblem:
        refused = PermissionProblem(
            f"The lock {shown(self._path)} cannot be taken ({error.strerror}).",
            "Change its permissions, or choose another place with --profile.",
        )
        return not_made(self._path, error, refused)
