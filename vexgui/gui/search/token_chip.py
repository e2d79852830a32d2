"""A condition in the search field, as a chip that can be removed, changed, and turned back to text."""

from functools import partial

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPalette,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QAbstractButton, QMenu, QStyle, QWidget
from typing_extensions import override

from vexgui.gui.controls import focus_ring
from vexgui.gui.drop_down import drop_down
from vexgui.gui.icons import kind_picture, tinted
from vexgui.gui.keys.typed import typed
from vexgui.gui.language import tr
from vexgui.gui.search.examples import USUAL_WEIGHT, WEIGHTS, Written, kind_by_name, path_in
from vexgui.gui.search.tokens import Token
from vexgui.gui.theme import blended, scaled, tones
from vexgui.gui.wording import tip_text

HEIGHT_PX = 28
_WIDEST_PX = 300
_RADIUS = 8.0
_PAD_PX, _GAP_PX, _CLOSE_PX, _PICTURE_PX = 9, 5, 14, 20
_Key = Qt.Key


class TokenChip(QAbstractButton):
    """Shows a condition; of a file that others are to be like its thumbnail, name and weight.

    Signals:
        removed: It is to go.
        opened: It is to be text again.
        reweighted: The file shall count otherwise: a `Written`.
        moved: The keyboard is to go to a neighbour: -1 to the one before, 1 to the one behind.
        typed: Text that was typed while the keyboard was here.
    """

    removed = Signal()
    opened = Signal()
    reweighted = Signal(object)
    moved = Signal(int)
    typed = Signal(str)

    def __init__(self, token: Token, parent: QWidget) -> None:
        super().__init__(parent)
        self.token = token
        self._mistaken = False
        self._picture: QPixmap | None = None
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFont(scaled(self.font(), 0.97))
        self.setAccessibleName(tr("Condition {text}").format(text=self._spoken()))
        self.setAccessibleDescription(tr("Enter changes it, Delete removes it"))
        self.setToolTip(tip_text(token.text))
        self.clicked.connect(self._activate)

    @property
    def example(self) -> bytes:
        """The path of the file that others are to be like, b"" where the condition is another."""
        return path_in(self.token.text) if self.token.field == "like" else b""

    def show_picture(self, picture: QPixmap | None) -> None:
        """Show the thumbnail of the file."""
        self._picture = picture
        self.update()

    def show_mistaken(self, *, mistaken: bool) -> None:
        """Show whether the condition cannot be meant so."""
        if mistaken != self._mistaken:
            self._mistaken = mistaken
            self.update()

    def menu(self) -> QMenu:
        """Return the menu of what can be done with it."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self.token.field == "like":
            self._add_weights(menu)
        # What is no text cannot be typed: QString has no place for a name's odd bytes.
        if self.token.text.isprintable():
            menu.addAction(tr("Edit as text"), self.opened.emit)
        menu.addAction(tr("Remove"), self.removed.emit)
        return menu

    def _add_weights(self, menu: QMenu) -> None:
        now = self._weight()
        names = (tr("Counts half"), tr("Counts normally"), tr("Counts double"))
        for weight, name in zip(WEIGHTS, names, strict=True):
            action = menu.addAction(name)
            action.triggered.connect(partial(self._reweigh, weight if now > 0 else -weight))
            action.setCheckable(True)
            action.setChecked(abs(now) == weight)
        less = menu.addAction(tr("Less like this"))
        less.triggered.connect(partial(self._reweigh, -now))
        less.setCheckable(True)
        less.setChecked(now < 0)
        menu.addSeparator()

    def _weight(self) -> float:
        return -self.token.weight if self.token.negated else self.token.weight

    def _reweigh(self, weight: float, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - follows a signal
        self.reweighted.emit(Written(self.example, weight))

    def _activate(self) -> None:
        if self.token.field == "like":
            drop_down(self.menu(), self)
        else:
            self.opened.emit()

    # what it looks like

    def _label(self) -> str:
        return Written(self.example).name if self.token.field == "like" else self.token.label

    def _prefix(self) -> str:
        """Return what stands before the label, more quietly."""
        sign = "− " if self.token.negated else ""
        return sign.strip() if self.token.field == "like" else f"{sign}{self.token.field}"

    def _suffix(self) -> str:
        weight = self.token.weight
        return "" if weight == USUAL_WEIGHT else "×½" if weight == WEIGHTS[0] else f"×{weight:g}"

    def _spoken(self) -> str:
        return " ".join(filter(None, (self._prefix(), self._label(), self._suffix())))

    @override
    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self.font())
        texts = [text for text in (self._prefix(), self._label(), self._suffix()) if text]
        width = sum(metrics.horizontalAdvance(text) + 1 for text in texts) + _GAP_PX * (len(texts) - 1)
        if self.token.field == "like":
            width += _PICTURE_PX + _GAP_PX
        return QSize(min(_WIDEST_PX, width + 2 * _PAD_PX + _GAP_PX + _CLOSE_PX), HEIGHT_PX)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(min(80, self.sizeHint().width()), HEIGHT_PX)

    def _close_area(self) -> QRect:
        left = self.width() - _CLOSE_PX - _PAD_PX - 3
        return self._mirrored(QRect(left, 0, self.width() - left, self.height()))

    def _mirrored(self, area: QRect) -> QRect:
        return QStyle.visualRect(self.layoutDirection(), self.rect(), area)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        palette = self.palette()
        area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        accent, base = palette.color(QPalette.ColorRole.Accent), palette.color(QPalette.ColorRole.Base)
        tone = tones(palette).warning if self._mistaken else accent
        if self.token.negated and not self._mistaken:
            tone = palette.color(QPalette.ColorRole.PlaceholderText)
        painter.setPen(QPen(blended(tone, base, 0.8 if self._mistaken else 0.3), 1))
        painter.setBrush(blended(tone, base, 0.2 if self.underMouse() else 0.12))
        painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)
        if self.hasFocus():
            focus_ring(painter, area, palette, _RADIUS)
        self._paint_contents(painter, tone)
        painter.end()

    def _paint_contents(self, painter: QPainter, tone: QColor) -> None:
        palette, metrics = self.palette(), QFontMetrics(self.font())
        ink = palette.color(QPalette.ColorRole.Text)
        quiet = blended(tone, ink, 0.75)
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)  # a path is read from the left everywhere
        left, right = _PAD_PX, self.width() - _PAD_PX - _CLOSE_PX - _GAP_PX
        if self.token.field == "like":
            left = 5
            self._paint_picture(painter, self._mirrored(QRect(left, 4, _PICTURE_PX, _PICTURE_PX)))
            left += _PICTURE_PX + _GAP_PX + 1
        prefix, suffix = self._prefix(), self._suffix()
        prefix_px, suffix_px = (metrics.horizontalAdvance(text) + _GAP_PX if text else 0 for text in (prefix, suffix))
        room = max(0, right - left - prefix_px - suffix_px)
        label = metrics.elidedText(self._label(), Qt.TextElideMode.ElideMiddle, room)
        for text, color in ((prefix, quiet), (label, ink), (suffix, quiet)):
            if text:
                width = metrics.horizontalAdvance(text) + 1
                painter.setPen(color)
                place = self._mirrored(QRect(left, 0, width, self.height()))
                painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), text)
                left += width + _GAP_PX
        close = self._close_area()
        pointed = self.underMouse() and close.contains(self.mapFromGlobal(self.cursor().pos()))
        icon = tinted("close", _CLOSE_PX, ink if pointed else quiet, self.devicePixelRatioF())
        painter.drawPixmap(close.center() - QPoint(_CLOSE_PX // 2 - 1, _CLOSE_PX // 2 - 1), icon)

    def _paint_picture(self, painter: QPainter, area: QRect) -> None:
        picture = self._picture
        if picture is None or picture.isNull():
            painter.drawPixmap(
                area.topLeft(), kind_picture(kind_by_name(self.example), _PICTURE_PX, self.devicePixelRatioF())
            )
            return
        side = min(picture.width(), picture.height())
        middle = QRectF((picture.width() - side) / 2, (picture.height() - side) / 2, side, side)
        painter.save()
        rounded = QPainterPath()
        rounded.addRoundedRect(QRectF(area), 4, 4)
        painter.setClipPath(rounded)
        painter.drawPixmap(QRectF(area), picture, middle)
        painter.restore()

    # what is done to it

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        if self.isDown() and event.button() is Qt.MouseButton.LeftButton and self._close_area().contains(at):
            self.setDown(False)
            self.removed.emit()
        elif event.button() is Qt.MouseButton.MiddleButton:
            self.removed.emit()
        else:
            super().mouseReleaseEvent(event)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self.update()

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu().popup(event.globalPos())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        back, forth = _Key.Key_Left, _Key.Key_Right
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            back, forth = forth, back
        match event.key():
            case _Key.Key_Delete | _Key.Key_Backspace:
                self.removed.emit()
            case _Key.Key_F2:
                self.opened.emit()
            case _Key.Key_Return | _Key.Key_Enter | _Key.Key_Space:
                self.click()
            case key if key == back:
                self.moved.emit(-1)
            case key if key == forth:
                self.moved.emit(1)
            case _Key.Key_Home:
                self.moved.emit(-1000)
            case _Key.Key_End | _Key.Key_Escape:
                self.moved.emit(1000)
            case _ if text := typed(event):
                self.typed.emit(text)
            case _:
                super().keyPressEvent(event)

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.HoverMove, QEvent.Type.FontChange}:
            self.update()
        return super().event(event)


class SimilarChip(TokenChip):
    """Shows what similar files are looked for by; there is nothing to change about that but to leave it.

    Args:
        path: The first of the files.
        liked: All of them, as they are named to the user.
        parent: What it lies in.
        prefix: What is said of the files where it is not that others are to be like them.
    """

    def __init__(self, path: bytes, liked: str, parent: QWidget, prefix: str = "") -> None:
        self._said = prefix
        super().__init__(Token(Written(path).text, "like", liked), parent)
        leave = tr("Leave the search for files like {name}").format(name=liked)
        self.setAccessibleName(f"{prefix}: {liked}" if prefix else leave)
        self.setAccessibleDescription("")
        self.setToolTip(tip_text(self.accessibleName()))

    @override
    def menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(tr("Remove"), self.removed.emit)
        return menu

    @override
    def _activate(self) -> None:
        self.removed.emit()

    @override
    def _label(self) -> str:
        return self.token.label

    @override
    def _prefix(self) -> str:
        return self._said or tr("Similar to")
