"""Values that go into the catalog and come out of it."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from typing import NewType

from vexgui.core.files import FileFacts, FileStat, FileState, Kind, Passage, PassageKind
from vexgui.store.record import SpaceVectors

FileId = NewType("FileId", int)
PassageId = NewType("PassageId", int)


@dataclass(frozen=True, slots=True)
class KnownFile:
    """What a scan compares of a file: see `FileStat`, and the version of extraction it was indexed with."""

    inode: int
    size: int
    mtime_ns: int
    ctime_ns: int
    recipe: int


@dataclass(frozen=True, slots=True)
class FileRow:
    """What the catalog knows of a file; see `vexgui.core.files` for the words.

    Attributes:
        content_hash: BLAKE2b-128 of the content its vectors were made from.
        recipe: Version of extraction its passages were made with.
        indexed_ns: When, in ns since the epoch.
        record_note: Why the file carries no record, a sentence, or "".
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

    @property
    def known(self) -> KnownFile:
        """What a scan compares."""
        stat = self.stat
        return KnownFile(stat.inode, stat.size, stat.mtime_ns, stat.ctime_ns, self.recipe)


@dataclass(frozen=True, slots=True)
class PassageRow:
    """A passage with the file it belongs to."""

    id: PassageId
    file_id: FileId
    ordinal: int
    kind: PassageKind
    place: str
    text: str


@dataclass(frozen=True, slots=True, eq=False)
class FileUpdate:
    """All that is to be kept of one file; replaces what was known of its path.

    Attributes:
        vectors: One entry a space; ordinals are those of ``passages``.
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


def facts_to_json(facts: FileFacts) -> str:
    """Return facts as JSON; what a file does not say is left out."""
    return json.dumps({name: value for name, value in asdict(facts).items() if value is not None})


def facts_from_json(text: str) -> FileFacts:
    """Return facts from JSON; unknown names are ignored."""
    known = {item.name for item in fields(FileFacts)}
    return FileFacts(**{name: value for name, value in json.loads(text).items() if name in known})
