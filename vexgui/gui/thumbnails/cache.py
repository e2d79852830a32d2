"""The desktop's shared thumbnail cache: freedesktop's Thumbnail Managing Standard 0.9."""

import contextlib
import hashlib
import os
import struct
import tempfile
import zlib
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage

from vexgui.core.paths import joined, lies_in
from vexgui.gui.uris import uri_of

SOFTWARE = "VexGUI"
_FAILED = b"fail/vexgui-1"
_PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_HEADER_END = 33
"""Bytes of a PNG up to the end of its IHDR chunk: text goes right after."""
_HEAD_BYTES = 4096


class Flavour(Enum):
    """Sizes a thumbnail is kept in; the value is folder and longest side in pixels."""

    NORMAL = (b"normal", 128)
    LARGE = (b"large", 256)
    X_LARGE = (b"x-large", 512)
    XX_LARGE = (b"xx-large", 1024)

    @property
    def px(self) -> int:
        """Longest side, pixels."""
        return self.value[1]

    @property
    def folder(self) -> bytes:
        """Name of its folder."""
        return self.value[0]


@dataclass(frozen=True, slots=True)
class Original:
    """The file a thumbnail is of, as it was when last looked at."""

    path: bytes
    mtime_s: int
    size: int

    @property
    def uri(self) -> str:
        """Its URI as GLib spells it."""
        return uri_of(self.path)

    @property
    def name(self) -> bytes:
        """File name of its thumbnails."""
        return hashlib.md5(self.uri.encode(), usedforsecurity=False).hexdigest().encode() + b".png"


def flavour_for(px: int) -> Flavour:
    """Return the smallest flavour with at least ``px`` pixels, or the largest."""
    return next((flavour for flavour in Flavour if flavour.px >= px), Flavour.XX_LARGE)


def default_root() -> bytes:
    """Return where this user's thumbnails lie."""
    cache = os.environb.get(b"XDG_CACHE_HOME", b"")
    home = os.environb.get(b"HOME", b"/")
    return joined(cache if cache.startswith(b"/") else joined(home, b".cache"), b"thumbnails")


class ThumbnailCache:
    """Reads and writes thumbnails that all programs of the desktop share; may be used from any thread.

    Args:
        root: The folder of all thumbnails.
    """

    def __init__(self, root: bytes) -> None:
        self.root = root

    def holds(self, path: bytes) -> bool:
        """Tell whether a file is itself a thumbnail: none is made of those."""
        return lies_in(path, self.root)

    def read(self, original: Original, wanted: Flavour) -> QImage | None:
        """Return a valid thumbnail of at least the wanted size, or None."""
        for flavour in Flavour:
            if flavour.px >= wanted.px:
                image = QImage(os.fsdecode(self._place(original, flavour.folder)))
                # QImageReader.text() cannot read keys with a colon; QImage.text() can.
                if not image.isNull() and _describes(image, original):
                    return image
        return None

    def write(self, original: Original, image: QImage, flavour: Flavour) -> None:
        """Keep a thumbnail; a cache that cannot be written is none of the user's troubles."""
        self._write(self._place(original, flavour.folder), _png(image, original))

    def failed(self, original: Original) -> bool:
        """Tell whether a thumbnail of this very file was tried in vain."""
        image = QImage(os.fsdecode(self._place(original, _FAILED)))
        return not image.isNull() and _describes(image, original)

    def write_failed(self, original: Original) -> None:
        """Remember that no thumbnail can be made."""
        dot = QImage(1, 1, QImage.Format.Format_RGBA8888)
        dot.fill(0)
        self._write(self._place(original, _FAILED), _png(dot, original))

    def forget(self, folder: bytes) -> int:
        """Remove the thumbnails that this program made of files in a folder; return how many."""
        prefix = uri_of(joined(folder, b"")).encode()
        removed = 0
        for kept_in in (*(flavour.folder for flavour in Flavour), _FAILED):
            place = joined(self.root, kept_in)
            with contextlib.suppress(OSError), os.scandir(place) as entries:
                for entry in entries:
                    if _made_by_us_of(entry.path, prefix):
                        os.unlink(entry.path)
                        removed += 1
        return removed

    def _place(self, original: Original, folder: bytes) -> bytes:
        return joined(joined(self.root, folder), original.name)

    @staticmethod
    def _write(target: bytes, content: bytes) -> None:
        folder = os.path.dirname(target)
        temporary = b""
        try:
            os.makedirs(folder, 0o700, exist_ok=True)
            descriptor, temporary = tempfile.mkstemp(dir=folder, suffix=b".png")  # mode 0600, as the standard wants
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
            os.replace(temporary, target)
        except OSError:
            if temporary:
                with contextlib.suppress(OSError):
                    os.unlink(temporary)


def _describes(image: QImage, original: Original) -> bool:
    return image.text("Thumb::URI") == original.uri and image.text("Thumb::MTime") == str(original.mtime_s)


def _png(image: QImage, original: Original) -> bytes:
    """Return a thumbnail as PNG with the texts that make it valid.

    Qt would write long texts compressed, which GLib does not read, so they are put in here, plain.
    """
    store = QByteArray()
    buffer = QBuffer(store)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.convertToFormat(QImage.Format.Format_RGBA8888).save(buffer, "PNG")  # type: ignore[call-overload]
    buffer.close()
    png = bytes(store.data())
    texts = {
        "Thumb::URI": original.uri,
        "Thumb::MTime": str(original.mtime_s),
        "Thumb::Size": str(original.size),
        "Software": SOFTWARE,
    }
    chunks = b"".join(_text_chunk(key, value) for key, value in texts.items())
    return png[:_HEADER_END] + chunks + png[_HEADER_END:]


def _text_chunk(key: str, value: str) -> bytes:
    body = b"tEXt" + key.encode("latin-1") + b"\0" + value.encode("latin-1")
    return struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))


def _made_by_us_of(path: bytes, uri_prefix: bytes) -> bool:
    try:
        with open(path, "rb") as file:
            head = file.read(_HEAD_BYTES)
    except OSError:
        return False
    return (
        head.startswith(_PNG_SIGNATURE)
        and b"Software\0" + SOFTWARE.encode() in head
        and b"Thumb::URI\0" + uri_prefix in head
    )
