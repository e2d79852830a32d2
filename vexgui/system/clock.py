"""Whether the computer slept, or its clock was set: what happened on its disks meanwhile was told to nobody."""

import ctypes
import errno
import os
import struct
import time

_libc = ctypes.CDLL(None, use_errno=True)
# linux/timerfd.h; see timerfd_create(2) for what TFD_TIMER_CANCEL_ON_SET does
_TFD_TIMER_ABSTIME = 1
_TFD_TIMER_CANCEL_ON_SET = 2
_NEVER = struct.pack("qqqq", 0, 0, 1 << 40, 0)  # struct itimerspec: no interval, and the year 36,812
_SLEPT_S = 2.0


class Clock:
    """Notices that the computer slept or that its clock was set; safe to use from one thread.

    A timer that never ends is cancelled by the kernel at either, so that nobody has to look at the time now and then.
    A kernel before 5.14 does not so after sleep: that is noticed at the next look, by the clock that counts sleep.
    """

    def __init__(self) -> None:
        self._descriptor = int(_libc.timerfd_create(time.CLOCK_REALTIME, os.O_CLOEXEC | os.O_NONBLOCK))
        if self._descriptor < 0:
            code = ctypes.get_errno()
            raise OSError(code, os.strerror(code))
        self._asleep_s = _asleep_s()
        self._arm()

    def fileno(self) -> int:
        """Return a descriptor to poll for `select.POLLIN`: it is ready when there may be a jump."""
        return self._descriptor

    def close(self) -> None:
        """Let the timer go."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

    def jumped(self) -> bool:
        """Tell whether the computer slept or its clock was set since the last call."""
        asleep_s = _asleep_s()
        slept = asleep_s - self._asleep_s > _SLEPT_S
        self._asleep_s = asleep_s
        return self._was_cancelled() or slept

    def _was_cancelled(self) -> bool:
        try:
            os.read(self._descriptor, 8)
        except BlockingIOError:
            return False
        except OSError as error:
            if error.errno != errno.ECANCELED:
                raise
        self._arm()
        return True

    def _arm(self) -> None:
        flags = _TFD_TIMER_ABSTIME | _TFD_TIMER_CANCEL_ON_SET
        if _libc.timerfd_settime(self._descriptor, flags, _NEVER, None) != 0:
            code = ctypes.get_errno()
            raise OSError(code, os.strerror(code))


def _asleep_s() -> float:
    """Return for how long the computer has slept since it was started."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) - time.clock_gettime(time.CLOCK_MONOTONIC)


def boot_id() -> str:
    """Return what names this start of the computer; "" where the kernel does not say."""
    try:
        with open("/proc/sys/kernel/random/boot_id", encoding="ascii") as file:
            return file.read().strip()
    except OSError:
        return ""
