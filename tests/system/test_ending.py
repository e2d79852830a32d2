"""What ends a program is kept until somebody acts on it, and is inherited by nobody."""

import os
import select
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from tests.waiting import PATIENCE_S
from vexgui.system.ending import EndSignals

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_TOP = Path(__file__).parents[2]


@pytest.mark.parametrize("number", _SIGNALS)
def test_a_signal_waits_until_it_is_taken(number: signal.Signals) -> None:
    with EndSignals() as ended:
        assert not ended.waiting
        os.kill(os.getpid(), number)
        assert ended.waiting
        assert select.select([ended.descriptor], [], [], 0)[0]
        ended.take()
        assert not ended.waiting


def test_handlers_come_back() -> None:
    before = [signal.getsignal(number) for number in _SIGNALS]
    with EndSignals():
        pass
    assert [signal.getsignal(number) for number in _SIGNALS] == before


def test_what_nohup_ignores_stays_ignored() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with EndSignals() as ended:
            os.kill(os.getpid(), signal.SIGHUP)
            assert not ended.waiting
            assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, before)


def test_programs_that_are_started_inherit_nothing_of_it() -> None:
    def masks() -> list[str]:
        told = subprocess.run(["cat", "/proc/self/status"], capture_output=True, text=True, check=True).stdout
        return [line for line in told.splitlines() if line.startswith(("SigBlk", "SigIgn"))]

    before = masks()
    with EndSignals():
        assert masks() == before


@pytest.mark.parametrize(
    ("manner", "ended_by"),
    [("takes it", 0), ("never takes it", -signal.SIGKILL), ("takes one and never another", -signal.SIGKILL)],
)
def test_a_window_that_does_not_come_to_take_one_is_killed(manner: str, ended_by: int) -> None:
    # Not a fork of this process: it has threads, and OpenBLAS waits for its own for ever if they are busy at a fork.
    command = [sys.executable, "-m", "tests.system.hung_window", manner]
    with subprocess.Popen(command, cwd=_TOP, start_new_session=True) as window:
        try:
            assert window.wait(PATIENCE_S) == ended_by
        finally:
            with suppress(ProcessLookupError):
                os.killpg(window.pid, signal.SIGKILL)  # and its engine
