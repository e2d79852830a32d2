"""What the indexer tells of itself while it works, and the rests that hold it."""

import math
import threading
import time
from collections.abc import Callable
from dataclasses import replace

from vexgui.core.errors import VexError
from vexgui.core.events import Activity, Event, IndexChanged, Progress, Trouble
from vexgui.indexer.manners import Cause, Manners, Rest
from vexgui.indexer.runs import Run

_TELL_EVERY_S = 0.1
_AFTER_S = 0.1
"""So long after a pause for a time it is told that it has ended: clocks are not all the same."""


class Teller:
    """Tells where the work stands, from any thread.

    Args:
        emit: Is told progress, changes and trouble.
        manners: Knows when the work rests.

    Attributes:
        emit: The same.
    """

    def __init__(self, emit: Callable[[Event], None], manners: Manners) -> None:
        self.emit = emit
        self._manners = manners
        self._doing = Progress(Activity.STOPPED)
        self._told_s = 0.0
        self._failure = ""
        self._end: threading.Timer | None = None

    @property
    def progress(self) -> Progress:
        """Where it stands now: while it rests, it is said why."""
        return self._seen(self._doing)

    def tell(self, progress: Progress) -> None:
        """Tell where the work stands."""
        self._doing = progress
        self.emit(self._seen(progress))

    def tell_sometimes(self, progress: Progress) -> None:
        """Tell it unless something was told a moment ago."""
        self._doing = progress
        now_s = time.monotonic()
        if now_s - self._told_s >= _TELL_EVERY_S:
            self._told_s = now_s
            self.tell(progress)

    def trouble(self, error: VexError) -> None:
        """Tell what went wrong, unless it was the same the last time and nothing went well since."""
        if error.message != self._failure:
            self._failure = error.message
            self.emit(Trouble(error.message, error.remedy))

    def filled(self, files: int) -> None:
        """Tell that files got vectors: what went wrong before does so no more."""
        self._failure = ""
        self.emit(IndexChanged(files))

    def pause(self, until_s: float) -> None:
        """Hold patient runs until a time, seconds since the epoch, or until `resume` where that is infinity."""
        self._manners.pause(until_s)
        self._tell_again()
        self._forget_end()
        if not math.isinf(until_s):
            self._end = threading.Timer(max(0.0, until_s - time.time()) + _AFTER_S, self._tell_again)
            self._end.daemon = True
            self._end.start()

    def resume(self) -> None:
        """Let them go on."""
        self._manners.resume()
        self._forget_end()
        self._tell_again()

    def rest(self, activity: Activity) -> Rest | None:
        """Tell whether an activity rests now, and why.

        On battery only the giving of vectors does; and what is not under way rests only if the user said so.
        """
        found = self._manners.rest()
        match activity:
            case _ if found is None or activity is Activity.STOPPED:
                return None
            case Activity.IDLE:
                return found if found.cause is Cause.WISH else None
            case Activity.FILLING:
                return found
            case _:
                return found if found.is_whole else None

    @property
    def paused(self) -> bool:
        """Whether anything rests."""
        return self._manners.rest() is not None

    def hold(self, run: Run, activity: Activity) -> None:
        """Wait, if the run is a patient one, until what it does does not rest."""
        held = False
        while run.patient and (found := self.rest(activity)) is not None:
            if not held:
                self._tell_again()
            held = True
            self._manners.wait(found)
        if held:
            self._tell_again()

    def when_over(self, activity: Activity, then: Callable[[], None]) -> None:
        """Have something called once when an activity does not rest any more, in a thread of its own."""

        def wait() -> None:
            while (found := self.rest(activity)) is not None:
                self._manners.wait(found)
            then()

        threading.Thread(target=wait, name="vexgui-resting", daemon=True).start()

    def release(self) -> None:
        """Let what is held go on to its end."""
        self._forget_end()
        self._manners.release()

    def _seen(self, progress: Progress) -> Progress:
        found = self.rest(progress.activity)
        if found is None:
            return progress
        return replace(progress, activity=Activity.PAUSED, rate=0.0, eta_s=None, why=found.why)

    def _tell_again(self) -> None:
        self.emit(self.progress)

    def _forget_end(self) -> None:
        if self._end is not None:
            self._end.cancel()
            self._end = None
