"""Local sockets, reachable by the same user only."""

import contextlib
import os
import socket
import struct
from collections.abc import Iterator

_SEND_TIMEOUT_S = 5
_BACKLOG = 64
_CREDENTIALS = struct.Struct("3i")  # struct ucred: pid, uid, gid
_TIMEVAL = struct.Struct("ll")


def listen(folder: bytes, name: bytes) -> socket.socket:
    """Return a listening socket in a folder, in place of one that a dead process left there.

    Raises:
        OSError: The folder cannot hold one.
    """
    listener = _new()
    try:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(os.path.join(folder, name))
        with _address(folder, name) as address:
            listener.bind(address)
        listener.listen(_BACKLOG)
    except OSError:
        listener.close()
        raise
    return listener


def connect(folder: bytes, name: bytes) -> socket.socket | None:
    """Return a connection to the process of this user that listens in a folder, or None when there is none."""
    channel = _new()
    try:
        with _address(folder, name) as address:
            channel.connect(address)
    except OSError:
        channel.close()
        return None
    if not is_ours(channel):
        channel.close()
        return None
    return channel


def accept(listener: socket.socket) -> socket.socket:
    """Wait for a connection.

    Raises:
        OSError: The listener has been shut down.
    """
    channel, _ = listener.accept()
    _limit_sending(channel)
    return channel


def is_ours(channel: socket.socket) -> bool:
    """Tell whether the process at the other end belongs to this user."""
    peer = channel.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _CREDENTIALS.size)
    _, uid, _ = _CREDENTIALS.unpack(peer)
    return bool(uid == os.getuid())


def _new() -> socket.socket:
    channel = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    _limit_sending(channel)
    return channel


def _limit_sending(channel: socket.socket) -> None:
    """Let a write fail when the other end, perhaps suspended, has not read for seconds; reads may wait for ever."""
    channel.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, _TIMEVAL.pack(_SEND_TIMEOUT_S, 0))


@contextlib.contextmanager
def _address(folder: bytes, name: bytes) -> Iterator[bytes]:
    """Yield a short path to a socket: the kernel takes 107 bytes, and a profile may lie deeper."""
    descriptor = os.open(folder, os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        yield b"/proc/self/fd/%d/%s" % (descriptor, name)
    finally:
        os.close(descriptor)
