"""When a file was made, which Linux tells by statx(2) alone, and Python does not ask for."""

import ctypes
import struct
from datetime import UTC, datetime

_libc = ctypes.CDLL(None)
# linux/stat.h and linux/fcntl.h
_AT_EMPTY_PATH = 0x1000
_STATX_BTIME = 0x800
_STATX_BYTES = 256
_MASK = struct.Struct("=I")
_BTIME = struct.Struct("=qI")
_BTIME_OFFSET = 80


def birth_of(descriptor: int) -> str | None:
    """Return when an open file was made, ISO 8601 local time without zone; None where its file system does not say."""
    seconds = _birth_s(descriptor)
    if seconds is None:
        return None
    try:
        return datetime.fromtimestamp(seconds, UTC).astimezone().replace(tzinfo=None).isoformat()
    except (OverflowError, OSError, ValueError):  # a damaged file system may name any year
        return None


def _birth_s(descriptor: int) -> int | None:
    """Return whole seconds since 1970."""
    found = ctypes.create_string_buffer(_STATX_BYTES)
    if _libc.statx(descriptor, b"", _AT_EMPTY_PATH, _STATX_BTIME, found):
        return None
    (mask,) = _MASK.unpack_from(found)
    return int(_BTIME.unpack_from(found, _BTIME_OFFSET)[0]) if mask & _STATX_BTIME else None
