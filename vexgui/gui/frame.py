"""What the window consists of, and where each of it stands."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from vexgui.core.hits import Hit
from vexgui.gui.banner import Banner
from vexgui.gui.bridge import EngineBridge
from vexgui.gui.desktop.placing import keep_within_reach
from vexgui.gui.details.inspector import Inspector
from vexgui.gui.details.panel import DetailsPanel
from vexgui.gui.files.actions import FileActions, Take
from vexgui.gui.files.dropping import DropTarget
from vexgui.gui.files.shell import Shell
from vexgui.gui.indexing import IndexingDesk
from vexgui.gui.keys.keymap import Keymap
from vexgui.gui.main_menu import MainMenu
from vexgui.gui.memory import Memory
from vexgui.gui.operations import Operations
from vexgui.gui.pages.caveat import CaveatLine
from vexgui.gui.pages.failures import FailuresPage
from vexgui.gui.pages.stack import Pages
from vexgui.gui.preferences.desk import ModelDesk
from vexgui.gui.preferences.settings_desk import SettingsDesk
from vexgui.gui.preview.large_preview import LargePreview
from vexgui.gui.results.page import ResultsPage
from vexgui.gui.search.field import SearchField
from vexgui.gui.search.mistake_line import MistakeLine
from vexgui.gui.search.saving import SavedSearches
from vexgui.gui.search.searcher import Searcher
from vexgui.gui.side.look import Place
from vexgui.gui.side.panel import SidePanel
from vexgui.gui.standing.strip import ConditionStrip
from vexgui.gui.status_line import StatusLine
from vexgui.gui.theme import Theme
from vexgui.gui.thumbnails.loader import ThumbnailLoader
from vexgui.gui.toast import Toast
from vexgui.gui.workspace import Workspace

if TYPE_CHECKING:
    from vexgui.gui.preferences.window import PreferencesWindow


@dataclass(frozen=True, slots=True)
class Parts:
    """What the window is given."""

    operations: Operations
    bridge: EngineBridge
    loader: ThumbnailLoader
    shell: Shell
    memory: Memory
    theme: Theme


class Frame(QWidget):
    """Search field on top; folders, results and details side by side; the status line at the bottom.

    Makes the parts and gives them their places; what they do to one another is in `vexgui.gui.wiring`.

    Attributes:
        stays: Whether the program goes on when the window is closed: there is another way back to it.
        chosen_on_map: The file that is chosen on the map, a path, or b"".

    Signals:
        retry_asked: The engine shall be opened once more.
        vanished: The window was closed, and the program goes on.
        preferences_made: There is a window of preferences from now on, a `PreferencesWindow`.
        closed: The window was closed for good.
    """

    retry_asked = Signal()
    vanished = Signal()
    preferences_made = Signal(object)
    closed = Signal()

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self.parts = parts
        self.stays = False
        self.chosen_on_map = b""
        self.keys = Keymap(self)
        self._leaving = False
        self.setWindowTitle("VexGUI")
        self._make_desks()
        self._make_widgets()
        self._lay_out()
        self.toast = Toast(self, self.status, self.keys)
        self._restore()

    @cached_property
    def preferences(self) -> "PreferencesWindow":
        """The window of preferences, made when it is wanted: it would hold up the first paint."""
        from vexgui.gui.preferences.window import PreferencesWindow

        made = PreferencesWindow(self.models, self.desk, self.settings, self.keys, self)
        self.preferences_made.emit(made)
        return made

    @Slot()
    def present_preferences(self) -> None:
        """Open the preferences."""
        self.preferences.present()

    @Slot()
    def come_to_front(self) -> None:
        """Show the window where the user looks."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    @Slot()
    def leave(self) -> None:
        """Close the window for good, and with it the program."""
        self._leaving = True
        self.close()

    def selected_paths(self) -> list[bytes]:
        """Return the paths of the files that are selected in the results, or on the map where that is in sight."""
        if self.pages.place == Place.MAP:
            return [self.chosen_on_map] if self.chosen_on_map else []
        return [hit.path for hit in self.results.selected()]

    def with_selected_paths(self, take: Take) -> None:
        """Hand on the paths of all selected files; those that are not here are asked for first."""
        results = self.results
        if self.pages.place == Place.MAP or len(results.selected()) == results.selected_count:
            take(self.selected_paths())
        else:
            self.found.model.ask_paths(results.selected_rows(), take)

    def tell_of(self, hit: Hit | None) -> None:
        """Have the details tell what is known of one file, or that none is selected."""
        if hit is None:
            self.details.show_nothing()
        else:
            self.details.show_hit(hit)
        self.inspector.look_at(b"" if hit is None else hit.path)

    def _make_desks(self) -> None:
        """Make what carries wishes to the engine."""
        operations = self.parts.operations
        self.searcher = Searcher(operations, self)
        self.searches = SavedSearches(operations, self)
        self.desk = IndexingDesk(operations, self)
        self.inspector = Inspector(operations, self)
        self.models = ModelDesk(operations, self)
        self.settings = SettingsDesk(operations, self.parts.theme, self.parts.memory, self)

    def _make_widgets(self) -> None:
        parts = self.parts
        self.field = SearchField(parts.operations, parts.loader, parts.shell.keep)
        self.mistakes = MistakeLine()
        self.banner = Banner()
        self.strip = ConditionStrip()
        self.side = SidePanel()
        self.roots_panel = self.side.roots
        self.found = ResultsPage(parts.loader, parts.operations, parts.memory)
        self.results = self.found.view
        self.details = DetailsPanel(parts.loader, parts.operations)
        self.status = StatusLine()
        self.actions_on_files = FileActions(parts.shell, self, self.results, self.keys)
        self.large_preview = LargePreview(parts.loader, parts.operations, self)
        self.menu = MainMenu(self, self.keys)
        self.drops = DropTarget(parts.operations, self)
        self.pages = Pages(self.found)
        self.caveat = CaveatLine()
        self.failures = FailuresPage()
        self.pages.add_place(Place.FAILURES, self.failures)
        self.workspace = Workspace(self.side, self._centre(), self.details)

    def _lay_out(self) -> None:
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 10, 0, 0)
        rows.setSpacing(8)
        rows.addLayout(self._header())
        rows.addWidget(self.mistakes)
        for strip in (self.banner, self.strip):
            row = QHBoxLayout()
            row.setContentsMargins(14, 0, 14, 0)
            row.addWidget(strip)
            rows.addLayout(row)
        rows.addWidget(self.workspace, 1)
        rows.addWidget(self.status)

    def _centre(self) -> QWidget:
        """Return the middle of the window: a quiet line, and the pages beneath it."""
        centre = QWidget()
        rows = QVBoxLayout(centre)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.caveat)
        rows.addWidget(self.pages, 1)
        return centre

    def _header(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(14, 0, 14, 0)
        row.setSpacing(8)
        row.addWidget(self.workspace.side.button)
        row.addWidget(self.field, 1)
        row.addWidget(self.workspace.details.button)
        row.addWidget(self.menu.button)
        return row

    def _restore(self) -> None:
        """Take size, place and panels as they were."""
        memory = self.parts.memory
        self.workspace.restore(memory.geometry("panels"))
        for name, panel in (("side", self.workspace.side), ("details", self.workspace.details)):
            panel.wished = memory.wish(name)
        if self.restoreGeometry(memory.geometry("window")):
            keep_within_reach(self)

    def _remember(self) -> None:
        memory = self.parts.memory
        memory.remember_geometry("window", self.saveGeometry())
        memory.remember_geometry("panels", self.workspace.saveState())
        for name, panel in (("side", self.workspace.side), ("details", self.workspace.details)):
            memory.remember_wish(name, panel.wished)
        memory.save()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self._remember()
        app = QGuiApplication.instance()
        ending = self._leaving or (isinstance(app, QGuiApplication) and app.isSavingSession())
        if self.stays and not ending:
            event.ignore()
            self.hide()
            self.vanished.emit()
            return
        super().closeEvent(event)
        self.closed.emit()
