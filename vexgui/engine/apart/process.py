"""Where the engine's process comes from: this one, in two, as long as it has neither threads nor a window."""

import logging
import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import NoReturn, Protocol

from vexgui.engine.apart.channel import Channel
from vexgui.engine.apart.proxy import EngineProxy
from vexgui.system.ending import EndSignals

_log = logging.getLogger(__name__)
_PATIENCE_S = 10.0
"""What works ends in some tenths of a second; what is frozen, or waits for a dead drive or screen, never."""
_DYING_S = 5.0
"""One that is not gone so long after it was killed hangs in the kernel, on a disk that does not answer."""
_LOOK_EVERY_S = 0.005

Serve = Callable[[Channel], None]
"""Serves the window at the other end until that closes the channel, or is gone."""


class Apart(Protocol):
    """Puts an engine apart from the window."""

    def __call__(self, serve: Serve, present: Callable[[str, bytes, str], None], ended: EndSignals) -> EngineProxy:
        """Have ``serve`` called apart.

        ``present`` brings the window to the front, see `EngineProxy`; ``ended`` are the signals that end the window.
        """
        ...


def forked(serve: Serve, present: Callable[[str, bytes, str], None], ended: EndSignals) -> EngineProxy:
    """Have another process serve, which begins as a copy of this one; only before there are threads.

    A copy has all that is loaded at once, and nothing of it needs to be told to it.
    """
    ours, theirs = socket.socketpair()
    process = os.fork()
    if process == 0:
        ours.close()
        _serve(serve, Channel(theirs), ended)
    theirs.close()

    return EngineProxy(Channel(ours), present, partial(_wait, process), _start_again)


def _wait(process: int) -> None:
    """Return when a process of ours has ended; kill one that does not, lest it should keep the profile for ever.

    A store survives that, as it survives a power cut. One that cannot be killed is left behind.
    """
    if _has_ended(process, _PATIENCE_S):
        return
    _log.error("the engine's process does not end, and is killed")
    os.kill(process, signal.SIGKILL)
    if not _has_ended(process, _DYING_S):
        _log.error("the engine's process hangs in the kernel, and is left behind")


def _has_ended(process: int, patience_s: float) -> bool:
    """Wait for a process of ours so long, and tell whether it has ended."""
    due_s = time.monotonic() + patience_s
    while os.waitpid(process, os.WNOHANG) == (0, 0):
        if time.monotonic() > due_s:
            return False
        time.sleep(_LOOK_EVERY_S)
    return True


def _serve(serve: Serve, channel: Channel, ended: EndSignals) -> NoReturn:
    """Serve, and end this process without what the one it is a copy of would do at its end.

    What ends a program from a terminal goes to both processes: the window decides what comes of it.
    """
    code = 1
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, lambda _number, _frame: channel.close())
        ended.hand_over(_PATIENCE_S)
        serve(channel)
        code = 0
    except BaseException:  # noqa: BLE001 - the top of a process
        _log.exception("the engine's process failed")
    finally:
        logging.shutdown()
        os._exit(code)


def _start_again() -> NoReturn:
    """Have this process begin anew, as it was started: a copy cannot be made any more where there is a window."""
    os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606 - our own command line
