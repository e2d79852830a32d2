"""What is pasted or dropped: files, words, and pictures that are in no file, which get one for as long as we run."""

import contextlib
import os
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Lock

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QImage

from vexgui.core.errors import WorldProblem
from vexgui.core.paths import joined
from vexgui.gui.files.uris import dragged_paths
from vexgui.gui.language import tr
from vexgui.gui.operations import Lane, Operations

_FORMATS = (("image/png", b"png"), ("image/jpeg", b"jpg"), ("image/webp", b"webp"), ("image/bmp", b"bmp"))
"""Pictures that programs offer as they would lie in a file, the best first."""


@dataclass(frozen=True, slots=True)
class Pasted:
    """What the clipboard or a drag carries; at most one of these.

    Attributes:
        paths: Files.
        picture: A picture's bytes as they would lie in a file, or the picture itself.
        suffix: Of the file it would be.
        words: Text.
    """

    paths: tuple[bytes, ...] = ()
    picture: bytes | QImage | None = None
    suffix: bytes = b""
    words: str = ""


def pasted(mime: QMimeData) -> Pasted:
    """Return what the clipboard or a drag carries: files before a picture, a picture before words."""
    paths = dragged_paths(mime)
    if paths:
        return Pasted(paths=paths)
    for name, suffix in _FORMATS:
        if mime.hasFormat(name) and (found := bytes(mime.data(name).data())):
            return Pasted(picture=found, suffix=suffix)
    if mime.hasImage():
        image = mime.imageData()
        if isinstance(image, QImage) and not image.isNull():
            return Pasted(picture=image, suffix=b"png")
    return Pasted(words=mime.text().strip())


class PastedPictures:
    """Keeps pictures that are in no file in files that go when the window does.

    They lie in the runtime directory of the user's session: in memory, for no one else to see.
    """

    def __init__(self, operations: Operations, runtime: bytes) -> None:
        self._operations = operations
        self._runtime = runtime
        self._folder = b""
        self._names: list[bytes] = []
        self._closed = False
        self._lock = Lock()  # over the three

    def keep(self, found: Pasted, kept: Callable[[Sequence[bytes]], None]) -> None:
        """Write a picture to a file, and hand its path on; of files, hand on the paths."""
        if found.paths:
            kept(found.paths)
        elif found.picture is not None:
            picture, suffix = found.picture, found.suffix
            self._operations.start(Lane.ERRANDS, lambda _: self._written(picture, suffix), lambda path: kept([path]))

    def close(self) -> None:
        """Remove the files, and keep none any more."""
        with self._lock:
            self._closed = True
            self._remove()

    def _written(self, picture: bytes | QImage, suffix: bytes) -> bytes:
        """Write a picture on a worker thread, and return the path of its file.

        Raises:
            WorldProblem: There is no room for it.
        """
        problem = WorldProblem(
            tr("The pasted picture could not be kept."), tr("Save it to a file, and drop that here.")
        )
        try:
            with self._lock:
                path = self._fresh_path(suffix)
            if not _is_written(path, picture):
                raise problem
        except OSError as error:
            raise problem from error
        finally:
            with self._lock:
                if self._closed:  # meanwhile
                    self._remove()
        return path

    def _fresh_path(self, suffix: bytes) -> bytes:
        if self._closed:
            raise OSError("nothing is kept any more")
        if not self._folder:
            runtime = self._runtime if os.path.isdir(self._runtime) else None
            self._folder = tempfile.mkdtemp(prefix=b"vexgui-pasted-", dir=runtime)
        path = joined(self._folder, b"pasted picture %d.%s" % (len(self._names) + 1, suffix))
        self._names.append(path)
        return path

    def _remove(self) -> None:
        for path in self._names:
            with contextlib.suppress(OSError):
                os.unlink(path)
        if self._folder:
            with contextlib.suppress(OSError):
                os.rmdir(self._folder)


def _is_written(path: bytes, picture: bytes | QImage) -> bool:
    """Write a picture to a file of our own, and tell whether it could be."""
    if isinstance(picture, QImage):
        return bool(picture.save(os.fsdecode(path), "PNG"))  # type: ignore[call-overload]
    with open(path, "wb") as file:
        file.write(picture)
    return True
