"""What holds for all tests: how examples are drawn, that processes can be forked, and what is around them."""

import os
import signal
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.internal.conjecture import providers

# How long an example takes depends on what else the computer does, and is a matter for the benchmarks.
settings.register_profile("any", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True)
# A run that has passed passes again; others than the same examples are drawn with --hypothesis-profile=any.
settings.register_profile("same", parent=settings.get_profile("any"), derandomize=True)
settings.load_profile("same")
# Some tests fork. OpenBLAS waits at a fork until its threads have ended, for ever if they are just given work to do.
os.environ["OPENBLAS_NUM_THREADS"] = "1"  # none, then
_RUN = "VEXGUI_TEST_RUN"
"""Names the process that runs the tests, in the environment of all that they start."""


def pytest_configure() -> None:
    """Have tests speak to nobody's desktop, and the signals that end a program heeded, also by `nohup` or a service."""
    os.environ.setdefault(_RUN, str(os.getpid()))
    # A bus that does not answer would have Qt wait for ever.
    os.environ["DBUS_SESSION_BUS_ADDRESS"] = "unix:path=/nowhere/bus"
    ending = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, ending)
    for number in ending:
        if signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)


def pytest_sessionstart() -> None:
    """Have the same examples drawn in every run: Hypothesis mixes in numbers and texts of the modules loaded so far.

    Which those are depends on the tests that a process ran before.
    """
    if settings().derandomize:
        nothing = providers.Constants()
        providers._get_local_constants = lambda: nothing


def pytest_unconfigure() -> None:
    """End what is left of tests that hung: it has the output of this run, which would not come to its end."""
    if os.environ.get(_RUN) != str(os.getpid()):
        return
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it has ended, or is somebody else's
            around = (folder / "environ").read_bytes().split(b"\0")
            if f"{_RUN}={os.getpid()}".encode() in around and folder.name != str(os.getpid()):
                os.kill(int(folder.name), signal.SIGKILL)


@pytest.fixture
def disk_has_room(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have thumbnails kept however full the disk is that tests write to."""
    monkeypatch.setattr("vexgui.system.thumbnails._LEAST_FREE", 0)
