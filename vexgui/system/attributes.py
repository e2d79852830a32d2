"""Extended attributes of a file, by descriptor, and the part of its stat that they must not disturb.

Writing an attribute moves ctime and nothing else: neither mtime nor mode nor content. The kernel replaces a value
whole or not at all; a refused write leaves the old value.
"""

import errno
import os
from enum import StrEnum

from xattr import pyxattr_compat  # the package's own face for names that need not be UTF-8

from vexgui.core.files import FileStat
from vexgui.system.opening import open_regular

_ROOM_BYTES = 1 << 20
_ENTRY_BYTES = 24  # ext4 keeps 16 bytes an entry, and pads name and value to 4
_RACES = 5


class Refusal(StrEnum):
    """Why an attribute could not be read or written; the value is the sentence for the user."""

    NOT_SUPPORTED = "The file system keeps no attributes."
    NO_ROOM_ATTRIBUTES = "The file has no room for more attributes."
    NO_ROOM_DISK = "The disk is full."
    READ_ONLY = "The file system is read-only."
    NOT_PERMITTED = "The file is protected against changes."
    NO_ACCESS = "You have no right to the attributes of this file."
    QUOTA = "Your disk quota is used up."
    GONE = "The file is no longer there."
    LINK = "Symbolic links are not followed."
    IN_USE = "The file is in use by the system."
    BROKEN = "The disk reports an error."
    DAMAGED = "The file system is damaged."
    NO_ANSWER = "The file system does not answer."
    NO_MEMORY = "The system is short of memory or open files."
    OTHER = "The system refused the attribute."


_REFUSALS = {
    errno.ENOTSUP: Refusal.NOT_SUPPORTED,
    errno.ENOSYS: Refusal.NOT_SUPPORTED,
    errno.E2BIG: Refusal.NO_ROOM_ATTRIBUTES,
    errno.ERANGE: Refusal.NO_ROOM_ATTRIBUTES,  # a name or value longer than this file system takes
    errno.EROFS: Refusal.READ_ONLY,
    errno.EPERM: Refusal.NOT_PERMITTED,
    errno.EACCES: Refusal.NO_ACCESS,
    errno.EDQUOT: Refusal.QUOTA,
    errno.ENOENT: Refusal.GONE,
    errno.ENOTDIR: Refusal.GONE,
    errno.ESTALE: Refusal.GONE,
    errno.ENXIO: Refusal.GONE,
    errno.ENODEV: Refusal.GONE,
    errno.ELOOP: Refusal.LINK,
    errno.EBUSY: Refusal.IN_USE,
    errno.ETXTBSY: Refusal.IN_USE,
    errno.EIO: Refusal.BROKEN,
    errno.EUCLEAN: Refusal.DAMAGED,  # what ext4 and XFS say of metadata that contradicts itself …
    errno.EBADMSG: Refusal.DAMAGED,  # … and of a checksum that does not fit
    errno.ETIMEDOUT: Refusal.NO_ANSWER,
    errno.ENOTCONN: Refusal.NO_ANSWER,
    errno.EHOSTDOWN: Refusal.NO_ANSWER,
    errno.ENOMEM: Refusal.NO_MEMORY,
    errno.EMFILE: Refusal.NO_MEMORY,
    errno.ENFILE: Refusal.NO_MEMORY,
}


class AttributeRefused(Exception):
    """The system did not let an attribute be read or written.

    Attributes:
        reason: Why, as far as it can be told.
        errno: The system's own code.
    """

    def __init__(self, reason: Refusal, errno_code: int) -> None:
        super().__init__(f"{reason} ({errno.errorcode.get(errno_code, errno_code)})")
        self.reason = reason
        self.errno = errno_code


def open_for_attributes(path: bytes) -> int:
    """Open a regular file so that its attributes can be read and written, without moving its access time.

    Symbolic links are not followed, and a FIFO does not block.

    Raises:
        AttributeRefused: It is gone, may not be read, or is not a regular file.
    """
    try:
        return open_regular(path)
    except OSError as error:
        raise _refused(error) from error


