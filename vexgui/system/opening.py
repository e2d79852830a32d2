"""Opening a user's file to read it: never through a link, never waiting for a writer, never moving its access time."""

import errno
import os
import stat

_FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


def open_regular(path: bytes) -> int:
    """Return a descriptor of a regular file, open for reading.

    Raises:
        OSError: It is gone, may not be read, or is not a regular file.
    """
    try:
        descriptor = os.open(path, _FLAGS | os.O_NOATIME)
    except PermissionError:  # O_NOATIME is the owner's right
        descriptor = os.open(path, _FLAGS)
    mode = os.fstat(descriptor).st_mode
    if not stat.S_ISREG(mode):
        os.close(descriptor)
        number = errno.EISDIR if stat.S_ISDIR(mode) else errno.EINVAL
        raise OSError(number, os.strerror(number), path)
    return descriptor
