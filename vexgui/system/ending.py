"""What ends a program from outside: Ctrl+C, the terminal that closes, the session that ends."""

import os
import select
import signal
import socket
import threading
import time
from contextlib import suppress
from types import FrameType
from typing import Self

_ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_MANY = 64


class EndSignals:
    """Keeps the signals that end a program until somebody acts on them, but for those to be ignored (`nohup`).

    Python writes a byte to a socket for each, whatever code is running: so one that comes while the program starts is
    still there when there is something that can be ended. Used as a context, on the main thread.
    """

    def __enter__(self) -> Self:
        self._reading, self._writing = socket.socketpair()
        self._reading.setblocking(False)  # noqa: FBT003 - the socket's own signature
        self._writing.setblocking(False)  # noqa: FBT003
        self._waker = signal.set_wakeup_fd(self._writing.fileno(), warn_on_full_buffer=False)
        heeded = [number for number in _ENDING if signal.getsignal(number) is not signal.SIG_IGN]
        self._before = {number: signal.signal(number, _received) for number in heeded}
        return self

    def __exit__(self, *exception: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._waker)
        self._reading.close()
        self._writing.close()

    @property
    def descriptor(self) -> int:
        """What can be read as long as a signal waits to be taken."""
        return self._reading.fileno()

    @property
    def waiting(self) -> bool:
        """Whether a signal waits to be taken."""
        with suppress(BlockingIOError):
            return bool(self._reading.recv(1, socket.MSG_PEEK))
        return False

    def take(self) -> None:
        """Forget the signals that have come: they are acted on."""
        with suppress(BlockingIOError):
            self._reading.recv(_MANY)

    def hand_over(self, patience_s: float) -> None:
        """Keep them for the parent, in a process that was forked; kill the parent when it takes one as late as that.

        Its main thread may wait for a screen that does not answer, inside of Qt, where nothing of Python's runs.
        """
        signal.set_wakeup_fd(-1)
        self._writing.close()
        threading.Thread(target=self._watch, args=(os.getppid(), patience_s), name="vexgui-end", daemon=True).start()

    def _watch(self, parent: int, patience_s: float) -> None:
        poll = select.poll()
        poll.register(self._reading, select.POLLIN)
        while not any(events & select.POLLHUP for _, events in poll.poll()):  # which says that the parent has ended
            time.sleep(patience_s)
            if self.waiting and os.getppid() == parent:
                os.kill(parent, signal.SIGKILL)
                return


def _received(_number: int, _frame: FrameType | None) -> None:
    """Do nothing: Python has written the byte."""
