"""The small controls that the window is built of; all draw with the palette's roles."""

from enum import Enum

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QLabel,
    QScrollArea,
    QScrollBar,
    QSizePolicy,
    QStyle,
    QStyleOptionSlider,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from vexgui.gui.icons import tinted
from vexgui.gui.theme import blended, scaled, tones
from vexgui.gui.wording import tip_text

RADIUS = 9.0
"""Corner radius of cards, fields and pictures, device-independent pixels."""
_FOCUS_WIDTH = 2.0


class Look(Enum):
    """How a `Button` is filled."""

    FLAT = "flat"
    QUIET = "quiet"
    PLAIN = "plain"
    PRIMARY = "primary"


class LiteralButton(QAbstractButton):
    """A button whose words are taken letter for letter: Qt would make a shortcut of an "&" in a name."""

    @override
    def setText(self, text: str, /) -> None:
        super().setText(text)
        self.setShortcut(QKeySequence())


class DrawnButton(LiteralButton):
    """A button that draws itself: Tab leads to it, Enter presses it as Space does, and it follows the pointer."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)  # drawn anew when the pointer comes and goes
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        # By itself Qt takes Enter only where the desktop's theme says so.
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.isAutoRepeat():
            self.click()
        else:
            super().keyPressEvent(event)


class Button(DrawnButton):
    """A button with rounded corners: flat until pointed at, plain with an outline, or primary in the accent colour.

    With ``icon_last`` the icon stands after the text: it says what a click does to what the text names.
    """

    def __init__(
        self,
        text: str = "",
        icon: str = "",
        *,
        icon_last: bool = False,
        look: Look = Look.PLAIN,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon = icon
        self._icon_last = icon_last
        self._look = look
        self.setText(text)
        self.setAccessibleName(text)
        if name:
            self.call(name)
        self.setSizePolicy(
            QSizePolicy.Policy.Fixed if not text else QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed
        )

    def call(self, name: str) -> None:
        """Give it a name, which the tool tip has, too."""
        self.setAccessibleName(name)
        self.setToolTip(tip_text(name))

    def show_icon(self, icon: str) -> None:
        """Change the icon."""
        if icon != self._icon:
            self._icon = icon
            self.update()

    @override
    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self.font())
        height = max(32, metrics.height() + 14)
        if not self.text():
            return QSize(height, height)
        return QSize(metrics.horizontalAdvance(self.text()) + 28 + (24 if self._icon else 0), height)

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        fill, edge, ink = self._colors()
        painter.setPen(QPen(edge, 1) if edge.alpha() else Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS - 1, RADIUS - 1)
        if self.hasFocus():
            focus_ring(painter, area, self.palette())
            if self._look is Look.PRIMARY:
                # The ring has the colour of the ground; a line between the two makes it seen.
                painter.setPen(QPen(ink, 1))
                painter.drawRoundedRect(area.adjusted(2, 2, -2, -2), RADIUS - 2, RADIUS - 2)
        self._paint_label(painter, ink)
        painter.end()

    def _colors(self) -> tuple[QColor, QColor, QColor]:
        """Return fill, edge and ink for the button's state."""
        palette = self.palette()
        clear = QColor(0, 0, 0, 0)
        ink = palette.color(QPalette.ColorRole.ButtonText)
        pointed = self.underMouse() and self.isEnabled()
        if self._look is Look.PRIMARY and self.isEnabled():
            accent = palette.color(QPalette.ColorRole.Highlight)
            strength = 0.8 if self.isDown() else 0.9 if pointed else 1.0
            return blended(accent, ink, strength), clear, palette.color(QPalette.ColorRole.HighlightedText)
        if self.isChecked():
            accent = palette.color(QPalette.ColorRole.Accent)
            return blended(accent, palette.color(QPalette.ColorRole.Window), 0.16), clear, accent
        if self._look in {Look.FLAT, Look.QUIET}:
            quiet = self._look is Look.QUIET and not pointed
            return tones(palette).hover if pointed else clear, clear, self._quiet_ink() if quiet else ink
        ground = palette.color(QPalette.ColorRole.Button)
        fill = blended(ink, ground, 0.12 if self.isDown() else 0.05) if pointed else ground
        return fill, tones(palette).outline, ink

    def _quiet_ink(self) -> QColor:
        palette = self.palette()
        return blended(palette.color(QPalette.ColorRole.PlaceholderText), palette.color(QPalette.ColorRole.Window), 0.7)

    def _paint_label(self, painter: QPainter, ink: QColor) -> None:
        metrics = QFontMetrics(self.font())
        text_width = metrics.horizontalAdvance(self.text())
        icon_px = 18 if self._icon else 0
        gap = 7 if self._icon and self.text() else 0
        left = (self.width() - icon_px - gap - text_width) / 2
        icon_left, text_left = (left + text_width + gap, left) if self._icon_last else (left, left + icon_px + gap)
        if self._icon:
            pixmap = tinted(self._icon, icon_px, ink, self.devicePixelRatioF())
            place = QRectF(icon_left, (self.height() - icon_px) // 2, icon_px, icon_px)
            painter.drawPixmap(mirrored(self, place).toRect().topLeft(), pixmap)
        painter.setPen(ink)
        painter.setLayoutDirection(self.layoutDirection())  # by itself it has the program's
        area = mirrored(self, QRectF(text_left, 0, text_width + 2, self.height()))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, self.text())


