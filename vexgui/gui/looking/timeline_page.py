"""The page of the timeline: how much is from which month."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from vexgui.core.errors import VexError
from vexgui.core.looking import MonthCount
from vexgui.gui.controls import Card, Chip, ThinScrollBar
from vexgui.gui.language import tr, trn
from vexgui.gui.looking.head import PlaceHead
from vexgui.gui.looking.months import Dating, Months
from vexgui.gui.looking.timeline_chart import TimelineChart
from vexgui.gui.pages.message import MessagePage
from vexgui.gui.wording import number

_BESIDE_PX = 60


class TimelinePage(QWidget):
    """Shows months; what is from those that are chosen is asked for.

    Signals:
        query_chosen: A query, as it is typed.
        left: The user wants to go back to where they were.
    """

    query_chosen = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counts: tuple[MonthCount, ...] | None = None
        self.chart = TimelineChart()
        self.chart.setAccessibleName(tr("Files by month"))
        self.taken, self.changed = Chip(tr("Pictures by the day taken")), Chip(tr("Files by the day changed"))
        self.taken.setChecked(True)
        self.head = PlaceHead(tr("Timeline"), (self.taken, self.changed))
        self._message = MessagePage("timeline")
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setHorizontalScrollBar(ThinScrollBar(Qt.Orientation.Horizontal, self._scroll))
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.viewport().setAutoFillBackground(False)
        self._scroll.setWidget(self.chart)
        self.chart.setAutoFillBackground(False)  # which the line before has set
        card = Card()
        inside = QVBoxLayout(card)
        inside.setContentsMargins(4, 4, 4, 4)
        inside.addWidget(self._scroll)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._message)
        self._stack.addWidget(card)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(8, 0, 8, 8)
        rows.setSpacing(6)
        rows.addWidget(self.head)
        rows.addWidget(self._stack, 1)
        self._card = card
        self._connect()

    @property
    def shows_months(self) -> bool:
        """Whether there are months to be seen."""
        return self._stack.currentWidget() is self._card

    @Slot(object)
    def take_months(self, months: Sequence[MonthCount]) -> None:
        """Show other months."""
        first = self._counts is None
        self._counts = tuple(months)
        if first and not any(one.pictures for one in months):
            self._date_by(Dating.MODIFIED)
        else:
            self._show()
        if self.hasFocus():
            self._hand_on(Qt.FocusReason.OtherFocusReason)
        if first:
            bar = self._scroll.horizontalScrollBar()
            bar.setValue(bar.maximum())

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._hand_on(event.reason())

    @Slot(object)
    def take_failure(self, error: VexError) -> None:
        """Say why there are no months."""
        if not self.shows_months:
            self._message.say(error.message, error.remedy)

    def _hand_on(self, reason: Qt.FocusReason) -> None:
        """Hand the keyboard, which this place was given, to the months; nobody else's is taken."""
        if self.shows_months:
            self.chart.setFocus(reason)

    def _connect(self) -> None:
        self.head.left.connect(self.left)
        self.chart.left.connect(self.left)
        # What is drawn at the edges of what is in sight moves with them.
        self._scroll.horizontalScrollBar().valueChanged.connect(lambda _: self.chart.update())
        self.chart.chosen.connect(lambda first, last: self.query_chosen.emit(self.chart.months.query(first, last)))
        self.chart.reached.connect(self._reveal)
        self.taken.clicked.connect(lambda: self._date_by(Dating.TAKEN))
        self.changed.clicked.connect(lambda: self._date_by(Dating.MODIFIED))

    @Slot(int, int)
    def _reveal(self, left: int, right: int) -> None:
        """Scroll so that a stretch of the chart is in sight, and some of what is beside it."""
        # Qt's ensureVisible takes the view for the chart where one writes to the left.
        mirrored, width = self.isRightToLeft(), self.chart.width()
        begin, end = (width - right, width - left) if mirrored else (left, right)
        bar = self._scroll.horizontalScrollBar()
        bar.setValue(min(max(bar.value(), end + _BESIDE_PX - bar.pageStep()), begin - _BESIDE_PX))

    def _date_by(self, dating: Dating) -> None:
        self.taken.setChecked(dating is Dating.TAKEN)
        self.changed.setChecked(dating is Dating.MODIFIED)
        self._show()

    def _show(self) -> None:
        months = Months.of(self._counts or (), Dating.TAKEN if self.taken.isChecked() else Dating.MODIFIED)
        self.chart.show_months(months)
        if months.dating is Dating.TAKEN:
            count = trn("{count} dated picture", "{count} dated pictures", months.total)
        else:
            count = trn("{count} file", "{count} files", months.total)
        self.head.say(count.format(count=number(months.total)) if months.total else "")
        if months.total:
            self._stack.setCurrentWidget(self._card)
            return
        self._stack.setCurrentWidget(self._message)
        if months.dating is Dating.TAKEN and self._counts:
            self._message.say(
                tr("No picture tells when it was taken"), tr("See the files by the day they were changed.")
            )
        else:
            self._message.say(tr("There are no files yet"), tr("Files appear here as soon as they are known."))
