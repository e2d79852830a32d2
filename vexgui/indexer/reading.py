"""The reading stage, in threads of its own: a file's words, which are read first, then what it takes to embed it."""

import errno
import os
import threading
from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import dataclass, replace

from vexgui.core.files import RECIPE, Extraction, FileFacts, FileStat, FileState, Labels, Passage, PassageKind
from vexgui.core.paths import name_of
from vexgui.core.vectors import Modality, Space
from vexgui.extract.about import about
from vexgui.extract.extractor import Extractor
from vexgui.extract.kinds import format_of
from vexgui.indexer.ahead import side_by_side
from vexgui.indexer.plan import is_unchanged
from vexgui.store.rows import FileRow
from vexgui.store.store import Store
from vexgui.system import attributes
from vexgui.system.attributes import AttributeRefused
from vexgui.system.fingerprint import UNKNOWN_HASH, content_hash
from vexgui.system.labels import read_labels

_AHEAD, _WHOLE_AHEAD = 64, 16
"""Fewer with their pictures: one file may show dozens."""
_PASSING = {errno.EAGAIN, errno.ETIMEDOUT, errno.ENOTCONN, errno.ESTALE, errno.EHOSTDOWN, errno.EHOSTUNREACH}
"""What keeps a file from being read for a while only: its decoder rests, or its server does not answer."""


@dataclass(frozen=True, slots=True)
class Read:
    """One file after reading.

    Attributes:
        path: The file.
        extraction: What was read out of it; of a file that may not be read, what its name says. None where nothing was.
        untouched: Its stat now, when only its attributes or times had moved and its content need not be read.
        labels: What the desktop says of an untouched file; None where it was not asked.
        lacks: Whether an untouched file lacks vectors in a space in force.
        unseen: Whether it shows pictures, and nobody has looked at them yet.
        again: Whether it is to be read again though it does not change: what kept it from being read passes.
        over_ns: When the store took in what is known of the file, if that was used; see `FileUpdate`.
        picture_px: At least so long is the short side of the pictures that were read, as far as the file has as much.
        problem: Why nothing could be read this time, though what is known of the file still holds; or "".
    """

    path: bytes
    extraction: Extraction | None = None
    untouched: FileStat | None = None
    labels: Labels | None = None
    lacks: bool = False
    unseen: bool = False
    again: bool = False
    over_ns: int | None = None
    picture_px: int = 0
    problem: str = ""

    @property
    def is_nothing(self) -> bool:
        """Whether there was nothing to read."""
        return self.extraction is None and self.untouched is None

    @property
    def has_pixels(self) -> bool:
        """Whether pictures of it were read."""
        return self.extraction is not None and bool(self.extraction.pictures)

    @property
    def passages(self) -> int:
        """How many passages were read."""
        return 0 if self.extraction is None else len(self.extraction.passages)


