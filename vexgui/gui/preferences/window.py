"""The window of preferences: a row of pages on top, the chosen one beneath."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from vexgui.gui.controls import Chip
from vexgui.gui.indexing import IndexingDesk
from vexgui.gui.memory import Memory
from vexgui.gui.preferences.desk import ModelDesk
from vexgui.gui.preferences.general_page import GeneralPage
from vexgui.gui.preferences.models_page import ModelsPage
from vexgui.gui.theme import Theme

_SIZE, _LOWEST = (640, 640), 300


class PreferencesWindow(QDialog):
    """Shows the pages; what is changed holds at once."""

    def __init__(
        self, models: ModelDesk, indexing: IndexingDesk, theme: Theme, memory: Memory, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._desk = models
        self.setWindowTitle("Preferences")
        self.setMinimumHeight(_LOWEST)
        self.resize(*_SIZE)
        self.models = ModelsPage(models)
        self.general = GeneralPage(theme, memory)
        self.general.records_asked.connect(indexing.set_records)
        indexing.roots_known.connect(self.general.show_roots)
        self._stack = QStackedWidget()
        self.tabs = [Chip(page.accessibleName()) for page in (self.models, self.general)]
        self._group = QButtonGroup(self)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addStretch(1)
        for number, (tab, page) in enumerate(zip(self.tabs, (self.models, self.general), strict=True)):
            self._stack.addWidget(page)
            self._group.addButton(tab, number)
            top.addWidget(tab)
        top.addStretch(1)
        self.tabs[0].setChecked(True)
        self._group.idToggled.connect(self._turn_to)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 12, 0, 0)
        rows.setSpacing(10)
        rows.addLayout(top)
        rows.addWidget(self._stack, 1)
        QShortcut(QKeySequence("Ctrl+W"), self, self.close)

    @Slot()
    def present(self) -> None:
        """Open the window, or bring it to the front."""
        if self.isVisible():
            self.raise_()
        self.show()
        self.activateWindow()

    @Slot()
    def refresh(self) -> None:
        """Ask how the models stand, if anybody is looking."""
        if self.isVisible():
            self._desk.refresh()

    @Slot(int, bool)
    def _turn_to(self, number: int, chosen: bool) -> None:  # noqa: FBT001 - a slot
        if chosen:
            self._stack.setCurrentIndex(number)
            if any(tab.hasFocus() for tab in self.tabs):
                self.tabs[number].setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._desk.refresh()
