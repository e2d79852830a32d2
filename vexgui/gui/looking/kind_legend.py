"""Which colour stands for which kind of file; each can be left out of sight."""

from collections.abc import Mapping

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from vexgui.core.files import Kind
from vexgui.gui.controls import RADIUS, Chip, focus_ring
from vexgui.gui.details.facts import empty
from vexgui.gui.flow import FlowLayout
from vexgui.gui.language import tr
from vexgui.gui.looking.kinds import KIND_COLORS
from vexgui.gui.theme import tones
from vexgui.gui.wording import kind_plural, number

_DOT_PX = 9


class KindLegend(QWidget):
    """A chip for each kind.

    Signals:
        kinds_chosen: The kinds that are wanted in sight, a frozenset.
    """

    kinds_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chips: dict[Kind, KindChip] = {}
        self._row = FlowLayout(self, gap=4)

    @property
    def kinds(self) -> frozenset[Kind]:
        """The kinds that are wanted in sight."""
        return frozenset(kind for kind, chip in self._chips.items() if chip.isChecked())

    @property
    def chips(self) -> Mapping[Kind, "KindChip"]:
        """The chips by their kinds."""
        return self._chips

    def show_counts(self, counts: Mapping[Kind, int]) -> None:
        """Show how many files there are of each kind; chips that are there stay, and with them the keyboard."""
        if counts.keys() == self._chips.keys():
            for kind, count in counts.items():
                self._chips[kind].show_count(count)
            return
        hidden = frozenset(self._chips) - self.kinds
        empty(self._row)
        self._chips = {}
        for kind, count in counts.items():
            chip = KindChip(kind, count)
            chip.setChecked(kind not in hidden)
            chip.toggled.connect(lambda _: self.kinds_chosen.emit(self.kinds))
            self._chips[kind] = chip
            self._row.addWidget(chip)
        self.updateGeometry()


class KindChip(Chip):
    """A kind with its colour: struck out where it is not in sight."""

    def __init__(self, kind: Kind, count: int, parent: QWidget | None = None) -> None:
        super().__init__(kind_plural(kind), parent)
        self._kind = kind
        self.show_count(count)

    def show_count(self, count: int) -> None:
        """Tell how many files there are of the kind."""
        self.setToolTip(tr("{kind}: {count}").format(kind=kind_plural(self._kind), count=number(count)))

    @override
    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self.font())
        return QSize(metrics.horizontalAdvance(self.text()) + _DOT_PX + 24, max(24, metrics.height() + 8))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette, area = self.palette(), QRectF(self.rect()).adjusted(1, 1, -1, -1)
        if self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tones(palette).hover)
            painter.drawRoundedRect(area, RADIUS - 1, RADIUS - 1)
        if self.hasFocus():
            focus_ring(painter, area, palette, RADIUS - 1)
        dot = QRectF(0, (self.height() - _DOT_PX) / 2, _DOT_PX, _DOT_PX)
        dot.moveLeft(8 if self.layoutDirection() is Qt.LayoutDirection.LeftToRight else self.width() - 8 - _DOT_PX)
        color = KIND_COLORS[self._kind]
        painter.setPen(Qt.PenStyle.NoPen if self.isChecked() else color)
        painter.setBrush(color if self.isChecked() else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(dot)
        role = QPalette.ColorRole.WindowText if self.isChecked() else QPalette.ColorRole.PlaceholderText
        painter.setPen(palette.color(role))
        words = self.rect().adjusted(_DOT_PX + 14, 0, -8, 0)
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            words = self.rect().adjusted(8, 0, -_DOT_PX - 14, 0)
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignHCenter), self.text())
        painter.end()
