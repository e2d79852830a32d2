"""A file's tags as chips that can be taken away, with a field to add more."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRectF, QSize, QStringListModel, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QCompleter,
    QListView,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from vexgui.gui.controls import Button, DrawnButton, Look, focus_ring
from vexgui.gui.details.facts import empty
from vexgui.gui.flow import FlowLayout
from vexgui.gui.icons import tinted
from vexgui.gui.language import tr
from vexgui.gui.text_field import TextField
from vexgui.gui.theme import blended, scaled
from vexgui.gui.wording import number, tip_text

_CROSS_PX = 12
_SIDE_PX = 9
_WIDEST_PX = 210
_ROUND = 13.0
_AT_FIRST = 12
"""Of more tags the others are shown when they are asked for."""


class TagChip(DrawnButton):
    """A tag: a click on it looks for files that have it, one on its cross takes it away; so do Enter and Delete.

    Signals:
        removed: The tag is to be taken away.
    """

    removed = Signal(str)

    def __init__(self, tag: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tag = tag
        self.setText(tag)
        self.setFont(scaled(self.font(), 0.93))
        self.setToolTip(tip_text(tr("{tag}: click to find files with this tag, Delete removes it").format(tag=tag)))
        self.setAccessibleName(tr("Tag {tag}").format(tag=tag))
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._on_cross = False

    @override
    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self.font())
        width = min(_WIDEST_PX, metrics.horizontalAdvance(self.tag) + 2 * _SIDE_PX + _CROSS_PX + 6)
        return QSize(width, metrics.height() + 10)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(60, self.sizeHint().height())

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point(on_cross=self._is_cross(event.position().x()))
        super().mouseMoveEvent(event)

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self._point(on_cross=False)
        super().leaveEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._is_cross(event.position().x()):
            self.removed.emit(self.tag)
        else:
            super().mousePressEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.removed.emit(self.tag)
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self.palette()
        accent, ground = palette.color(QPalette.ColorRole.Accent), palette.color(QPalette.ColorRole.Base)
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(blended(accent, ground, 0.22 if self.underMouse() else 0.13))
        painter.drawRoundedRect(area, _ROUND, _ROUND)
        ink = palette.color(QPalette.ColorRole.WindowText)
        if self.hasFocus():
            focus_ring(painter, area, palette, _ROUND)
        painter.setPen(ink)
        mirrored = self.isRightToLeft()
        room = QRectF(_SIDE_PX, 0, self.width() - 2 * _SIDE_PX - _CROSS_PX - 4, self.height())
        cross = QRectF(self.width() - _SIDE_PX - _CROSS_PX, (self.height() - _CROSS_PX) / 2, _CROSS_PX, _CROSS_PX)
        if mirrored:
            room.moveRight(self.width() - _SIDE_PX)
            cross.moveLeft(_SIDE_PX)
        metrics = QFontMetrics(self.font())
        text = metrics.elidedText(self.tag, Qt.TextElideMode.ElideMiddle, round(room.width()) + 1)
        painter.drawText(room.adjusted(0, 0, 2, 0), int(Qt.AlignmentFlag.AlignCenter), text)
        color = ink if self._on_cross else palette.color(QPalette.ColorRole.PlaceholderText)
        painter.drawPixmap(cross.toRect(), tinted("close", _CROSS_PX, color, self.devicePixelRatioF()))
        painter.end()

    def _is_cross(self, x: float) -> bool:
        from_end = x if self.isRightToLeft() else self.width() - x
        return from_end < _SIDE_PX + _CROSS_PX + 3

    def _point(self, *, on_cross: bool) -> None:
        if on_cross != self._on_cross:
            self._on_cross = on_cross
            self.update()


class _OfferDelegate(QStyledItemDelegate):
    """Gives what is offered the room that other lists of the window have."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(_WIDEST_PX, option.fontMetrics.height() + 12)


