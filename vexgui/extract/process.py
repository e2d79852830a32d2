"""The extractor that reads files in child processes, so that a file that breaks a decoder breaks nothing else."""

import errno
from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from vexgui.core.errors import ChildFailed
from vexgui.core.files import Extraction
from vexgui.extract.wire import extraction_in, raise_refusal, thumbnail_in
from vexgui.system.child import Child
from vexgui.system.frames import Frame, FrameError

WORKER = "vexgui.extract.worker"

_T = TypeVar("_T")


class ExtractorProcess:
    """Reads files in one child process at idle priority, and draws thumbnails in another at normal priority.

    A third, at normal priority and ended after each use, is asked about files the first one failed on: on a busy
    machine an idle process can miss any deadline, which is not the file's fault; and of a file that breaks the decoder
    it says what can be said without looking inside. After `close` a call raises `ChildFailed`.

    Args:
        memory_bytes: Address space each child may take.
        timeout_s: A file that takes longer is given up.
        worker: The module the children run.
    """

    def __init__(self, memory_bytes: int, timeout_s: float, worker: str = WORKER) -> None:
        self._timeout_s = timeout_s
        self._reader = Child(worker, [str(memory_bytes), "idle"], "The decoder")
        self._second = Child(worker, [str(memory_bytes), "normal"], "The decoder")
        self._painter = Child(worker, [str(memory_bytes), "normal"], "The decoder")
        self._closed = False

    def extract(self, path: bytes, picture_px: int) -> Extraction:
        """Read a file, see `Extractor.extract`."""
        request = {"do": "extract", "picture_px": picture_px}
        try:
            try:
                return self._extraction(self._reader, request, path, picture_px)
            except ChildFailed as failure:
                if self._closed or not isinstance(failure.__cause__, TimeoutError):
                    raise
                return self._extraction(self._second, request, path, picture_px)
        except ChildFailed as failure:
            if self._closed:
                raise
            return self._described(path, failure.message)
        finally:
            self._second.unload()

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
        for child in (self._reader, self._second, self._painter):
            child.close()

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
