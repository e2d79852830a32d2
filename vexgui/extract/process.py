"""The extractor that reads files in child processes, so that a file that breaks a decoder breaks nothing else."""

import errno
import os
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from vexgui.core.errors import ChildFailed
from vexgui.core.files import Extraction
from vexgui.extract.wire import extraction_in, raise_refusal, thumbnail_in
from vexgui.system.child import Child
from vexgui.system.frames import Frame, FrameError
from vexgui.system.pool import Pool

WORKER = "vexgui.extract.worker"
_MOST_READERS = 4
"""More would only wait for the disk, and each may take the memory that one decoder may take."""

_T = TypeVar("_T")


def readers_here() -> int:
    """Return how many decoders are worth running on this computer: one processor is left to the program itself."""
    return max(1, min(len(os.sched_getaffinity(0)) - 1, _MOST_READERS))


class ExtractorProcess:
    """Reads files in child processes at idle priority, and draws thumbnails in another at normal priority.

    Calls from several threads are answered side by side, as many as there are readers, each of which is started when
    it is needed. A further process, at normal priority and ended after each use, is asked about files that one failed
    on: on a busy machine an idle process can miss any deadline, which is not the file's fault; and of a file that
    breaks the decoder it says what can be said without looking inside. After `close` a call raises `ChildFailed`.

    Args:
        memory_bytes: Address space each child may take.
        timeout_s: A file that takes longer is given up.
        readers: So many files are read at once; None for as many as are worth it here.
        worker: The module the children run.
    """

    def __init__(
        self, memory_bytes: int, timeout_s: float, *, readers: int | None = None, worker: str = WORKER
    ) -> None:
        self.readers = readers or readers_here()
        self._timeout_s = timeout_s
        arguments = [str(memory_bytes), "idle"]
        self._readers = Pool([Child(worker, arguments, "The decoder") for _ in range(self.readers)])
        self._second = Child(worker, [str(memory_bytes), "normal"], "The decoder")
        self._painter = Child(worker, [str(memory_bytes), "normal"], "The decoder")
        self._looking_again = threading.Lock()
        self._closed = False

    def extract(self, path: bytes, picture_px: int) -> Extraction:
        """Read a file, see `Extractor.extract`."""
        request = {"do": "extract", "picture_px": picture_px}
        try:
            with self._readers.lent() as reader:
                return self._extraction(reader, request, path, picture_px)
        except ChildFailed as failure:
            if self._closed:
                raise
            with self._looking_again:
                return self._second_look(request, path, picture_px, failure)

    def thumbnail(self, path: bytes, longest_px: int) -> bytes:
        """Return a PNG, see `Extractor.thumbnail`."""
        try:
            return self._asked(self._painter, {"do": "thumbnail", "longest_px": longest_px}, path, thumbnail_in)
        except ChildFailed:
            if self._closed:
                raise
            return b""

    def close(self) -> None:
        """End the children, also under a running call, which then raises `ChildFailed`."""
        self._closed = True
        for children in (self._readers, self._second, self._painter):
            children.close()

    def _second_look(self, request: dict[str, Any], path: bytes, picture_px: int, first: ChildFailed) -> Extraction:
        """Return what a file holds at which a decoder starved, or what can be said of one that broke it.

        Raises:
            ChildFailed: This was closed.
            OSError: Nothing can be said of it.
        """
        try:
            if not isinstance(first.__cause__, TimeoutError):
                return self._described(path, first.message)
            return self._extraction(self._second, request, path, picture_px)
        except ChildFailed as failure:
            if self._closed:
                raise
            return self._described(path, failure.message)
        finally:
            self._second.unload()

    def _described(self, path: bytes, problem: str) -> Extraction:
        """Return what can be said of a file whose contents broke the decoder.

        Raises:
            OSError: Not even that.
        """
        try:
            found = self._extraction(self._second, {"do": "describe"}, path, 0)
        except ChildFailed as failure:
            if self._closed:
                raise
            raise OSError(errno.EIO, failure.message, path) from failure
        return replace(found, problem=problem)

    def _extraction(self, child: Child, header: dict[str, Any], path: bytes, picture_px: int) -> Extraction:
        return self._asked(child, header, path, lambda frame: extraction_in(frame, picture_px))

    def _asked(self, child: Child, header: dict[str, Any], path: bytes, decode: Callable[[Frame], _T]) -> _T:
        """Ask a child about a path and check its answer.

        Raises:
            ChildFailed: It died, stalled, or answered nonsense.
            OSError: It says that the file cannot be opened or read.
        """
        frame = child.call(Frame(header, (path,)), self._timeout_s)
        try:
            raise_refusal(frame, path)
            return decode(frame)
        except FrameError as error:
            child.unload()
            raise ChildFailed("The decoder answered nonsense.") from error
