"""How files are like those that others are to be like: of the same content, nearly the same, or related.

Same is by content. Pictures are nearly the same by what they look like, wherever they are; texts by the words that they
share, among the files that mean the most alike. All else that means about the same is related.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from threading import Event as Flag

import numpy as np
from numpy.typing import NDArray

from vexgui.core.files import Kind, PassageKind
from vexgui.core.filters import Filter
from vexgui.core.hits import Likeness
from vexgui.extract.looks import HEX_DIGITS, LOOKS, bits_apart, looks_in
from vexgui.search.rank import EXACT, Ranked
from vexgui.search.shingles import Shingles, resemblance, shingles
from vexgui.search.stopping import go_on
from vexgui.store.catalog import CatalogView
from vexgui.store.catalog.ordering import Content
from vexgui.store.rows import FileId

NEARLY_SAME_BITS = 16
"""Pictures that look other in more of their 128 bits are not nearly the same; see decision 28."""

NEARLY_SAME_TEXT = 0.4
"""Documents that share less of their runs of words are not nearly the same: of two that are as long as each other, 0.57
of either; see decision 28."""

_MOST_COMPARED = 32
"""Files whose texts are compared, those that mean the most alike."""

_MOST_BYTES = 1_000_000
"""Text that is read for that."""

_LENGTHS_APART = 0.7
"""Lengths tell how many runs of words there are only about so well."""

_MOST_LOOKED_AT = 8
"""Pictures that are read because nobody has told yet what they look like."""

_HIGHEST_RELATED = 0.97
_LOWEST_NEARLY_SAME = 0.98
_HIGHEST_NEARLY_SAME = 0.99
_ORDER = tuple(Likeness)


@dataclass(frozen=True, slots=True)
class Sample:
    """A file that others are to be like.

    Attributes:
        content: Its size and content hash.
        looks: What it looks like, see `vexgui.extract.looks`, or "".
        texts: Its passages of text.
    """

    content: Content
    looks: str = ""
    texts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """How a file is like the samples.

    Attributes:
        likeness: The same, or nearly.
        score: 0 to 1, above that of what is only related.
    """

    likeness: Likeness
    score: float


@dataclass(frozen=True, slots=True, eq=False)
class Comparing:
    """Compares the files of a catalog with samples.

    Attributes:
        catalog: What is known of the files.
        samples: What they are compared with.
        where: What files must be like besides; None: anything.
        among: The files that are like that, ascending; None: all.
        look: Returns what a picture looks like that nobody has looked at, "" where it cannot be read.
        stop: Ends it between two files.
    """

    catalog: CatalogView
    samples: Sequence[Sample]
    where: Filter | None
    among: NDArray[np.int64] | None
    look: Callable[[bytes], str]
    stop: Flag | None = None

    def standings(self, ranked: Sequence[Ranked]) -> dict[FileId, Standing]:
        """Return the files that are the same or nearly so; those that are only related are left out.

        Args:
            ranked: The files that mean the most alike, best first.
        """
        best = [FileId(item.file) for item in ranked]
        closeness = self._by_text(best)
        for file, close in self._by_looks(best).items():
            closeness[file] = max(close, closeness.get(file, 0.0))
        return {file: _nearly_same(close) for file, close in closeness.items()} | self._by_content()

    def _by_content(self) -> dict[FileId, Standing]:
        same = self.catalog.with_contents([sample.content for sample in self.samples], self.where)
        return {file: Standing(Likeness.SAME, EXACT) for files in same.values() for file in files}

    def _by_looks(self, best: Sequence[FileId]) -> dict[FileId, float]:
        """Return how close pictures are to the sample that they look most like, 0 to 1, if nearly the same."""
        wanted = [sample.looks for sample in self.samples if sample.looks]
        if not wanted:
            return {}
        files, told = self.catalog.extra_texts(LOOKS, HEX_DIGITS)
        if self.among is not None:
            passing = np.isin(files, self.among)
            files, told = files[passing], [looks for looks, passes in zip(told, passing, strict=True) if passes]
        untold = self._looked_at(best, frozenset(files.tolist()))
        looks = looks_in([*told, *untold.values()])
        files = np.concatenate([files, np.fromiter(untold, np.int64)])
        if not len(files):
            return {}
        bits = np.min([bits_apart(one, looks) for one in looks_in(wanted)], axis=0)
        near = np.flatnonzero(bits <= NEARLY_SAME_BITS)
        closeness = 1 - bits[near] / NEARLY_SAME_BITS
        return {FileId(file): close for file, close in zip(files[near].tolist(), closeness.tolist(), strict=True)}

    def _looked_at(self, best: Sequence[FileId], told: frozenset[int]) -> dict[FileId, str]:
        """Look at the first of the pictures that nobody has looked at, and return what those look like."""
        untold = [file for file in best[:_MOST_COMPARED] if file not in told]
        rows = self.catalog.files(untold)
        unseen = [
            row
            for row in (rows[file] for file in untold if file in rows)
            if row.kind is Kind.IMAGE and LOOKS not in (row.facts.extra or {})
        ]
        seen: dict[FileId, str] = {}
        for row in unseen[:_MOST_LOOKED_AT]:
            go_on(self.stop)
            seen[row.id] = self.look(row.path)
        return {file: looks for file, looks in seen.items() if looks}

    def _by_text(self, best: Sequence[FileId]) -> dict[FileId, float]:
        """Return how close texts are to the sample that they share most with, 0 to 1, if nearly the same."""
        wanted = [sample.texts for sample in self.samples if sample.texts]
        if not wanted:
            return {}
        sizes = [sum(len(text.encode()) for text in texts) for texts in wanted]
        runs = [shingles(texts) for texts in wanted]
        closeness: dict[FileId, float] = {}
        for file in self._comparable(best, sizes):
            go_on(self.stop)
            own = self._shingles_of(file)
            shared = max(resemblance(one, own) for one in runs)
            if shared >= NEARLY_SAME_TEXT:
                closeness[file] = (shared - NEARLY_SAME_TEXT) / (1 - NEARLY_SAME_TEXT)
        return closeness

    def _comparable(self, best: Sequence[FileId], sizes: Sequence[int]) -> list[FileId]:
        """Return the files whose texts are about as long as a sample's: others cannot share enough of it."""
        compared = best[:_MOST_COMPARED]
        kept = self.catalog.text_bytes(compared)
        left = _MOST_BYTES
        chosen: list[FileId] = []
        for file in compared:
            size = kept.get(file, 0)
            fits = any(min(size, other) >= NEARLY_SAME_TEXT * max(size, other) * _LENGTHS_APART for other in sizes)
            if size and fits and size <= left:
                left -= size
                chosen.append(file)
        return chosen

    def _shingles_of(self, file: FileId) -> Shingles:
        passages = self.catalog.passages_of(file)
        return shingles(passage.text for passage in passages if passage.kind is PassageKind.TEXT)


def in_standing(ranked: Sequence[Ranked], standings: Mapping[FileId, Standing]) -> list[Ranked]:
    """Return files in the order of how they are like the samples; those that no vector speaks for are put in."""
    meant = {item.file for item in ranked}
    known = [_standing(item, standings.get(FileId(item.file))) for item in ranked]
    added = [Ranked(file, standing.score, ()) for file, standing in standings.items() if file not in meant]
    return sorted([*known, *added], key=lambda item: (_place(standings.get(FileId(item.file))), -item.score, item.file))


def _standing(item: Ranked, standing: Standing | None) -> Ranked:
    return replace(item, score=min(item.score, _HIGHEST_RELATED) if standing is None else standing.score)


def _place(standing: Standing | None) -> int:
    return _ORDER.index(Likeness.RELATED if standing is None else standing.likeness)


def _nearly_same(closeness: float) -> Standing:
    """Return where a file stands that is nearly the same, the higher the closer it is, 0 to 1."""
    score = _LOWEST_NEARLY_SAME + (_HIGHEST_NEARLY_SAME - _LOWEST_NEARLY_SAME) * closeness
    return Standing(Likeness.NEARLY_SAME, score)
