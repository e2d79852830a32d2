"""A page of settings, and what its rows have in common."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from vexgui.gui.controls import Column, heading
from vexgui.gui.preferences.choice_row import ChoiceRow
from vexgui.gui.preferences.choices import Choice
from vexgui.gui.preferences.settings_desk import SettingsDesk

WIDEST = 760
"""Pixels; lines that are much longer are hard to read."""
Group = tuple[str, Sequence[Choice]]
"""A heading, and what can be chosen beneath it."""


class ChoicesPage(Column):
    """Shows groups of `Choice`; what is chosen goes to the desk, and what the desk knows is shown."""

    def __init__(self, name: str, desk: SettingsDesk, parent: QWidget | None = None) -> None:
        super().__init__(name, parent, widest=WIDEST)
        self.desk = desk
        self.choices: dict[str, ChoiceRow] = {}
        self.rows.setSpacing(8)
        desk.changed.connect(self.show_values)

    def add_groups(self, groups: Sequence[Group]) -> None:
        """Add groups at the end of the page."""
        for title, choices in groups:
            self.add_heading(title)
            for choice in choices:
                self.add_choice(choice)

    def add_heading(self, title: str) -> None:
        """Add a heading, with some room above it where it is not the first."""
        if self.rows.count():
            self.rows.addSpacing(10)
        self.rows.addWidget(heading(title, 1.1))

    def add_choice(self, choice: Choice) -> None:
        """Add a setting."""
        row = self.choices[choice.name] = ChoiceRow(choice)
        row.chosen.connect(self._chooser(choice.name))
        row.show_value(self.desk.values[choice.name])
        self.rows.addWidget(row)

    @Slot()
    def show_values(self) -> None:
        """Show how things are set now."""
        values = self.desk.values
        for name, row in self.choices.items():
            row.show_value(values[name])

    def _chooser(self, name: str) -> Callable[[object], None]:
        return lambda value: self.desk.choose(name, value)


def beside(*widgets: QWidget) -> QHBoxLayout:
    """Return a row of widgets, none wider than it must be."""
    row = QHBoxLayout()
    row.setSpacing(8)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return row
