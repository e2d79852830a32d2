"""The line of the search field that is typed in: it tells of what it cannot do alone, and underlines mistakes."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPalette,
    QPen,
    QTextLayout,
)
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from vexgui.gui.files.pasting import pasted
from vexgui.gui.language import tr
from vexgui.gui.theme import scaled, tones

_WAVE_PX, _WAVE_HEIGHT_PX = 4.0, 1.3
_BEFORE_CURSOR_PX = 5
"""So far left of the cursor its rectangle begins: QWidgetLineControl::rectForPos."""
_Key = Qt.Key
_Align = Qt.AlignmentFlag
_Standard = QKeySequence.StandardKey
_UTF_16 = ("utf-16-le", "surrogatepass")


class QueryLine(QLineEdit):
    """One line of text without a frame.

    Signals:
        undo_asked, redo_asked: The user wants back what was there before, or forth again.
        left_at_start: An arrow was pressed that leads out at the beginning of the line.
        erased_at_start: Backspace was pressed where nothing is before the cursor.
        text_pasted: Text was pasted.
        things_pasted: Files or a picture were pasted: a `Pasted`.
    """

    undo_asked = Signal()
    redo_asked = Signal()
    left_at_start = Signal()
    erased_at_start = Signal()
    text_pasted = Signal()
    things_pasted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.composing = False
        self._mistaken: tuple[tuple[int, int], ...] = ()
        self.setFrame(False)
        self.setAcceptDrops(False)  # the field takes what is dropped, files too
        self.setFont(scaled(self.font(), 1.15))
        clear = QPalette(self.palette())
        clear.setColor(QPalette.ColorRole.Base, Qt.GlobalColor.transparent)
        self.setPalette(clear)
        self.setAutoFillBackground(False)
        self._align()

    @property
    def caret(self) -> int:
        """Before which character the cursor stands."""
        return len(_encoded(self.text())[: 2 * self.cursorPosition()].decode(*_UTF_16))

    @caret.setter
    def caret(self, character: int) -> None:
        self.setCursorPosition(_place(self.text(), character))

    @property
    def mistaken(self) -> tuple[tuple[int, int], ...]:
        """Where the stretches begin and end that are underlined, in characters."""
        return self._mistaken

    def underline(self, stretches: Sequence[tuple[int, int]]) -> None:
        """Underline some stretches with a wave, and nothing else."""
        if tuple(stretches) != self._mistaken:
            self._mistaken = tuple(stretches)
            self.update()

    def paste_anything(self) -> None:
        """Paste what the clipboard holds: files, a picture, or text."""
        mime = QGuiApplication.clipboard().mimeData()
        found = pasted(mime)
        # Programs for texts and tables offer a picture of the words beside the words.
        if found.paths or (found.picture is not None and not mime.text().strip()):
            self.things_pasted.emit(found)
        else:
            self.paste()
            self.text_pasted.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        at_start = self.cursorPosition() == 0 and not self.hasSelectedText()
        out = _Key.Key_Right if self.layoutDirection() is Qt.LayoutDirection.RightToLeft else _Key.Key_Left
        if event.matches(_Standard.Undo):
            self.undo_asked.emit()
        elif event.matches(_Standard.Redo):
            self.redo_asked.emit()
        elif event.matches(_Standard.Paste):
            self.paste_anything()
        elif at_start and event.key() == _Key.Key_Backspace:
            self.erased_at_start.emit()
        elif at_start and event.key() == out and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.left_at_start.emit()
        else:
            super().keyPressEvent(event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._align()

    def _align(self) -> None:
        """Have the text begin where the chips end, whatever direction it is written in."""
        is_mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        side = _Align.AlignRight | _Align.AlignAbsolute if is_mirrored else _Align.AlignLeft
        self.setAlignment(side | _Align.AlignVCenter)

    @override
    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self.composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.createStandardContextMenu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        calls = {
            "edit-undo": self.undo_asked.emit,
            "edit-redo": self.redo_asked.emit,
            "edit-paste": self.paste_anything,
        }
        for action in menu.actions():
            call = calls.get(action.objectName())
            if call is not None:
                action.triggered.disconnect()
                action.triggered.connect(lambda _=False, call=call: call())
                action.setEnabled(True)
        menu.setAccessibleName(tr("Edit"))
        menu.popup(event.globalPos())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._mistaken and not self.composing:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(tones(self.palette()).warning, 1.3))
            painter.setClipRect(self.contentsRect())
            for area in self._areas():
                painter.drawPath(_wave(area))
            painter.end()

    def _areas(self) -> list[QRectF]:
        """Return where the mistaken stretches stand; the line itself tells only where its cursor does."""
        layout = QTextLayout(self.text(), self.font())
        layout.beginLayout()
        line = layout.createLine()
        layout.endLayout()
        cursor = self.cursorRect()
        shift = cursor.x() + _BEFORE_CURSOR_PX - _x(line.cursorToX(self.cursorPosition()))
        text = self.text()
        found = []
        for start, end in self._mistaken:
            if start <= len(text):
                ends = sorted(_x(line.cursorToX(_place(text, at))) for at in (start, end))
                width = max(ends[1] - ends[0], 2 * _WAVE_PX)
                found.append(QRectF(shift + ends[0], cursor.top(), width, cursor.height()))
        return found


def _encoded(text: str) -> bytes:
    """Return text as Qt holds it, two bytes a unit: signs as 😀 have two units."""
    return text.encode(*_UTF_16)


def _place(text: str, character: int) -> int:
    """Return the place before a character of a text as Qt counts it."""
    return len(_encoded(text[:character])) // 2


def _x(place: object) -> float:
    """Return the first of what QTextLine.cursorToX tells, a place and the character that it is before."""
    assert isinstance(place, tuple)
    return float(place[0])


def _wave(area: QRectF) -> QPainterPath:
    """Return a wavy line along the lower edge of an area."""
    bottom = area.bottom() + 0.5
    path = QPointF(area.left(), bottom)
    wave = QPainterPath(path)
    x, up = area.left(), True
    while x < area.right():
        x += _WAVE_PX / 2
        wave.quadTo(QPointF(x - _WAVE_PX / 4, bottom + (-2 if up else 2) * _WAVE_HEIGHT_PX), QPointF(x, bottom))
        up = not up
    return wave
