"""What the engine answers to questions about itself and about single files."""

from dataclasses import dataclass
from enum import StrEnum

from vexgui.core.events import Progress
from vexgui.core.files import FileFacts, FileState, Kind
from vexgui.core.vectors import CodecName, Source, Space


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be read, and why, in one sentence."""

    path: bytes
    reason: str


@dataclass(frozen=True, slots=True)
class FailedFile:
    """A known file whose contents could not be read.

    Attributes:
        path: Absolute, bytes.
        reason: Why, in one sentence.
        kind: What it was taken for.
        since_ns: When it was tried last, nanoseconds since the epoch.
    """

    path: bytes
    reason: str
    kind: Kind
    since_ns: int


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What one run over files did.

    Attributes:
        files: Files seen.
        indexed: Embedded in this run.
        reused: Taken from a record or from a file of the same content: nothing was embedded.
        unchanged: Already up to date.
        skipped: Left out by a rule (excluded, not a regular file).
        failed: Contents unreadable, each with its reason; found by name only.
        seconds: Wall-clock time.
    """

    files: int = 0
    indexed: int = 0
    reused: int = 0
    unchanged: int = 0
    skipped: int = 0
    failed: tuple[Failure, ...] = ()
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class RebuildReport(IndexReport):
    """What a rebuild did.

    A long document then has the vectors of its most representative passages, as its record holds them; the next index,
    or the indexer that watches, embeds the rest.

    Attributes:
        restored: Files that could be found by their records' vectors before their texts were read.
        restoring_s: How long it took until they could.
    """

    restored: int = 0
    restoring_s: float = 0.0


class RootState(StrEnum):
    """How a folder is kept indexed."""

    CURRENT = "current"
    """Every change so far is in the index, or on its way there."""
    CATCHING_UP = "catching up"
    """Changes may have been missed: it is being compared with the index."""
    POLLED = "polled"
    """Looked at now and then: its file system tells of no changes, or there are too many folders to watch."""
    OFFLINE = "offline"
    """Not there, or its drive is not mounted: its files are known still."""
    NOT_RESPONDING = "not responding"
    """Its file system does not answer."""
    UNWATCHED = "unwatched"
    """No indexer runs."""


@dataclass(frozen=True, slots=True)
class RootInfo:
    """A folder kept indexed.

    Attributes:
        path: Absolute.
        files: How many of its files are known.
        failed: Of these, with unreadable contents.
        present: Whether it is there now.
        records: Whether vectors are written to its files.
        state: How it is kept.
        current_ns: Up to when all changes are certain to be in the index; 0 where that is not known.
        readable: Whether the user may look into it; told only of folders on this computer's own drives.
    """

    path: bytes
    files: int
    failed: int
    present: bool
    records: bool = True
    state: RootState = RootState.UNWATCHED
    current_ns: int = 0
    readable: bool = True


class RecordPlace(StrEnum):
    """Where a file's vectors lie besides the store."""

    INODE = "inode"
    """In the file's inode: it costs no room and is read with the stat."""
    BLOCK = "block"
    """In blocks of the file's attributes."""
    ATTRIBUTES = "attributes"
    """In one attribute, on a file system that does not tell where it puts it (Btrfs: its tree, tmpfs: memory)."""
    SPLIT = "split"
    """Over several attributes."""
    STORE_ONLY = "store only"


class Freshness(StrEnum):
    """Whether what is kept describes the file as it is now."""

    FRESH = "fresh"
    STALE = "stale"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class VectorFacts:
    """The vectors of one file in one space.

    Attributes:
        space: The space.
        passages: Vectors in the store.
        codec: How the store keeps them.
        bytes: Bytes they take in the store.
        recorded: Vectors in the record on the file.
        record_codec: How the record keeps them, or None without a record.
        source: Where the store's vectors came from, or None without any.
        confidence: Expected cosine between the store's vectors and those the model gave, at most 1.
        made_ns: When they came into the store, 0 without any.
    """

    space: Space
    passages: int
    codec: CodecName
    bytes: int
    recorded: int
    record_codec: CodecName | None
    source: Source | None = None
    confidence: float = 1.0
    made_ns: int = 0


@dataclass(frozen=True, slots=True)
class PassageText:
    """A passage as it is kept: ordinal, kind ("about", "text", "picture"), place and text."""

    ordinal: int
    kind: str
    place: str
    text: str


