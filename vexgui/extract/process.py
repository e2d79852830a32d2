"""The extractor that reads files in child processes, so that a file that breaks a decoder breaks nothing else."""

import errno
import os
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from vexgui.core.errors import ChildFailed
from vexgui.core.events import Trouble
from vexgui.core.files import Extraction, FileStat
from vexgui.core.paths import name_of
from vexgui.core.told import told
from vexgui.extract.breaker import REST_S, Breaker
from vexgui.extract.decode import OUT_OF_MEMORY
from vexgui.extract.kinds import format_of
from vexgui.extract.png import png_of
from vexgui.extract.wire import (
    DECODERS_BOUNDS,
    extraction_in,
    identity,
    raise_refusal,
    stat_in,
    thumbnail_beside,
    thumbnail_in,
)
from vexgui.system.child import Child
from vexgui.system.frames import Frame, FrameError
from vexgui.system.opening import open_regular
from vexgui.system.pool import Pool
from vexgui.system.thumbnails import Flavour, Original, ThumbnailCache

DECODER = "vexgui.extract.decoder"
OPENER = "vexgui.extract.opener"

_MOST_READERS = 4
"""More would only wait for the disk, and each may take the memory that one decoder may take."""
_ATTEMPTS = 3
_NS = 1_000_000_000
_THUMBNAIL = Flavour.LARGE
"""What file managers show first; thumbnails of the next size take four times the room."""
_RESTLESS = "It kept changing while it was read."

_T = TypeVar("_T")


def readers_here() -> int:
    """Return how many decoders are worth running on this computer.

    One for each processor: they take only what nobody else wants, and the model that waits for them sleeps meanwhile.
    """
    return min(len(os.sched_getaffinity(0)), _MOST_READERS)


