"""A larger look at a file, its picture whole or its words on a page; and at several files at once."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Slot
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from vexgui.core.files import Kind
from vexgui.core.hits import Hit
from vexgui.gui.controls import RADIUS
from vexgui.gui.details.shaped import Shaped
from vexgui.gui.language import tr
from vexgui.gui.markdown import MarkdownDocument, is_markdown
from vexgui.gui.results.picture import draw_kind, draw_picture
from vexgui.gui.theme import scaled, tones
from vexgui.gui.thumbnails.loader import ThumbnailLoader, Wanted

_SHAPE = 0.72
_HIGHEST_PX = 360
_ICON_PX = 64
_LETTERS = 0.9
_MARGIN_PX = 14
_MOST_WORDS = 2000
"""Characters of a text that are laid out: more would not find room."""
_GAP_PX = 6
_SIGN_PX = 24
_QUARTERS = ((0, 0), (1, 0), (0, 1), (1, 1))
"""Where each of several files is drawn: column and line."""

_File = tuple[bytes, int, Kind]
"""A file as thumbnails are asked for: path, mtime in nanoseconds, kind."""


class Preview(Shaped):
    """Draws one file as large as it is itself, or four in its quarters; pictures come from the thumbnail loader."""

    def __init__(self, loader: ThumbnailLoader, parent: QWidget | None = None) -> None:
        super().__init__(_SHAPE, _HIGHEST_PX, parent)
        self._loader = loader
        self._files: tuple[_File, ...] = ()
        self._words = ""
        self.setAccessibleName(tr("Preview"))
        loader.arrived.connect(self._take_thumbnails)

    @property
    def words(self) -> str:
        """The words shown for a file that has no picture."""
        return self._words

    def show_file(self, path: bytes, mtime_ns: int, kind: Kind) -> None:
        """Show another file."""
        self._show((path, mtime_ns, kind))

    def show_several(self, hits: Sequence[Hit]) -> None:
        """Show the first few of several files beside each other."""
        self._show(*((hit.path, hit.mtime_ns, hit.kind) for hit in hits[: len(_QUARTERS)]))

    def show_words(self, words: str) -> None:
        """Show words for a file that has no picture."""
        self._words = words[:_MOST_WORDS]
        self.update()

    def _show(self, *files: _File) -> None:
        if files != self._files:
            self._files = files
            self._words = ""
            self.update()

    @Slot(object)
    def _take_thumbnails(self, fresh: Sequence[Wanted]) -> None:
        arrived = {wanted.path for wanted in fresh}
        if any(path in arrived for path, _, _ in self._files):
            self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        area = QRectF(self.rect())
        if len(self._files) == 1:
            self._draw(painter, area, self._files[0], whole=True)
        else:
            width, height = (area.width() - _GAP_PX) / 2, (area.height() - _GAP_PX) / 2
            for file, (column, line) in zip(self._files, _QUARTERS, strict=False):
                left, top = column * (width + _GAP_PX), line * (height + _GAP_PX)
                self._draw(painter, QRectF(left, top, width, height), file, whole=False)
        painter.end()

    def _draw(self, painter: QPainter, area: QRectF, file: _File, *, whole: bool) -> None:
        path, mtime_ns, kind = file
        px = max(area.width(), area.height()) * self.devicePixelRatioF()
        pixmap = self._loader.pixmap(Wanted.filling(path, mtime_ns, kind, px))
        if pixmap is not None:
            draw_picture(painter, area, pixmap, self.palette(), whole=whole)
        else:
            self._draw_page(painter, area, path, kind)

    def _draw_page(self, painter: QPainter, area: QRectF, path: bytes, kind: Kind) -> None:
        palette = self.palette()
        painter.setPen(QPen(tones(palette).outline, 1))
        painter.setBrush(palette.color(QPalette.ColorRole.Base))
        painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        if not self._words or kind in {Kind.IMAGE, Kind.VIDEO, Kind.AUDIO}:
            draw_kind(painter, area, kind, _ICON_PX)
            return
        room = area.adjusted(_MARGIN_PX, _MARGIN_PX - 2, -_MARGIN_PX, -36)
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        painter.setFont(scaled(self.font(), _LETTERS))
        if is_markdown(path):
            _draw_markdown(painter, room, self._words, palette)
        else:
            _draw_plain(painter, room, self._words)
        draw_kind(painter, QRectF(area.right() - 32, area.bottom() - 32, _SIGN_PX, _SIGN_PX), kind, _SIGN_PX)


def _draw_plain(painter: QPainter, room: QRectF, words: str) -> None:
    """Draw as many lines of a text as have room."""
    line = QFontMetricsF(painter.font()).height()
    room.setHeight(int(room.height() / line) * line)
    painter.save()
    painter.setClipRect(room)
    painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)  # the text's own, whatever the window's
    painter.drawText(room, int(Qt.TextFlag.TextWordWrap), words)
    painter.restore()


def _draw_markdown(painter: QPainter, room: QRectF, words: str, palette: QPalette) -> None:
    """Draw as many lines of a text as have room, as its signs have it."""
    document = MarkdownDocument(words, painter.font(), palette)
    document.setDocumentMargin(0)
    document.setTextWidth(room.width())
    painter.save()
    painter.translate(room.topLeft())
    document.drawContents(painter, QRectF(0, 0, room.width(), document.fitting(room.height())))
    painter.restore()
