"""Bars for months, in a row that scrolls; one or several of them are chosen."""

from PySide6.QtCore import QEvent, QLocale, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from vexgui.gui.controls import RADIUS, focus_ring
from vexgui.gui.language import trn
from vexgui.gui.looking.canvas import Canvas
from vexgui.gui.looking.months import Dating, Months
from vexgui.gui.theme import blended, scaled, tones
from vexgui.gui.wording import digits, number

_MONTHS = 12
_NARROWEST, _WIDEST = 9.0, 40.0
_SIDE, _TOP, _FOOT = 16.0, 34.0, 44.0
_LEAST_BAR = 3.0
_NAMED_FROM_PX = 22.0


class TimelineChart(Canvas):
    """Draws a bar for each month.

    Signals:
        chosen: What is from one or several months is wanted: the first and the last of their places in the row.
        reached: The keyboard is on a month: its left and right edge, pixels.
    """

    chosen = Signal(int, int)
    reached = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._months = Months(Dating.TAKEN, (), ())
        self._hovered: int | None = None
        self._first: int | None = None
        self._last: int | None = None
        self._pressed = False
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.MinimumExpanding, QSizePolicy.Policy.Expanding)

    @property
    def months(self) -> Months:
        """What is drawn."""
        return self._months

    @property
    def marked(self) -> tuple[int, int] | None:
        """The first and the last of the months that are marked, if any are."""
        if self._first is None or self._last is None:
            return None
        return min(self._first, self._last), max(self._first, self._last)

    def show_months(self, months: Months) -> None:
        """Draw other months."""
        if (months.dating, months.years) != (self._months.dating, self._months.years):
            self._first = self._last = self._hovered = None
        self._months = months
        self.setMinimumWidth(round(2 * _SIDE + len(months.counts) * _NARROWEST))
        self.update()

    def bar(self, place: int) -> QRectF:
        """Return where the bar of a month is drawn."""
        width = self._bar_width
        floor = self.height() - _FOOT
        count = self._months.counts[place]
        # By the square root: beside the month in which all was copied, the others would be nothing.
        share = (count / max(1, self._months.most)) ** 0.5
        height = max(_LEAST_BAR, share * (floor - _TOP)) if count else 0.0
        gap = min(3.0, width / 4)
        return QRectF(self._left_of(place) + gap / 2, floor - height, width - gap, height)

    @property
    def _bar_width(self) -> float:
        room = (self.width() - 2 * _SIDE) / max(1, len(self._months.counts))
        return min(max(room, _NARROWEST), _WIDEST)

    @property
    def _mirrored(self) -> bool:
        return self.layoutDirection() is Qt.LayoutDirection.RightToLeft

    def _left_of(self, place: int) -> float:
        width = self._bar_width
        if self._mirrored:
            return self.width() - _SIDE - (place + 1) * width
        return _SIDE + place * width

    def _place_at(self, at: QPointF) -> int | None:
        """Return the month that a point is over, beneath or above its bar."""
        across = self.width() - at.x() if self._mirrored else at.x()
        place = int((across - _SIDE) // self._bar_width)
        return place if 0 <= place < len(self._months.counts) else None

    def _mark(self, first: int | None, last: int | None) -> None:
        self._first, self._last = first, last
        if last is not None:
            self.setAccessibleDescription(self.words(*self.marked) if self.marked else "")
            left = round(self._left_of(last))
            self.reached.emit(left, left + round(self._bar_width))
        self.update()

    def words(self, first: int, last: int) -> str:
        """Return some months and how much is from them, in words."""
        files = self._months.files(first, last)
        if self._months.dating is Dating.TAKEN:
            count = trn("{count} picture", "{count} pictures", files)
        else:
            count = trn("{count} file", "{count} files", files)
        begin, end = (_month_words(*self._months.month(place)) for place in (first, last))
        when = begin if first == last else f"{begin} – {end}"
        return f"{when}: {count.format(count=number(files))}"

    @override
    def take_key(self, event: QKeyEvent) -> bool:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_PageUp: -_MONTHS, Qt.Key.Key_PageDown: _MONTHS}
        key, most = Qt.Key(event.key()), len(self._months.counts) - 1
        if key in steps and most >= 0:
            step = -steps[key] if self._mirrored and key in {Qt.Key.Key_Left, Qt.Key.Key_Right} else steps[key]
            last = most if self._last is None else min(max(self._last + step, 0), most)
            extends = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier) and self._first is not None
            self._mark(self._first if extends else last, last)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._choose()
        else:
            return False
        return True

    @override
    def sizeHint(self) -> QSize:
        return QSize(self.minimumWidth(), 320)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self.palette()
        accent = palette.color(QPalette.ColorRole.Accent)
        quiet = blended(accent, palette.color(QPalette.ColorRole.Base), 0.55)
        self._paint_years(painter)
        marked = self.marked
        for place, count in enumerate(self._months.counts):
            is_marked = marked is not None and marked[0] <= place <= marked[1]
            if is_marked or place == self._hovered:
                self._paint_ground(painter, place, tones(palette).hover)
            if count:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(accent if is_marked or place == self._hovered else quiet)
                painter.drawRoundedRect(self.bar(place), 2, 2)
        if marked is not None:
            self._paint_words(painter, self.words(*marked), self.bar(marked[0]).united(self.bar(marked[1])))
        elif self._hovered is not None:
            self._paint_words(painter, self.words(self._hovered, self._hovered), self.bar(self._hovered))
        if self.shows_ring:
            focus_ring(painter, QRectF(self.visibleRegion().boundingRect()).adjusted(2, 2, -2, -2), palette)
        painter.end()

    def _paint_ground(self, painter: QPainter, place: int, color: QColor) -> None:
        area = QRectF(self._left_of(place), _TOP - 6, self._bar_width, self.height() - _FOOT - _TOP + 8)
        painter.fillRect(area, color)

    def _paint_years(self, painter: QPainter) -> None:
        """Draw the years beneath the bars, and the months where there is room."""
        palette, floor = self.palette(), self.height() - _FOOT
        width = self._bar_width
        small = scaled(self.font(), 0.82)
        metrics = QFontMetricsF(self.font())
        across = width * _MONTHS
        every = max(1, round((metrics.horizontalAdvance("2000") + 10) / across + 0.49))
        for number_of_year, year in enumerate(self._months.years):
            first, last = number_of_year * _MONTHS, (number_of_year + 1) * _MONTHS - 1
            left = min(self._left_of(first), self._left_of(last))
            painter.setPen(tones(palette).outline)
            begin = left + across if self._mirrored else left
            painter.drawLine(QPointF(begin, floor), QPointF(begin, self.height() - 10))
            painter.drawLine(QPointF(left, floor + 0.5), QPointF(left + across, floor + 0.5))
            if width >= _NAMED_FROM_PX:
                painter.setFont(small)
                painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
                for month in range(_MONTHS):
                    cell = QRectF(self._left_of(first + month), floor + 2, width, 18)
                    name = QLocale().standaloneMonthName(month + 1, QLocale.FormatType.NarrowFormat)
                    painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, name)
            if number_of_year % every == 0:
                painter.setFont(scaled(self.font(), 1.0, bold=True))
                painter.setPen(palette.color(QPalette.ColorRole.WindowText))
                room = across * every
                line = QRectF(begin - room + 2 if self._mirrored else begin + 6, self.height() - 26, room - 8, 20)
                painter.drawText(line, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), digits(year))

    def _paint_words(self, painter: QPainter, words: str, over: QRectF) -> None:
        painter.setFont(self.font())
        metrics = QFontMetricsF(self.font())
        label = QRectF(0, 3, metrics.horizontalAdvance(words) + 18, metrics.height() + 8)
        seen = QRectF(self.visibleRegion().boundingRect())
        left = over.center().x() - label.width() / 2
        label.moveLeft(max(min(left, seen.right() - label.width() - 4), seen.left() + 4))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.palette().color(QPalette.ColorRole.ToolTipBase))
        painter.drawRoundedRect(label, RADIUS - 2, RADIUS - 2)
        painter.setPen(self.palette().color(QPalette.ColorRole.ToolTipText))
        painter.drawText(label, Qt.AlignmentFlag.AlignCenter, words)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        place = self._place_at(event.position())
        if event.button() is Qt.MouseButton.LeftButton and place is not None:
            self._pressed = True
            if event.position().y() > self.height() - _FOOT + 20:  # on the year
                first = place // _MONTHS * _MONTHS
                self._mark(first, first + _MONTHS - 1)
            else:
                extends = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier) and self._first is not None
                self._mark(self._first if extends else place, place)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = self._place_at(event.position())
        if self._pressed:
            if place is not None and event.position().y() <= self.height() - _FOOT + 20:
                self._mark(self._first, place)
        elif place != self._hovered:
            self._hovered = place
            self.update()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._pressed:
            self._pressed = False
            self._choose()

    def _choose(self) -> None:
        marked = self.marked
        if marked is not None and self._months.files(*marked):
            self.chosen.emit(*marked)

    @override
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hovered = None
        self.update()


def _month_words(year: int, month: int) -> str:
    return f"{QLocale().standaloneMonthName(month)} {digits(year)}"
