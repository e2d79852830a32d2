"""Processes that die in the middle of what they do, as by ``kill -9``, and what has them do it.

A line of JSON on a process's standard input says what to do and when to die of it; it is answered with the exit code of
the fork that did it. A fork, because a new interpreter takes longer than all the rest.
"""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
_FINISHED = 77
"""What a process exits with that did its deed and lives."""


def serve(do: Callable[[dict[str, Any]], None]) -> None:
    """Have forks of this process do what each line asks for; one with ``after_s`` is killed after so many seconds."""
    for line in sys.stdin:
        given = json.loads(line)
        pid = os.fork()
        if not pid:
            try:
                do(given)
            except BaseException as error:  # noqa: BLE001 - told to the test
                os.write(2, f"{given}: {error!r}\n".encode())
                os._exit(1)
            os._exit(_FINISHED)
        if given.get("after_s"):
            time.sleep(given["after_s"])
            os.kill(pid, signal.SIGKILL)
        code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        print(json.dumps(code), flush=True)


class Dying:
    """Has deeds done by processes that die of them."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def __call__(self, death: Any) -> bool:
        """Return whether the deed, a dataclass of what `serve` is given, was done to its end."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(asdict(death)) + "\n")
        self._process.stdin.flush()
        code = json.loads(self._process.stdout.readline())
        assert code in (-signal.SIGKILL, _FINISHED), code
        return bool(code == _FINISHED)


@contextmanager
def dying(module: str) -> Iterator[Dying]:
    """Lend a process that runs a module which serves, and whose forks do deeds and die."""
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    process = subprocess.Popen(
        [sys.executable, "-m", module],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=environment,
    )
    try:
        yield Dying(process)
    finally:
        with suppress(OSError):
            process.communicate()
