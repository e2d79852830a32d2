"""A window for tests: it has an engine's process, gets signals, and takes them or never comes to that."""

import os
import signal
import sys
import time

from typing_extensions import override

from tests.waiting import PATIENCE_S
from vexgui.system.ending import EndSignals

_HANGS_S = PATIENCE_S / 2


class Meeting(EndSignals):
    """Lets the window take a signal just before it is looked, for the first time, whether one waits."""

    def __init__(self) -> None:
        self._asked, self._asking = os.pipe()
        self._taken, self._taking = os.pipe()
        self._has_met = False

    def take_when_asked(self) -> None:
        """Take the first signal."""
        os.read(self._asked, 1)
        self.take()
        os.write(self._taking, b".")

    @property
    @override
    def waiting(self) -> bool:
        if not self._has_met:
            self._has_met = True
            os.write(self._asking, b".")
            os.read(self._taken, 1)
        return super().waiting


def window(ended: EndSignals, patience_s: float) -> None:
    """Have an engine's process, and get a signal."""
    heard, told = os.pipe()
    if os.fork() == 0:
        ended.hand_over(patience_s)
        os.write(told, b".")
        time.sleep(_HANGS_S)
        os._exit(0)
    os.close(told)
    assert os.read(heard, 1), "there is no engine"
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["takes it"]:
            with EndSignals() as signals:
                window(signals, 5.0)
                signals.take()
                time.sleep(5.5)
        case ["never takes it"]:
            with EndSignals() as signals:
                window(signals, 0.1)
                time.sleep(_HANGS_S)
        case ["takes one and never another"]:
            with Meeting() as meeting:
                window(meeting, 0.1)
                meeting.take_when_asked()
                os.kill(os.getpid(), signal.SIGTERM)
                time.sleep(_HANGS_S)
