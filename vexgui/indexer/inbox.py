"""What inotify tells, taken from the kernel at once and kept until somebody has time for it.

The kernel keeps some 16,000 events and drops the rest: a tenth of a second's worth while an archive is unpacked. So a
thread reads them that does nothing else.
"""

import fcntl
import os
import select
import struct
import termios
import threading
import time

from inotify_simple import Event, flags, parse_events

_READ_BYTES = 1 << 18
_LONGEST_EVENT_BYTES = 16 + 256
"""With the longest name; inotify(7)."""
_MOST_BYTES = 64 << 20
_OVERFLOW = struct.pack("iIII", -1, int(flags.Q_OVERFLOW), 0, 0)
"""As the kernel says that it dropped events; inotify(7)."""


class Inbox:
    """Reads events in a thread of its own, until it is closed.

    Args:
        descriptor: inotify's. It is not closed here.
        most_bytes: So much is kept. When more comes it is dropped like the kernel does it: what is left is the event
            that says so.
    """

    def __init__(self, descriptor: int, *, most_bytes: int = _MOST_BYTES) -> None:
        self._descriptor = descriptor
        self._most_bytes = most_bytes
        self._changed = threading.Condition()
        self._kept = bytearray()
        self._nudged = False
        self._is_reading = False
        self._heard_s = time.monotonic()  # all that happened before was read
        self._kept_s = 0.0  # nothing of what is kept happened earlier; 0 where there is nothing
        self._in_hand_s = 0.0  # the same of what was taken last
        self._problem: OSError | None = None
        self._closed = False
        self._ending = False
        self._wake = os.eventfd(0, os.EFD_CLOEXEC)
        self._thread = threading.Thread(target=self._run, name="watch-reader", daemon=True)
        self._thread.start()

    @property
    def waiting_since_s(self) -> float | None:
        """Since when, by the monotonic clock, something may have happened that is not done with; None where nothing is.

        What was taken is done with when `take` is called again. The kernel does not say when it was told of something,
        and who reads it may have waited for the processor: all that is known is when there was nothing to be read.
        """
        now_s = time.monotonic()
        if self._closed:
            return None
        # With the stream: what moves on between two looks is found by the next one.
        is_on_the_way = self._unread() or self._is_reading
        with self._changed:
            if not is_on_the_way:
                self._heard_s = max(self._heard_s, now_s)
            if self._in_hand_s or self._kept_s:
                return self._in_hand_s or self._kept_s
            return self._heard_s if is_on_the_way else None

    @property
    def in_hand_since_s(self) -> float | None:
        """Since when what was taken last may have happened; None where that is nothing."""
        return self._in_hand_s or None

    def take(self, timeout_s: float | None) -> list[Event]:
        """Return what was told since the last call; wait for it, or for `nudge`, if that is nothing.

        Raises:
            OSError: Reading has failed, and will not go on.
        """
        with self._changed:
            self._in_hand_s = 0
            self._changed.wait_for(lambda: self._kept or self._nudged or self._problem, timeout_s)
            if self._problem is not None:
                raise self._problem
            kept, self._kept = self._kept, bytearray()
            self._in_hand_s, self._kept_s = self._kept_s, 0
            self._nudged = False
        return parse_events(bytes(kept)) if kept else []

    def take_more(self, timeout_s: float) -> list[Event]:
        """Return what is told within a short while; what was taken before is not done with by that."""
        with self._changed:
            self._changed.wait_for(lambda: self._kept, timeout_s)
            kept, self._kept = self._kept, bytearray()
            self._kept_s = 0
        return parse_events(bytes(kept)) if kept else []

    def nudge(self) -> None:
        """Have `take` return, now or when it is called next."""
        with self._changed:
            self._nudged = True
            self._changed.notify_all()

    def listen(self, descriptor: int) -> None:
        """Read from another descriptor from now on; from the one before nothing ever came."""
        with self._changed:
            if not self._closed:
                self._descriptor = descriptor
                os.eventfd_write(self._wake, 1)

    def close(self) -> None:
        """End the thread."""
        if not self._closed:
            self._ending = True
            os.eventfd_write(self._wake, 1)
            self._thread.join()
            with self._changed:
                self._closed = True
                os.close(self._wake)

    def _unread(self) -> bool:
        try:
            (unread,) = struct.unpack("i", fcntl.ioctl(self._descriptor, termios.FIONREAD, bytes(4)))
        except OSError:  # it was closed meanwhile
            return False
        return bool(unread)

    def _run(self) -> None:
        try:
            while not self._ending:
                self._read_until_woken(self._descriptor)
        except OSError as problem:
            with self._changed:
                self._problem = problem
                self._changed.notify_all()

    def _read_until_woken(self, descriptor: int) -> None:
        poller = select.poll()
        poller.register(descriptor, select.POLLIN)
        poller.register(self._wake, select.POLLIN)
        while self._wake not in dict(poller.poll()):
            self._is_reading = True
            now_s = time.monotonic()
            read = os.read(descriptor, _READ_BYTES)
            is_all = len(read) <= _READ_BYTES - _LONGEST_EVENT_BYTES
            self._keep(read, now_s if is_all else 0.0)
        os.eventfd_read(self._wake)

    def _keep(self, read: bytes, heard_s: float) -> None:
        with self._changed:
            if len(self._kept) + len(read) > self._most_bytes:
                self._kept = bytearray(_OVERFLOW)
            else:
                self._kept += read
            self._kept_s = self._kept_s or self._heard_s
            self._heard_s = max(self._heard_s, heard_s)
            self._is_reading = False
            self._changed.notify_all()
