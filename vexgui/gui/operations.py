"""Calls to the engine on worker threads, whose answers come back as calls on the window's thread."""

import itertools
import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from enum import Enum
from threading import Event as Flag
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from vexgui.core.errors import VexError

_log = logging.getLogger(__name__)
_T = TypeVar("_T")


class Lane(Enum):
    """Calls of one lane wait for each other only, never for another lane's; the value is the lane's threads."""

    NAMES = ("names", 1)
    MEANING = ("meaning", 2)
    DETAILS = ("details", 1)
    ERRANDS = ("errands", 3)
    MODELS = ("models", 3)
    INDEXING = ("indexing", 1)


class OurMistake(VexError):
    """A call failed in a way that nobody foresaw."""


@dataclass(frozen=True, slots=True)
class _Running:
    future: Future[None]
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
        self._pools = {
            lane: ThreadPoolExecutor(lane.value[1], thread_name_prefix=f"vexgui-{lane.value[0]}") for lane in Lane
        }
        self._running: dict[int, _Running] = {}
        self._futures: set[Future[None]] = set()
        self._numbers = itertools.count(1)
        self._closed = False
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

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
        future = self._pools[lane].submit(self._run, number, call, stop)
        self._running[number] = _Running(future, stop, done, failed or self.trouble.emit)
        self._futures.add(future)
        future.add_done_callback(self._futures.discard)
        return number

    def cancel(self, number: int) -> None:
        """Forget an operation: it is not begun, or told to stop, and its answer is dropped."""
        running = self._running.pop(number, None)
        if running is not None:
            running.stop.set()
            running.future.cancel()

    @property
    def busy(self) -> bool:
        """Whether any operation has not answered yet."""
        return bool(self._running)

    def abandon(self) -> None:
        """Cancel everything and start nothing more, without waiting."""
        self._closed = True
        for number in tuple(self._running):
            self.cancel(number)

    def wait(self, timeout_s: float) -> None:
        """Wait at most so long for calls that are being made."""
        wait(tuple(self._futures), timeout_s)

    def close(self) -> None:
        """Cancel everything and wait until the threads have ended."""
        self.abandon()
        for pool in self._pools.values():
            pool.shutdown(wait=True, cancel_futures=True)

    def _run(self, number: int, call: Callable[[Flag], object], stop: Flag) -> None:
        """Run on the worker thread."""
        try:
            self._finished.emit(number, call(stop), None)
        except VexError as error:
            self._finished.emit(number, None, error)
        except Exception as error:  # noqa: BLE001 - the top of a worker thread
            _log.exception("an operation failed")
            mistake = OurMistake(f"Something went wrong inside VexGUI: {error}.", "The log has the details.")
            self._finished.emit(number, None, mistake)

    @Slot(int, object, object)
    def _deliver(self, number: int, answer: object, error: VexError | None) -> None:
        running = self._running.pop(number, None)
        if running is None:
            return
        if error is None:
            running.done(answer)
        else:
            running.failed(error)
