"""The reading stage: files to extractions, ahead of the embedding, in a thread of its own."""

import os
import threading
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass

from vexgui.core.files import RECIPE, Extraction, FileFacts, FileStat, FileState, Labels, Passage, PassageKind
from vexgui.core.paths import name_of
from vexgui.core.vectors import Space
from vexgui.extract.about import about
from vexgui.extract.extractor import Extractor
from vexgui.extract.kinds import format_of
from vexgui.indexer.ahead import ahead
from vexgui.store.store import Store
from vexgui.system import attributes
from vexgui.system.attributes import AttributeRefused
from vexgui.system.fingerprint import UNKNOWN_HASH, content_hash
from vexgui.system.labels import read_labels

_AHEAD = 64


@dataclass(frozen=True, slots=True)
class Read:
    """One file after reading; with neither extraction nor stat it is gone.

    Attributes:
        path: The file.
        extraction: What was read out of it; of a file that may not be read, what its name says.
        untouched: Its stat now, when only its attributes or times had moved and nothing need be done.
        picture_px: At least so long is the short side of the picture that was read, as far as the file has as much.
        labels: What the desktop says of an untouched file; None where it was not asked.
        problem: Why nothing could be read this time, though what is known of the file still holds; or "".
    """

    path: bytes
    extraction: Extraction | None = None
    untouched: FileStat | None = None
    labels: Labels | None = None
    picture_px: int = 0
    problem: str = ""


class Reader:
    """Reads files one after the other through the extractor.

    Args:
        store: Tells which files are known with the same content, and whether vectors are lacking.
        extractor: Reads what is not.
        spaces: The spaces every file should have vectors in.

    Attributes:
        spaces: The same; others may be put in their place while files are read.
    """

    def __init__(self, store: Store, extractor: Extractor, spaces: Sequence[Space]) -> None:
        self._store = store
        self._extractor = extractor
        self.spaces = spaces

    def read(self, path: bytes, *, force: bool) -> Read:
        """Read one file, or find that its content is the known one."""
        picture_px = max(space.picture_px for space in self.spaces)
        extraction: Extraction | None
        try:
            if not force:
                untouched = self._untouched(path)
                if untouched is not None:
                    return untouched
            extraction = self._extractor.extract(path, picture_px)
        except FileNotFoundError:
            return Read(path)
        except OSError as error:
            extraction = _unread(path, error)
        if extraction is not None and extraction.problem and not force and self._is_as_known(path, extraction.stat):
            return Read(path, untouched=extraction.stat, problem=extraction.problem)
        return Read(path, extraction, picture_px=picture_px)

    def _is_as_known(self, path: bytes, stat: FileStat) -> bool:
        """Tell whether a file was read before and has not changed: that it cannot be read now takes nothing from it."""
        row = self._store.catalog.file(path)
        return (
            row is not None
            and (row.state, row.recipe, row.unread) == (FileState.INDEXED, RECIPE, False)
            and row.stat == stat
        )

    def _untouched(self, path: bytes) -> Read | None:
        """Return a known file's new stat and labels when its content is still the one it was indexed with."""
        row = self._store.catalog.file(path)
        if row is None or row.unread or row.recipe != RECIPE or self._store.lacks_vectors(row.id, self.spaces):
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
            still = stat == attributes.stat_of(descriptor)
            return Read(path, untouched=stat, labels=read_labels(descriptor)) if still else None
        finally:
            os.close(descriptor)

    def read_ahead(
        self, paths: Iterable[bytes], stop: threading.Event, *, force: bool
    ) -> Generator[Read | None, None, None]:
        """Read files in a thread, some ahead of what was taken; None stands for a moment with nothing ready.

        The thread has ended when the iterator ends or is closed.
        """

        def reads() -> Iterator[Read]:
            for path in paths:
                if stop.is_set():
                    return
                yield self.read(path, force=force)

        return ahead(reads(), _AHEAD, "vexgui-reading")


def _unread(path: bytes, error: OSError) -> Extraction | None:
    """Return what the name alone says of a file that may not be read; None when it is gone."""
    try:
        stat = attributes.stat_path(path)
    except OSError:
        return None
    found = format_of(name_of(path), b"")
    reason = (
        "You may not read this file." if isinstance(error, PermissionError) else f"It cannot be read: {error.strerror}."
    )
    words = about(path, found.words, FileFacts())
    passage = Passage(0, PassageKind.ABOUT, words)
    return Extraction(stat, UNKNOWN_HASH, found.kind, found.mime, FileFacts(), (passage,), problem=reason)
