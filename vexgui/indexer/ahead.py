"""Work done ahead of the one who takes it, in threads of its own."""

import queue
import threading
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing, nullcontext
from typing import Generic, TypeVar

_POLL_S = 0.2

A = TypeVar("A")
T = TypeVar("T")


class _End:
    """Stands behind the last result."""


class _Ahead(Generic[A, T]):
    """A bounded queue between the threads that fill it and the one that takes from it."""

    def __init__(self, items: Iterable[A | None], work: Callable[[A], T], threads: int, most: int) -> None:
        self._items = items
        self._iterator: Iterator[A | None] = iter(items)
        self._work = work
        self._ready: queue.Queue[T | BaseException | _End] = queue.Queue(most)
        self._abandoned = threading.Event()
        self._taking = threading.Lock()
        self._working = threads

    def fill(self) -> None:
        try:
            while not self._abandoned.is_set():
                with self._taking:
                    item = next(self._iterator)
                if item is not None and not self._put(self._work(item)):
                    break
        except StopIteration:
            pass
        except BaseException as error:  # noqa: BLE001 - the thread's edge: raised where the results are taken
            self._put(error)
        with self._taking:
            self._working -= 1
            if not self._working:
                with closing(self._items) if isinstance(self._items, Generator) else nullcontext():
                    self._put(_End())

    def taken(self) -> Generator[T | None, None, None]:
        while True:
            try:
                result = self._ready.get(timeout=_POLL_S)
            except queue.Empty:
                yield None
                continue
            if isinstance(result, _End):
                return
            if isinstance(result, BaseException):
                raise result
            yield result

    def abandon(self) -> None:
        self._abandoned.set()

    def _put(self, result: T | BaseException | _End) -> bool:
        while not self._abandoned.is_set():
            try:
                self._ready.put(result, timeout=_POLL_S)
            except queue.Full:
                continue
            return True
        return False


def side_by_side(
    items: Iterable[A | None], work: Callable[[A], T], threads: int, most: int, name: str
) -> Generator[T | None, None, None]:
    """Do the work on each item in one of some threads of this name; None stands for a moment with nothing ready.

    Items are taken one at a time, so that a generator may give them; None among them is passed over. With one thread
    the results come in the order of the items. What is raised is raised here, after the results before it. The threads
    have ended, and a generator of items is closed, when this generator has ended or is closed.

    Args:
        items: What to work on.
        work: What to do with each.
        threads: How many work at the same time.
        most: At most so many results wait.
        name: Of the threads.
    """
    ahead_of: _Ahead[A, T] = _Ahead(items, work, threads, most)
    workers: list[threading.Thread] = []
    try:
        for _ in range(threads):
            worker = threading.Thread(target=ahead_of.fill, name=name, daemon=True)
            worker.start()
            workers.append(worker)
        yield from ahead_of.taken()
    finally:
        ahead_of.abandon()
        for worker in workers:
            worker.join()


def ahead(items: Iterable[T | None], most: int, name: str) -> Generator[T | None, None, None]:
    """Go through items in a thread of this name, at most so many ahead; see `side_by_side`."""
    return side_by_side(items, _as_it_is, 1, most, name)


def _as_it_is(item: T) -> T:
    return item
