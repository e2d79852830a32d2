"""A larger look at a file: its picture whole, or its words on a page."""

from PySide6.QtCore import QRectF, QSize, Qt, Slot
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from vexgui.core.files import Kind
from vexgui.gui.controls import RADIUS
from vexgui.gui.icons import kind_picture
from vexgui.gui.results.delegate import draw_picture
from vexgui.gui.theme import scaled, tones
from vexgui.gui.thumbnails.loader import ThumbnailLoader, Wanted
from vexgui.system.thumbnails import flavour_for

_SHAPE = 0.72
_ICON_PX = 64


class Preview(QWidget):
    """Draws one file as large as it is itself; pictures come from the thumbnail loader."""

    def __init__(self, loader: ThumbnailLoader, parent: QWidget | None = None, *, free: bool = False) -> None:
        super().__init__(parent)
        self._loader = loader
        self._file: tuple[bytes, int, Kind] | None = None
        self._words = ""
        self._letters, self._margin = (1.15, 28) if free else (0.9, 14)
        if not free:
            policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)
        self.setAccessibleName("Preview")
        loader.arrived.connect(self._repaint)

    @property
    def words(self) -> str:
        """The words shown for a file that has no picture."""
        return self._words

    def show_file(self, path: bytes, mtime_ns: int, kind: Kind) -> None:
        """Show another file."""
        if self._file != (path, mtime_ns, kind):
            self._file = (path, mtime_ns, kind)
            self._words = ""
            self.update()

    def show_words(self, words: str) -> None:
        """Show words for a file that has no picture."""
        self._words = words
        self.update()

    @Slot()
    def _repaint(self) -> None:
        if self._file is not None:
            self.update()

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        return round(width * _SHAPE)

    @override
    def sizeHint(self) -> QSize:
        return QSize(260, self.heightForWidth(260))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._file is None:
            return
        path, mtime_ns, kind = self._file
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        area = QRectF(self.rect())
        px = round(max(self.width(), self.height()) * self.devicePixelRatioF())
        pixmap = self._loader.pixmap(Wanted(path, mtime_ns, kind, flavour_for(px).px))
        if pixmap is not None:
            draw_picture(painter, area, pixmap, self.palette(), whole=True)
        else:
            self._draw_page(painter, area, kind)
        painter.end()

    def _draw_page(self, painter: QPainter, area: QRectF, kind: Kind) -> None:
        palette = self.palette()
        painter.setPen(QPen(tones(palette).outline, 1))
        painter.setBrush(palette.color(QPalette.ColorRole.Base))
        painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        ratio = self.devicePixelRatioF()
        if not self._words or kind in {Kind.IMAGE, Kind.VIDEO, Kind.AUDIO}:
            at = area.center()
            painter.drawPixmap(
                round(at.x() - _ICON_PX / 2), round(at.y() - _ICON_PX / 2), kind_picture(kind, _ICON_PX, ratio)
            )
            return
        font = scaled(self.font(), self._letters)
        painter.setFont(font)
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        line = QFontMetricsF(font).height()
        room = area.adjusted(self._margin, self._margin - 2, -self._margin, -36)
        room.setHeight(int(room.height() / line) * line)
        painter.setClipRect(room)
        painter.drawText(room, int(Qt.TextFlag.TextWordWrap), self._words)
        painter.setClipping(False)
        painter.drawPixmap(round(area.right() - 32), round(area.bottom() - 32), kind_picture(kind, 24, ratio))
