"""The numbers of the lines of code, beside them."""

from bisect import bisect_right
from collections.abc import Iterator

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPalette, QTextBlock
from PySide6.QtWidgets import QTextEdit, QWidget
from typing_extensions import override

from vexgui.gui.theme import scaled

_LETTERS = 0.9
_LEAST_DIGITS = 3
_BESIDE_PX = 16


def first_block(text: QTextEdit) -> QTextBlock:
    """Return the first paragraph in sight."""
    document, seen_from = text.document(), text.verticalScrollBar().value()
    box = document.documentLayout().blockBoundingRect

    def bottom(number: int) -> int:
        return int(box(document.findBlockByNumber(number)).bottom())

    return document.findBlockByNumber(bisect_right(range(document.blockCount()), seen_from, key=bottom))


class LineNumbers(QWidget):
    """Numbers at the left of a text, whose every paragraph is a line."""

    def __init__(self, text: QTextEdit) -> None:
        super().__init__(text)
        self._text = text
        self._first = self._last = 1
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        text.verticalScrollBar().valueChanged.connect(lambda _: self.update())
        self.hide()

    @property
    def room(self) -> int:
        """The width that they need, pixels; none while they are hidden."""
        digits = max(_LEAST_DIGITS, len(str(self._last)))
        return 0 if self.isHidden() else QFontMetrics(self.font()).horizontalAdvance("0" * digits) + _BESIDE_PX

    @property
    def numbers(self) -> list[int]:
        """The numbers in sight."""
        return [number for number, _ in self._lines()]

    def show_from(self, first: int, lines: int) -> None:
        """Number so many lines from another one on."""
        self._first, self._last = first, first + lines - 1
        self.setFont(scaled(self._text.font(), _LETTERS))
        self.show()
        self.update()

    def _lines(self) -> Iterator[tuple[int, QRectF]]:
        """Yield the lines in sight: their numbers, and where they lie in the view."""
        layout = self._text.document().documentLayout()
        scrolled = QPointF(0, self._text.verticalScrollBar().value())
        block = first_block(self._text)
        while block.isValid():
            box = layout.blockBoundingRect(block).translated(-scrolled)
            if box.top() > self._text.viewport().height():
                return
            yield self._first + block.blockNumber(), box
            block = block.next()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
        height = QFontMetrics(self._text.font()).lineSpacing()
        beside = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute
        for number, box in self._lines():
            line = QRectF(0, box.top(), self.width() - _BESIDE_PX / 2, height)
            painter.drawText(line, int(beside), str(number))
        painter.end()
