"""Work done ahead in threads comes out whole, bounded, and leaves no thread behind."""

import threading
from collections.abc import Generator, Iterator
from contextlib import closing

import pytest

from tests.waiting import PATIENCE_S
from vexgui.indexer.ahead import ahead, side_by_side


def threads(name: str) -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == name]


def test_all_is_done_once_whichever_thread_does_it() -> None:
    results = side_by_side(range(500), lambda number: number * 2, 4, 8, "doubling")
    assert sorted(result for result in results if result is not None) == list(range(0, 1000, 2))
    assert threads("doubling") == []


def test_several_work_at_the_same_time() -> None:
    together = threading.Barrier(3, timeout=PATIENCE_S)
    results = side_by_side(range(3), lambda _: together.wait(), 3, 1, "meeting")
    assert len([result for result in results if result is not None]) == 3


def test_one_thread_keeps_the_order() -> None:
    assert [each for each in ahead(range(100), 3, "walking") if each is not None] == list(range(100))


def test_no_more_is_done_than_may_wait() -> None:
    begun: list[int] = []
    enough = threading.Event()

    def work(number: int) -> int:
        begun.append(number)
        if len(begun) == 4:  # one in each of two threads, and two that wait
            enough.set()
        return number

    with closing(side_by_side(range(100), work, 2, 2, "waiting")):
        assert not enough.is_set(), "nothing is done before somebody asks"
    with closing(side_by_side(range(100), work, 2, 2, "waiting")) as results:
        while next(results) is None:
            pass
        assert enough.wait(PATIENCE_S)
    assert len(begun) <= 2 + 2 + 2
    assert threads("waiting") == []


@pytest.mark.parametrize("mistake", [ZeroDivisionError, SystemExit])
def test_what_went_wrong_in_a_thread_is_raised_here_and_ends_the_others(mistake: type[BaseException]) -> None:
    def work(number: int) -> int:
        if number == 5:
            raise mistake("our own mistake")
        return number

    with pytest.raises(mistake, match="our own mistake"):
        for _ in side_by_side(range(10_000), work, 3, 4, "failing"):
            pass
    assert threads("failing") == []


def test_stages_behind_each_other_are_ended_together() -> None:
    closed: list[str] = []

    def stage(name: str, items: Iterator[int | None]) -> Generator[int | None, None, None]:
        try:
            yield from items
        finally:
            closed.append(name)

    numbers = stage("first", iter(range(10_000)))
    with closing(ahead(stage("second", ahead(numbers, 1, "inner")), 1, "outer")) as results:
        while next(results) is None:
            pass
    assert sorted(closed) == ["first", "second"]
    assert threads("inner") == threads("outer") == []


def test_threads_that_cannot_all_be_started_are_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    start = threading.Thread.start

    def only_two(thread: threading.Thread) -> None:
        if len(threads("starting")) == 2:
            raise RuntimeError("can't start new thread")
        start(thread)

    monkeypatch.setattr(threading.Thread, "start", only_two)
    with pytest.raises(RuntimeError, match="can't start"):
        next(side_by_side(iter(int, 1), lambda number: number, 3, 1, "starting"))
    assert threads("starting") == []
