"""Chores that an open engine does now and then, in a thread of their own."""

import logging
import threading
from collections.abc import Callable, Sequence

from vexgui.core.errors import VexError
from vexgui.core.events import Activity, Event, Progress

_log = logging.getLogger(__name__)


class Housekeeper:
    """Does its chores one after the other, until it is closed; what fails is tried again next time.

    A round begins when something has happened, when a chore has more to do, or after a long while. In between nothing
    wakes the computer.

    Args:
        chores: What is done; each tells whether it has more to do, though nothing else may happen.
        every_s: Seconds between one round and the next, at least.
        quiet_s: Seconds after which there is one though nothing has happened.
    """

    def __init__(self, chores: Sequence[Callable[[], bool]], every_s: float, quiet_s: float) -> None:
        self._chores = tuple(chores)
        self._every_s = every_s
        self._quiet_s = quiet_s
        self._closing = threading.Event()
        self._due = threading.Event()
        self._due.set()
        self._thread = threading.Thread(target=self._run, name="vexgui-housekeeping", daemon=True)
        self._thread.start()

    def nudge(self) -> None:
        """Have a round begin soon."""
        self._due.set()

    def hear(self, event: Event) -> None:
        """Have a round begin after an event: but for work that goes on, each may leave something to be done."""
        if not isinstance(event, Progress) or event.activity is Activity.IDLE:
            self.nudge()

    def stop(self) -> None:
        """Begin no further chore."""
        self._closing.set()
        self._due.set()

    def close(self) -> None:
        """Wait until the chore in hand is done."""
        self.stop()
        self._thread.join()

    def _run(self) -> None:
        while not self._closing.wait(self._every_s):
            self._due.wait(self._quiet_s)
            self._due.clear()
            for chore in self._chores:
                if self._closing.is_set():
                    return
                if self._done(chore):
                    self._due.set()

    def _done(self, chore: Callable[[], bool]) -> bool:
        """Do a chore, and tell whether it has more to do; one that failed has."""
        try:
            return chore()
        except VexError:
            _log.warning("A chore failed", exc_info=True)
        except Exception:  # noqa: BLE001 - the thread's edge: the other chores must go on
            _log.exception("A chore failed")
        return True
