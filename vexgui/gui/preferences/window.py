"""The window of preferences: a row of pages on top, the chosen one beneath."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QButtonGroup, QDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from vexgui.core.exclusions import Weight
from vexgui.core.reports import RootInfo
from vexgui.gui import dialogs
from vexgui.gui.controls import Chip
from vexgui.gui.flow import FlowLayout
from vexgui.gui.indexing import IndexingDesk
from vexgui.gui.keys.commands import Command
from vexgui.gui.keys.keymap import Keymap, KeyShortcut
from vexgui.gui.language import tr
from vexgui.gui.preferences.choices import appearance_choices, bound_choices, pace_choices
from vexgui.gui.preferences.choices_page import WIDEST, ChoicesPage, Group
from vexgui.gui.preferences.desk import ModelDesk
from vexgui.gui.preferences.folders_page import FoldersPage
from vexgui.gui.preferences.keys_page import KeysPage
from vexgui.gui.preferences.models_page import ModelsPage
from vexgui.gui.preferences.privacy_page import PrivacyPage
from vexgui.gui.preferences.settings_desk import SettingsDesk

_SIZE, _LOWEST = (640, 640), 300
_EDGE_PX = 18


class PreferencesWindow(QDialog):
    """Shows the pages; what is changed is kept at once."""

    def __init__(
        self, models: ModelDesk, indexing: IndexingDesk, settings: SettingsDesk, keymap: Keymap, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._desk = models
        self._indexing = indexing
        self._settings = settings
        self._keymap = keymap
        self.setWindowTitle(tr("Preferences"))
        self.setMinimumHeight(_LOWEST)
        self.resize(*_SIZE)
        self.folders = FoldersPage(settings)
        self.models = ModelsPage(models)
        self.pace = _page(tr("Indexing"), settings, (tr("When"), pace_choices()), (tr("Bounds"), bound_choices()))
        self.privacy = PrivacyPage(settings)
        self.appearance = _page(tr("Appearance"), settings, (tr("Window"), appearance_choices()))
        self.keys = KeysPage(settings, keymap)
        self.pages = (self.folders, self.models, self.pace, self.privacy, self.appearance, self.keys)
        self.tabs = [Chip(page.accessibleName()) for page in self.pages]
        self._lay_out()
        self._connect()
        self._show_roots(indexing.roots)

    def _lay_out(self) -> None:
        self._stack = QStackedWidget()
        self._group = QButtonGroup(self)
        top = QWidget()
        tabs = FlowLayout(top, gap=8)
        for number, (tab, page) in enumerate(zip(self.tabs, self.pages, strict=True)):
            page.rows.setContentsMargins(_EDGE_PX, 8, _EDGE_PX, _EDGE_PX)
            # It shows nothing where nothing is to be scrolled, and then all pages lie below the tabs alike.
            page.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
            self._stack.addWidget(page)
            self._group.addButton(tab, number)
            tabs.addWidget(tab)
        self.tabs[0].setChecked(True)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 12, 0, 0)
        rows.setSpacing(10)
        rows.addLayout(self._above_pages(top))
        rows.addWidget(self._stack, 1)

    def _above_pages(self, widget: QWidget) -> QHBoxLayout:
        """Return a row in which a widget begins and ends where the pages do."""
        column = QWidget()
        column.setMaximumWidth(WIDEST)
        inside = QVBoxLayout(column)
        inside.setContentsMargins(_EDGE_PX, 0, _EDGE_PX, 0)
        inside.addWidget(widget)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(column, 1)
        row.addSpacing(self.keys.verticalScrollBar().sizeHint().width())
        return row

    def _connect(self) -> None:
        self._group.idToggled.connect(self._turn_to)
        self.folders.remove_asked.connect(self._confirm_removal)
        self.privacy.remove_asked.connect(self._confirm_removal)
        self.privacy.records_asked.connect(self._indexing.set_records)
        self.privacy.strip_asked.connect(self._confirm_stripping)
        self._settings.weighed.connect(self._confirm_patterns)
        self._indexing.roots_known.connect(self._show_roots)
        KeyShortcut(self._keymap, Command.CLOSE, self, self.close)

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
            self._ask()

    def show_page(self, page: QWidget) -> None:
        """Open the window at one of its pages."""
        self.tabs[self._stack.indexOf(page)].setChecked(True)
        self.present()

    def _ask(self) -> None:
        self._desk.refresh()
        self._settings.refresh()

    @Slot(object)
    def _show_roots(self, roots: Sequence[RootInfo]) -> None:
        self.folders.show_roots(roots)
        self.privacy.show_roots(roots)

    @Slot(object)
    def _confirm_removal(self, path: bytes) -> None:
        root = next((root for root in self._indexing.roots if root.path == path), None)
        if root is not None:
            dialogs.confirm_removal(self, root, lambda: self._indexing.remove(path))

    @Slot()
    def _confirm_stripping(self) -> None:
        roots = tuple(root.path for root in self._indexing.roots)
        dialogs.confirm_stripping_all(self, lambda: self._settings.strip_all(roots))

    @Slot(object, object)
    def _confirm_patterns(self, patterns: tuple[str, ...], weight: Weight) -> None:
        dialogs.confirm_leaving_out(self, patterns, weight, lambda: self._settings.exclude(add=patterns))

    @Slot(int, bool)
    def _turn_to(self, number: int, chosen: bool) -> None:  # noqa: FBT001 - a slot
        if chosen:
            self._stack.setCurrentIndex(number)
            if any(tab.hasFocus() for tab in self.tabs):
                self.tabs[number].setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.tabs[self._stack.currentIndex()].setFocus(Qt.FocusReason.OtherFocusReason)
        self._ask()


def _page(name: str, settings: SettingsDesk, *groups: Group) -> ChoicesPage:
    page = ChoicesPage(name, settings)
    page.add_groups(groups)
    page.rows.addStretch(1)
    return page
