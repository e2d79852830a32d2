"""Files in order, in arrays: so answers of a hundred thousand files are made, counted and kept."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vexgui.core.files import Kind
from vexgui.core.hits import Band
from vexgui.search.rank import EXACT, MAYBE_FROM, STRONG_FROM, Ranked
from vexgui.store.catalog.outlines import KINDS, Outlines
from vexgui.store.rows import FileId


@dataclass(frozen=True, slots=True)
class Reason:
    """What speaks for a file.

    Attributes:
        source: A space id, "words" or "name".
        strength: 0 to 1.
        key: Finds the passage again; 0 for a name.
    """

    source: str
    strength: float
    key: int


@dataclass(frozen=True, slots=True, eq=False)
class Ranking:
    """Files in order, each with its reasons; a row is a file's place, from 0.

    Attributes:
        files: Ids of the files, [n] int64.
        scores: [n] float64.
        first: Where the reasons of each file begin, and where all end, [n + 1] int64.
        sources: What reasons come from, each once.
        source: The source of each reason, a place in the former, [m] uint8.
        strengths: [m] float64.
        keys: [m] int64.
    """

    files: NDArray[np.int64]
    scores: NDArray[np.float64]
    first: NDArray[np.int64]
    sources: tuple[str, ...]
    source: NDArray[np.uint8]
    strengths: NDArray[np.float64]
    keys: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.files)

    def file(self, row: int) -> FileId:
        """Return the file in a row."""
        return FileId(int(self.files[row]))

    def reasons(self, row: int) -> tuple[Reason, ...]:
        """Return what speaks for the file in a row, strongest first."""
        return tuple(
            Reason(self.sources[self.source[at]], float(self.strengths[at]), int(self.keys[at]))
            for at in range(self.first[row], self.first[row + 1])
        )


def ranking_of(ranked: Sequence[Ranked]) -> Ranking:
    """Return files in order as arrays."""
    reasons = [reason for item in ranked for reason in item.reasons]
    sources = tuple(dict.fromkeys(reason.source for reason in reasons))
    places = {source: place for place, source in enumerate(sources)}
    counts = np.array([0, *(len(item.reasons) for item in ranked)], np.int64)
    return Ranking(
        np.array([item.file for item in ranked], np.int64),
        np.array([item.score for item in ranked], np.float64),
        np.cumsum(counts),
        sources,
        np.array([places[reason.source] for reason in reasons], np.uint8),
        np.array([reason.strength for reason in reasons], np.float64),
        np.array([reason.key for reason in reasons], np.int64),
    )


def listing_of(files: NDArray[np.int64]) -> Ranking:
    """Return files [n] that are only listed as a ranking: each is what was asked for, and nothing speaks for one."""
    scores = np.broadcast_to(np.float64(EXACT), len(files))
    first = np.broadcast_to(np.int64(0), len(files) + 1)
    nothing = ranking_of(())
    return Ranking(files, scores, first, (), nothing.source, nothing.strengths, nothing.keys)


def folded(outlines: Outlines, dropped: Sequence[int]) -> NDArray[np.int64]:
    """Return the rows of a ranking, of files of one content the first alone, [k] int64 ascending.

    Args:
        outlines: What the files in its rows are.
        dropped: Rows that do not count.
    """
    counts = np.ones(len(outlines.twins), np.bool_)
    counts[np.asarray(dropped, np.int64)] = False
    paired = np.flatnonzero(counts & (outlines.twins != 0))
    counts[paired] = False
    _, firsts = np.unique(outlines.twins[paired], return_index=True)
    counts[paired[firsts]] = True
    return np.flatnonzero(counts)


def kinds_in(outlines: Outlines, rows: NDArray[np.int64]) -> tuple[tuple[Kind, int], ...]:
    """Return how many files of each kind lie in some rows, the most first, kinds without any left out."""
    counts = np.bincount(outlines.kinds[rows], minlength=len(KINDS)).tolist()
    found = [(kind, count) for kind, count in zip(KINDS, counts, strict=True) if count]
    return tuple(sorted(found, key=lambda one: -one[1]))


def bands_in(ranking: Ranking, rows: NDArray[np.int64]) -> tuple[tuple[Band, int], ...]:
    """Return how many files in some rows are in each band, best first, bands without any left out."""
    scores = ranking.scores[rows]
    strong = int(np.count_nonzero(scores >= STRONG_FROM))
    maybe = int(np.count_nonzero(scores >= MAYBE_FROM)) - strong
    counts = ((Band.STRONG, strong), (Band.MAYBE, maybe), (Band.WEAK, len(scores) - strong - maybe))
    return tuple((band, count) for band, count in counts if count)
