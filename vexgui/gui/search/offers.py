"""The list under the search field: what the query could go on with, and searches of before."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFontMetrics,
    QMouseEvent,
    QPainter,
    QPalette,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from vexgui.gui.controls import Card, ThinScrollBar
from vexgui.gui.icons import tinted
from vexgui.gui.language import tr
from vexgui.gui.theme import tones
from vexgui.gui.wording import tip_text

_ROW_PX = 34
_MOST_ROWS = 9
_INSET_PX = 5
_WIDEST_PX = 760
_LEFT_PX, _ICON_PX = 10, 16
_CLOSE_PX = 30
_Index = QModelIndex | QPersistentModelIndex


class Origin(Enum):
    """Where a row comes from."""

    OFFER = auto()
    SAVED = auto()
    RECENT = auto()


@dataclass(frozen=True, slots=True)
class Row:
    """Something that can be chosen.

    Attributes:
        origin: Where it comes from.
        text: What is put into the field.
        label: What is shown.
        note: What it means, in a few words, or "".
    """

    origin: Origin
    text: str
    label: str
    note: str = ""

    @property
    def is_removable(self) -> bool:
        """Whether it can be forgotten."""
        return self.origin is not Origin.OFFER


class OfferList(Card):
    """Lies over the window below the field, which keeps the keyboard.

    Signals:
        chosen: A `Row` that was clicked.
        removed: A `Row` that is to be forgotten.
    """

    chosen = Signal(object)
    removed = Signal(object)

    def __init__(self, field: QWidget) -> None:
        super().__init__(field)
        self._field = field
        self._model = _Rows(self)
        self._view = _RowsView(self)
        self._view.setModel(self._model)
        self._view.setItemDelegate(_RowDelegate(self._view))
        self._view.picked.connect(lambda at: self.chosen.emit(self._model.rows[at]))
        self._view.crossed.connect(lambda at: self.removed.emit(self._model.rows[at]))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(_INSET_PX, _INSET_PX, _INSET_PX, _INSET_PX)
        rows.addWidget(self._view)
        self.hide()

    @property
    def rows(self) -> tuple[Row, ...]:
        """What is shown."""
        return self._model.rows if self.isVisible() else ()

    @property
    def current(self) -> Row | None:
        """The row that the keyboard is on."""
        at = self._view.currentIndex().row()
        return self.rows[at] if 0 <= at < len(self.rows) else None

    def offer(self, rows: Sequence[Row]) -> None:
        """Show rows, none of them chosen yet; with no rows, vanish."""
        self._model.take(tuple(rows))
        if not rows:
            self.hide()
            return
        self._place()
        self.show()
        self.raise_()

    def step(self, by: int) -> None:
        """Go to another row; from none to the first or the last, and beyond these to none."""
        count = len(self.rows)
        if count:
            at = (self._view.currentIndex().row() + 1 + by) % (count + 1) - 1
            self._view.setCurrentIndex(self._model.index(at) if at >= 0 else QModelIndex())
            row = self.current
            if row is not None:
                told = f"{row.label} {row.note}".strip()
                QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._field, told))

    def _place(self) -> None:
        window = self._field.window()
        if self.parentWidget() is not window:
            self.setParent(window)
            window.installEventFilter(self)
        corner = self._field.mapTo(window, QPoint(0, self._field.height() + 4))
        width = min(self._field.width(), _WIDEST_PX)
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            corner.setX(corner.x() + self._field.width() - width)
        height = min(len(self._model.rows), _MOST_ROWS) * _ROW_PX + 2 * _INSET_PX
        room = max(_ROW_PX + 2 * _INSET_PX, window.height() - corner.y() - 8)
        self.setGeometry(QRect(corner, QSize(width, min(height, room))))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Whatever takes a click itself takes the keyboard, too; this is a click on empty ground.
        if event.type() == QEvent.Type.MouseButtonPress and self.isVisible():
            self.hide()
        return super().eventFilter(watched, event)


class _Rows(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: tuple[Row, ...] = ()

    def take(self, rows: tuple[Row, ...]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    @override
    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.rows)

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.label
            case Qt.ItemDataRole.ToolTipRole:
                return tip_text(row.label)
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{row.label} {row.note}".strip()
            case Qt.ItemDataRole.UserRole:
                return row
        return None


class _RowsView(QListView):
    """Rows that are chosen with one click.

    Signals:
        picked: The number of a row that was clicked.
        crossed: The number of a row whose cross was clicked.
    """

    picked = Signal(int)
    crossed = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBar(ThinScrollBar(Qt.Orientation.Vertical, self))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAccessibleName(tr("Suggestions"))
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        self.entered.connect(self.viewport().update)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        index = self.indexAt(at)
        if index.isValid():
            row = index.data(Qt.ItemDataRole.UserRole)
            crossed = row.is_removable and cross_area(self.visualRect(index), self.layoutDirection()).contains(at)
            (self.crossed if crossed else self.picked).emit(index.row())

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()


class _RowDelegate(QStyledItemDelegate):
    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(100, _ROW_PX)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        row: Row = index.data(Qt.ItemDataRole.UserRole)
        palette, area, direction = option.palette, option.rect, option.direction
        pointed = bool(option.state & QStyle.StateFlag.State_MouseOver)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        ratio = painter.device().devicePixelRatioF()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)  # a query has a direction of its own
        if chosen or pointed:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(palette.color(QPalette.ColorRole.Highlight) if chosen else tones(palette).hover)
            painter.drawRoundedRect(QRectF(area).adjusted(0, 1, 0, -1), 6, 6)
        ink = palette.color(QPalette.ColorRole.HighlightedText if chosen else QPalette.ColorRole.Text)
        quiet = ink if chosen else palette.color(QPalette.ColorRole.PlaceholderText)

        def placed(left: int, width: int) -> QRect:
            return QStyle.visualRect(direction, area, QRect(area.left() + left, area.top(), width, area.height()))

        icon = {Origin.SAVED: "star-filled", Origin.RECENT: "history"}.get(row.origin, "")
        if icon:
            place = placed(_LEFT_PX, _ICON_PX)
            place.moveTop(area.top() + (area.height() - _ICON_PX) // 2)
            painter.drawPixmap(place.topLeft(), tinted(icon, _ICON_PX, quiet, ratio))
        left = _LEFT_PX + _ICON_PX + 10
        right = area.width() - (_CLOSE_PX if row.is_removable else 12)
        metrics = QFontMetrics(option.font)
        label = metrics.elidedText(row.label, Qt.TextElideMode.ElideMiddle, right - left)
        width = metrics.horizontalAdvance(label) + 2
        painter.setFont(option.font)
        painter.setPen(ink)
        painter.drawText(placed(left, width), int(Qt.AlignmentFlag.AlignCenter), label)
        left += width + 14
        if row.note and right - left > _CLOSE_PX:
            note = metrics.elidedText(row.note, Qt.TextElideMode.ElideRight, right - left)
            painter.setPen(quiet)
            width = metrics.horizontalAdvance(note) + 2
            painter.drawText(placed(right - width, width), int(Qt.AlignmentFlag.AlignCenter), note)
        if row.is_removable and (pointed or chosen):
            middle = cross_area(area, direction).center()
            painter.drawPixmap(middle - QPoint(6, 6), tinted("close", 13, quiet, ratio))
        painter.restore()


def cross_area(area: QRect, direction: Qt.LayoutDirection) -> QRect:
    """Return where in a row its cross stands."""
    cross = QRect(area.right() - _CLOSE_PX, area.top(), _CLOSE_PX, area.height())
    return QStyle.visualRect(direction, area, cross)
