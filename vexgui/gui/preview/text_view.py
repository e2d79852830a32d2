"""A text to read, with the passage that was found marked and in sight."""

from collections.abc import Iterator
from enum import Enum, auto

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFontDatabase,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget
from typing_extensions import override

from vexgui.core.files import Kind
from vexgui.core.hits import Hit
from vexgui.gui.controls import ThinScrollBar
from vexgui.gui.language import tr
from vexgui.gui.markdown import MarkdownDocument, is_markdown, lines_of
from vexgui.gui.preview.alignment import carried_over
from vexgui.gui.preview.line_numbers import LineNumbers, first_block
from vexgui.gui.preview.passages import FoundText, Stretch
from vexgui.gui.theme import scaled, tones

_MARGIN = 24
_MOST_MARKS = 500
_LETTERS = 1.08
_WIDEST_LETTERS = 96
"""Greatest width of prose, letters of mean width: longer lines are hard to follow."""
_LONGEST_LINE = 1000
"""Of code whose lines are left whole: laying out longer ones would hold the window up."""
_LONG = 20_000
"""Characters that have to be scrolled in any case."""
_TAB_SPACES = 4
_BAR_PX = 3
_TINT = 0.09
_TURNS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)], "\ufffd")
"""What turns the direction of writing: in code it would have lines look like others (CVE-2021-42574)."""


class Writing(Enum):
    """How a text is written, and so how it is set."""

    PROSE = auto()
    CODE = auto()
    MARKDOWN = auto()


def writing_of(hit: Hit) -> Writing:
    """Return how the text of a file is written."""
    if hit.kind is Kind.CODE:
        return Writing.CODE
    return Writing.MARKDOWN if is_markdown(hit.path) else Writing.PROSE