class Card(QFrame):
    """A rounded ground with an outline, on which things that belong together lie."""

    def __init__(self, parent: QWidget | None = None, *, ground: QPalette.ColorRole = QPalette.ColorRole.Base) -> None:
        super().__init__(parent)
        self._ground = ground

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(tones(self.palette()).outline, 1))
        painter.setBrush(self.palette().color(self._ground))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        painter.end()


class ElidedLabel(QLabel):
    """One line of text, shortened in the middle where there is no room; the tool tip has it whole.

    With ``is_path`` it is written from left to right in every language, or its slashes would change places.
    """

    def __init__(
        self,
        text: str = "",
        *,
        mode: Qt.TextElideMode = Qt.TextElideMode.ElideMiddle,
        role: QPalette.ColorRole = QPalette.ColorRole.WindowText,
        is_path: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._mode = mode
        self._is_path = is_path
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setForegroundRole(role)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(24, super().minimumSizeHint().height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        metrics = QFontMetrics(self.font())
        room = self.contentsRect()
        text = metrics.elidedText(self.text(), self._mode, room.width())
        self.setToolTip(tip_text(self.text()) if text != self.text() else "")
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        alignment = QStyle.visualAlignment(self.layoutDirection(), self.alignment() | Qt.AlignmentFlag.AlignVCenter)
        if self._is_path:
            painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        painter.drawText(room, int(alignment | Qt.AlignmentFlag.AlignAbsolute), text)
        painter.end()


class ThinScrollBar(QScrollBar):
    """A scroll bar without arrows or trough, a rounded handle that darkens under the pointer."""

    @override
    def sizeHint(self) -> QSize:
        return QSize(10, 10)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        handle = self.style().subControlRect(
            QStyle.ComplexControl.CC_ScrollBar, option, QStyle.SubControl.SC_ScrollBarSlider, self
        )
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.maximum() > self.minimum():
            ink = QColor(self.palette().color(QPalette.ColorRole.WindowText))
            ink.setAlpha(130 if self.isSliderDown() else 100 if self.underMouse() else 56)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ink)
            thin = QRectF(handle).adjusted(2, 2, -2, -2)
            painter.drawRoundedRect(thin, 3, 3)
        painter.end()


_ANY_WIDTH = (1 << 24) - 1
"""Qt's QWIDGETSIZE_MAX, which PySide6 does not tell."""


class Column(QScrollArea):
    """A column of widgets that scrolls up and down.

    Args:
        name: What it is called to those who cannot see it.
        parent: What it lies in.
        widest: Greatest width of the widgets, pixels; they stand in the middle where there is more room.
    """

    def __init__(self, name: str, parent: QWidget | None = None, *, widest: int = _ANY_WIDTH) -> None:
        super().__init__(parent)
        self._widest = widest
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBar(ThinScrollBar(Qt.Orientation.Vertical, self))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        self.content = QWidget()
        self.content.setAutoFillBackground(False)
        self.rows = QVBoxLayout(self.content)
        self.setWidget(self.content)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self.content.setMaximumWidth(min(self.viewport().width(), self._widest))
        super().resizeEvent(event)


class Chip(Button):
    """A small button that is on or off."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent=parent)
        self.setCheckable(True)

    @override
    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self.font())
        return QSize(metrics.horizontalAdvance(self.text()) + 22, max(26, metrics.height() + 10))


def mirrored(widget: QWidget, area: QRectF) -> QRectF:
    """Return an area of a widget, given as if one read from left to right, where it lies as one does read."""
    if widget.layoutDirection() is Qt.LayoutDirection.LeftToRight:
        return area
    return QRectF(widget.width() - area.right(), area.top(), area.width(), area.height())


def focus_ring(painter: QPainter, area: QRectF, palette: QPalette, radius: float = RADIUS) -> None:
    """Draw the ring that shows where the keyboard is."""
    painter.setPen(QPen(palette.color(QPalette.ColorRole.Accent), _FOCUS_WIDTH))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    half = _FOCUS_WIDTH / 2
    painter.drawRoundedRect(area.adjusted(half - 1, half - 1, 1 - half, 1 - half), radius, radius)


def fold(label: QLabel) -> QLabel:
    """Have a label wrap to whatever width its column has, and never widen it."""
    label.setWordWrap(True)
    label.setMinimumWidth(1)
    # Setting a policy forgets that the height depends on the width; without that the layout leaves wide gaps.
    policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    policy.setHeightForWidth(True)
    label.setSizePolicy(policy)
    return label


def heading(text: str, factor: float = 1.0) -> QLabel:
    """Return a bold label."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setFont(scaled(label.font(), factor, bold=True))
    return label


def muted(text: str = "", *, wraps: bool = True) -> QLabel:
    """Return a label in the quieter text colour."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    label.setWordWrap(wraps)
    return label
