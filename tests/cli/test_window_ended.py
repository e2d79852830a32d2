"""A window that is ended while it starts leaves no process, and no profile that is owned."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from itertools import product
from pathlib import Path

import pytest

import vexgui
from tests.cli.ended_program import MOMENTS
from tests.waiting import PATIENCE_S, output_of, put_down
from vexgui.system.lock import WriterLock

ROOT = Path(vexgui.__file__).parents[1]
_SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
_ALL = list(product(MOMENTS, _SIGNALS, ("window", "all")))
_SAMPLE = _ALL[::7]
"""Each moment and each signal."""

Start = Callable[[Sequence[object]], subprocess.Popen[bytes]]


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    return tmp_path / "p"


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Return a function that starts a program in a session of its own; nothing of it may be left at the end."""
    environment = {
        **os.environ, "PYTHONPATH": os.fspath(ROOT), "QT_QPA_PLATFORM": "offscreen", "HOME": os.fspath(tmp_path)
    }  # fmt: skip
    started: list[subprocess.Popen[bytes]] = []

    def begin(command: Sequence[object]) -> subprocess.Popen[bytes]:
        started.append(
            subprocess.Popen(
                [sys.executable, "-m", *map(str, command)],
                env=environment,
                stderr=subprocess.PIPE,
                start_new_session=True,
            )
        )
        return started[-1]

    yield begin
    left = [process.pid for process in started if _is_killed(process.pid)]
    put_down(started)
    assert left == []


def _is_killed(session: int) -> bool:
    """Kill what there is of a session, and tell whether there was anything."""
    with suppress(ProcessLookupError):
        os.killpg(session, signal.SIGKILL)
        return True
    return False


def ended(process: subprocess.Popen[bytes], profile: Path) -> tuple[int, bytes]:
    """Wait until the program has ended, see that the profile is free, and return the exit code and what was said."""
    _, said = output_of(process, "the program has ended")
    lock = profile / "data" / "lock"
    if lock.parent.exists():
        with WriterLock(os.fsencode(lock)) as taken:
            assert taken.acquire()
    return process.returncode, said


def at_each(moments: Sequence[tuple[str, signal.Signals, str]]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(("moment", "number", "who"), moments)


@at_each(_SAMPLE)
def test_a_signal_ends_the_window_in_good_order_at_some_moments(
    start: Start, profile: Path, moment: str, number: signal.Signals, who: str
) -> None:
    process = start(["tests.cli.ended_program", profile, moment, int(number), who])
    code, said = ended(process, profile)
    assert (code, b"vexgui" in said) == (0, False)


@pytest.mark.slow
@at_each([each for each in _ALL if each not in _SAMPLE])
def test_a_signal_ends_the_window_in_good_order_at_any_moment(
    start: Start, profile: Path, moment: str, number: signal.Signals, who: str
) -> None:
    assert ended(start(["tests.cli.ended_program", profile, moment, int(number), who]), profile)[0] == 0


@pytest.mark.slow
@pytest.mark.parametrize("after_ms", range(0, 1000, 20))
def test_before_there_is_something_to_end_the_signal_ends_the_program_itself(
    start: Start, profile: Path, after_ms: int
) -> None:
    process = start(["vexgui", "--profile", profile, "gui"])
    time.sleep(after_ms / 1000)
    process.terminate()
    assert ended(process, profile)[0] in {0, -signal.SIGTERM}


_INTERRUPTED = """
import os, signal, sys
from vexgui.__main__ import main

class Finder:
    def find_spec(name, *_):
        if name == "vexgui.app":
            os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, Finder)
main()
"""


def test_an_interrupt_while_the_program_is_loaded_ends_it_without_a_word() -> None:
    ended = subprocess.run([sys.executable, "-c", _INTERRUPTED], capture_output=True, timeout=PATIENCE_S, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (1, b"", b"")
