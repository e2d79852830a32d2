"""Files that an engine in memory knows, and what it answers of them."""

import os
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from tests.gui.fake_models import PICTURE_SPACE, TEXT_SPACE
from vexgui.core.files import FileFacts, Kind
from vexgui.core.hits import Answer, Band, Hit, Why
from vexgui.core.paths import folder_of, name_of, shown
from vexgui.core.query import Order, Part, SortBy
from vexgui.core.reports import Freshness, RecordPlace

_KINDS = {
    b"jpg": Kind.IMAGE,
    b"png": Kind.IMAGE,
    b"webp": Kind.IMAGE,
    b"gif": Kind.IMAGE,
    b"pdf": Kind.DOCUMENT,
    b"odt": Kind.DOCUMENT,
    b"md": Kind.TEXT,
    b"txt": Kind.TEXT,
    b"csv": Kind.TEXT,
    b"py": Kind.CODE,
    b"html": Kind.CODE,
    b"mp3": Kind.AUDIO,
    b"mp4": Kind.VIDEO,
    b"zip": Kind.ARCHIVE,
}


@dataclass(frozen=True, slots=True)
class FakeFile:
    """A file that the engine knows, with what a query must name for it to be found by meaning."""

    path: bytes
    text: str = ""
    topics: tuple[str, ...] = ()
    facts: FileFacts = field(default_factory=FileFacts)
    failed: str = ""
    place: RecordPlace = RecordPlace.INODE
    freshness: Freshness = Freshness.FRESH
    tags: tuple[str, ...] = ()
    rating: int | None = None
    offline: bool = False
    copies: tuple[bytes, ...] = ()

    @property
    def kind(self) -> Kind:
        """Its kind, by suffix."""
        return _KINDS.get(name_of(self.path).rpartition(b".")[2].lower(), Kind.OTHER)

    def hit(self, query: str, *, meaning: bool) -> Hit | None:
        """Return it as an answer to words, or None where it is none."""
        name = shown(name_of(self.path))
        at = name.lower().find(query)
        if at >= 0:
            marked = f"{name[:at]}\x02{name[at : at + len(query)]}\x03{name[at + len(query) :]}"
            whys = [Why("name", 0, marked, "", 1.0)]
            if self.text:
                whys.append(Why("words", 1, _marked(self.text, query), "line 1", 0.9))
            return self.told(0.97, Band.STRONG, *whys)
        if query in self.text.lower():
            return self.told(0.9, Band.STRONG, Why("words", 1, _marked(self.text, query), "line 1", 0.9))
        if meaning and any(topic in query for topic in self.topics):
            space = PICTURE_SPACE if self.kind is Kind.IMAGE else TEXT_SPACE
            rank = next(number for number, topic in enumerate(self.topics) if topic in query)
            band = (Band.STRONG, Band.MAYBE, Band.WEAK)[min(rank, 2)]
            score = 0.62 - 0.11 * rank
            return self.told(score, band, Why(space.id, 1, self.text, "", score))
        return None

    def told(self, score: float, band: Band, *whys: Why) -> Hit:
        """Return it as a hit."""
        size, mtime_ns = size_and_mtime(self.path)
        stale = self.freshness is Freshness.STALE
        return Hit(
            self.path,
            score,
            band,
            whys,
            self.kind,
            size,
            mtime_ns,
            opening=self.text,
            copies=self.copies,
            offline=self.offline,
            stale=stale,
        )


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The values that the files of an engine in memory have."""

    files: Mapping[bytes, FakeFile]
    roots: Sequence[bytes]

    def tags(self) -> list[tuple[str, int]]:
        return sorted(Counter(tag for file in self.files.values() for tag in file.tags).items())

    def cameras(self) -> list[tuple[str, int]]:
        return list(Counter(camera for file in self.files.values() if (camera := file.facts.camera)).items())

    def folders(self) -> list[bytes]:
        return sorted({*self.roots, *map(folder_of, self.files)})

    def spaces(self) -> list[str]:
        return [TEXT_SPACE.model, PICTURE_SPACE.model]


_SORTED: dict[SortBy, Callable[[Hit], Any]] = {
    SortBy.NAME: lambda hit: name_of(hit.path).lower(),
    SortBy.SIZE: lambda hit: hit.size,
    SortBy.MODIFIED: lambda hit: hit.mtime_ns,
    SortBy.KIND: lambda hit: hit.kind,
}


def arranged(answer: Answer, order: Order | None, kind: Kind | None) -> Answer:
    """Return an answer with all its hits in an order and of a kind, and with its counts."""
    counted = Counter(hit.kind for hit in answer.hits)
    hits = [hit for hit in answer.hits if kind in (None, hit.kind)]
    if order is not None and order.by is not SortBy.RELEVANCE:
        hits.sort(key=_SORTED.get(order.by, _SORTED[SortBy.NAME]), reverse=order.descending)
    banded = Counter(hit.band for hit in hits if order is None and not hit.is_listed)
    return replace(
        answer,
        hits=tuple(hits),
        total=len(hits),
        kinds=tuple(counted.most_common()),
        bands=tuple((band, banded[band]) for band in Band if banded[band]),
    )


def passes(file: FakeFile, part: Part) -> bool:
    """Tell whether a file is as a field asks; of fields other than these all are."""
    match part.field:
        case "type":
            passes = part.label in (file.kind.value, shown(name_of(file.path)).rpartition(".")[2])
        case "tag":
            passes = part.label in file.tags
        case "in":
            passes = part.label.strip("~/").encode() in folder_of(file.path)
        case "is":
            passes = bool(file.failed) if part.label == "failed" else file.offline or part.label != "offline"
        case _:
            return True
    return passes is not part.negated


def many_hits(number: int) -> Answer:
    """Return an answer of so many hits that lie nowhere."""
    hits = tuple(
        Hit(
            b"/nowhere/file %06d.txt" % at,
            1 - at / number,
            Band.MAYBE,
            (Why("words", 0, f"line {at}"),),
            Kind.TEXT,
            1,
            1,
        )
        for at in range(number)
    )
    return Answer(hits, True, "", 0.1)


def _marked(text: str, word: str) -> str:
    at = text.lower().find(word)
    return text if at < 0 else f"{text[:at]}\x02{text[at : at + len(word)]}\x03{text[at + len(word) :]}"


def size_and_mtime(path: bytes) -> tuple[int, int]:
    """Return the size of a file and its time, 0 and 1 where there is none."""
    try:
        found = os.stat(path)
    except OSError:
        return 0, 1
    return found.st_size, found.st_mtime_ns
