"""What results can be sorted by: a button with a menu."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from vexgui.core.query import Order, SortBy
from vexgui.gui.controls import Button, Look
from vexgui.gui.drop_down import drop_down
from vexgui.gui.language import tr
from vexgui.gui.wording import lowered

DESCENDS = {SortBy.NAME: False, SortBy.SIZE: True, SortBy.MODIFIED: True, SortBy.KIND: False}
"""What can be chosen beside relevance, and whether it begins with the greatest."""


def sort_name(by: SortBy) -> str:
    """Return what results are sorted by, as it is named to the user."""
    return {
        SortBy.NAME: tr("Name"),
        SortBy.SIZE: tr("Size"),
        SortBy.MODIFIED: tr("Date"),
        SortBy.KIND: tr("Kind"),
    }.get(by, tr("Relevance"))


def _directions(by: SortBy) -> tuple[str, str]:
    """Return what the two directions are called, ascending first."""
    match by:
        case SortBy.SIZE:
            return tr("Smallest first"), tr("Largest first")
        case SortBy.MODIFIED:
            return tr("Oldest first"), tr("Newest first")
        case _:
            return tr("A to Z"), tr("Z to A")


class SortButton(Button):
    """Tells what results are sorted by, and lets one choose.

    Signals:
        chosen: An `Order`, None for relevance.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "sort", look=Look.FLAT, parent=parent)
        self._order: Order | None = None
        self.clicked.connect(self._open)
        self.show_order(None)

    def show_order(self, order: Order | None) -> None:
        """Tell another order."""
        self._order = order
        by = SortBy.RELEVANCE if order is None else order.by
        self.setText(sort_name(by))
        self.show_icon("sort" if order is None else "descending" if order.descending else "ascending")
        told = tr("Sorted by {what}").format(what=lowered(sort_name(by)))
        if order is not None:
            told = f"{told}, {lowered(_directions(by)[order.descending])}"
        self.setAccessibleName(told)
        self.setToolTip(told)
        self.updateGeometry()

    def menu(self) -> QMenu:
        """Return the menu of orders and directions."""
        menu = QMenu(self)
        by = SortBy.RELEVANCE if self._order is None else self._order.by
        orders = QActionGroup(menu)
        for choice in (SortBy.RELEVANCE, *DESCENDS):
            action = self._choice(menu, orders, sort_name(choice), checked=choice is by)
            wanted = Order(choice, DESCENDS[choice]) if choice in DESCENDS else None
            action.triggered.connect(lambda _, wanted=wanted: self._choose(wanted))
        if self._order is not None:
            menu.addSeparator()
            directions = QActionGroup(menu)
            for descending, words in enumerate(_directions(by)):
                action = self._choice(menu, directions, words, checked=self._order.descending == bool(descending))
                wanted = Order(by, bool(descending))
                action.triggered.connect(lambda _, wanted=wanted: self._choose(wanted))
        return menu

    @staticmethod
    def _choice(menu: QMenu, group: QActionGroup, text: str, *, checked: bool) -> QAction:
        action = menu.addAction(text)
        action.setCheckable(True)
        action.setChecked(checked)
        group.addAction(action)
        return action

    def _choose(self, order: Order | None) -> None:
        if order != self._order:
            self.chosen.emit(order)

    @Slot()
    def _open(self) -> None:
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        drop_down(menu, self)
