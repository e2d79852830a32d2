"""The second step in the background: files get the vectors they lack, a while at a time, behind all other work."""

import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator

from vexgui.core.events import Activity, Progress
from vexgui.indexer.course import Course
from vexgui.indexer.pipeline import Pipeline
from vexgui.indexer.runs import Run


class Filling:
    """Goes through the files that lack vectors.

    Only their words have been read, their model was chosen later, or their records had no room for all. Nothing of it
    is written down: which files lack vectors is known from the store, so that what is broken off at any point goes on
    from there. One thread gives vectors; which files are to get some may be said from others meanwhile.

    Args:
        pipeline: Gives files their vectors.
    """

    def __init__(self, pipeline: Pipeline) -> None:
        self._pipeline = pipeline
        self._lock = threading.Lock()
        self._told = 0  # how often something was said
        self._is_giving = False
        self._waiting: deque[bytes] = deque()
        self._asking = False
        self._asked: frozenset[bytes] = frozenset()
        self._tried: set[bytes] = set()  # files that changed in their turn, and have had another one since
        self._course = Course(Activity.FILLING, ())
        self.pending = False
        """Whether there may be files to go through."""

    @property
    def progress(self) -> Progress:
        """How far it is."""
        return self._course.progress()

    def renew(self) -> None:
        """Ask the store again which files lack vectors."""
        with self._lock:
            self._told += 1
            self.pending = self._asking = True
            self._waiting.clear()
            self._asked = frozenset()
            self._tried.clear()

    def add(self, files: Iterable[bytes]) -> None:
        """Give vectors to these files first, unless the store is about to be asked for all that lack some."""
        files = list(files)
        if not files:
            return
        with self._lock:
            self._told += 1
            self._tried.difference_update(files)
            if self._asking and not self._waiting:
                self._asked = frozenset()  # they may be helped now though a round before did not
                return
            if not (self._waiting or self._is_giving):
                self._course = Course(Activity.FILLING, ())
            self.pending = True
            self._waiting.extendleft(reversed(files))
            self._course.add(files)

    def run(self, run: Run, enough: Callable[[], bool], between: Callable[[Progress], None]) -> int:
        """Go on until all is done or it is enough for now; return how many files were gone through.

        Args:
            run: How it goes.
            enough: Tells whether to begin with no further file; what was read by then gets its vectors still.
            between: See `Pipeline.give`.

        Raises:
            VexError: The store or a model failed; no more is tried until it is asked again which files lack vectors.
        """
        filled = 0
        try:
            while self.pending and not run.stop.is_set() and not enough():
                if self._has_next():
                    filled += self._give(run, enough, between)
        except BaseException:
            with self._lock:
                self.pending = self._is_giving = False
            raise
        return filled

    def _give(self, run: Run, enough: Callable[[], bool], between: Callable[[Progress], None]) -> int:
        before = self._course.done
        left = self._pipeline.give(self._paths(enough), run, self._course, between, enough)
        with self._lock:
            self._is_giving = False
            self._waiting.extendleft(reversed(left.lacking))
            self._try_again(left.changed)
            return self._course.done - before

    def _try_again(self, changed: Iterable[bytes]) -> None:
        """Give files another turn that changed in theirs: writing a record changes a file by all its names.

        If it was their content, then somebody tells, and they are read again.
        """
        again = set(changed) - self._tried
        self._tried |= again
        self._waiting.extend(sorted(again))

    def _has_next(self) -> bool:
        """Find out which files lack vectors, if that is to be; when a whole round has helped none, none can be helped.

        What is said while the store is asked may be news to it: then it is asked once more.
        """
        with self._lock:
            told, asking = self._told, self._asking and not self._waiting
        files = self._pipeline.lacking() if asking else []
        with self._lock:
            if not self._waiting:
                if self._told != told:
                    return False
                if not files or self._asked == frozenset(files):
                    self.pending = self._asking = False
                    self._asked = frozenset()
                    self._tried.clear()
                    return False
                self._asked = frozenset(files)
                self._waiting.extend(files)
                self._course = Course(Activity.FILLING, files)
            self._is_giving = True
            return True

    def _paths(self, enough: Callable[[], bool]) -> Iterator[bytes]:
        """Yield what is left to do; the files that have all their vectors by now, or are forgotten, are passed over."""
        while not enough() and (path := self._next()) is not None:
            if self._pipeline.lacks(path):
                yield path
            else:
                self._course.finish([path])

    def _next(self) -> bytes | None:
        with self._lock:
            return self._waiting.popleft() if self._waiting else None