class TagField(TextField):
    """The field in which a tag to add is typed; tags that are known are offered.

    Signals:
        entered: Something was entered, as typed.
        wanted: The keyboard has come: known tags would be of use.
    """

    entered = Signal(str)
    wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(round_px=_ROUND, filled=False, parent=parent)
        self.setPlaceholderText(tr("Add a tag"))
        self.setAccessibleName(tr("Add a tag"))
        self.setFont(scaled(self.font(), 0.93))
        self.setMaxLength(200)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._known = QStringListModel(self)
        completer = QCompleter(self._known, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.activated.connect(self._take_offer)
        offers = QListView()
        offers.setAccessibleName(tr("Known tags"))
        offers.setMinimumWidth(_WIDEST_PX)
        offers.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        completer.setPopup(offers)
        offers.setItemDelegate(_OfferDelegate(offers))  # only now: the completer sets one of its own
        self.setCompleter(completer)
        self.returnPressed.connect(self._enter)

    def offer(self, tags: Sequence[str]) -> None:
        """Take the tags that are known."""
        self._known.setStringList(list(tags))

    @property
    def offers(self) -> list[str]:
        """The tags that are known."""
        return self._known.stringList()

    @override
    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self.font())
        words = self.text() or self.placeholderText()
        return QSize(min(_WIDEST_PX, max(96, metrics.horizontalAdvance(words) + 28)), metrics.height() + 10)

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.wanted.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Comma:
            self._enter()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)

    @Slot(str)
    def _take_offer(self, tag: str) -> None:
        # The completer writes what was chosen after it has told of it; a moment later the field is ours again.
        self.entered.emit(tag)
        self.blockSignals(True)  # noqa: FBT003 - Qt's
        self.clear()
        self.blockSignals(False)  # noqa: FBT003 - Qt's

    @Slot()
    def _enter(self) -> None:
        text = self.text().strip()
        self.clear()
        if text:
            self.entered.emit(text)


class TagRow(QWidget):
    """The chips and the field, in as many lines as they take; of many tags the first few until more are asked for.

    Signals:
        added, removed: The user wants a tag on the file, or off it.
        chosen: The user wants to see the files with a tag.
        wanted: Known tags would be of use.
    """

    added = Signal(str)
    removed = Signal(str)
    chosen = Signal(str)
    wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = TagField()
        self._more = Button(look=Look.QUIET)
        self._more.clicked.connect(self._turn)
        self._more.hide()
        self._tags: tuple[str, ...] = ()
        self._all = False
        self._chips: list[TagChip] = []
        self._flow = FlowLayout(self)
        self._flow.addWidget(self._more)
        self._flow.addWidget(self.field)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.field.entered.connect(self._take_entered)
        self.field.wanted.connect(self.wanted)
        self.field.textChanged.connect(self._make_room)

    @property
    def chips(self) -> tuple[TagChip, ...]:
        """The chips shown."""
        return tuple(self._chips)

    @property
    def tags(self) -> tuple[str, ...]:
        """The tags, those too that are not shown yet."""
        return self._tags

    def begin(self) -> None:
        """Be about another file: what was typed is left, and of many tags only the first few are shown."""
        self.field.clear()
        self._all = False

    def show_tags(self, tags: Sequence[str]) -> None:
        """Show other tags; the keyboard stays as near as it can where the chip it was on goes."""
        self._tags = tuple(tags)
        left = max(0, len(tags) - _AT_FIRST)
        self._more.setVisible(bool(left))
        self._more.setText(tr("Fewer") if self._all else tr("{count} more").format(count=number(left)))
        self._more.setAccessibleName(self._more.text())
        shown = tags if self._all else tags[:_AT_FIRST]
        if tuple(shown) == tuple(chip.tag for chip in self._chips):
            return
        at = next((place for place, chip in enumerate(self._chips) if chip.hasFocus()), -1)
        for widget in (self._more, self.field):
            self._flow.removeWidget(widget)
        empty(self._flow)
        self._chips = [self._chip(tag) for tag in shown]
        for widget in (self._more, self.field):
            self._flow.addWidget(widget)
        if at >= 0:
            widgets: list[QWidget] = [*self._chips, self.field]
            widgets[min(at, len(widgets) - 1)].setFocus(Qt.FocusReason.OtherFocusReason)
        self.updateGeometry()

    @Slot()
    def _turn(self) -> None:
        self._all = not self._all
        self.show_tags(self._tags)

    def _chip(self, tag: str) -> TagChip:
        chip = TagChip(tag, self)
        chip.removed.connect(self.removed)
        chip.clicked.connect(lambda: self.chosen.emit(tag))
        self._flow.addWidget(chip)
        chip.show()
        return chip

    @Slot(str)
    def _take_entered(self, text: str) -> None:
        for tag in dict.fromkeys(part.strip() for part in text.split(",")):
            if tag and tag not in self.tags:
                self._all = True  # whoever adds one wants to see it
                self.added.emit(tag)

    @Slot()
    def _make_room(self) -> None:
        self.field.updateGeometry()
        self._flow.invalidate()
