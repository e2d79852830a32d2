"""A child process that answers one call at a time, and is started anew after it failed."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from vexgui.core.errors import ChildFailed
from vexgui.system.frames import Frame, FrameError, read_frame, write_frame

_PR_SET_PDEATHSIG = 1


class Child:
    """Runs ``python -m MODULE`` and exchanges frames with it over its standard input and output.

    Calls from several threads wait for each other. A child that dies, stalls or answers nonsense is killed, the
    call raises, and the next call starts a fresh one.

    Args:
        module: The module to run; its ``main`` calls `serve`.
        arguments: Command-line arguments for it.
        title: What to call it in messages, for example "the picture decoder".
    """

    def __init__(self, module: str, arguments: Sequence[str], title: str) -> None:
        self._command = [sys.executable, "-m", module, *arguments]
        self._title = title
        self._process: subprocess.Popen[bytes] | None = None
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

    def call(self, request: Frame, timeout_s: float) -> Frame:
        """Send a request and return the answer.

        Raises:
            ChildFailed: It cannot be started, died, took longer than ``timeout_s`` seconds, or answered nonsense.
        """
        with self._lock:
            if self._closed:
                raise ChildFailed(f"{self._title} has been stopped.")
            try:
                return self._exchange(request, timeout_s)
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

    def close(self) -> None:
        """End the process at once, also under a running call, which then raises; later calls raise too."""
        self._closed = True
        process = self._process
        if process is not None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
        with self._lock:
            self._kill()
        self._starter.shutdown()

    def _exchange(self, request: Frame, timeout_s: float) -> Frame:
        process = self._running()
        if self._closed:  # `close` came while it started and could not see it
            self._kill()
            raise ChildFailed(f"{self._title} has been stopped.")
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            write_frame(process.stdin.fileno(), request, timeout_s)
            return read_frame(process.stdout.fileno(), timeout_s)
        except TimeoutError as error:
            self._kill()
            raise ChildFailed(f"{self._title} took longer than {timeout_s:g} s.") from error
        except (FrameError, OSError) as error:
            raise ChildFailed(f"{self._title} {self._kill()}.") from error

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._kill()
            try:
                self._process = self._starter.submit(self._started).result()
            except OSError as error:
                raise ChildFailed(
                    f"{self._title} could not be started ({error.strerror}).",
                    "Close some programs and try again; if that does not help, install VexGUI again.",
                ) from error
        return self._process

    def _started(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # noqa: S603 - our own interpreter and module
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
            bufsize=0,
            start_new_session=True,
        )

    def _kill(self) -> str:
        """End the process and say how it had ended."""
        process, self._process = self._process, None
        if process is None:
            return "stopped"
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(0.2)
        ended = process.poll()
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        if ended is None:
            return "answered nonsense"
        if ended < 0:
            return f"was ended by signal {signal.Signals(-ended).name}"
        return f"ended with status {ended}"


def serve(handle: Callable[[Frame], Frame]) -> None:
    """Answer frames from standard input until it closes; what libraries print goes to standard error."""
    source = os.dup(0)
    sink = os.dup(1)
    os.dup2(2, 1)
    die_with_parent()
    while True:
        try:
            request = read_frame(source)
        except FrameError:
            return
        write_frame(sink, handle(request))


def die_with_parent() -> None:
    """Ask the kernel to end this process when its parent ends."""
    import ctypes

    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def lower_priority() -> None:
    """Run only when nothing else wants the processor: idle scheduling class, and nice 19 beside it."""
    with contextlib.suppress(OSError):
        os.nice(19)
    with contextlib.suppress(OSError):
        os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))
