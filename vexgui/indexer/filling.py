"""Vectors for files that lack some: their model was chosen later, or their records had no room for all of them."""

from collections import deque
from collections.abc import Callable, Iterator

from vexgui.indexer.pipeline import Pipeline
from vexgui.indexer.runs import Run
from vexgui.indexer.tally import Tally


class Filling:
    """Goes through the files that lack vectors, a while at a time, because all other work comes before it.

    Nothing of it is written down: which files lack vectors is known from the store, so that what is broken off at any
    point goes on from there.

    Args:
        pipeline: Gives files their vectors.
    """

    def __init__(self, pipeline: Pipeline) -> None:
        self._pipeline = pipeline
        self._waiting: deque[bytes] = deque()
        self._asked: frozenset[bytes] | None = None
        self._tally = Tally()
        self.pending = False
        """Whether there may be files to go through."""

    def renew(self) -> None:
        """Ask again which files lack vectors."""
        self.pending = True
        self._waiting.clear()
        self._asked = None

    def run(self, run: Run, enough: Callable[[], bool], between: Callable[[Tally, bytes], None]) -> int:
        """Go on until all is done or it is enough for now; return how many files got vectors.

        Args:
            run: How it goes; its tally is left alone, because one counts over many such runs.
            enough: Tells whether to begin with no further file; what was read by then gets its vectors still.
            between: Called after every batch with the counts so far and the last path; it may wait.

        Raises:
            VexError: The store or a model failed; no more is tried until it is asked again which files lack vectors.
        """
        filled = 0
        try:
            while self.pending and not run.stop.is_set() and not enough():
                if self._waiting or self._next_round():
                    filled += self._go_on(run, enough, between)
        except BaseException:
            self.pending = False
            raise
        return filled

    def _next_round(self) -> bool:
        """Find out which files lack vectors; when a whole round has helped none of them, they cannot be helped."""
        files = self._pipeline.lacking()
        if not files or self._asked == frozenset(files):
            self.pending = False
            return False
        self._asked = frozenset(files)
        self._waiting.extend(files)
        self._tally = Tally(total=len(files))
        return True

    def _go_on(self, run: Run, enough: Callable[[], bool], between: Callable[[Tally, bytes], None]) -> int:
        tally, before = self._tally, self._tally.done
        self._pipeline.run(
            self._paths(enough), tally, run.stop, lambda path: between(tally, path), run.wanted, force=False
        )
        tally.take_postponed()  # they changed meanwhile, and are looked at for that
        return tally.done - before

    def _paths(self, enough: Callable[[], bool]) -> Iterator[bytes]:
        """Yield what is left to do; the files that have all their vectors by now, or are forgotten, are passed over."""
        while self._waiting and not enough():
            path = self._waiting.popleft()
            if self._pipeline.lacks(path):
                yield path
            else:
                self._tally.finish(1)
