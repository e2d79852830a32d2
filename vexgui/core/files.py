"""What is known of a file: its stat, its kind, its state, and what was read out of it."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vexgui.core.arrays import Pixels

RECIPE = 2
"""Version of extraction and chunking. Raised whenever the same bytes would give other passages; a record made with
another recipe is not taken, because its vectors could belong to other passages."""
_LATEST_NS = (1 << 63) - 1


class Kind(StrEnum):
    """What a person would call the file."""

    IMAGE = "image"
    DOCUMENT = "document"
    TEXT = "text"
    CODE = "code"
    AUDIO = "audio"
    VIDEO = "video"
    ARCHIVE = "archive"
    OTHER = "other"


class FileState(StrEnum):
    """How far a file has come."""

    INDEXED = "indexed"
    FAILED = "failed"
    """Its contents could not be read; it is found by name only, and the reason is kept."""


@dataclass(frozen=True, slots=True)
class FileStat:
    """The part of stat(2) that identity and freshness are decided by."""

    device: int
    inode: int
    size: int
    mtime_ns: int
    ctime_ns: int
    mode: int
    uid: int

    @classmethod
    def of(cls, seen: os.stat_result) -> "FileStat":
        """Return what a stat result says; a time that 64 bits cannot count (after 2262) as the last that they can."""
        return cls(
            seen.st_dev,
            seen.st_ino,
            seen.st_size,
            _countable(seen.st_mtime_ns),
            _countable(seen.st_ctime_ns),
            seen.st_mode,
            seen.st_uid,
        )

    def same_content_as(self, other: "FileStat") -> bool:
        """Tell whether nothing about the file, its attributes included, moved between two looks."""
        return (self.device, self.inode, self.size, self.mtime_ns, self.ctime_ns) == (
            other.device,
            other.inode,
            other.size,
            other.mtime_ns,
            other.ctime_ns,
        )


def _countable(time_ns: int) -> int:
    return max(-_LATEST_NS, min(time_ns, _LATEST_NS))


@dataclass(frozen=True, slots=True)
class FileFacts:
    """Structured facts read out of a file; None where the file does not say.

    Attributes:
        width: Pixels, after EXIF orientation.
        height: Pixels, after EXIF orientation.
        taken: When a picture was taken, ISO 8601 local time without zone, as EXIF gives it.
        camera: Maker and model.
        latitude: Degrees, north positive.
        longitude: Degrees, east positive.
        caption: A description embedded in the file (EXIF, IPTC, XMP or PNG text).
        title: The document's own title.
        author: The document's own author.
        pages: Number of pages.
        encoding: Character set the text was read with.
        language: Of the text, ISO 639-1, lower case: what it seems to be, else what the document says.
        created: When the document says that it was made, ISO 8601 local time without zone.
        extra: What else the file says of itself, by names that need no column: JSON can carry it.
    """

    width: int | None = None
    height: int | None = None
    taken: str | None = None
    camera: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    caption: str | None = None
    title: str | None = None
    author: str | None = None
    pages: int | None = None
    encoding: str | None = None
    language: str | None = None
    created: str | None = None
    extra: Mapping[str, str | int | float] | None = field(default=None, hash=False)


@dataclass(frozen=True, slots=True)
class Labels:
    """What a person has said of a file to the desktop; it belongs to the file, not to its content.

    Attributes:
        tags: Each once, ascending.
        rating: 1 to 10, two a star; None where nobody rated it.
    """

    tags: tuple[str, ...] = ()
    rating: int | None = None


NO_LABELS = Labels()


class PassageKind(StrEnum):
    """What a passage is of."""

    ABOUT = "about"
    """The file's name, folder and facts in words."""
    TEXT = "text"
    PICTURE = "picture"


@dataclass(frozen=True, slots=True)
class Passage:
    """The unit that gets a vector.

    Attributes:
        ordinal: Position in the file, from 0, counted over all kinds of passages.
        kind: What it is of.
        text: The words that are embedded and shown; "" for a picture.
        place: Where it is, in words: "page 3", "line 120", or "".
    """

    ordinal: int
    kind: PassageKind
    text: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Extraction:
    """What an extractor read out of one file.

    Attributes:
        stat: The file while it was read: equal before and after, or the reading was repeated.
        content_hash: BLAKE2b-128 of the content, 16 bytes (sampled above 64 MiB, see docs/FORMAT.md).
        kind: What a person would call the file.
        mime: Media type, from the suffix and the first bytes.
        facts: Structured facts.
        passages: At least one, the ABOUT passage, which comes first; those of kind PICTURE come last.
        pictures: Pixels for the PICTURE passages, in their order, upright, short side at most what was asked for; none
            when none were.
        problem: Why the contents could not be read, a sentence, or "" when all went well.
    """

    stat: FileStat
    content_hash: bytes
    kind: Kind
    mime: str
    facts: FileFacts
    passages: tuple[Passage, ...]
    pictures: "tuple[Pixels, ...]" = field(default=(), compare=False)
    problem: str = ""

    def pixels_of(self, passage: Passage) -> "Pixels | None":
        """Return the pixels of one of its PICTURE passages; None when none were asked for."""
        first = len(self.passages) - len(self.pictures)
        return self.pictures[passage.ordinal - first] if self.pictures and passage.ordinal >= first else None