def read(file: int | bytes, name: bytes) -> bytes | None:
    """Return the value of an attribute, or None when the file has none of that name.

    Args:
        file: An open file, or a path; a symbolic link is not followed.
        name: The attribute's.

    Raises:
        AttributeRefused: It could not be read.
    """
    for _ in range(_RACES):
        try:
            # Python's own call, which takes a third of the time: a rebuild reads a record on every file.
            value = os.getxattr(file, name) if isinstance(file, int) else os.getxattr(file, name, follow_symlinks=False)
        except OSError as error:
            if error.errno == errno.ENODATA:
                return None
            if error.errno != errno.ERANGE:  # it grew between being measured and being read
                raise _refused(error) from error
        else:
            return value
    raise AttributeRefused(Refusal.OTHER, errno.ERANGE)


def write(descriptor: int, name: bytes, value: bytes) -> None:
    """Set an attribute, whole or not at all.

    Raises:
        AttributeRefused: It could not be written; an old value is still there.
    """
    try:
        pyxattr_compat.setxattr(descriptor, name, value)
    except OSError as error:
        raise _refused(error, descriptor) from error


def remove(descriptor: int, name: bytes) -> bool:
    """Remove an attribute; return False when the file had none of that name.

    Raises:
        AttributeRefused: It could not be removed.
    """
    try:
        pyxattr_compat.removexattr(descriptor, name)
    except OSError as error:
        if error.errno == errno.ENODATA:
            return False
        raise _refused(error) from error
    return True


def names(descriptor: int) -> tuple[bytes, ...]:
    """Return the names of all attributes the caller may see.

    Raises:
        AttributeRefused: They could not be listed.
    """
    for _ in range(_RACES):
        try:
            return tuple(pyxattr_compat.listxattr(descriptor))
        except OSError as error:
            if error.errno != errno.ERANGE:
                raise _refused(error) from error
    raise AttributeRefused(Refusal.OTHER, errno.ERANGE)


def value_bytes(descriptor: int) -> dict[bytes, int]:
    """Return how long the value of each attribute is, by name, in bytes; 0 of those that the caller may not read.

    Raises:
        AttributeRefused: They could not be listed.
    """
    lengths: dict[bytes, int] = {}
    for name in names(descriptor):
        try:
            lengths[name] = len(read(descriptor, name) or b"")
        except AttributeRefused:  # security modules hide values; what little they take is in the budget's margin
            lengths[name] = 0
    return lengths


def taken_bytes(descriptor: int, ours: bytes) -> int:
    """Return the bytes that attributes take that are neither ``ours`` nor parts of it, bookkeeping included.

    Raises:
        AttributeRefused: They could not be listed.
    """
    others = {name: length for name, length in value_bytes(descriptor).items() if not belongs_to(name, ours)}
    return sum(_ENTRY_BYTES + len(name) + length for name, length in others.items())


def belongs_to(name: bytes, ours: bytes) -> bool:
    """Tell whether an attribute is ours or a part of it: ``user.vexgui`` or ``user.vexgui.…``."""
    return name == ours or name.startswith(ours + b".")


def stat_of(descriptor: int) -> FileStat:
    """Return the stat of an open file.

    Raises:
        OSError: The descriptor is not open, or its server is gone.
    """
    return FileStat.of(os.fstat(descriptor))


def stat_path(path: bytes) -> FileStat:
    """Return the stat of a path; a symbolic link is not followed.

    Raises:
        OSError: There is nothing at the path, or it may not be looked at.
    """
    return FileStat.of(os.lstat(path))


def _refused(error: OSError, descriptor: int | None = None) -> AttributeRefused:
    code = error.errno or 0
    if code == errno.ENOSPC:
        return AttributeRefused(_which_room(descriptor), code)
    return AttributeRefused(_REFUSALS.get(code, Refusal.OTHER), code)


def _which_room(descriptor: int | None) -> Refusal:
    """Tell a full disk from a full attribute area: both are ENOSPC, but only one leaves free blocks."""
    if descriptor is None:
        return Refusal.NO_ROOM_DISK
    try:
        room = os.fstatvfs(descriptor)
    except OSError:
        return Refusal.NO_ROOM_DISK
    free = room.f_bavail * room.f_frsize
    return Refusal.NO_ROOM_ATTRIBUTES if free >= _ROOM_BYTES else Refusal.NO_ROOM_DISK
