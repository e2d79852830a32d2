"""The program's icons, tinted to the palette."""

import functools

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPalette, QPixmap, QTransform
from PySide6.QtSvg import QSvgRenderer

from vexgui.core.files import Kind
from vexgui.system.resources import resource

_SIZES = (16, 20, 24, 32)
_DIRECTED = frozenset({"ascending", "descending", "list", "open", "panel", "reset", "sort"})
"""Icons that show where one reads from, or where something goes: mirrored where one writes to the left."""


@functools.lru_cache(maxsize=64)
def _drawing(name: str) -> QByteArray:
    """Return an icon's SVG, or nothing when the file is missing: a button still has its text or tool tip."""
    try:
        return QByteArray(resource("icons", f"{name}.svg").read_bytes())
    except OSError:
        return QByteArray()


@functools.lru_cache(maxsize=512)
def _tinted(name: str, px: int, rgba: int, ratio: float, *, mirrored: bool = False) -> QPixmap:
    pixmap = QPixmap(QSize(px, px) * ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    area = QRectF(pixmap.rect())
    drawing = _drawing(name)
    if not drawing.isEmpty():
        QSvgRenderer(drawing).render(painter, area)
        if rgba:
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
            painter.fillRect(area, QColor.fromRgba(rgba))
    painter.end()
    if mirrored:
        pixmap = pixmap.transformed(QTransform.fromScale(-1, 1))
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def tinted(name: str, px: int, color: QColor, ratio: float = 1.0) -> QPixmap:
    """Return an icon in one colour, ``px`` device-independent pixels wide and high."""
    mirrored = name in _DIRECTED and QGuiApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft
    return _tinted(name, px, color.rgba(), ratio, mirrored=mirrored)


def icon(name: str, palette: QPalette, role: QPalette.ColorRole = QPalette.ColorRole.ButtonText) -> QIcon:
    """Return an icon for buttons and menus in a palette's colours."""
    made = QIcon()
    for mode, group in (
        (QIcon.Mode.Normal, QPalette.ColorGroup.Active),
        (QIcon.Mode.Disabled, QPalette.ColorGroup.Disabled),
    ):
        color = palette.color(group, role)
        for px in _SIZES:
            for ratio in (1.0, 2.0):
                made.addPixmap(tinted(name, px, color, ratio), mode)
    return made


def app_icon() -> QIcon:
    """Return the program's own icon, in its own colours."""
    made = QIcon()
    for px in (16, 24, 32, 48, 64, 128, 256):
        made.addPixmap(_tinted("vexgui", px, 0, 1.0))
    return made


def app_picture(px: int, ratio: float = 1.0) -> QPixmap:
    """Return the program's own icon as a picture."""
    return _tinted("vexgui", px, 0, ratio)


def kind_picture(kind: Kind, px: int, ratio: float = 1.0) -> QPixmap:
    """Return the icon of a kind of file in its own colours."""
    return _tinted(f"kind-{kind.value}", px, 0, ratio)


def folder_picture(px: int, ratio: float = 1.0) -> QPixmap:
    """Return the icon of a folder in its own colours."""
    return _tinted("kind-folder", px, 0, ratio)
