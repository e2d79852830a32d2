"""Chores are done when there is something to do, and nothing wakes the computer in between."""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.engine.conftest import Desk, eventually
from tests.waiting import joined
from vexgui.core.errors import WorldProblem
from vexgui.core.events import Activity, Event, IndexChanged, Progress, Trouble
from vexgui.engine.housekeeping import Housekeeper
from vexgui.engine.thrift import Thrift

_SOON_S = 0.01
_NEVER_S = 3600.0


class Rounds:
    """A chore that has more to do for some rounds."""

    def __init__(self, more: int = 0) -> None:
        self.more = more
        self.done = 0

    def __call__(self) -> bool:
        self.done += 1
        self.more -= 1
        return self.more > 0

    def rest(self) -> int:
        """Wait for some time in which nothing happens, and return how many rounds there have been."""
        eventually(lambda: self.more <= 0)
        done = self.done
        time.sleep(10 * _SOON_S)
        assert self.done - done <= 1  # one may have been on its way
        return self.done


@contextmanager
def housekeeper(*chores: Callable[[], bool], quiet_s: float = _NEVER_S) -> Iterator[Housekeeper]:
    keeper = Housekeeper(chores, _SOON_S, quiet_s)
    yield keeper
    keeper.close()


def test_a_chore_that_has_more_to_do_is_done_again_until_it_has_not() -> None:
    chore = Rounds(3)
    with housekeeper(chore):
        assert chore.rest() == 3


def test_nothing_is_done_until_something_happens() -> None:
    chore = Rounds()
    with housekeeper(chore) as keeper:
        eventually(lambda: chore.done == 1)
        assert chore.rest() == 1
        keeper.nudge()
        eventually(lambda: chore.done == 2)
        assert chore.rest() == 2


@pytest.mark.parametrize(
    ("event", "begins"),
    [
        (IndexChanged(1), True),
        (Trouble("A disk is full."), True),
        (Progress(Activity.IDLE), True),
        (Progress(Activity.INDEXING), False),
        (Progress(Activity.PAUSED), False),
    ],
)
def test_events_that_leave_something_to_do_begin_a_round(
    event: IndexChanged | Trouble | Progress, begins: bool
) -> None:
    chore = Rounds()
    with housekeeper(chore) as keeper:
        eventually(lambda: chore.done == 1)
        keeper.hear(event)
        if begins:
            eventually(lambda: chore.done == 2)
        assert chore.rest() == 1 + begins


def test_a_round_comes_after_a_long_while_by_itself() -> None:
    chore = Rounds()
    with housekeeper(chore, quiet_s=_SOON_S):
        eventually(lambda: chore.done >= 3)


@pytest.mark.parametrize("problem", [WorldProblem("The disk is full."), ValueError("ours")])
def test_a_chore_that_fails_is_tried_again_and_hinders_no_other(
    problem: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    chore, failures = Rounds(), iter([problem, problem])

    def failing() -> bool:
        for failure in failures:
            raise failure
        return False

    with housekeeper(failing, chore):
        eventually(lambda: chore.done == 3)
    assert caplog.text.count("A chore failed") == 2
    caplog.clear()


def test_it_closes_at_once_while_it_waits() -> None:
    chore = Rounds()
    with housekeeper(chore) as keeper:
        eventually(lambda: chore.done == 1)
        closing = threading.Thread(target=keeper.close, daemon=True)
        closing.start()
        joined(closing)


class Pages:
    """Counts how often pages were let go."""

    def __init__(self) -> None:
        self.saved = 0
        self.idle = False
        self.indexer = self.catalog = self.store = self

    def save_memory(self) -> None:
        self.saved += 1


@pytest.mark.parametrize("event", [IndexChanged(3), Progress(Activity.SCANNING)])
def test_memory_is_given_back_once_when_indexing_or_a_scan_has_ended(event: Event) -> None:
    parts, thrift = Pages(), Thrift()
    thrift.step(parts)  # type: ignore[arg-type]
    thrift.hear(event)
    thrift.hear(Progress(Activity.FILLING))
    thrift.step(parts)  # type: ignore[arg-type]
    assert parts.saved == 0
    parts.idle = True
    for _ in range(3):
        thrift.step(parts)  # type: ignore[arg-type]
    assert parts.saved == 1


def test_a_catalog_that_let_its_pages_go_answers_as_before(desk: Desk) -> None:
    desk.write("note.txt", "Fog over the water.")
    desk.engine.index([desk.path("").rstrip(b"/")])
    assert desk.found("fog") == ["note.txt"]
    desk.engine._parts.store.catalog.save_memory()
    assert desk.found("fog") == ["note.txt"]
    desk.write("note.txt", "Rye bread.")
    desk.engine.index([])
    assert desk.found("rye") == ["note.txt"]


@pytest.mark.slow
def test_an_engine_that_watches_with_nothing_to_do_wakes_none_of_its_threads(desk: Desk) -> None:
    desk.write("note.txt", "Fog over the water.")
    desk.engine.add_roots([desk.path("")])
    desk.engine.watch()
    eventually(lambda: desk.found("fog") == ["note.txt"])
    eventually(lambda: desk.engine.status().progress.activity is Activity.IDLE)
    eventually(lambda: wakings() == wakings(after_s=3))  # what was seen settles before


def wakings(after_s: float = 0.0) -> dict[str, int]:
    """Return how often each other thread of this process went to sleep, by its name and number."""
    time.sleep(after_s)
    found: dict[str, int] = {}
    for thread in threading.enumerate():
        if thread is not threading.current_thread():
            with contextlib.suppress(FileNotFoundError):
                status = Path(f"/proc/self/task/{thread.native_id}/status").read_text()
                slept = next(line for line in status.splitlines() if line.startswith("voluntary_ctxt_switches"))
                found[f"{thread.name} {thread.native_id}"] = int(slept.split()[1])
    return found