@dataclass(frozen=True, slots=True)
class Inspection:
    """All that is known of one file.

    Attributes:
        path: Absolute, bytes.
        known: Whether the store knows the file.
        state: Its state, or None when unknown.
        reason: Why it failed, why it has no record, or why it is not indexed, or "".
        kind: Kind of file, None when unknown.
        mime: Media type or "".
        size: Bytes, now.
        mtime_ns: Now.
        mode: Permission bits, now.
        facts: Structured facts.
        indexed_ns: When it was last indexed, 0 when never.
        vectors: One entry a space.
        passages: The passages with their text.
        record_place: Where the record lies.
        record_bytes: Size of the record, 0 without one.
        record_verified: Whether the record's checksum and key code hold.
        record_note: What is odd about the record ("made with another key", "damaged"), or "".
        freshness: Whether what the store holds describes the file as it is now.
        foreign: Attributes of other programs of this kind that were found, by name.
        tags: The desktop's tags on the file, ascending.
        rating: The desktop's, 1 to 10, two a star; None where nobody rated it.
        birth: When the file was made, ISO 8601 local time without zone; None where that is not known.
    """

    path: bytes
    known: bool
    state: FileState | None
    reason: str
    kind: Kind | None
    mime: str
    size: int
    mtime_ns: int
    mode: int
    facts: FileFacts
    indexed_ns: int
    vectors: tuple[VectorFacts, ...]
    passages: tuple[PassageText, ...]
    record_place: RecordPlace
    record_bytes: int
    record_verified: bool
    record_note: str
    freshness: Freshness
    foreign: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    rating: int | None = None
    birth: str | None = None


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened to a file in the store.

    Attributes:
        at_ns: When.
        event: What, in a word: "vectors", "content", "facts", "renamed", "failed" and the like.
        model: The model concerned, or "".
        vectors: How many vectors the file then had of that model.
        source: Where these came from, or None.
        content: Hash of the content they describe, hex, or "".
        detail: JSON: what was replaced, a failure's reason; or "".
    """

    at_ns: int
    event: str
    model: str = ""
    vectors: int = 0
    source: Source | None = None
    content: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class SpaceInfo:
    """A space and how far it is filled.

    Attributes:
        space: The space.
        vectors: Vectors in it.
        active: Whether new files get one in it.
        files: Files that have vectors in it.
        wanted: Files that should have, as far as it is known what they hold.
        answering: Whether queries are answered from it.
    """

    space: Space
    vectors: int
    active: bool
    files: int = 0
    wanted: int = 0
    answering: bool = True


@dataclass(frozen=True, slots=True)
class Status:
    """The engine at a glance.

    Attributes:
        version: The program's version.
        profile: Where the profile's data lies.
        roots: The folders kept indexed.
        files: Files known.
        failed: Of these, with unreadable contents.
        passages: Passages known.
        spaces: The spaces.
        progress: What the indexer is doing.
        queue: Files waiting.
        watches: inotify watches held.
        watch_limit: Watches the system allows this user.
        store_bytes: Disk used by the store.
        last_errors: The latest failures, newest first.
        rebuilding: Whether the store is being made anew and not complete yet.
        damage: What was found damaged in the store since it was opened and could not be mended, a sentence each.
        model_note: Why pictures are not searched by what they show though a model is chosen, a sentence, or "".
        confinement: What keeps the decoders of foreign files from doing harm here, a few words each.
        unconfined: What would, but is lacking here, a sentence each.
        unread: What files cannot be read for want of a library, with its remedy, a sentence each.
        watch_note: Why not all folders are watched, with the remedy, or "".
        model_rests: Whether what the note tells of is a model that ended again and again, and is tried again by itself.
        room_bytes: Room on the disk that holds the store; None where that is not known.
    """

    version: str
    profile: bytes
    roots: tuple[RootInfo, ...]
    files: int
    failed: int
    passages: int
    spaces: tuple[SpaceInfo, ...]
    progress: Progress
    queue: int
    watches: int
    watch_limit: int
    store_bytes: int
    last_errors: tuple[Failure, ...]
    rebuilding: bool = False
    damage: tuple[str, ...] = ()
    model_note: str = ""
    confinement: tuple[str, ...] = ()
    unconfined: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    watch_note: str = ""
    model_rests: bool = False
    room_bytes: int | None = None


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """A model that can be chosen, and what it would cost here.

    Attributes:
        name: What `models use` takes.
        modality: "text" or "picture".
        active: Whether it gives new vectors now.
        installed: Whether its weights are on disk.
        detail: One line: what it is for, and where the weights lie or come from.
        space: Its space id, "" while unknown.
        vectors: Vectors of it in the store.
        answering: Whether it answers queries: it is active, or was until the active one is complete.
        embedded: Whether it came with the program.
        recommended: Whether it is the one to get.
        size_bytes: What has to be fetched, or was; 0 when unknown.
        licence: Of the weights, or "".
        languages: What queries may be written in, or "".
        quality: How well it finds, a figure in words, or "".
        quality_source: Where that figure was published, or "".
        pictures_per_s: Pictures it embeds here in a second, measured; None while that was not measured.
        hours: How long the pictures without a vector of it would take; None as long as the speed is unknown.
        disk_bytes: What the vectors of all pictures take in the store; None when unknown.
    """

    name: str
    modality: str
    active: bool
    installed: bool
    detail: str
    space: str
    vectors: int
    answering: bool = False
    embedded: bool = False
    recommended: bool = False
    size_bytes: int = 0
    licence: str = ""
    languages: str = ""
    quality: str = ""
    quality_source: str = ""
    pictures_per_s: float | None = None
    hours: float | None = None
    disk_bytes: int | None = None
