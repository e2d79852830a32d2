"""Waiting for other programs and threads, never without end: what does not come fails the test by name."""

import contextlib
import os
import select
import subprocess
import threading
import time
from collections.abc import Callable, Iterable
from typing import IO

PATIENCE_S = 120.0
"""Long for a busy computer, and shorter than a test may take in all: see ``faulthandler_timeout`` in pyproject.toml."""
_LOOK_MS = 20


def next_line(
    pipe: IO[bytes] | None, what: str, patience_s: float = PATIENCE_S, meanwhile: Callable[[], object] = lambda: None
) -> str:
    """Return the next line that a program writes, "" at its end.

    Args:
        pipe: Where it comes. What Python has buffered of it is not seen: other lines are read by this, too.
        what: What the program is waited for, for the message.
        patience_s: So long.
        meanwhile: Is done again and again until something comes.
    """
    assert pipe is not None
    line, due_s = b"", time.monotonic() + patience_s
    poll = select.poll()
    poll.register(pipe, select.POLLIN)
    while not line.endswith(b"\n"):
        if not poll.poll(_LOOK_MS):
            assert time.monotonic() < due_s, f"waited in vain until {what}; so far there is {line!r}"
            meanwhile()
            continue
        byte = os.read(pipe.fileno(), 1)  # one by one, so that the next line stays in the pipe
        if not byte:
            break
        line += byte
    return line.decode()


def output_of(
    process: "subprocess.Popen[bytes]", what: str, patience_s: float = PATIENCE_S, given: bytes = b""
) -> tuple[bytes, bytes]:
    """Return what a program has still to say once it has ended, and all that hold its output.

    Args:
        process: The program.
        what: What it is waited for, for the message.
        patience_s: So long.
        given: Its input, which ends then.
    """
    try:
        out, err = process.communicate(given, timeout=patience_s)
    except subprocess.TimeoutExpired as error:
        state = "it runs" if process.poll() is None else "something that it started has its output"
        said = f"{error.stdout!r}, {error.stderr!r}"
        raise AssertionError(f"waited in vain until {what}: {state}; so far it has said {said}") from None
    return out or b"", err or b""


def put_down(processes: "Iterable[subprocess.Popen[bytes]]", patience_s: float = PATIENCE_S) -> None:
    """Kill programs that a test leaves, and let go of them; what they started may live on and keep their output."""
    for process in processes:
        process.kill()
        process.wait(patience_s)
        for stream in (process.stdin, process.stdout, process.stderr):
            if stream is not None:
                with contextlib.suppress(BrokenPipeError):  # what was to be written to it
                    stream.close()


def joined(thread: threading.Thread, patience_s: float = PATIENCE_S) -> None:
    """Return when a thread has ended."""
    thread.join(patience_s)
    assert not thread.is_alive(), f"waited in vain until {thread.name} ended"


def until(fact: Callable[[], bool], what: str, patience_s: float = PATIENCE_S) -> None:
    """Wait for something that nobody tells of.

    Args:
        fact: Whether it is so.
        what: What it is, for the message.
        patience_s: So long.
    """
    due_s = time.monotonic() + patience_s
    while not fact():
        assert time.monotonic() < due_s, f"waited in vain until {what}"
        time.sleep(_LOOK_MS / 1000)
