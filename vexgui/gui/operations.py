"""Calls to engine and disk on worker threads, whose answers come back as calls on the window's thread."""

import itertools
import logging
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from functools import partial
from threading import Condition
from threading import Event as Flag
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from vexgui.core.errors import VexError
from vexgui.gui.language import tr, translated_error
from vexgui.gui.workers import Outlet, Workers, close

_log = logging.getLogger(__name__)
_T = TypeVar("_T")
_PATIENCE_S = 5.0
"""So long threads are waited for in the end: more than an engine that closes takes, but a disk may never answer."""


class Lane(Enum):
    """Calls of one lane wait for each other only, never for another lane's; the value is the lane's threads.

    What a disk is asked from here, which may never answer, is not among what the engine is asked.
    """

    NAMES = ("names", 1)
    MEANING = ("meaning", 2)
    PAGES = ("pages", 1)
    DETAILS = ("details", 1)
    PREVIEW = ("preview", 2)
    ERRANDS = ("errands", 3)
    SETTINGS = ("settings", 1)
    DISK = ("disk", 3)
    MODELS = ("models", 3)
    INDEXING = ("indexing", 3)
    LOOKING = ("looking", 2)


class OurMistake(VexError):
    """Something failed in a way that nobody foresaw."""

    def __init__(self, error: BaseException) -> None:
        told = tr("Something went wrong inside VexGUI: {error}.")
        super().__init__(told.format(error=error), tr("The log has the details."))


@dataclass(frozen=True, slots=True)
class _Running:
    stop: Flag
    done: Callable[[Any], None]
    failed: Callable[[VexError], None]


class Operations(QObject):
    """Starts calls on worker threads and hands their outcome to the window's thread.

    Signals:
        trouble: An error that no one asked to be told about.
    """

    trouble = Signal(object)
    _finished = Signal(int, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workers = {lane: Workers(f"vexgui-{lane.value[0]}", lane.value[1]) for lane in Lane}
        self._running: dict[int, _Running] = {}
        self._calls = 0
        self._ended = Condition()
        self._numbers = itertools.count(1)
        self._closed = False
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._outlet = Outlet(self._finished.emit)

    def start(
        self,
        lane: Lane,
        call: Callable[[Flag], _T],
        done: Callable[[_T], None],
        failed: Callable[[VexError], None] | None = None,
    ) -> int:
        """Call ``call`` on a worker thread, then ``done`` or ``failed`` on this one; return the operation's number.

        ``call`` is given a flag that `cancel` sets; without ``failed`` an error goes out as `trouble`.
        """
        number = next(self._numbers)
        if self._closed:
            return number
        stop = Flag()
        self._running[number] = _Running(stop, done, failed or self.trouble.emit)
        self._workers[lane].add(partial(self._run, number, call, stop))
        return number

    def cancel(self, number: int) -> None:
        """Forget an operation: it is not begun, or told to stop, and its answer is dropped."""
        running = self._running.pop(number, None)
        if running is not None:
            running.stop.set()

    @property
    def busy(self) -> bool:
        """Whether any operation has not answered yet."""
        return bool(self._running)

    def abandon(self) -> None:
        """Cancel everything and start nothing more, without waiting."""
        self._closed = True
        self._outlet.close()
        for number in tuple(self._running):
            self.cancel(number)

    def wait(self, timeout_s: float) -> None:
        """Wait at most so long for calls that are being made."""
        with self._ended:
            self._ended.wait_for(lambda: not self._calls, timeout_s)

    def close(self, timeout_s: float = _PATIENCE_S) -> None:
        """Cancel everything and wait until the threads have ended, but for those that do not."""
        self.abandon()
        close(self._workers.values(), timeout_s)

    def _run(self, number: int, call: Callable[[Flag], object], stop: Flag) -> None:
        """Run on the worker thread."""
        with self._ended:
            if stop.is_set():
                return
            self._calls += 1
        try:
            self._outlet.put(number, call(stop), None)
        except VexError as error:
            self._outlet.put(number, None, error)
        except Exception as error:  # noqa: BLE001 - the top of a worker thread
            _log.exception("an operation failed")
            self._outlet.put(number, None, OurMistake(error))
        finally:
            with self._ended:
                self._calls -= 1
                self._ended.notify_all()

    @Slot(int, object, object)
    def _deliver(self, number: int, answer: object, error: VexError | None) -> None:
        running = self._running.pop(number, None)
        if running is None:
            return
        if error is None:
            running.done(answer)
        else:
            running.failed(translated_error(error))
