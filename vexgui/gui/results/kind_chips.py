"""A row of chips that narrows the results to one kind of file."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QIcon, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QWidget
from typing_extensions import override

from vexgui.core.files import Kind
from vexgui.gui.controls import Chip
from vexgui.gui.drop_down import drop_down
from vexgui.gui.icons import kind_picture
from vexgui.gui.language import tr, trn
from vexgui.gui.wording import kind_plural, lowered, number, tip_text

_ICON_PX = 18


class KindChips(QWidget):
    """One chip for all kinds and one for each kind that was found; those without room are in a menu at the end.

    Signals:
        chosen: A `Kind`, or None for all.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind: Kind | None = None
        self._chips: dict[Kind | None, Chip] = {}
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(6)
        for kind in (None, *Kind):
            chip = Chip(_label(kind))
            chip.clicked.connect(lambda _, kind=kind: self._choose(kind))
            self._chips[kind] = chip
            self._row.addWidget(chip)
        self.more = _MoreChip()
        self.more.clicked.connect(self._open)
        self._row.addWidget(self.more)
        self._row.addStretch(1)
        self._counts: dict[Kind, int] = {}
        self._others: list[Kind | None] = []
        # The row must never keep the window from becoming narrow.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    @property
    def kind(self) -> Kind | None:
        """The kind chosen, None for all."""
        return self._kind

    @property
    def labels(self) -> list[str]:
        """What stands on the chips that are shown."""
        return [chip.text() for chip in self._chips.values() if not chip.isHidden()]

    def show_counts(self, kinds: Sequence[tuple[Kind, int]], chosen: Kind | None) -> None:
        """Offer the kinds that were found, with how many there are of each."""
        self._counts = dict(kinds)
        self._kind = chosen
        for kind, chip in self._chips.items():
            found = number(self._found(kind))
            chip.setText(f"{_label(kind)} {found}")
            chip.setAccessibleName(tr("Show {kind}, {count}").format(kind=lowered(_label(kind)), count=found))
            chip.setChecked(kind is self._kind)
            chip.updateGeometry()
        self._fit()

    def menu(self) -> QMenu:
        """Return the menu of the kinds whose chips have no room."""
        menu, ratio = QMenu(self), self.devicePixelRatioF()
        for kind in self._others:
            words = f"{_label(kind)}\t{number(self._found(kind))}"
            picture = QIcon() if kind is None else QIcon(kind_picture(kind, _ICON_PX, ratio))
            menu.addAction(picture, words, self._chips[kind].click)
        return menu

    def _found(self, kind: Kind | None) -> int:
        return sum(self._counts.values()) if kind is None else self._counts.get(kind, 0)

    def _fit(self) -> None:
        """Show the chips there is room for, those with most files first; the others are in the menu."""
        offered = [kind for kind in self._chips if self._found(kind) > 0 or kind in {None, self._kind}]
        offered.sort(key=lambda kind: (kind is not self._kind, -self._found(kind)))
        self._others = []
        if self._width_of(offered) > self.width():
            room = self.width() - self.more.sizeHint().width() - self._row.spacing()
            fits = next(
                count for count in range(len(offered), -1, -1) if self._width_of(offered[:count]) <= max(0, room)
            )
            offered, self._others = offered[:fits], offered[fits:]
        for kind, chip in self._chips.items():
            chip.setVisible(kind in offered)
        self.more.show_count(len(self._others))
        self.more.setVisible(bool(self._others))

    def _width_of(self, kinds: Sequence[Kind | None]) -> int:
        """Return the width of some chips beside one another."""
        gaps = max(0, len(kinds) - 1) * self._row.spacing()
        return sum(self._chips[kind].sizeHint().width() for kind in kinds) + gaps

    def _choose(self, kind: Kind | None) -> None:
        self._kind = None if kind is self._kind else kind
        for offered, chip in self._chips.items():
            chip.setChecked(offered is self._kind)
        self._fit()
        self.chosen.emit(self._kind)

    @Slot()
    def _open(self) -> None:
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        drop_down(menu, self.more)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()


class _MoreChip(Chip):
    """Opens the menu of the kinds whose chips have no room."""

    def __init__(self) -> None:
        super().__init__("")
        self.setCheckable(False)
        self.show_icon("chevron-down")

    def show_count(self, kinds: int) -> None:
        """Say how many kinds there are in the menu."""
        words = trn("{count} more kind of file", "{count} more kinds of files", kinds).format(count=number(kinds))
        self.setAccessibleName(words)
        self.setToolTip(tip_text(words))

    @override
    def sizeHint(self) -> QSize:
        height = super().sizeHint().height()
        return QSize(height, height)


def _label(kind: Kind | None) -> str:
    return tr("All") if kind is None else kind_plural(kind)
