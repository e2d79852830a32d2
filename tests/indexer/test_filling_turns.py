"""Which files are filled next, and that none is passed over which changed meanwhile."""

import threading
from collections.abc import Callable, Iterable

from typing_extensions import override

from vexgui.core.events import Progress
from vexgui.indexer.course import Course
from vexgui.indexer.filling import Filling
from vexgui.indexer.pipeline import Left, Pipeline
from vexgui.indexer.runs import Run
from vexgui.indexer.tally import Tally


class Postponing(Pipeline):
    """Finds one file changed when it is to give it vectors, until it has been read."""

    def __init__(self) -> None:
        self.is_read = False
        self.gave = False

    @override
    def lacking(self) -> list[bytes]:
        return [] if self.gave else [b"/changed.txt"]

    @override
    def lacks(self, path: bytes) -> bool:
        return not self.gave

    @override
    def give(
        self,
        paths: Iterable[bytes],
        run: Run,
        course: Course,
        between: Callable[[Progress], None],
        enough: Callable[[], bool] = lambda: False,
    ) -> Left:
        self.gave = self.is_read and bool(list(paths))
        return Left(changed=[] if self.gave else list(paths))


def test_a_file_that_changed_while_it_was_its_turn_has_another_when_it_has_been_read() -> None:
    pipeline = Postponing()
    filling = Filling(pipeline)
    run = Run(threading.Event(), Tally(), lambda _: True, force=False, patient=True)
    filling.renew()
    is_enough = iter([False, False, True])
    filling.run(run, lambda: next(is_enough, True), lambda _: None)
    pipeline.is_read = True
    filling.add([b"/changed.txt"])
    filling.run(run, lambda: False, lambda _: None)
    assert pipeline.gave
    assert not filling.pending


class Asking(Postponing):
    """Calls back while it finds out which files lack vectors."""

    def __init__(self) -> None:
        super().__init__()
        self.is_read = True
        self.during: Callable[[], None] = lambda: None
        self.asked = 0

    @override
    def lacking(self) -> list[bytes]:
        self.asked += 1
        found: list[bytes] = []
        self.during()
        return found


def test_a_file_that_is_read_while_the_store_is_asked_is_asked_of_once_more() -> None:
    pipeline = Asking()
    filling = Filling(pipeline)

    def read() -> None:
        pipeline.during = lambda: None
        filling.add([b"/new.txt"])

    pipeline.during = read
    filling.renew()
    filling.run(Run(threading.Event(), Tally(), lambda _: True, False, True), lambda: False, lambda _: None)
    assert (pipeline.asked, filling.pending) == (2, False)
