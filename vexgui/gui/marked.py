"""Text in which some words are marked: parsing, drawing on a few lines, and as rich text."""

import html
from dataclasses import dataclass

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QTextCharFormat, QTextLayout, QTextLine, QTextOption

_START, _END = "\x02", "\x03"
_ENDLESS = 1e6


@dataclass(frozen=True, slots=True)
class Marked:
    """A line of text and the (start, length) of each marked stretch."""

    text: str
    ranges: tuple[tuple[int, int], ...] = ()


def parsed(text: str) -> Marked:
    r"""Return a text whose marks are \x02 and \x03, white space folded into one line."""
    folded = " ".join(text.split())
    if _START not in folded:
        return Marked(folded.replace(_END, ""))
    plain: list[str] = []
    ranges: list[tuple[int, int]] = []
    length = 0
    for number, stretch in enumerate(folded.split(_START)):
        marked, end, after = stretch.partition(_END)
        if number and end and marked:
            ranges.append((length, len(marked)))
        plain += [marked, after.replace(_END, "")]
        length += len(marked) + len(plain[-1])
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
        self._width = width
        self._lines: list[QTextLine] = []
        if not marked.text:
            return
        # A long text is not laid out beyond what could be seen of it.
        few = _cut(marked, 0, int(lines * max(8.0, 4 * width / metrics.averageCharWidth())))
        self._folded, found = _laid_out(few, font, width, lines, ground)
        self._lines = found
        last = found[-1]
        if last.textStart() + last.textLength() < len(few.text):
            rest = _cut(few, last.textStart(), len(few.text))
            short = metrics.elidedText(rest.text, Qt.TextElideMode.ElideRight, width)
            elided = Marked(short, _clipped(rest.ranges, 0, len(short)))
            self._last, shortened = _laid_out(elided, font, _ENDLESS, 1, ground)
            self._lines = [*found[:-1], *shortened]

    @property
    def height(self) -> float:
        """Height of all lines, device-independent pixels."""
        return self._step * len(self._lines)

    def draw(self, painter: QPainter, left: float, top: float, *, mirrored: bool = False) -> None:
        """Draw with the painter's pen; ``mirrored`` has the lines end at the right edge, as in Arabic."""
        for number, line in enumerate(self._lines):
            free = max(0.0, self._width - line.naturalTextWidth()) if mirrored else 0.0
            line.draw(painter, QPointF(left + free, top + number * self._step))


def _laid_out(
    marked: Marked, font: QFont, width: float, lines: int, ground: QColor
) -> tuple[QTextLayout, list[QTextLine]]:
    """Lay out text on at most so many lines, at least one; the lines live as long as the layout."""
    layout = QTextLayout(marked.text, font)
    layout.setFormats([_format(start, extent, ground) for start, extent in marked.ranges])
    # Words of a script that is written from the right would begin at the far end of the line.
    option = QTextOption(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute)
    option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    found: list[QTextLine] = []
    layout.beginLayout()
    while len(found) < lines:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(width)
        found.append(line)
    layout.endLayout()
    return layout, found


def _format(start: int, length: int, ground: QColor) -> QTextLayout.FormatRange:
    stretch = QTextLayout.FormatRange()
    stretch.start, stretch.length = start, length
    style = QTextCharFormat()
    style.setBackground(ground)
    stretch.format = style
    return stretch


def _cut(marked: Marked, start: int, end: int) -> Marked:
    """Return a part of marked text."""
    return Marked(marked.text[start:end], _clipped(marked.ranges, start, end))


def _clipped(ranges: tuple[tuple[int, int], ...], start: int, end: int) -> tuple[tuple[int, int], ...]:
    """Return the parts of ranges between two places, counted from the first."""
    kept = ((max(at, start), min(at + length, end)) for at, length in ranges)
    return tuple((first - start, last - first) for first, last in kept if first < last)
