"""The page of what else can be set: how the window looks, and whether files carry their vectors."""

from collections.abc import Iterable, Sequence
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from vexgui.core.paths import shown
from vexgui.core.reports import RootInfo
from vexgui.gui.controls import Button, CheckBox, Chip, Column, heading, muted
from vexgui.gui.details.facts import breakable, empty
from vexgui.gui.memory import Memory
from vexgui.gui.preferences.model_card import WIDEST
from vexgui.gui.theme import Appearance, Theme

_APPEARANCES = {
    Appearance.SYSTEM: "Like the desktop",
    Appearance.LIGHT: "Light",
    Appearance.DARK: "Dark",
}
_ABOUT_RECORDS = (
    "With its vectors in its own attributes a file that was moved, copied or renamed need not be read again. Its "
    "content and its date never change. Where this is off, vectors are in VexGUI's store only; what files carry "
    "already stays on them."
)


class GeneralPage(Column):
    """Sets appearance, and folder by folder whether vectors are kept in the files.

    Signals:
        records_asked: Whether vectors are to be kept in the files of a root: its path, and that.
        history_forgotten: Recent searches are forgotten.
    """

    records_asked = Signal(object, bool)
    history_forgotten = Signal()

    def __init__(self, theme: Theme, memory: Memory, parent: QWidget | None = None) -> None:
        super().__init__("General", parent, widest=WIDEST)
        self._theme = theme
        self._memory = memory
        self._paths: list[bytes] = []
        self.boxes: list[CheckBox] = []
        self.appearances = {appearance: Chip(words) for appearance, words in _APPEARANCES.items()}
        self._group = QButtonGroup(self)
        self._folders = QVBoxLayout()
        self._folders.setSpacing(6)
        self._no_folder = muted("No folder is kept indexed yet.")
        self.forget = Button("Forget recent searches")
        self.forget.clicked.connect(self._forget)
        rows = self.rows
        rows.setContentsMargins(18, 4, 18, 18)
        rows.setSpacing(8)
        rows.addWidget(heading("Appearance", 1.1))
        for appearance, button in self.appearances.items():
            self._group.addButton(button)
            button.setChecked(appearance is theme.appearance)
            button.clicked.connect(partial(self._choose, appearance))
        rows.addLayout(_beside(self.appearances.values()))
        rows.addSpacing(12)
        rows.addWidget(heading("Keep vectors in the files of", 1.1))
        rows.addWidget(muted(_ABOUT_RECORDS))
        rows.addWidget(self._no_folder)
        rows.addLayout(self._folders)
        rows.addSpacing(12)
        rows.addWidget(heading("Searches", 1.1))
        rows.addLayout(_beside([self.forget]))
        rows.addSpacing(12)
        settings = shown(memory.beside(b"config.toml"))  # where `vexgui.engine.settings_file` keeps it
        self.rest = muted(breakable(f"What else can be set goes into the file {settings}; the README lists it."))
        rows.addWidget(self.rest)
        rows.addStretch(1)

    @Slot(object)
    def show_roots(self, roots: Sequence[RootInfo]) -> None:
        """Show the folders kept indexed."""
        paths = [root.path for root in roots]
        if paths != self._paths:
            self._paths = paths
            empty(self._folders)
            self.boxes = [self._box(root.path) for root in roots]
            for box in self.boxes:
                self._folders.addWidget(box)
        self._no_folder.setVisible(not roots)
        for root, box in zip(roots, self.boxes, strict=True):
            box.setChecked(root.records)

    def _box(self, path: bytes) -> CheckBox:
        box = CheckBox(shown(path))
        box.setAccessibleName(f"Keep vectors in the files of {shown(path)}")
        box.clicked.connect(lambda checked: self.records_asked.emit(path, checked))
        return box

    @Slot()
    def _forget(self) -> None:
        self._memory.forget_queries()
        self.forget.setEnabled(False)
        self.history_forgotten.emit()

    def _choose(self, appearance: Appearance) -> None:
        self._theme.choose(appearance)
        self._memory.remember_appearance(appearance)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.forget.setEnabled(bool(self._memory.recent))


def _beside(widgets: Iterable[QWidget]) -> QHBoxLayout:
    """Return a row of widgets, none wider than it must be."""
    row = QHBoxLayout()
    row.setSpacing(8)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return row
