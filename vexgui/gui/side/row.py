"""A row of the side list, and a column of them that the keyboard walks through."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
)
from PySide6.QtWidgets import QMenu, QSizePolicy, QStyle, QVBoxLayout, QWidget
from typing_extensions import override

from vexgui.gui.controls import RADIUS, Button, DrawnButton, Look, focus_ring
from vexgui.gui.drop_down import drop_down
from vexgui.gui.icons import folder_picture, tinted
from vexgui.gui.language import tr
from vexgui.gui.tab_order import lead_to
from vexgui.gui.theme import blended, scaled, tones

_PAD, _GAP, _ICON_PX, _DOT_PX = 10, 9, 18, 7
_SMALL = 0.88
_FOLDER = "kind-folder"
"""The one icon that keeps its own colours."""


class Mood(Enum):
    """How something stands; a dot has its colour."""

    GOOD = auto()
    BUSY = auto()
    RESTING = auto()
    AWAY = auto()
    BAD = auto()

    def color(self, palette: QPalette) -> QColor:
        """Return its colour in a palette."""
        if self is Mood.BUSY:
            return palette.color(QPalette.ColorRole.Accent)
        found = tones(palette)
        return {Mood.GOOD: found.strong, Mood.AWAY: found.maybe, Mood.BAD: found.warning}.get(self, found.weak)


@dataclass(frozen=True, slots=True)
class Line:
    """What a row says.

    Attributes:
        text: Its name.
        icon: Name of its icon.
        note: What stands at its end, a count, or "".
        state: What stands beneath the name, or "".
        mood: How that is, None where it is neither good nor bad.
    """

    text: str
    icon: str
    note: str = ""
    state: str = ""
    mood: Mood | None = None


class SideRow(DrawnButton):
    """One thing in the side list: a click asks for it, and a menu tells what else can be done.

    Args:
        line: What it says.
        menu: Makes its menu; None for a row without.

    Signals:
        step: The keyboard goes so many rows down.
        delete_asked: The Delete key was pressed.
        rename_asked: F2 was pressed.
    """

    step = Signal(int)
    delete_asked = Signal()
    rename_asked = Signal()

    def __init__(self, line: Line, menu: Callable[[], QMenu] | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line = line
        self._make_menu = menu
        self.more = Button(icon="more", look=Look.FLAT, name=tr("More"), parent=self)
        self.more.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the Menu key does the same
        self.more.clicked.connect(self._pop_up)
        self.more.hide()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # the arrow keys go on from where one has clicked
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.say(line)

    @property
    def line(self) -> Line:
        """What it says now."""
        return self._line

    def say(self, line: Line) -> None:
        """Say something else."""
        if line.state != self._line.state:
            self.updateGeometry()
        self._line = line
        self.setText(line.text)
        self.setAccessibleName(", ".join(filter(None, (line.text, line.note, line.state))))
        self.update()

    def menu(self) -> QMenu:
        """Return what can be done with it."""
        menu = self._make_menu() if self._make_menu else QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu

    @Slot()
    def _pop_up(self) -> None:
        drop_down(self.menu(), self.more)

    def _visual(self, left: float, top: float, width: float, height: float) -> QRect:
        """Return an area, given as if one read from left to right."""
        area = QRect(round(left), round(top), round(width), round(height))
        return QStyle.visualRect(self.layoutDirection(), self.rect(), area)

    @override
    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self.font())
        small = QFontMetrics(scaled(self.font(), _SMALL)).height() + 1 if self._line.state else 0
        return QSize(120, max(32, metrics.height() + small + 14))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(60, self.sizeHint().height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        palette, line = self.palette(), self._line
        accent = palette.color(QPalette.ColorRole.Accent)
        ink = accent if self.isChecked() else palette.color(QPalette.ColorRole.WindowText)
        quiet = palette.color(QPalette.ColorRole.PlaceholderText)
        metrics, small = QFontMetrics(self.font()), scaled(self.font(), _SMALL)
        middle = self.height() / 2
        self._paint_icon(painter, accent if self.isChecked() else quiet, middle)
        left, end = _PAD + _ICON_PX + _GAP, self.width() - _PAD
        upper = middle - metrics.height() / 2
        if line.state:
            upper -= (QFontMetrics(small).height() + 1) / 2
        note_width = self._paint_note(painter, small, quiet, end, upper + metrics.height() / 2)
        painter.setPen(ink)
        painter.setFont(self.font())
        room = end - left - note_width
        text = metrics.elidedText(line.text, Qt.TextElideMode.ElideMiddle, round(room))
        painter.drawText(self._visual(left, upper, room, metrics.height()), self._alignment(), text)
        if line.state:
            self._paint_state(painter, small, left, upper + metrics.height() + 1)
        painter.end()

    def _paint_ground(self, painter: QPainter) -> None:
        palette = self.palette()
        painter.setPen(Qt.PenStyle.NoPen)
        if self.isChecked():
            accent = palette.color(QPalette.ColorRole.Accent)
            painter.setBrush(blended(accent, palette.color(QPalette.ColorRole.Window), 0.16))
            painter.drawRoundedRect(QRectF(self.rect()), RADIUS, RADIUS)
        elif self.underMouse() or self.isDown():
            painter.setBrush(tones(palette).hover)
            painter.drawRoundedRect(QRectF(self.rect()), RADIUS, RADIUS)
        if self.hasFocus():
            focus_ring(painter, QRectF(self.rect()).adjusted(1, 1, -1, -1), palette)

    def _paint_icon(self, painter: QPainter, ink: QColor, middle: float) -> None:
        ratio = self.devicePixelRatioF()
        name = self._line.icon
        pixmap = folder_picture(_ICON_PX, ratio) if name == _FOLDER else tinted(name, _ICON_PX, ink, ratio)
        painter.drawPixmap(self._visual(_PAD, middle - _ICON_PX / 2, _ICON_PX, _ICON_PX), pixmap)

    def _paint_note(self, painter: QPainter, small: QFont, quiet: QColor, end: float, middle: float) -> float:
        """Write what stands at the end, unless the button of the menu stands there; return the room it takes."""
        if self.more.isVisible():
            return self.more.width() + 2
        if not self._line.note:
            return 0.0
        painter.setFont(small)
        metrics = QFontMetrics(small)
        width = metrics.horizontalAdvance(self._line.note)
        painter.setPen(quiet)
        painter.drawText(
            self._visual(end - width, middle - metrics.height() / 2, width + 1, metrics.height()),
            self._alignment(),
            self._line.note,
        )
        return width + _GAP

    def _paint_state(self, painter: QPainter, small: QFont, left: float, top: float) -> None:
        line, metrics = self._line, QFontMetrics(small)
        if line.mood is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(line.mood.color(self.palette()))
            painter.drawEllipse(self._visual(left + 1, top + (metrics.height() - _DOT_PX) / 2, _DOT_PX, _DOT_PX))
            left += _DOT_PX + 6
        painter.setFont(small)
        painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
        room = self.width() - _PAD - left - (self.more.width() if self.more.isVisible() else 0)
        text = metrics.elidedText(line.state, Qt.TextElideMode.ElideRight, round(room))
        painter.drawText(self._visual(left, top, room, metrics.height()), self._alignment(), text)

    def _alignment(self) -> int:
        return int(QStyle.visualAlignment(self.layoutDirection(), Qt.AlignmentFlag.AlignLeft)) | int(
            Qt.AlignmentFlag.AlignVCenter
        )

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Down:
                self.step.emit(1)
            case Qt.Key.Key_Up:
                self.step.emit(-1)
            case Qt.Key.Key_Delete:
                self.delete_asked.emit()
            case Qt.Key.Key_F2:
                self.rename_asked.emit()
            case _:
                super().keyPressEvent(event)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self._make_menu is not None:
            self.menu().popup(event.globalPos() + QPoint(1, 1))

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.HoverEnter, QEvent.Type.HoverLeave}:
            self.more.setVisible(self._make_menu is not None and event.type() == QEvent.Type.HoverEnter)
        return super().event(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        size = self.more.sizeHint()
        self.more.setGeometry(
            self._visual(
                self.width() - size.width() - 3, (self.height() - size.height()) / 2, size.width(), size.height()
            )
        )


class RowColumn(QWidget):
    """Rows beneath each other: Tab comes to one of them, the arrow keys go from there."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[SideRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(1)

    @property
    def rows(self) -> list[SideRow]:
        """The rows, from the top."""
        return list(self._rows)

    def show_rows(self, rows: Sequence[SideRow]) -> None:
        """Show other rows instead; the keyboard stays at the place where it was."""
        focused = next((at for at, row in enumerate(self._rows) if row.hasFocus()), None)
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = list(rows)
        for at, row in enumerate(self._rows):
            row.setFocusPolicy(Qt.FocusPolicy.TabFocus if at == 0 else Qt.FocusPolicy.ClickFocus)
            row.step.connect(self._step)
            self._column.addWidget(row)
            row.show()
        if focused is not None and self._rows:
            self._focus(min(focused, len(self._rows) - 1))

    @Slot(int)
    def _step(self, by: int) -> None:
        at = next((at for at, row in enumerate(self._rows) if row.hasFocus()), 0) + by
        if 0 <= at < len(self._rows):
            self._focus(at)
        else:
            self.focusNextPrevChild(at > 0)

    def _focus(self, at: int) -> None:
        for row in self._rows:
            row.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._rows[at].setFocusPolicy(Qt.FocusPolicy.TabFocus)
        lead_to(self._rows[at], Qt.FocusReason.TabFocusReason)
