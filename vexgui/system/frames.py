"""Frames between a process and its child: one JSON object and any number of byte strings.

On the wire: u32 little-endian length of the header, the header in UTF-8, then the blobs back to back, whose
lengths the header's last key, ``blobs``, gives. Nothing is ever unpickled: either side may be hostile.
"""

import json
import os
import select
import struct
import time
from dataclasses import dataclass, field
from typing import Any

MAX_HEADER_BYTES = 64 << 20
MAX_BLOB_BYTES = 1 << 30

_LENGTH = struct.Struct("<I")


class FrameError(Exception):
    """The other side closed, stalled, or sent what is not a frame."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One message: ``header`` is JSON, ``blobs`` are bytes."""

    header: dict[str, Any]
    blobs: tuple[bytes, ...] = field(default=())


def write_frame(descriptor: int, frame: Frame) -> None:
    """Write a frame whole.

    Raises:
        OSError: The other side is gone.
    """
    header = json.dumps({**frame.header, "blobs": [len(blob) for blob in frame.blobs]}).encode()
    for part in (_LENGTH.pack(len(header)), header, *frame.blobs):
        view = memoryview(part)
        while view:
            view = view[os.write(descriptor, view) :]


def read_frame(descriptor: int, timeout_s: float | None = None) -> Frame:
    """Read a frame whole, waiting at most ``timeout_s`` seconds for all of it.

    Raises:
        TimeoutError: It did not come in time.
        FrameError: The other side closed or sent nonsense.
    """
    deadline = None if timeout_s is None else time.monotonic() + timeout_s
    (length,) = _LENGTH.unpack(_read_exactly(descriptor, _LENGTH.size, deadline))
    if length > MAX_HEADER_BYTES:
        raise FrameError("the header is too long")
    try:
        header = json.loads(_read_exactly(descriptor, length, deadline))
        sizes = header.pop("blobs")
        blobs = tuple(_read_exactly(descriptor, _size(size), deadline) for size in sizes)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise FrameError("what was sent is not a frame") from error
    return Frame(header, blobs)


def _size(value: object) -> int:
    if not isinstance(value, int) or not 0 <= value <= MAX_BLOB_BYTES:
        raise FrameError("a blob is too long")
    return value


def _read_exactly(descriptor: int, size: int, deadline: float | None) -> bytes:
    parts: list[bytes] = []
    missing = size
    poller = select.poll()
    poller.register(descriptor, select.POLLIN)
    while missing:
        if deadline is not None:
            left_ms = (deadline - time.monotonic()) * 1000
            if left_ms <= 0 or not poller.poll(left_ms):
                raise TimeoutError
        part = os.read(descriptor, min(missing, 1 << 20))
        if not part:
            raise FrameError("the other side closed")
        parts.append(part)
        missing -= len(part)
    return b"".join(parts)
