"""Values that go into the catalog and come out of it."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, NewType

import numpy as np
from numpy.typing import NDArray

from vexgui.core.files import NO_LABELS, FileFacts, FileStat, FileState, Kind, Labels, Passage, PassageKind
from vexgui.core.vectors import Source, SpaceId
from vexgui.store.format import PASSAGE_BITS
from vexgui.store.record import SpaceVectors

FileId = NewType("FileId", int)
PassageId = NewType("PassageId", int)
"""The file's id and the passage's ordinal in one number; see `passage_id`."""


def passage_id(file: FileId, ordinal: int) -> PassageId:
    """Return the id of a file's passage."""
    return PassageId(file << PASSAGE_BITS | ordinal)


def file_of(passage: PassageId) -> FileId:
    """Return the file a passage belongs to."""
    return FileId(passage >> PASSAGE_BITS)


def ordinal_of(passage: PassageId) -> int:
    """Return a passage's position in its file."""
    return passage & ((1 << PASSAGE_BITS) - 1)


class Extent(NamedTuple):
    """A run of slots that holds vectors of one file in one space; a tuple, because a commit makes one of every file.

    Attributes:
        space: The space's number in the catalog.
        first: The first slot.
        count: How many slots.
        file: The file.
        ordinals: The passages' ordinals, [count] uint32, in the order of the slots.
        source: Where the vectors came from.
        confidence: Expected cosine between the kept vectors and those the model gave, at most 1.
        made_s: When they came into the store, seconds since the epoch.
    """

    space: int
    first: int
    count: int  # type: ignore[assignment]  # in place of the method that tuples have
    file: FileId
    ordinals: NDArray[np.uint32]
    source: Source = Source.EMBEDDED
    confidence: float = 1.0
    made_s: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Extents:
    """The extents of a space as arrays, by ascending first slot.

    Attributes:
        first: The first slots, [n] int64.
        count: How many slots each has, [n] int64.
        file: The files' ids, [n] int64.
    """

    first: NDArray[np.int64]
    count: NDArray[np.int64]
    file: NDArray[np.int64]


class Stamp(NamedTuple):
    """What the columns mirror of a file, beside its vectors: see `FileRow`; a tuple for the same reason."""

    kind: Kind
    root_id: int
    size: int
    mtime_ns: int


class Event(StrEnum):
    """What can happen to a file that its history tells."""

    VECTORS = "vectors"
    """A model gave vectors; the detail says which ones these replaced."""
    CONTENT = "content"
    """The content is another one; the detail has the old one's hash."""
    FACTS = "facts"
    """The file says other things of itself; the detail has the old values."""
    RENAMED = "renamed"
    """The detail has the old path."""
    FAILED = "failed"
    """The content could not be read; the detail has the reason."""


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """Something that happened to a file in the store.

    Attributes:
        at_ns: When, ns since 1970.
        event: What.
        space: The space concerned, or None.
        model: The model's name, or "".
        vectors: How many vectors it then had in that space.
        source: Where these came from, or None.
        content_hash: The content they describe, or b"".
        detail: JSON: what it replaced, changed facts with their old values, a failure's reason.
    """

    at_ns: int
    event: Event
    space: SpaceId | None
    model: str
    vectors: int
    source: Source | None
    content_hash: bytes
    detail: str


class KnownFile(NamedTuple):
    """What a scan compares of a file: see `FileStat`, and the version of extraction it was indexed with.

    A plain tuple, because a scan has one of every file there is. ``unread`` is 1 where only the file's record has been
    taken, and its text is still to be read.
    """

    inode: int
    size: int
    mtime_ns: int
    ctime_ns: int
    recipe: int
    unread: int = 0


@dataclass(frozen=True, slots=True)
class FileRow:
    """What the catalog knows of a file; see `vexgui.core.files` for the words.

    Attributes:
        content_hash: BLAKE2b-128 of the content its vectors were made from.
        recipe: Version of extraction its passages were made with.
        indexed_ns: When, in ns since the epoch.
        record_note: Why the file carries no record, a sentence, or "".
        root_id: The innermost root it lies in, by its number in the catalog; 0 in none.
        unread: Its vectors came from its record, and its text has not been read yet.
        unseen: It shows pictures, and no more has been read than what it says in words.
        birth: When the file was made, ISO 8601 local time without zone, if that is known.
    """

    id: FileId
    path: bytes
    stat: FileStat
    content_hash: bytes
    kind: Kind
    mime: str
    state: FileState
    reason: str
    recipe: int
    facts: FileFacts
    indexed_ns: int
    record_note: str
    root_id: int = 0
    unread: bool = False
    unseen: bool = False
    birth: str | None = None

    @property
    def known(self) -> KnownFile:
        """What a scan compares."""
        stat = self.stat
        return KnownFile(stat.inode, stat.size, stat.mtime_ns, stat.ctime_ns, self.recipe, int(self.unread))


@dataclass(frozen=True, slots=True)
class PassageRow:
    """A passage with the file it belongs to."""

    id: PassageId
    file_id: FileId
    ordinal: int
    kind: PassageKind
    place: str
    text: str


class RecordedFile(NamedTuple):
    """A file as its stat and its record tell of it, before its content is read; a plain tuple, for there are many.

    Attributes:
        folder: Where it lies.
        name: Its name there.
        seen: Its stat.
        content_hash: Of the content that its record describes.
        recipe: Version of extraction that the record was made with.
        kind: What its name says that it is, a `Kind`.
        mime: Media type, by its name.
    """

    folder: bytes
    name: bytes
    seen: os.stat_result
    content_hash: bytes
    recipe: int
    kind: Kind
    mime: str


@dataclass(frozen=True, slots=True, eq=False)
class FileUpdate:
    """All that is to be kept of one file; replaces what was known of its path.

    Attributes:
        vectors: One entry a space; ordinals are those of ``passages``.
        held: Spaces whose vectors are those that the store has of the file already, or fewer of them: these are no
            news, and all of them stay where they are.
        unread: The vectors come from the file's record, and its text is still to be read.
        unseen: The file shows pictures that are still to be looked at.
        labels: What the desktop says of it.
        birth: When the file was made, ISO 8601 local time without zone; None where its file system does not say.
        over_ns: It takes the place of what was put in then (`FileRow.indexed_ns`) and of nothing newer; None for
            whatever is there.
    """

    path: bytes
    stat: FileStat
    content_hash: bytes
    kind: Kind
    mime: str
    state: FileState
    reason: str
    recipe: int
    facts: FileFacts
    passages: Sequence[Passage]
    vectors: Sequence[SpaceVectors]
    record_note: str
    unread: bool = False
    unseen: bool = False
    held: frozenset[SpaceId] = frozenset()
    labels: Labels = NO_LABELS
    birth: str | None = None
    over_ns: int | None = None
