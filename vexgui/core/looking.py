"""What can be looked at instead of asked for: the map of a collection, its months, and its duplicates."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vexgui.core.files import Kind

if TYPE_CHECKING:  # who hands a map on, and who only lists duplicates, loads no NumPy
    import numpy as np
    from numpy.typing import NDArray

MAP_KINDS = tuple(Kind)
"""The kinds by their numbers in a map."""


@dataclass(frozen=True, slots=True, eq=False)
class CollectionMap:
    """Files as points, those that mean or look about the same near each other.

    All is in arrays, so that a map of 100,000 files gets from one process to another at once.

    Attributes:
        joined: The files' paths, one behind the other.
        ends: Where each ends in it, [n] int64.
        kinds: Their kinds, places in `MAP_KINDS`, [n] uint8.
        mtimes_ns: When they were last changed, ns since 1970, [n] int64.
        xy: Their places, [n, 2] float32; both from 0 to 1, and one of them the whole way.
        complete: Whether it was laid out for these files; False where enough came or went since to do it anew.
    """

    joined: bytes
    ends: "NDArray[np.int64]"
    kinds: "NDArray[np.uint8]"
    mtimes_ns: "NDArray[np.int64]"
    xy: "NDArray[np.float32]"
    complete: bool = True

    def __len__(self) -> int:
        return len(self.ends)

    def path(self, row: int) -> bytes:
        """Return the path of a file."""
        return self.joined[int(self.ends[row - 1]) if row else 0 : int(self.ends[row])]

    def paths(self, rows: Iterable[int]) -> tuple[bytes, ...]:
        """Return the paths of some files."""
        return tuple(map(self.path, rows))

    def kind(self, row: int) -> Kind:
        """Return the kind of a file."""
        return MAP_KINDS[int(self.kinds[row])]


@dataclass(frozen=True, slots=True)
class MonthCount:
    """How much is from a month.

    Attributes:
        year: Of our era.
        month: 1 to 12.
        files: Files of any kind that were last changed in it.
        pictures: Pictures that were taken in it.
    """

    year: int
    month: int
    files: int
    pictures: int


@dataclass(frozen=True, slots=True)
class DuplicateFile:
    """One of several files that are duplicates of each other.

    Attributes:
        path: Absolute.
        kind: Its kind.
        size: Bytes.
        mtime_ns: When it was last changed, ns since 1970.
        width: Pixels; 0 where it has none.
        height: Pixels; 0 where it has none.
    """

    path: bytes
    kind: Kind
    size: int
    mtime_ns: int
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class DuplicateGroup:
    """Files that are duplicates of each other.

    Attributes:
        files: At least two; the one to keep comes first.
        exact: Whether their content is the same; else they are pictures that look the same.
    """

    files: tuple[DuplicateFile, ...]
    exact: bool

    @property
    def paths(self) -> tuple[bytes, ...]:
        """Where they lie."""
        return tuple(file.path for file in self.files)

    @property
    def spare_bytes(self) -> int:
        """What all but the first take."""
        return sum(file.size for file in self.files[1:])
