"""Work done ahead of the one who takes it, in a thread of its own."""

import queue
import threading
from collections.abc import Generator, Iterable
from typing import Generic, TypeVar

_POLL_S = 0.2

T = TypeVar("T")


class _End:
    """Stands behind the last item."""


class _Ahead(Generic[T]):
    """A bounded queue between a thread that fills it and the one that takes from it."""

    def __init__(self, most: int) -> None:
        self._ready: queue.Queue[T | Exception | _End] = queue.Queue(most)
        self._abandoned = threading.Event()

    def fill(self, items: Iterable[T]) -> None:
        last: Exception | _End = _End()
        try:
            for item in items:
                if not self._put(item):
                    return
        except Exception as error:  # noqa: BLE001 - the thread's edge: raised where the items are taken
            last = error
        self._put(last)

    def taken(self) -> Generator[T | None, None, None]:
        while True:
            try:
                item = self._ready.get(timeout=_POLL_S)
            except queue.Empty:
                yield None
                continue
            if isinstance(item, _End):
                return
            if isinstance(item, Exception):
                raise item
            yield item

    def abandon(self) -> None:
        self._abandoned.set()

    def _put(self, item: T | Exception | _End) -> bool:
        while not self._abandoned.is_set():
            try:
                self._ready.put(item, timeout=_POLL_S)
            except queue.Full:
                continue
            return True
        return False


def ahead(items: Iterable[T], most: int, name: str) -> Generator[T | None, None, None]:
    """Go through items in a thread of this name, at most so many ahead; None stands for a moment with nothing ready.

    What going through them raises is raised here, after the items before it. The thread has ended when the generator
    has ended or is closed.
    """
    work: _Ahead[T] = _Ahead(most)
    thread = threading.Thread(target=work.fill, args=(items,), name=name, daemon=True)
    thread.start()
    try:
        yield from work.taken()
    finally:
        work.abandon()
        thread.join()
