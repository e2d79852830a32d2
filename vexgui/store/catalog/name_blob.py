"""All names in one run of bytes, best first: what holds some parts is found by going through it. Pure."""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import stringzilla

_END = b"\0"  # no name holds it
_NOT_ALLOWED = b"\0"  # for every id behind the last that may be found
_MOST_LEAPS = 4_000
"""A leap takes about 0.5 µs: looking for one part from a place on, and for the bounds of the name it is in."""

_FEW = 10_000
"""So many names are looked at one by one in the time of a pass through a million."""


class TooManyLeapsError(Exception):
    """Each part is in many names, and hardly ever are all in one: another way is quicker."""


class NameBlob:
    """Names in the order they are to be found in, with the files they belong to; never changed once it is made.

    Args:
        rows: Files' ids and their names, folded, best first.
    """

    def __init__(self, rows: Iterable[tuple[int, str]]) -> None:
        self._text = bytearray()
        self._starts = array("I")
        self._ids = array("q")
        self._starts.append(0)
        for file_id, name in rows:
            self._ids.append(file_id)
            self._text += name.encode()
            self._text += _END
            self._starts.append(len(self._text))

    def __len__(self) -> int:
        return len(self._ids)

    def id(self, place: int) -> int:
        """Return the file whose name is at a place."""
        return self._ids[place]

    def name(self, place: int) -> str:
        """Return the name at a place."""
        return self._text[self._starts[place] : self._starts[place + 1] - 1].decode()

    def holding(self, parts: Sequence[str], allowed: bytes | None = None, *, bounded: bool) -> Iterator[int]:
        """Yield the places of the names that hold every part, ascending.

        Args:
            parts: What is looked for, folded.
            allowed: A byte for each file's id, 1 for those that may be found; None: all may. See `among.marks`.
            bounded: Whether to give up after many leaps.

        Raises:
            TooManyLeapsError: It has been given up.
        """
        wanted = sorted((part.encode() for part in parts), key=len, reverse=True)  # the longest are the rarest, mostly
        if allowed is None:
            return self._leaping(wanted, None, bounded=bounded)
        places = self._places(allowed)
        if np.count_nonzero(places) <= _FEW:
            return self._one_by_one(wanted, places)
        return self._leaping(wanted, places.tobytes(), bounded=bounded)

    def _places(self, allowed: bytes) -> np.ndarray[tuple[int], np.dtype[np.uint8]]:
        """Return a byte for each place, 1 where the file may be found."""
        table = np.frombuffer(allowed + _NOT_ALLOWED, np.uint8)
        return table.take(np.frombuffer(self._ids, np.int64), mode="clip")

    def _one_by_one(self, wanted: Sequence[bytes], places: np.ndarray[tuple[int], np.dtype[np.uint8]]) -> Iterator[int]:
        text, starts = self._text, self._starts
        rarest, *others = wanted
        for place in places.nonzero()[0].tolist():
            start, end = starts[place], starts[place + 1]
            if text.find(rarest, start, end) >= 0 and all(text.find(part, start, end) >= 0 for part in others):
                yield place

    def _leaping(self, wanted: Sequence[bytes], allowed: bytes | None, *, bounded: bool) -> Iterator[int]:
        """Go from name to name: where one lacks a part, on to the next name that holds that part."""
        text, starts = self._text, self._starts
        leaps = start = 0
        end = text.find(_END)
        while True:
            for part in wanted:
                found = stringzilla.find(text, part, start)
                if found < 0:
                    return
                if found >= end:
                    start = text.rfind(_END, 0, found) + 1
                    end = text.find(_END, found)
                    break
            else:
                place = bisect_left(starts, start)
                if allowed is None or allowed[place]:
                    yield place
                    start = end + 1
                else:
                    leaps += 1
                    place = allowed.find(1, place)
                    if place < 0:
                        return
                    start = starts[place]
                end = text.find(_END, start)
                continue
            leaps += 1
            if bounded and leaps > _MOST_LEAPS:
                raise TooManyLeapsError
