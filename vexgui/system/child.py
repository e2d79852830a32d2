"""A child process that answers one call at a time, and is started anew after it failed."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from vexgui.core.errors import ChildFailed
from vexgui.system.frames import OUR_OWN, Bounds, Frame, FrameError, HungUp, read_frame, write_frame

_PR_SET_PDEATHSIG = 1

_LAST_WORDS_S = 0.2
"""A process that answered nonsense has so long to end by itself, so that it can be told how it did."""
_ENDING_S = 5.0
"""One that closed the channel is about to end, and has so long: it may run only when nothing else wants to."""
_DYING_S = 2.0
"""One that is not gone so long after it was killed hangs in the kernel, on a disk that does not answer."""
_MOST_ABANDONED = 4
"""So many of those are left behind before no more are started."""

Send = Callable[[int, Frame, float | None], None]
"""How a request gets to the process: `write_frame`, or something that does so in its place."""


class Child:
    """Runs ``python -m MODULE`` and exchanges frames with it over a socket, its standard input and output.

    Calls from several threads wait for each other. A child that dies, stalls or answers nonsense is killed, the
    call raises, and the next call starts a fresh one. A process that cannot be killed, because it hangs in the kernel,
    is left behind. Open files go to a child, and never come from one.

    Args:
        module: The module to run; its ``main`` calls `serve`.
        arguments: Command-line arguments for it.
        title: What to call it in messages, for example "the picture decoder".
        bounds: How much an answer may bring.
    """

    def __init__(self, module: str, arguments: Sequence[str], title: str, bounds: Bounds = OUR_OWN) -> None:
        # -P: else a module in the folder that the program happens to be started in would be run in place of a library.
        self._command = [sys.executable, "-P", "-m", module, *arguments]
        self._title = title
        self._bounds = bounds
        self._process: subprocess.Popen[bytes] | None = None
        self._channel: socket.socket | None = None
        self._abandoned: list[subprocess.Popen[bytes]] = []
        # The kernel takes the end of the thread that started a child for its parent's death: see PR_SET_PDEATHSIG in
        # prctl(2). So one thread that stays starts them all.
        self._starter = ThreadPoolExecutor(1, thread_name_prefix="starter")
        self._lock = threading.Lock()
        self._closed = False
        self._used_s = time.monotonic()

    @property
    def idle_s(self) -> float:
        """Seconds since the last call ended; none while one is under way."""
        return 0.0 if self._lock.locked() else time.monotonic() - self._used_s

    def call(self, request: Frame, timeout_s: float, send: Send = write_frame) -> Frame:
        """Send a request and return the answer.

        Args:
            request: What is asked.
            timeout_s: The child has so long to take the request, and so long to answer.
            send: Sends the request; what it raises but for `TimeoutError`, `FrameError` and `OSError` is passed on.

        Raises:
            ChildFailed: It cannot be started, died, took longer than ``timeout_s`` seconds, or answered nonsense.
        """
        with self._lock:
            if self._closed:
                raise ChildFailed(f"{self._title} has been stopped.")
            try:
                return self._exchange(request, timeout_s, send)
            finally:
                self._used_s = time.monotonic()

    def unload(self) -> bool:
        """End the process unless it is being called, and tell which; the next call starts it again."""
        if not self._lock.acquire(blocking=False):
            return False
        try:
            self._kill()
        finally:
            self._lock.release()
        return True

    def unload_idle(self, idle_s: float) -> bool:
        """End the process if it was not called for so many seconds, and tell whether there is one still."""
        if self._lock.locked():
            return True
        if self._process is not None and self.idle_s >= idle_s:
            self.unload()
        return self._process is not None

    def close(self) -> None:
        """End the process at once, also under a running call, which then raises; later calls raise too."""
        self._closed = True
        process, channel = self._process, self._channel
        if process is not None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
        if channel is not None:
            with contextlib.suppress(OSError):
                channel.shutdown(socket.SHUT_RDWR)  # wakes the call also where the process does not die
        with self._lock:
            self._kill()
        self._starter.shutdown()

    def _exchange(self, request: Frame, timeout_s: float, send: Send) -> Frame:
        channel = self._running()
        if self._closed:  # `close` came while it started and could not see it
            self._kill()
            raise ChildFailed(f"{self._title} has been stopped.")
        try:
            send(channel.fileno(), request, timeout_s)
            return read_frame(channel.fileno(), timeout_s, bounds=self._bounds)
        except TimeoutError as error:
            self._kill()
            raise ChildFailed(f"{self._title} took longer than {timeout_s:g} s.") from error
        except (HungUp, ConnectionError) as error:
            raise ChildFailed(self._last_words(_ENDING_S)) from error
        except (FrameError, OSError) as error:
            raise ChildFailed(self._last_words(_LAST_WORDS_S)) from error

    def _running(self) -> socket.socket:
        """Return the channel to the process, which is started if it does not run."""
        if self._process is None or self._channel is None or self._process.poll() is not None:
            self._kill()
            self._abandoned = [process for process in self._abandoned if process.poll() is None]
            if len(self._abandoned) >= _MOST_ABANDONED:
                raise ChildFailed(
                    f"{self._title} hangs in the kernel.",
                    "A disk or a server does not answer: unmount it, or wait until it does.",
                )
            try:
                self._process, self._channel = self._starter.submit(self._started).result()
            except OSError as error:
                raise ChildFailed(
                    f"{self._title} could not be started ({error.strerror}).",
                    "Close some programs and try again; if that does not help, install VexGUI again.",
                ) from error
        return self._channel

    def _started(self) -> tuple[subprocess.Popen[bytes], socket.socket]:
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
                    self._command,
                    stdin=theirs.fileno(),
                    stdout=theirs.fileno(),
                    stderr=subprocess.DEVNULL,
                    env={**os.environ, "PYTHONUNBUFFERED": "1"},
                    start_new_session=True,
                )
            except OSError:
                ours.close()
                raise
        return process, ours

    def _last_words(self, patience_s: float) -> str:
        """End the process if it has not in so long, and say how it had ended."""
        process = self._process
        if process is None:
            return f"{self._title} stopped."
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(patience_s)
        ended = process.poll()
        self._kill()
        if ended is None:
            return f"{self._title} answered nonsense."
        if ended == -signal.SIGXCPU:
            return f"{self._title} used up its processor time."
        if ended < 0:
            return f"{self._title} was ended by signal {signal.Signals(-ended).name}."
        return f"{self._title} ended with status {ended}."

    def _kill(self) -> None:
        """End the process, or leave it behind where it cannot be ended."""
        process, self._process = self._process, None
        channel, self._channel = self._channel, None
        if channel is not None:
            channel.close()
        if process is None:
            return
        process.kill()
        try:
            process.wait(_DYING_S)
        except subprocess.TimeoutExpired:
            self._abandoned.append(process)
            # One that runs only when nothing else wants the processor takes its time to die, too: it is waited for
            # until it has, whatever becomes of this object.
            threading.Thread(target=process.wait, name="vexgui-dying", daemon=True).start()


def serve(handle: Callable[[Frame], Frame]) -> None:
    """Answer frames from standard input until it closes; what libraries print goes to standard error.

    An open file that comes with a frame is closed once that is answered.
    """
    source = os.dup(0)
    sink = os.dup(1)
    os.dup2(2, 1)
    die_with_parent()
    while True:
        try:
            request = read_frame(source, most_files=1)
        except (FrameError, ConnectionError):
            return
        try:
            answer = handle(request)
        finally:
            for file in request.files:
                os.close(file)
        write_frame(sink, answer)


def die_with_parent() -> None:
    """Ask the kernel to end this process when its parent ends."""
    import ctypes

    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