class Reader:
    """Reads files, several at once, in one of two ways: see `words` and `whole`.

    Args:
        store: Tells what is known of files.
        extractor: Reads what is not.
        spaces: The spaces every file should have vectors in.
        force: Read also what is known.
        is_remote: Tells of what file systems files are not touched here, because they may never answer.
    """

    def __init__(
        self,
        store: Store,
        extractor: Extractor,
        spaces: Sequence[Space],
        *,
        force: bool = False,
        is_remote: Callable[[bytes], bool] = lambda _path: False,
    ) -> None:
        self._store = store
        self._extractor = extractor
        self._spaces = spaces
        self._force = force
        self._is_remote = is_remote
        self._picture_px = max(space.picture_px for space in spaces)

    def words(self, path: bytes) -> Read:
        """Read what a file says in words, or find that its content is the known one; nothing where it is gone."""
        try:
            if not self._force and (untouched := self._untouched(path)) is not None:
                return untouched
            extraction = self._extractor.extract(path, 0)
        except FileNotFoundError:
            return Read(path)
        except OSError as error:
            if self._is_remote(path):
                return Read(path, problem=_reason(error))
            return Read(path, _unread(path, error), again=error.errno in _PASSING)
        return Read(path, extraction, unseen=_shows_pictures(extraction.passages))

    def whole(self, path: bytes) -> Read:
        """Give what is to be embedded of a file whose words are known: these, and its pictures if it shows any.

        There is nothing where the file's content is not the known one.
        """
        row = self._store.catalog.file(path)
        known = None if row is None or row.unread else self._known(row)
        if row is None or known is None:
            return Read(path)
        if not self._wants_pictures(row, known):
            return Read(path, known, unseen=row.unseen, over_ns=row.indexed_ns)
        passes = False
        try:
            seen = self._extractor.extract(path, self._picture_px, known)
        except FileNotFoundError:
            return Read(path)
        except OSError as error:
            seen = replace(known, problem=_reason(error))
            passes = error.errno in _PASSING
        if not seen.problem:
            return Read(path, seen, over_ns=row.indexed_ns, picture_px=self._picture_px)
        was_seen = row.state is FileState.INDEXED and not row.unseen  # that it cannot be now takes nothing from it
        if passes or was_seen:
            return Read(path, untouched=known.stat, problem=seen.problem)
        words = tuple(passage for passage in known.passages if passage.kind is not PassageKind.PICTURE)
        return Read(path, replace(known, passages=words, problem=seen.problem), over_ns=row.indexed_ns)

    def read_ahead(
        self, paths: Iterable[bytes], stop: threading.Event, *, whole: bool
    ) -> Generator[Read | None, None, None]:
        """Read files in threads, some ahead of what was taken; None stands for a moment with nothing ready.

        The threads have ended when the iterator ends or is closed.
        """
        wanted = (path for path in paths if not stop.is_set())
        read, most = (self.whole, _WHOLE_AHEAD) if whole else (self.words, _AHEAD)
        return side_by_side(wanted, read, self._extractor.readers, most, "vexgui-reading")

    def _known(self, row: FileRow) -> Extraction | None:
        """Return what a file said when it was read, if its content is still the one that it had then."""
        try:
            stat = row.stat if self._is_remote(row.path) else attributes.stat_path(row.path)
        except OSError:
            return None
        if not is_unchanged(stat, row.known, RECIPE):
            # Nobody may ever tell: another name that the file has elsewhere, or gets, moves its ctime.
            untouched = self._untouched(row.path)
            if untouched is None or untouched.untouched is None:
                return None
            stat = untouched.untouched
        passages = (
            Passage(passage.ordinal, passage.kind, passage.text, passage.place)
            for passage in self._store.catalog.passages_of(row.id)
        )
        problem = "" if row.state is FileState.INDEXED else row.reason
        return Extraction(stat, row.content_hash, row.kind, row.mime, row.facts, tuple(passages), problem=problem)

    def _wants_pictures(self, row: FileRow, known: Extraction) -> bool:
        seeing = [space for space in self._spaces if space.modality is Modality.PICTURE]
        if not (seeing and _shows_pictures(known.passages)):
            return False
        return self._force or self._store.lacks_vectors(row.id, seeing)

    def _untouched(self, path: bytes) -> Read | None:
        """Return a known file's new stat and labels when its content is still the one it was indexed with."""
        row = self._store.catalog.file(path)
        if row is None or row.unread or row.recipe != RECIPE or self._is_remote(path):
            return None
        try:
            descriptor = attributes.open_for_attributes(path)
        except AttributeRefused:
            return None
        try:
            stat = attributes.stat_of(descriptor)
            if stat.size != row.stat.size or content_hash(descriptor, stat.size) != row.content_hash:
                return None
            # Labels come last: those that change from here on move the file's ctime once more.
            if stat != attributes.stat_of(descriptor):
                return None
            lacks = self._store.lacks_vectors(row.id, self._spaces)
            return Read(path, untouched=stat, labels=read_labels(descriptor), lacks=lacks)
        finally:
            os.close(descriptor)


def _shows_pictures(passages: Sequence[Passage]) -> bool:
    return any(passage.kind is PassageKind.PICTURE for passage in passages)


def _unread(path: bytes, error: OSError) -> Extraction | None:
    """Return what the name alone says of a file that may not be read; None when it is gone."""
    try:
        stat = attributes.stat_path(path)
    except OSError:
        return None
    found = format_of(name_of(path), b"")
    words = about(path, found.words, FileFacts())
    passage = Passage(0, PassageKind.ABOUT, words)
    return Extraction(stat, UNKNOWN_HASH, found.kind, found.mime, FileFacts(), (passage,), problem=_reason(error))


def _reason(error: OSError) -> str:
    if isinstance(error, PermissionError):
        return "You may not read this file."
    if error.errno == errno.EAGAIN:  # the extractor says why
        return f"{error.strerror}"
    return f"It cannot be read: {error.strerror}."
