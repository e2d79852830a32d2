"""The places where one looks instead of reading."""

from enum import StrEnum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from vexgui.gui.language import tr
from vexgui.gui.side.row import Line, SideRow
from vexgui.gui.side.section import Section
from vexgui.gui.wording import number


class Place(StrEnum):
    """A page that is shown beside answers."""

    MAP = "map"
    TIMELINE = "timeline"
    DUPLICATES = "duplicates"
    FAILURES = "failures"


class LookSection(Section):
    """Lists the places.

    Signals:
        look_asked: A `Place` is wanted; asked for once more, it is left.
    """

    look_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Look"), parent=parent)
        self._names = {
            Place.MAP: tr("Map"),
            Place.TIMELINE: tr("Timeline"),
            Place.DUPLICATES: tr("Duplicates"),
            Place.FAILURES: tr("Failures"),
        }
        self._rows = {place: self._row(place) for place in Place}
        self.show_rows(list(self._rows.values()))

    def show_failed(self, files: int) -> None:
        """Say how many files could not be read."""
        self._rows[Place.FAILURES].say(
            Line(self._names[Place.FAILURES], Place.FAILURES, number(files) if files else "")
        )

    def show_place(self, place: str) -> None:
        """Mark the place that is in sight; "" for none."""
        for known, row in self._rows.items():
            row.setChecked(known == place)

    def _row(self, place: Place) -> SideRow:
        row = SideRow(Line(self._names[place], place))
        row.setCheckable(True)
        row.clicked.connect(lambda: self.look_asked.emit(place))
        return row