class ExtractorProcess:
    """Reads files in child processes at idle priority, and draws thumbnails in another at normal priority.

    Calls from several threads are answered side by side, as many as there are readers, each of which is started when
    it is needed. Decoders open no files: they get each open, and its stat is taken by who opens it. A file at which one
    dies, stalls or runs out of memory is tried once more, alone in a fresh process at normal priority, because on a
    busy machine an idle one can miss any deadline, which is not the file's fault. If it fails again, it is said what
    can be said without looking inside. A format at which decoders die over and over rests for a while. After `close` a
    call raises `ChildFailed`.

    Args:
        memory_bytes: Address space each child may take.
        timeout_s: A file that takes longer is given up.
        readers: So many files are read at once; None for as many as are worth it here.
        is_remote: Tells whether a path lies on a file system that may hang; such files are opened by another process.
        tell: Is told what the user should know.
        worker: The module the children run.
        breaker: Decides when a format rests.
        thumbnails: Where thumbnails of the pictures whose pixels are read are kept; None for nowhere.
    """

    def __init__(  # noqa: PLR0913 - what it reaches beyond itself is given to it
        self,
        memory_bytes: int,
        timeout_s: float,
        *,
        readers: int | None = None,
        is_remote: Callable[[bytes], bool] = lambda _: False,
        tell: Callable[[Trouble], object] = lambda _: None,
        worker: str = DECODER,
        breaker: Breaker | None = None,
        thumbnails: ThumbnailCache | None = None,
    ) -> None:
        self.readers = readers or readers_here()
        self._timeout_s = timeout_s
        self._is_remote = is_remote
        self._tell = tell
        self._thumbnails = thumbnails
        self._breaker = breaker or Breaker()

        def decoder(priority: str) -> Child:
            return Child(
                worker, [str(memory_bytes), str(round(timeout_s)), priority], told("The decoder"), DECODERS_BOUNDS
            )

        self._readers = Pool([decoder("idle") for _ in range(self.readers)])
        self._second = decoder("normal")
        self._painter = decoder("normal")
        self._opener = Child(OPENER, [], told("The disk or server"))
        self._looking_again = threading.Lock()
        self._closed = False

    def extract(self, path: bytes, picture_px: int, known: Extraction | None = None) -> Extraction:
        """Read a file, see `Extractor.extract`."""
        mime = format_of(name_of(path), b"").mime
        if self._breaker.rests(mime):
            raise OSError(errno.EAGAIN, _resting(mime), path)
        request = self._request(path, picture_px, known)
        try:
            with self._readers.lent() as reader:
                return self._read(reader, path, request)
        except ChildFailed as failure:
            if self._closed:
                raise
            if not isinstance(failure.__cause__, TimeoutError):
                self._count_death(mime)
        with self._looking_again:
            return self._second_look(path, request, mime)

    def thumbnail(self, path: bytes, longest_px: int, page: int = 0) -> bytes:
        """Return a PNG, see `Extractor.thumbnail`."""
        try:
            header = {"do": "thumbnail", "longest_px": longest_px, "page": page}
            return self._asked(self._painter, header, path, lambda frame, _: thumbnail_in(frame))
        except ChildFailed:
            if self._closed:
                raise
            return b""

    def unload_idle(self, idle_s: float) -> bool:
        """End children that were not used for so many seconds, see `Extractor.unload_idle`."""
        left = [each.unload_idle(idle_s) for each in (self._readers, self._second, self._painter, self._opener)]
        return any(left)

    def close(self) -> None:
        """End the children, also under a running call, which then raises `ChildFailed`."""
        self._closed = True
        # The opener first: calls to the others may wait for it.
        for children in (self._opener, self._readers, self._second, self._painter):
            children.close()

    def _second_look(self, path: bytes, request: dict[str, Any], mime: str) -> Extraction:
        """Return what a file holds at which a decoder failed, or, if one fails again, what can be said of it.

        Raises:
            ChildFailed: This was closed.
            OSError: Nothing can be said of it.
        """
        try:
            return self._read(self._second, path, request)
        except ChildFailed as failure:
            if self._closed:
                raise
            self._count_death(mime)
            return self._described(path, failure.message)
        finally:
            self._second.unload()

    def _count_death(self, mime: str) -> None:
        if self._breaker.count(mime):
            self._tell(Trouble(_resting(mime), "If that goes on, install VexGUI again: a library may be damaged."))

    def _read(self, child: Child, path: bytes, request: dict[str, Any]) -> Extraction:
        """Have a child read a file that holds still; of one that does not, after some attempts, only what it is called.

        Raises:
            ChildFailed: The child died, stalled, ran out of memory or answered nonsense.
            OSError: The file cannot be opened or read.
        """
        for _ in range(_ATTEMPTS):
            found = self._extraction(child, request, path)
            if found is not None and found.problem == OUT_OF_MEMORY:
                child.unload()  # what is left of its memory is in pieces
                raise ChildFailed(OUT_OF_MEMORY)
            if found is not None:
                return found
        return self._named(child, path, _RESTLESS)

    def _request(self, path: bytes, picture_px: int, known: Extraction | None) -> dict[str, Any]:
        """Return what a child is asked for: with the pixels of a picture its thumbnail too, if one may be kept."""
        request = {"do": "extract", "picture_px": picture_px, "known": None if known is None else identity(known)}
        if not picture_px or self._thumbnails is None or self._thumbnails.holds(path):
            return request
        return {**request, "picture_px": max(picture_px, _THUMBNAIL.px), "thumbnail_px": _THUMBNAIL.px}

    def _described(self, path: bytes, problem: str) -> Extraction:
        """Return what can be said of a file whose contents broke the decoder.

        Raises:
            ChildFailed: This was closed.
            OSError: Not even that.
        """
        try:
            return self._named(self._second, path, problem)
        except ChildFailed as failure:
            if self._closed:
                raise
            raise OSError(errno.EIO, failure.message, path) from failure

    def _named(self, child: Child, path: bytes, problem: str) -> Extraction:
        found = self._extraction(child, {"do": "describe"}, path)
        if found is None:
            raise ChildFailed("The decoder answered nonsense.")
        return replace(found, problem=problem)

    def _extraction(self, child: Child, header: dict[str, Any], path: bytes) -> Extraction | None:
        return self._asked(child, header, path, lambda frame, stat: self._taken_in(frame, stat, header, path))

    def _taken_in(self, frame: Frame, stat: FileStat | None, header: dict[str, Any], path: bytes) -> Extraction | None:
        """Return the extraction in an answer, once the thumbnail that came with it is kept; None of a changed file."""
        found = None if stat is None else extraction_in(frame, stat, header.get("picture_px", 0))
        thumbnail = thumbnail_beside(frame, header.get("thumbnail_px", 0))
        if found is not None and thumbnail is not None and self._thumbnails is not None:
            original = Original(path, found.stat.mtime_ns // _NS, found.stat.size)
            self._thumbnails.write(original, png_of(thumbnail), _THUMBNAIL)
        return found

    def _asked(
        self, child: Child, header: dict[str, Any], path: bytes, decode: Callable[[Frame, FileStat | None], _T]
    ) -> _T:
        """Ask a child about a file and check its answer.

        Args:
            child: The child.
            header: The question.
            path: The file's.
            decode: Takes the answer and the file's stat, or None where the file changed meanwhile.

        Raises:
            ChildFailed: It died, stalled, or answered nonsense.
            OSError: The file cannot be opened or read.
        """
        request = Frame(header, (path,))
        ask = self._passed_on if self._is_remote(path) else self._sent
        frame, stat = ask(child, request, path)
        if "spent" in frame.header:
            child.unload()
        try:
            raise_refusal(frame, path)
            return decode(frame, stat)
        except FrameError as error:
            child.unload()
            raise ChildFailed("The decoder answered nonsense.") from error

    def _sent(self, child: Child, request: Frame, path: bytes) -> tuple[Frame, FileStat | None]:
        """Open a file and hand it to a child; return its answer and the file's stat, or None where it changed."""
        descriptor = open_regular(path)
        try:
            before = FileStat.of(os.fstat(descriptor))
            answer = child.call(replace(request, files=(descriptor,)), self._timeout_s)
            after = FileStat.of(os.fstat(descriptor))
        finally:
            os.close(descriptor)
        return answer, before if before.same_content_as(after) else None

    def _passed_on(self, child: Child, request: Frame, path: bytes) -> tuple[Frame, FileStat | None]:
        """Have the opener pass a request on to a child: here the file is neither opened nor closed, for both may hang.

        Only the child sees whether the file changes after it was opened.

        Raises:
            ChildFailed: The child failed.
            OSError: The file cannot be opened.
        """
        opened: list[FileStat] = []

        def send(channel: int, request: Frame, timeout_s: float | None) -> None:
            assert timeout_s is not None
            try:
                told = self._opener.call(replace(request, files=(channel,)), timeout_s)
            except ChildFailed as failure:
                if self._closed:
                    raise
                raise _NotOpenedError(errno.ETIMEDOUT) from failure
            if "errno" in told.header:
                raise _NotOpenedError(told.header["errno"])
            opened.append(stat_in(told))

        try:
            return child.call(request, self._timeout_s, send), opened[0]
        except _NotOpenedError as error:
            child.unload()  # it may have been sent a part
            raise OSError(error.number, os.strerror(error.number), path) from error


class _NotOpenedError(Exception):
    """A file could not be opened; it is no `OSError`, because that would tell of the channel to the child."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def _resting(mime: str) -> str:
    return (
        f"Decoders broke again and again at files of the format {mime}: they are left alone for {REST_S / 60:g} "
        "minutes and read at the next scan after that."
    )
