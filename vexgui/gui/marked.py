"""Text in which some words are marked: parsing, drawing on a few lines, and as rich text."""

import html
from dataclasses import dataclass

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QTextCharFormat, QTextLayout, QTextOption

_START, _END = "\x02", "\x03"


@dataclass(frozen=True, slots=True)
class Marked:
    """A line of text and the (start, length) of each marked stretch."""

    text: str
    ranges: tuple[tuple[int, int], ...] = ()


def parsed(text: str) -> Marked:
    r"""Return a text whose marks are \x02 and \x03, white space folded into one line."""
    plain: list[str] = []
    ranges: list[tuple[int, int]] = []
    start = -1
    for sign in " ".join(text.split()):
        if sign == _START:
            start = len(plain)
        elif sign == _END:
            if 0 <= start < len(plain):
                ranges.append((start, len(plain) - start))
            start = -1
        else:
            plain.append(sign)
    return Marked("".join(plain), tuple(ranges))


def as_html(marked: Marked, ground: QColor) -> str:
    """Return marked text as rich text, the marked words on a ground of their own."""
    style = f"background-color: {ground.name(QColor.NameFormat.HexArgb)}; font-weight: 600"
    parts: list[str] = []
    end = 0
    for start, length in marked.ranges:
        parts.append(html.escape(marked.text[end:start]))
        parts.append(f'<span style="{style}">{html.escape(marked.text[start : start + length])}</span>')
        end = start + length
    parts.append(html.escape(marked.text[end:]))
    return "".join(parts)


class MarkedLines:
    """Marked text laid out on at most so many lines of a width, the last one shortened."""

    def __init__(self, marked: Marked, font: QFont, width: float, lines: int, ground: QColor) -> None:
        metrics = QFontMetricsF(font)
        self._step = metrics.height()
        self._layouts: list[QTextLayout] = []
        rest = marked
        while rest.text and len(self._layouts) < lines:
            last = len(self._layouts) == lines - 1
            if last:
                short = metrics.elidedText(rest.text, Qt.TextElideMode.ElideRight, width)
                rest = Marked(short, _clipped(rest.ranges, 0, len(short)))
            used = len(rest.text) if last else _first_line_length(rest.text, font, width)
            self._layouts.append(_one_line(rest, used, font, ground))
            following = rest.text[used:]
            skipped = used + len(following) - len(following.lstrip())
            rest = Marked("" if last else rest.text[skipped:], _clipped(rest.ranges, skipped, len(rest.text)))

    @property
    def height(self) -> float:
        """Height of all lines, device-independent pixels."""
        return self._step * len(self._layouts)

    def draw(self, painter: QPainter, left: float, top: float) -> None:
        """Draw with the painter's pen."""
        for number, layout in enumerate(self._layouts):
            layout.draw(painter, QPointF(left, top + number * self._step))


def _one_line(marked: Marked, length: int, font: QFont, ground: QColor) -> QTextLayout:
    """Lay out the first ``length`` characters on one line."""
    layout = QTextLayout(marked.text[:length].rstrip(), font)
    formats = []
    for start, extent in _clipped(marked.ranges, 0, len(layout.text())):
        stretch = QTextLayout.FormatRange()
        stretch.start, stretch.length = start, extent
        style = QTextCharFormat()
        style.setBackground(ground)
        stretch.format = style
        formats.append(stretch)
    layout.setFormats(formats)
    layout.beginLayout()
    layout.createLine().setLineWidth(1e6)
    layout.endLayout()
    return layout


def _first_line_length(text: str, font: QFont, width: float) -> int:
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(width)
    layout.endLayout()
    return max(1, line.textLength())


def _clipped(ranges: tuple[tuple[int, int], ...], start: int, end: int) -> tuple[tuple[int, int], ...]:
    """Return the parts of ranges between two places, counted from the first."""
    kept = ((max(at, start), min(at + length, end)) for at, length in ranges)
    return tuple((first - start, last - first) for first, last in kept if first < last)
