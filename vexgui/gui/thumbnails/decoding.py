"""Pictures decoded in this process at the size they are shown at, and PNGs; to be called on worker threads."""

import os
from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QByteArray, QFile, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageIOHandler, QImageReader

from vexgui.core.files import Kind
from vexgui.core.paths import name_of

_READ_HERE = frozenset(
    (
        b"bmp",
        b"gif",
        b"ico",
        b"jpe",
        b"jpeg",
        b"jpg",
        b"pbm",
        b"pgm",
        b"png",
        b"ppm",
        b"tif",
        b"tiff",
        b"webp",
        b"xbm",
        b"xpm",
    )
)
"""Formats that Qt decodes in this process; all others are decoded by the engine's guarded children."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A picture as it was decoded.

    Attributes:
        image: Its pixels, upright, perhaps fewer than the file has.
        whole: Size of the whole picture, upright, pixels.
    """

    image: QImage
    whole: QSize


def decodes_here(path: bytes, kind: Kind) -> bool:
    """Tell whether Qt decodes a file in this process."""
    return kind is Kind.IMAGE and name_of(path).rpartition(b".")[2].lower() in _READ_HERE


def decoded(path: bytes, px: int) -> Decoded | None:
    """Decode a picture, its longest side at most ``px``, upright; a full decode would cost ten times as much.

    Raises:
        OSError: It is gone or may not be read.
    """
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    file = QFile()
    # Opened by descriptor, because Qt cannot name a file whose name is not UTF-8.
    file.open(descriptor, QIODevice.OpenModeFlag.ReadOnly, QFile.FileHandleFlag.AutoCloseHandle)
    reader = QImageReader(file)
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    whole = reader.size()
    if whole.isValid() and max(whole.width(), whole.height()) > px:
        reader.setScaledSize(whole.scaled(QSize(px, px), Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1)))
    turned = reader.transformation() & QImageIOHandler.Transformation.TransformationRotate90
    image = reader.read()
    file.close()
    if image.isNull():
        return None
    return Decoded(image, (whole.transposed() if turned else whole) if whole.isValid() else image.size())


def image_in(png: bytes) -> QImage | None:
    """Return the picture in a PNG, or None if there is none."""
    image = QImage.fromData(png) if png else QImage()
    return None if image.isNull() else image


def png_of(image: QImage) -> bytes:
    """Return a picture as a PNG."""
    store = QByteArray()
    buffer = QBuffer(store)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.convertToFormat(QImage.Format.Format_RGBA8888).save(buffer, "PNG")  # type: ignore[call-overload]
    buffer.close()
    return bytes(store.data())
