"""Which commits readers still look at: kernel locks on single bytes of a file, which no crash can leave behind.

A reader at epoch e holds a shared lock on byte e of the file ``pins``. The writer asks the kernel for the lowest locked
byte, and lets nothing go that a snapshot of that epoch may show. The locks belong to open files (F_OFD_SETLK, see
fcntl(2)), not to processes: two threads of one process do not undo each other's, and the kernel lets go of a lock when
the last descriptor of its file is closed, as a killed process' are.

A reader locks the epoch it knows, and only then begins the transaction whose epoch its snapshot is:

1. It reads the epoch: e.
2. It locks byte e.
3. It begins a read transaction of the catalog and reads the epoch in it: e' ≥ e.

What the writer asks between 2 and the end of the snapshot is answered with e or less, so that it lets go of nothing
that is live at e or after it. Before 2 it may have let go of slots that were dead at an epoch d. It does so only after
the commit of d; the reader's transaction begins later than that, so that e' ≥ d and those slots are dead to it as well.
"""

import errno
import fcntl
import os
import struct
import threading
from typing import Self

from vexgui.core.errors import PermissionProblem, ProfileBusy, not_made
from vexgui.core.paths import shown

_FLOCK = struct.Struct("@hhqqi0q")
"""struct flock: kind, whence, first byte, bytes, process (0 for locks of open files)."""

_WRITER = 1 << 62
"""The writer's own byte; no epoch is as high."""


class Pin:
    """Holds one epoch until it is closed.

    Attributes:
        epoch: What is held.
    """

    __slots__ = ("_descriptor", "_pins", "epoch")

    def __init__(self, pins: "Pins", epoch: int, descriptor: int) -> None:
        self.epoch = epoch
        self._pins: Pins | None = pins
        self._descriptor = descriptor

    def close(self) -> None:
        """Let the epoch go; once is enough."""
        pins, self._pins = self._pins, None
        if pins is not None:
            pins.release(self.epoch, self._descriptor)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()


class Pins:
    """The pins of a store, for its readers and its writer; safe to use from any thread.

    Where a lock cannot be had (a file system without locks, no right to read the file, no descriptor left), a pin is
    known to this object alone. The writer's own searches are then still safe. Another process' snapshot may miss
    vectors that are replaced meanwhile, but shows no wrong ones: what is let go becomes zero, and what is written in
    its place was born after the snapshot. No file at all means that no writer has been here yet.

    Args:
        path: The file; the writer creates it, and it is never deleted.
        writable: Whether this process means to write to the store.
    """

    def __init__(self, path: bytes, *, writable: bool) -> None:
        self._path = path
        self._writable = writable
        self._descriptor = -1
        self._lock = threading.Lock()
        self._unlocked: list[int] = []

    def claim(self) -> None:
        """Become the one writer.

        Raises:
            ProfileBusy: Another process, or another object of this one, is the writer.
            PermissionProblem: The file may not be written.
            DiskFull: There is no room for it.
        """
        assert self._writable
        if self._descriptor >= 0:
            return
        try:
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        except OSError as error:
            refused = PermissionProblem(
                f"{shown(self._path)} cannot be written ({error.strerror}).",
                "Change its permissions, or choose another place with --profile.",
            )
            raise not_made(self._path, error, refused) from error
        try:
            _lock(descriptor, fcntl.F_WRLCK, _WRITER)
        except OSError as error:
            if error.errno in (errno.EAGAIN, errno.EACCES):
                os.close(descriptor)
                raise ProfileBusy("Another vexgui is writing to this store.", "Try again when it has ended.") from error
            # A file system without locks: the lock of the profile has to do.
        self._descriptor = descriptor

    def close(self) -> None:
        """Stop being the writer; pins stay until they are closed."""
        descriptor, self._descriptor = self._descriptor, -1
        if descriptor >= 0:
            os.close(descriptor)

    def pin(self, epoch: int) -> Pin:
        """Hold an epoch; begin the transaction that reads a snapshot only after this."""
        try:
            descriptor = os.open(self._path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW)
        except OSError:
            return self._pin_unlocked(epoch)
        try:
            _lock(descriptor, fcntl.F_RDLCK, epoch)
        except OSError:
            os.close(descriptor)
            return self._pin_unlocked(epoch)
        return Pin(self, epoch, descriptor)

    def oldest(self, below: int) -> int | None:
        """Return the lowest epoch that is pinned and below another, or None; only the writer asks."""
        assert self._descriptor >= 0
        with self._lock:
            lowest = min((epoch for epoch in self._unlocked if epoch < below), default=None)
        limit = below if lowest is None else lowest
        # The kernel names any one of the locks in the way, so it is asked again below that one.
        while limit > 0 and (found := _locked(self._descriptor, limit)) is not None:
            lowest = limit = found
        return lowest

    def release(self, epoch: int, descriptor: int) -> None:
        """Let go of what a pin holds; pins call this when they are closed."""
        if descriptor >= 0:
            os.close(descriptor)
        else:
            with self._lock:
                self._unlocked.remove(epoch)

    def _pin_unlocked(self, epoch: int) -> Pin:
        with self._lock:
            self._unlocked.append(epoch)
        return Pin(self, epoch, -1)


def _lock(descriptor: int, kind: int, first: int) -> None:
    """Lock one byte for this open file, without waiting."""
    fcntl.fcntl(descriptor, fcntl.F_OFD_SETLK, _FLOCK.pack(kind, os.SEEK_SET, first, 1, 0))


def _locked(descriptor: int, limit: int) -> int | None:
    """Return one of the bytes below a limit that another open file has locked, or None."""
    asked = _FLOCK.pack(fcntl.F_WRLCK, os.SEEK_SET, 0, limit, 0)
    try:
        kind, _, first, *_ = _FLOCK.unpack(fcntl.fcntl(descriptor, fcntl.F_OFD_GETLK, asked))
    except OSError:  # a file system without locks: no other process can have one
        return None
    return None if kind == fcntl.F_UNLCK else int(first)
