"""The card about where a picture was taken: a map, the place's name, the nearest town, the position to copy."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from vexgui.core.errors import VexError
from vexgui.gui.controls import Button, Card, Look, fold, heading, muted
from vexgui.gui.details.facts import wrapped
from vexgui.gui.details.rows import position
from vexgui.gui.language import tr
from vexgui.gui.operations import Lane, Operations
from vexgui.gui.theme import scaled
from vexgui.gui.wording import number, tenths
from vexgui.system.towns import towns

if TYPE_CHECKING:
    from vexgui.gui.details.earth import EarthMap

_NEAR_KM = 0.1
_ROUGH_KM = 10.0


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where a position is, in words.

    Attributes:
        names: The place from the small to the large, "Belém", "Lisbon", "Portugal"; () far from all towns.
        town: The nearest town.
        km: How far away its middle is.
    """

    names: tuple[str, ...]
    town: str
    km: float


def surroundings(latitude: float, longitude: float) -> Surroundings:
    """Return where a position is; reads towns and outlines the first time, so never on a thread that draws."""
    from vexgui.system.outlines import outlines  # only now: it loads NumPy, which takes its time

    outlines()
    known = towns()
    km, town = known.nearest(latitude, longitude)
    return Surroundings(known.around(latitude, longitude), town.title, km)


class PlaceCard(Card):
    """Shows a position."""

    def __init__(self, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._operations = operations
        self._place: tuple[float, float] | None = None
        self._asking = 0
        small = scaled(self.font(), 0.93)
        self._name = wrapped()
        self._near = fold(muted())
        self._near.setFont(small)
        self._position = fold(muted())
        self._position.setFont(small)
        self._position.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.copy = Button(icon="copy", look=Look.QUIET, name=tr("Copy the position"))
        self.copy.clicked.connect(self._copy)
        line = QHBoxLayout()
        line.setSpacing(4)
        line.addWidget(self._position, 1)
        line.addWidget(self.copy)
        self._rows = rows = QVBoxLayout(self)
        rows.setContentsMargins(14, 12, 14, 8)
        rows.setSpacing(6)
        rows.addWidget(heading(tr("Place")))
        rows.addWidget(self._name)
        rows.addWidget(self._near)
        rows.addLayout(line)
        self.hide()

    @cached_property
    def map(self) -> "EarthMap":
        """The map, made when there is a position to show."""
        from vexgui.gui.details.earth import EarthMap  # only now: it loads NumPy, which takes its time

        made = EarthMap()
        self._rows.insertWidget(1, made)
        return made

    @property
    def name(self) -> str:
        """What the place is called."""
        return self._name.text()

    @property
    def near(self) -> str:
        """What is said of the nearest town."""
        return self._near.text()

    def show_nothing(self) -> None:
        """Hide: the file has no position."""
        self._operations.cancel(self._asking)
        self._place = None
        self.hide()

    def show_place(self, latitude: float, longitude: float) -> None:
        """Show another position."""
        if self._place == (latitude, longitude):
            return
        self._operations.cancel(self._asking)
        self._place = (latitude, longitude)
        where = position(latitude, longitude)
        self.map.show_place(latitude, longitude, where)
        self._position.setText(where)
        self._name.hide()
        self._near.hide()
        self.show()
        self._asking = self._operations.start(
            Lane.ERRANDS, lambda _: surroundings(latitude, longitude), self._take, self._fail
        )

    def _take(self, found: Surroundings) -> None:
        self.map.uncover()
        self._name.setText(", ".join(found.names))
        self._name.setVisible(bool(found.names))
        self._near.setText(near_sentence(found))
        self._near.show()
        if self._place is not None and found.names:
            self.map.show_place(*self._place, ", ".join(found.names))

    def _fail(self, _: VexError) -> None:
        """Leave it at the position: it can be read and copied all the same."""

    @Slot()
    def _copy(self) -> None:
        if self._place is not None:
            latitude, longitude = self._place
            QGuiApplication.clipboard().setText(f"{latitude:.6f}, {longitude:.6f}")
            self._position.setText(f"{position(latitude, longitude)}\n{tr('The position is copied')}")


def near_sentence(found: Surroundings) -> str:
    """Return how far the nearest town is: "2.4 km from the middle of Belém"."""
    if found.km < _NEAR_KM:
        return tr("In the middle of {town}").format(town=found.town)
    distance = tenths(found.km) if found.km < _ROUGH_KM else number(round(found.km))
    return tr("{distance} km from the middle of {town}").format(distance=distance, town=found.town)
