"""Chores that an open engine does now and then, in a thread of their own."""

import logging
import threading
from collections.abc import Callable, Sequence

from vexgui.core.errors import VexError

_log = logging.getLogger(__name__)


class Housekeeper:
    """Does its chores one after the other, again and again, until it is closed; what fails is tried again next time.

    Args:
        chores: What is done.
        every_s: Seconds between one round and the next.
    """

    def __init__(self, chores: Sequence[Callable[[], None]], every_s: float) -> None:
        self._chores = tuple(chores)
        self._every_s = every_s
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name="vexgui-housekeeping", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Begin no further chore."""
        self._closing.set()

    def close(self) -> None:
        """Wait until the chore in hand is done."""
        self.stop()
        self._thread.join()

    def _run(self) -> None:
        while not self._closing.wait(self._every_s):
            for chore in self._chores:
                if self._closing.is_set():
                    return
                try:
                    chore()
                except VexError:
                    _log.warning("A chore failed", exc_info=True)
                except Exception:  # noqa: BLE001 - the thread's edge: the other chores must go on
                    _log.exception("A chore failed")