class TextView(QTextEdit):
    """Shows a text that cannot be changed; code in letters of one width, its lines unbroken and numbered."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = self._found = FoundText("")
        self._shown: QTextDocument | None = None
        self._writing = Writing.PROSE
        self._gone_to = 0
        self._prose = scaled(self.font(), _LETTERS)
        self._code = scaled(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont), 1.0)
        self.setAccessibleName(tr("Text"))
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        # The keys belong to the preview, which hands on those that scroll.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setVerticalScrollBar(ThinScrollBar(Qt.Orientation.Vertical, self))
        self.setHorizontalScrollBar(ThinScrollBar(Qt.Orientation.Horizontal, self))
        self.lines = LineNumbers(self)

    @property
    def found(self) -> FoundText:
        """What is shown."""
        return self._found

    def show_text(self, found: FoundText, writing: Writing) -> None:
        """Show a text, at the place that was found."""
        self._source, self._writing = found, writing
        self._set()
        self._go_to_found()

    def scroll_pages(self, pages: int) -> None:
        """Scroll by so many views."""
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + pages * bar.pageStep())

    def scroll_to_end(self, *, end: bool) -> None:
        """Scroll to the end, or to the beginning."""
        bar = self.verticalScrollBar()
        bar.setValue(bar.maximum() if end else bar.minimum())

    @property
    def first_line(self) -> int:
        """Number of the first line in sight, from 0."""
        return first_block(self).blockNumber()

    def _set(self) -> None:
        """Lay the text out as it is written."""
        source, is_code = self._source, self._writing is Writing.CODE
        if is_code:
            self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        else:
            self.unsetLayoutDirection()
        self.setFont(self._code if is_code else self._prose)
        whole_lines = is_code and max(map(len, source.text.split("\n"))) <= _LONGEST_LINE
        self.setLineWrapMode(self.LineWrapMode.NoWrap if whole_lines else self.LineWrapMode.WidgetWidth)
        before, self._shown = self._shown, self._made()
        if is_code:
            self.lines.show_from(source.first_line, self._shown.blockCount())
        else:
            self.lines.hide()
        # What takes room comes before all is laid out: otherwise that would be done once more.
        is_long = len(source.text) > _LONG
        bar = Qt.ScrollBarPolicy.ScrollBarAlwaysOn if is_long else Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self.setVerticalScrollBarPolicy(bar)
        self._leave_margins()
        self.setDocument(self._shown)
        if before is not None:
            before.deleteLater()
        self._mark()

    def _made(self) -> QTextDocument:
        """Return a document of the text, and take where in it lies what was found."""
        text = self._source.text
        if self._writing is Writing.MARKDOWN:
            made: QTextDocument = MarkdownDocument(text, self.font(), self.palette(), self)
            self._found = carried_over(self._source, made.toPlainText())
        else:
            made = QTextDocument(text.translate(_TURNS) if self._writing is Writing.CODE else text, self)
            made.setUndoRedoEnabled(False)
            made.setDefaultFont(self.font())
            self._found = self._source
        made.setDocumentMargin(_MARGIN)
        option = made.defaultTextOption()
        by_script = Qt.LayoutDirection.LayoutDirectionAuto
        option.setTextDirection(Qt.LayoutDirection.LeftToRight if self._writing is Writing.CODE else by_script)
        option.setTabStopDistance(_TAB_SPACES * self.fontMetrics().horizontalAdvance(" "))
        made.setDefaultTextOption(option)
        return made

    def _mark(self) -> None:
        mark = tones(self.palette()).mark
        self.setExtraSelections([self._selection(word, mark) for word in self._found.words[:_MOST_MARKS]])

    def _selection(self, stretch: Stretch, ground: QColor) -> QTextEdit.ExtraSelection:
        style = QTextCharFormat()
        style.setBackground(ground)
        selection = QTextEdit.ExtraSelection()
        selection.cursor, selection.format = self._cursor(stretch), style
        return selection

    def _passage_lines(self) -> Iterator[QRectF]:
        """Yield where the lines of the passage lie in the view; none where it is all of the text."""
        if self._found.passage is None or self._source.passage == (0, len(self._source.text.rstrip())):
            return
        cursor = self._cursor(self._found.passage)
        block = self.document().findBlock(cursor.selectionStart())
        while block.isValid() and block.position() < cursor.selectionEnd():
            yield from self._lines_within(block, cursor.selectionStart(), cursor.selectionEnd())
            block = block.next()

    def _lines_within(self, block: QTextBlock, start: int, end: int) -> Iterator[QRectF]:
        for line, top in lines_of(block):
            begins = block.position() + line.textStart()
            # The end of a paragraph's last line belongs to it, also where the line is empty.
            if begins < end and begins + max(line.textLength(), 1) > start:
                seen = top - self.verticalScrollBar().value()
                yield QRectF(0, seen, self.viewport().width(), line.height())

    def _cursor(self, stretch: Stretch) -> QTextCursor:
        cursor = QTextCursor(self.document())
        # Qt counts in UTF-16, where a sign beyond the first 65,536 takes two.
        before, within = (_utf16(self._found.text[start:end]) for start, end in ((0, stretch[0]), stretch))
        cursor.setPosition(before)
        cursor.setPosition(before + within, QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _leave_margins(self) -> None:
        """Keep lines of prose from growing too long to follow, and leave room for the numbers of code."""
        widest = self.fontMetrics().averageCharWidth() * _WIDEST_LETTERS + 2 * _MARGIN
        is_code, room = self._writing is Writing.CODE, self.lines.room
        beside = 0 if is_code else max(0, (self.width() - widest) // 2)
        self.setViewportMargins(beside + room, 0, beside, 0)
        self.lines.setGeometry(0, 0, room, self.viewport().height())

    def _go_to_found(self) -> None:
        """Scroll so that what was found begins in the upper third of the view."""
        start, _ = self._found.passage or next(iter(self._found.words), (0, 0))
        self.setTextCursor(self._cursor((start, start)))
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + self.cursorRect().top() - self.viewport().height() // 3)
        self.horizontalScrollBar().setValue(0)
        self._gone_to = bar.value()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        # A text may come before the view has its size; whoever has scrolled or selected stays there.
        rests = self.verticalScrollBar().value() == self._gone_to and not self.textCursor().hasSelection()
        self._leave_margins()
        super().resizeEvent(event)
        if rests and self._source.text:
            self._go_to_found()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._source.text:
            at = self.verticalScrollBar().value()
            self._set()
            self.verticalScrollBar().setValue(at)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        lines = list(self._passage_lines())
        if lines:
            self._paint_ground(QRectF(lines[0].topLeft(), lines[-1].bottomRight()))
        super().paintEvent(event)

    def _paint_ground(self, area: QRectF) -> None:
        """Have the passage stand out, with a bar where its lines begin."""
        painter = QPainter(self.viewport())
        bar = self.palette().color(QPalette.ColorRole.Accent)
        tint = QColor(bar)
        tint.setAlphaF(_TINT)
        area.adjust(_MARGIN - 12, 0, -_MARGIN + 12, 0)
        painter.fillRect(area, tint)
        first = self._cursor(self._found.passage or (0, 0)).block()
        from_right = first.textDirection() is Qt.LayoutDirection.RightToLeft
        left = area.right() if from_right else area.left() - _BAR_PX
        painter.fillRect(QRectF(left, area.top(), _BAR_PX, area.height()), bar)
        painter.end()


def _utf16(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
