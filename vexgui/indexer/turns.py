"""The thread that gives files their vectors, a turn at a time, so that nothing but this waits for a model."""

import threading
import time
from collections.abc import Callable
from dataclasses import replace

from vexgui.core.events import Activity, Progress
from vexgui.indexer.filling import Filling
from vexgui.indexer.runs import Run, Runs
from vexgui.indexer.telling import Teller
from vexgui.system.priority import read_last

_TURN_S = 30.0
"""After so long a turn ends, and what was filled is told."""


class Turns:
    """Takes turns at giving vectors while nothing else is to be done: other work ends one after a call of the model.

    Args:
        filling: Gives them.
        teller: Is told how it goes, and knows when it rests.
        runs: Those under way; a turn is one.
        is_awaited: Tells whether other work is about to begin: when that has ended, a turn may come.
        begin: Begins a run.
        attempt: Does something as a run, and sees to it if that fails.
    """

    def __init__(
        self,
        filling: Filling,
        teller: Teller,
        runs: Runs,
        is_awaited: Callable[[], bool],
        begin: Callable[[], Run],
        attempt: Callable[[Callable[[], None]], None],
    ) -> None:
        self._filling = filling
        self._teller = teller
        self._runs = runs
        self._is_awaited = is_awaited
        self._begin = begin
        self._attempt = attempt
        self._is_due = False  # whether a turn is to come, at once or after a rest
        self._is_on = False
        self._go = threading.Event()
        self._stopped = threading.Event()
        self._turn = threading.Event()  # ends the turn that is under way
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Take turns from now on."""
        self._thread = threading.Thread(target=self._work, name="vexgui-filling", daemon=True)
        self._thread.start()

    def ended(self, others: int) -> None:
        """Have a turn come if one is due when a run has ended, and none can begin yet, while so many others go on."""
        if others:
            filling = self._filling.progress
            if self._is_on and others == 1 and filling.total:  # else it is not known yet how much there is
                self._teller.tell(filling)  # it is what goes on
        elif not self._filling.pending:
            self._teller.tell(Progress(Activity.IDLE))
        elif not (self._is_due or self._is_awaited() or self._stopped.is_set()):
            self._is_due = True
            if self._teller.rest(Activity.FILLING) is None:
                self._go.set()
            else:
                self._teller.tell(self._filling.progress)
                self._teller.when_over(Activity.FILLING, self._go.set)

    def stop(self) -> None:
        """End the turn under way after the call in hand, and take no more."""
        self._stopped.set()
        self._turn.set()
        self._go.set()

    def wait(self) -> None:
        """Return when the last one has ended."""
        if self._thread is not None:
            self._thread.join()

    def _work(self) -> None:
        read_last()
        while True:
            self._go.wait()
            self._go.clear()
            if self._stopped.is_set():
                return
            self._attempt(self._take)

    def _take(self) -> None:
        self._is_due, self._is_on = False, True
        turn = self._turn = threading.Event()
        if self._stopped.is_set():  # which may have ended only the one before
            turn.set()
        due_s = time.monotonic() + _TURN_S

        def enough() -> bool:
            return self._is_awaited() or self._runs.several or time.monotonic() > due_s

        def between(progress: Progress) -> None:
            self._teller.tell_sometimes(progress)
            if self._teller.rest(Activity.FILLING) is not None:
                turn.set()

        try:
            if filled := self._filling.run(replace(self._begin(), stop=turn), enough, between):
                self._teller.filled(filled)
            if turn.is_set():
                self._filling.renew()  # what was read ahead is lost
        finally:
            self._is_on = False
