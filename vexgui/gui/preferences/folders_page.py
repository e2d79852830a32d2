"""The page of folders: which are indexed, and what in them is left out."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from vexgui.core.paths import shown
from vexgui.core.reports import RootInfo
from vexgui.core.settings import Settings
from vexgui.gui.controls import Button, Card, ElidedLabel, Look, muted
from vexgui.gui.details.facts import empty
from vexgui.gui.flow import FlowLayout
from vexgui.gui.language import tr, trn
from vexgui.gui.margins import along
from vexgui.gui.preferences.choice_row import ResetButton
from vexgui.gui.preferences.choices import folder_choices
from vexgui.gui.preferences.choices_page import ChoicesPage, beside
from vexgui.gui.preferences.settings_desk import SettingsDesk
from vexgui.gui.text_field import TextField
from vexgui.gui.wording import known_as, number


class FoldersPage(ChoicesPage):
    """Lists the roots and the patterns.

    Signals:
        add_asked: The user wants to add a folder.
        remove_asked: A root's path is to be forgotten.
    """

    add_asked = Signal()
    remove_asked = Signal(object)

    def __init__(self, desk: SettingsDesk, parent: QWidget | None = None) -> None:
        super().__init__(tr("Folders"), desk, parent)
        self.root_rows: list[RootLine] = []
        self.pattern_chips: list[Button] = []
        self._patterns: tuple[str, ...] | None = None
        self._folders = QVBoxLayout()
        self._folders.setSpacing(6)
        self.add = Button(tr("Add a folder…"), "folder-add")
        self.add.clicked.connect(self.add_asked)
        self.add_heading(tr("Indexed folders"))
        self.rows.addLayout(self._folders)
        self.rows.addLayout(beside(self.add))
        self._add_patterns()
        for choice in folder_choices():
            self.add_choice(choice)
        self.rows.addStretch(1)
        self._show_patterns()
        desk.changed.connect(self._show_patterns)

    def _add_patterns(self) -> None:
        self.add_heading(tr("Left out"))
        self.rows.addWidget(
            muted(
                tr(
                    "Names and patterns as in .gitignore, for example *.iso or /Videos/raw. Click one to have what it "
                    "fits indexed again."
                )
            )
        )
        chips = QWidget()
        self._chips = FlowLayout(chips)
        self.rows.addWidget(chips)
        self.pattern = TextField()
        self.pattern.setPlaceholderText(tr("Pattern"))
        self.pattern.setAccessibleName(tr("Pattern of what to leave out"))
        self.pattern.returnPressed.connect(self._leave_out)
        self.leave_out = Button(tr("Leave out"))
        self.leave_out.clicked.connect(self._leave_out)
        self.reset = ResetButton(tr("Left out"), keeps_place=False)
        self.reset.clicked.connect(self.desk.restore_patterns)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.pattern, 1)
        row.addWidget(self.leave_out)
        row.addWidget(self.reset)
        self.rows.addLayout(row)

    def show_roots(self, roots: Sequence[RootInfo]) -> None:
        """Show the folders kept indexed."""
        if [line.path for line in self.root_rows] != [root.path for root in roots]:
            empty(self._folders)
            self.root_rows = [RootLine(root.path) for root in roots]
            for line in self.root_rows:
                line.remove.clicked.connect(lambda _, path=line.path: self.remove_asked.emit(path))
                self._folders.addWidget(line)
        for line, root in zip(self.root_rows, roots, strict=True):
            line.show_count(root.files)

    @Slot()
    def _leave_out(self) -> None:
        pattern = self.pattern.text().strip()
        if pattern:
            self.pattern.clear()
            self.desk.leave_out((pattern,))

    @Slot()
    def _show_patterns(self) -> None:
        patterns = self.desk.patterns
        self.reset.setVisible(set(patterns) != set(Settings().exclude))
        if patterns == self._patterns:
            return
        self._patterns = patterns
        empty(self._chips)
        self.pattern_chips = [self._chip(pattern) for pattern in patterns]
        for chip in self.pattern_chips:
            self._chips.addWidget(chip)

    def _chip(self, pattern: str) -> Button:
        chip = Button(
            pattern, "close", icon_last=True, name=tr("Do not leave out {pattern} any more").format(pattern=pattern)
        )
        chip.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # or its signs would change places
        chip.clicked.connect(lambda: self.desk.exclude(remove=(pattern,)))
        return chip


class RootLine(Card):
    """A folder with its count, and a button to forget it."""

    def __init__(self, path: bytes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.path = path
        name = ElidedLabel(known_as(path), mode=Qt.TextElideMode.ElideMiddle, is_path=True)
        self._count = muted(wraps=False)
        self.remove = Button(
            icon="remove", look=Look.FLAT, name=tr("Stop indexing {folder}…").format(folder=shown(path))
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(along(14, 6, 8, 6))
        row.setSpacing(10)
        row.addWidget(name, 1)
        row.addWidget(self._count)
        row.addWidget(self.remove)

    def show_count(self, files: int) -> None:
        """Show how many files of it are known."""
        self._count.setText(trn("{count} file", "{count} files", files).format(count=number(files)))
