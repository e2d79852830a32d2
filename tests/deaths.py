"""Processes that die in the middle of what they do, as by ``kill -9``, and what has them do it.

A frame on a process's standard input says what to do and when to die of it; it is answered with the exit code of the
fork that did it. A fork, because a new interpreter takes longer than all the rest. One that comes to no end tells where
it hangs, and is ended.
"""

import faulthandler
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from traceback import format_exc
from typing import Any, NoReturn

from vexgui.system.child import die_with_parent
from vexgui.system.frames import Frame, FrameError, read_frame, write_frame

ROOT = Path(__file__).parents[1]
_FINISHED = 77
"""What a process exits with that did its deed and lives."""
PATIENCE_S = 120.0
_LONGER_S = PATIENCE_S + 30.0
"""By then a fork that hangs has told where."""


def serve(do: Callable[[dict[str, Any]], None]) -> None:
    """Have forks of this process do what each frame asks for; one with ``after_s`` is killed after so many seconds."""
    die_with_parent()
    with suppress(FrameError):
        while True:
            given = read_frame(0).header
            pid = os.fork()
            if not pid:
                _die(do, given)
            if given.get("after_s"):
                time.sleep(given["after_s"])
                os.kill(pid, signal.SIGKILL)
            write_frame(1, Frame({"code": os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])}))


def _die(do: Callable[[dict[str, Any]], None], given: dict[str, Any]) -> NoReturn:
    die_with_parent()
    faulthandler.dump_traceback_later(PATIENCE_S, exit=True)
    try:
        do(given)
    except BaseException:  # noqa: BLE001 - told to the test
        os.write(2, f"{given}: {format_exc()}".encode())
        os._exit(1)
    os._exit(_FINISHED)


def told_of(function: Any, name: str, told: Callable[[str], None]) -> Any:
    """Return a function that tells before and after it does what another does."""

    def watched(*args: Any, **kwargs: Any) -> Any:
        told(f"before {name}")
        result = function(*args, **kwargs)
        told(f"after {name}")
        return result

    return watched


class Dying:
    """Has deeds done by processes that die of them."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        self._process = process

    def __call__(self, death: Any) -> bool:
        """Return whether the deed, a dataclass of what `serve` is given, was done to its end."""
        ask(self._process, asdict(death))
        code = told_by(self._process)["code"]
        assert code in (-signal.SIGKILL, _FINISHED), code
        return bool(code == _FINISHED)


@contextmanager
def dying(module: str) -> Iterator[Dying]:
    """Lend a process that runs a module which serves, and whose forks do deeds and die."""
    with forking(module) as process:
        yield Dying(process)


@contextmanager
def forking(module: str) -> Iterator["subprocess.Popen[bytes]"]:
    """Run a module whose forks do what it is asked for, until it is asked no more."""
    with subprocess.Popen(
        [sys.executable, "-m", module],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
    ) as process:
        try:
            yield process
            process.communicate(timeout=_LONGER_S)
        finally:
            process.kill()


def ask(process: "subprocess.Popen[bytes]", what: dict[str, Any]) -> None:
    """Send a question to a process, or to its fork."""
    assert process.stdin is not None
    write_frame(process.stdin.fileno(), Frame(what))


def told_by(process: "subprocess.Popen[bytes]") -> dict[str, Any]:
    """Return what a process says next, or its fork."""
    assert process.stdout is not None
    try:
        return read_frame(process.stdout.fileno(), _LONGER_S).header
    except TimeoutError:
        raise AssertionError("waited in vain until a fork answered or ended") from None
