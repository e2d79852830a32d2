"""The page of keys: what can be given others, and those that stay as they are."""

from PySide6.QtCore import Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from vexgui.core.settings import KeyChoice
from vexgui.gui.controls import Button, Card, Column, heading, muted
from vexgui.gui.details.facts import FactsGrid
from vexgui.gui.keys.commands import Command, Section, fixed_keys, sections
from vexgui.gui.keys.keymap import Keymap, Keys
from vexgui.gui.language import tr
from vexgui.gui.preferences.choices_page import WIDEST, beside
from vexgui.gui.preferences.key_row import KeyRow
from vexgui.gui.preferences.settings_desk import SettingsDesk


class KeysPage(Column):
    """Shows the table of commands; keys that are pressed for one go to the desk, if nothing is against them.

    The table is drawn when it is first looked at.
    """

    def __init__(self, desk: SettingsDesk, keymap: Keymap, parent: QWidget | None = None) -> None:
        super().__init__(tr("Keys"), parent, widest=WIDEST)
        self._desk = desk
        self._keymap = keymap
        self.key_rows: dict[Command, KeyRow] = {}
        self.reset = Button(tr("All keys back to their defaults"), "reset")
        self.reset.clicked.connect(lambda: self._choose(()))
        self.rows.setSpacing(8)
        self.rows.addWidget(muted(tr("Click keys, and press those that shall do the same from now on.")))
        self.rows.addLayout(beside(self.reset))
        keymap.changed.connect(self.show_keys)
        desk.changed.connect(self.show_keys)  # what could not be kept is shown as it is
        self.show_keys()

    @Slot()
    def show_keys(self) -> None:
        """Show which keys are in force."""
        for command, row in self.key_rows.items():
            row.show_keys(self._keymap.keys(command))
        self.reset.setEnabled(bool(self._desk.keys))

    def _fill(self) -> None:
        """Make what takes long because there is much of it."""
        for section in sections():
            self._add_section(section)
        self._add_fixed()
        self.rows.addStretch(1)
        self.show_keys()

    def _add_section(self, section: Section) -> None:
        self._add_heading(section.title)
        for row in section.rows:
            shown = self.key_rows[row.command] = KeyRow(row.words, self._keymap.default(row.command))
            shown.asked.connect(lambda keys, command=row.command: self._ask(command, keys))
            self.rows.addWidget(shown)

    def _add_fixed(self) -> None:
        self._add_heading(tr("Keys that stay as they are"))
        grid = FactsGrid()
        grid.show_rows(fixed_keys())
        card = Card()
        inside = QVBoxLayout(card)
        inside.setContentsMargins(16, 12, 16, 14)
        inside.addWidget(grid)
        self.rows.addWidget(card)

    def _add_heading(self, title: str) -> None:
        self.rows.addSpacing(10)
        self.rows.addWidget(heading(title, 1.1))

    def _ask(self, command: Command, keys: Keys) -> None:
        objection = self._keymap.objection(command, keys)
        if objection:
            self.key_rows[command].refuse(objection)
        else:
            self._choose(self._keymap.choosing(command, keys))

    def _choose(self, choices: tuple[KeyChoice, ...]) -> None:
        self._desk.choose("keys", choices)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        if not self.key_rows:
            self._fill()
        super().showEvent(event)
