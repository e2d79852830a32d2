"""A thread sleeps until there is something to do."""

import os
import select
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass

import pytest

from tests.waiting import joined
from vexgui.indexer.tasks import Tasks


def nothing() -> None:
    """Do nothing, as a task."""


@contextmanager
def soon(deed: Callable[..., object], *arguments: object) -> Iterator[None]:
    """Have something done by another thread while a block waits for it."""
    timer = threading.Timer(0.05, deed, arguments)
    timer.start()
    yield
    joined(timer)


@dataclass
class Bell:
    descriptor: int

    def fileno(self) -> int:
        return self.descriptor


@pytest.fixture
def bell() -> Iterator[Bell]:
    bell = Bell(os.eventfd(0))
    yield bell
    os.close(bell.descriptor)


def test_tasks_come_in_their_order_and_then_time_is_up(bell: Bell) -> None:
    with closing(Tasks((bell, select.POLLIN))) as tasks:
        done: list[int] = []
        for number in range(3):
            tasks.put(lambda number=number: done.append(number))  # type: ignore[misc]
        while (task := tasks.next(time.monotonic() + 0.01)) is not None:
            task()
        assert done == [0, 1, 2]


def test_a_task_a_bell_or_a_word_ends_a_sleep_without_an_end(bell: Bell) -> None:
    with closing(Tasks((bell, select.POLLIN))) as tasks:
        with soon(tasks.put, nothing):
            assert tasks.next(float("inf")) is nothing
        with soon(os.eventfd_write, bell.descriptor, 1):
            assert tasks.next(float("inf")) is None
        os.eventfd_read(bell.descriptor)
        with soon(tasks.wake):
            assert tasks.next(float("inf")) is None


def test_a_task_that_comes_after_the_end_is_dropped() -> None:
    tasks = Tasks()
    tasks.close()
    tasks.put(nothing)
    tasks.wake()
    assert len(tasks) == 0
