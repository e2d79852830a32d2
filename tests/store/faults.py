"""A disk that refuses: calls of the operating system that fail, one of them or all from one on."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

WRITING = ("pwrite", "posix_fallocate", "fdatasync", "fsync", "mkdir", "open")
"""What the columns are written with; of ``open`` only what creates."""


class Disk:
    """Counts the calls that write, and fails some of them.

    Attributes:
        refused: The name of each call that failed.
    """

    def __init__(self) -> None:
        self.refused: list[str] = []
        self._calls = 0
        self._first = 0
        self._lasting = False
        self._number = 0

    @contextmanager
    def failing(self, first: int, number: int, *, lasting: bool) -> Iterator[None]:
        """Fail a call, counted from 1 and from now on, and if it is ``lasting`` all later ones, with an errno."""
        self.refused.clear()
        self._calls, self._first, self._number, self._lasting = 0, first, number, lasting
        try:
            yield
        finally:
            self._first = 0

    def call(self, name: str, function: Any, *args: Any, **kwargs: Any) -> Any:
        """Make a call, or fail."""
        counts = name != "open" or bool(args[1] & os.O_CREAT)
        self._calls += counts
        due = self._calls == self._first or (self._lasting and self._calls > self._first)
        if counts and self._first and due:
            self.refused.append(name)
            raise OSError(self._number, os.strerror(self._number))
        return function(*args, **kwargs)


@contextmanager
def disk() -> Iterator[Disk]:
    """Lend a disk in the place of the real one, which it uses."""
    made = Disk()
    with pytest.MonkeyPatch.context() as patch:
        for name in WRITING:
            function = getattr(os, name)

            def call(*args: Any, _name: str = name, _function: Any = function, **kwargs: Any) -> Any:
                return made.call(_name, _function, *args, **kwargs)

            patch.setattr(os, name, call)
        yield made


FULL = (errno.ENOSPC, errno.EDQUOT)
"""What a full disk says."""
