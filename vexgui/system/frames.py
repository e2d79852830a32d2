"""Frames between a process and its child: one JSON object and any number of byte strings.

On the wire: u32 little-endian length of the header, the header in UTF-8, then the blobs back to back, whose
lengths the header's last key, ``blobs``, gives. Open files travel beside the first byte, where the descriptor is that
of a local socket. Nothing is ever unpickled: either side may be hostile.
"""

import json
import os
import select
import socket
import struct
import time
from dataclasses import dataclass, field, replace
from typing import Any

_LENGTH = struct.Struct("<I")


class FrameError(Exception):
    """The other side closed, stalled, or sent what is not a frame."""


class HungUp(FrameError):
    """The other side closed."""

    def __init__(self) -> None:
        super().__init__("the other side closed")


@dataclass(frozen=True, slots=True)
class Frame:
    """One message: ``header`` is JSON, ``blobs`` are bytes, ``files`` open files that the reader has to close."""

    header: dict[str, Any]
    blobs: tuple[bytes, ...] = field(default=())
    files: tuple[int, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much a frame may bring at most; what is larger is refused before it is read.

    Parsed, a header takes some twenty times its length in memory. The defaults suit programs of our own.

    Attributes:
        header_bytes: Length of the header.
        blobs: Their number.
        blob_bytes: Length of all blobs together.
    """

    header_bytes: int = 64 << 20
    blobs: int = 1 << 20
    blob_bytes: int = 1 << 30


OUR_OWN = Bounds()
"""What programs of ours send each other."""


def write_frame(descriptor: int, frame: Frame, timeout_s: float | None = None) -> None:
    """Write a frame whole, waiting at most ``timeout_s`` seconds for the other side to take it.

    Raises:
        TimeoutError: It was not taken in time; with a time limit the descriptor is left non-blocking.
        OSError: The other side is gone.
    """
    deadline_s = _deadline_s(timeout_s)
    poller = _poller(descriptor, select.POLLOUT)
    if deadline_s is not None:
        os.set_blocking(descriptor, False)  # room for one byte is enough to be woken, not for all to be taken
    header = json.dumps({**frame.header, "blobs": [len(blob) for blob in frame.blobs]}).encode()
    files = frame.files
    for part in (_LENGTH.pack(len(header)), header, *frame.blobs):
        view = memoryview(part)
        while view:
            _wait(poller, deadline_s)
            view = view[_send_files(descriptor, view, files) if files else os.write(descriptor, view) :]
            files = ()


def read_frame(
    descriptor: int, timeout_s: float | None = None, *, most_files: int = 0, bounds: Bounds = OUR_OWN
) -> Frame:
    """Read a frame whole, waiting at most ``timeout_s`` seconds for all of it.

    Args:
        descriptor: A pipe or a socket.
        timeout_s: None to wait as long as it takes.
        most_files: So many open files are taken in; the kernel closes others at once, all of them where it is 0.
        bounds: What is taken in at most.

    Raises:
        TimeoutError: It did not come in time.
        FrameError: The other side closed or sent nonsense, or too much.
    """
    deadline_s = _deadline_s(timeout_s)
    files: tuple[int, ...] = ()
    first = b""
    if most_files:
        _wait(_poller(descriptor, select.POLLIN), deadline_s)
        first, files = _receive_files(descriptor, _LENGTH.size, most_files)
    try:
        return replace(_read_rest(descriptor, first, deadline_s, bounds), files=files)
    except BaseException:
        for file in files:
            os.close(file)
        raise


def _read_rest(descriptor: int, first: bytes, deadline_s: float | None, bounds: Bounds) -> Frame:
    (length,) = _LENGTH.unpack(first + _read_exactly(descriptor, _LENGTH.size - len(first), deadline_s))
    if length > bounds.header_bytes:
        raise FrameError("the header is too long")
    try:
        header = json.loads(_read_exactly(descriptor, length, deadline_s))
        sizes = [_size(size) for size in header.pop("blobs")]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise FrameError("what was sent is not a frame") from error
    if len(sizes) > bounds.blobs or sum(sizes) > bounds.blob_bytes:
        raise FrameError("the blobs are too many or too long")
    return Frame(header, tuple(_read_exactly(descriptor, size, deadline_s) for size in sizes))


def _size(value: object) -> int:
    if type(value) is not int or value < 0:
        raise FrameError("a blob has no length")
    return value


def _read_exactly(descriptor: int, size: int, deadline_s: float | None) -> bytes:
    # Into one buffer: parts kept one by one would let who sends a byte at a time fill the memory.
    buffer = bytearray(size)
    missing = memoryview(buffer)
    poller = _poller(descriptor, select.POLLIN)
    while missing:
        _wait(poller, deadline_s)
        length = os.readv(descriptor, [missing])
        if not length:
            raise HungUp
        missing = missing[length:]
    return bytes(buffer)


def _send_files(descriptor: int, data: memoryview, files: tuple[int, ...]) -> int:
    """Send some of ``data``, at least a byte, with open files beside it, and return how much."""
    channel = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM, fileno=descriptor)
    try:
        return socket.send_fds(channel, [data], files)
    finally:
        channel.detach()


def _receive_files(descriptor: int, size: int, most: int) -> tuple[bytes, tuple[int, ...]]:
    """Return at most ``size`` bytes and the open files that came beside them.

    Raises:
        FrameError: The other side closed.
    """
    channel = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM, fileno=descriptor)
    try:
        data, files, _, _ = socket.recv_fds(channel, size, most, socket.MSG_CMSG_CLOEXEC)
    finally:
        channel.detach()
    if not data:
        raise HungUp
    return data, tuple(files)


def _deadline_s(timeout_s: float | None) -> float | None:
    return None if timeout_s is None else time.monotonic() + timeout_s


def _poller(descriptor: int, events: int) -> select.poll:
    poller = select.poll()
    poller.register(descriptor, events)
    return poller


def _wait(poller: select.poll, deadline_s: float | None) -> None:
    """Wait for a descriptor to be ready; without a deadline leave that to the call that uses it."""
    if deadline_s is not None:
        left_ms = (deadline_s - time.monotonic()) * 1000
        if left_ms <= 0 or not poller.poll(left_ms):
            raise TimeoutError
