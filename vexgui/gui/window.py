"""The window: puts its parts together, and decides which page is shown."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from vexgui.core.errors import VexError
from vexgui.core.hits import Hit
from vexgui.core.paths import name_of, shown
from vexgui.core.reports import Inspection, RootInfo, Status
from vexgui.engine.api import EngineApi
from vexgui.gui import dialogs
from vexgui.gui.actions import FileActions
from vexgui.gui.banner import Banner
from vexgui.gui.bridge import EngineBridge
from vexgui.gui.details.inspector import Inspector
from vexgui.gui.details.panel import DetailsPanel
from vexgui.gui.dropping import DropTarget, Zone
from vexgui.gui.indexing import IndexingDesk
from vexgui.gui.main_menu import MainMenu
from vexgui.gui.memory import Memory
from vexgui.gui.mistake_line import MistakeLine
from vexgui.gui.operations import Operations
from vexgui.gui.pages.stack import Pages
from vexgui.gui.preferences.desk import ModelDesk
from vexgui.gui.preferences.window import PreferencesWindow
from vexgui.gui.results.large_preview import LargePreview
from vexgui.gui.results.page import ResultsPage
from vexgui.gui.roots.panel import RootsPanel
from vexgui.gui.search_field import SearchField
from vexgui.gui.searching import Reply, Searcher, result_line
from vexgui.gui.shell import Shell
from vexgui.gui.status_line import StatusLine
from vexgui.gui.theme import Theme
from vexgui.gui.thumbnails.loader import ThumbnailLoader
from vexgui.gui.wording import is_busy, number
from vexgui.gui.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Parts:
    """What the window is given."""

    operations: Operations
    bridge: EngineBridge
    loader: ThumbnailLoader
    shell: Shell
    memory: Memory
    theme: Theme


class MainWindow(QWidget):
    """Search field on top; folders, results and details side by side; the status line at the bottom.

    Signals:
        retry_asked: The engine shall be opened once more.
        closed: The window was closed.
    """

    retry_asked = Signal()
    closed = Signal()

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self.searcher = Searcher(parts.operations, self)
        self.desk = IndexingDesk(parts.operations, self)
        self.inspector = Inspector(parts.operations, self)
        self.models = ModelDesk(parts.operations, self)
        self._reply: Reply | None = None
        self._build()
        self._connect_search()
        self._connect_files()
        self._connect_indexing()
        self._connect_program()
        self._add_shortcuts()
        self._show_page()

    # what the application tells the window

    def take_engine(self, engine: EngineApi) -> None:
        """Begin to work with the engine, which has been opened."""
        self.pages.take_opened()
        self.drops.enabled = True
        self._parts.bridge.listen(engine)
        self.inspector.connect_engine(engine)
        self.desk.connect_engine(engine)
        self.models.connect_engine(engine)
        self.searcher.connect_engine(engine)
        self._show_page()

    def show_failure(self, error: VexError) -> None:
        """Say that the engine could not be opened, on a page of its own."""
        self.pages.show_failure(error)

    def ask(self, query: str, similar: bytes) -> None:
        """Show the answer to a query, or the files like one."""
        if similar:
            self.find_similar([similar])
        elif query:
            self.field.set_text(query)
            self.searcher.ask_now()

    @property
    def settled(self) -> bool:
        """Whether what is shown is final but for the indexer's work: answer, pictures, and details."""
        return self.pages.failed or (
            self.pages.opened
            and self.searcher.settled
            and self.inspector.settled
            and not self.desk.counting
            and not self._parts.loader.busy
        )

    @Slot(object)
    def find_similar(self, paths: Sequence[bytes]) -> None:
        """Show the files most like some files."""
        self.field.set_quietly("")
        self.searcher.ask_similar(paths)
        self.field.show_token(self.searcher.question.title)

    # building

    def _build(self) -> None:
        parts = self._parts
        self.setWindowTitle("VexGUI")
        self.field = SearchField()
        self.mistakes = MistakeLine()
        self.banner = Banner()
        self.roots_panel = RootsPanel()
        self.found = ResultsPage(parts.loader)
        self.results = self.found.view
        self.details = DetailsPanel(parts.loader)
        self.status = StatusLine()
        self.actions_on_files = FileActions(parts.shell, self._selected_paths, self.results)
        self.large_preview = LargePreview(parts.loader, self)
        self.menu = MainMenu(self)
        self.preferences = PreferencesWindow(self.models, self.desk, parts.theme, parts.memory, self)
        self.drops = DropTarget(self)
        self.pages = Pages(self.found)
        self.pages.idle.show_recent(parts.memory.recent)
        self.workspace = Workspace(self.roots_panel, self.pages, self.details)
        self.workspace.restore(parts.memory.geometry("panels"))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 10, 0, 0)
        rows.setSpacing(8)
        rows.addLayout(self._header())
        rows.addWidget(self.mistakes)
        banner_row = QHBoxLayout()
        banner_row.setContentsMargins(14, 0, 14, 0)
        banner_row.addWidget(self.banner)
        rows.addLayout(banner_row)
        rows.addWidget(self.workspace, 1)
        rows.addWidget(self.status)
        self.restoreGeometry(parts.memory.geometry("window"))

    def _header(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(14, 0, 14, 0)
        row.setSpacing(8)
        row.addWidget(self.workspace.side.button)
        row.addWidget(self.field, 1)
        row.addWidget(self.workspace.details.button)
        row.addWidget(self.menu.button)
        return row

    def _connect_search(self) -> None:
        self.field.changed.connect(self._typed)
        self.field.entered.connect(self._entered)
        self.field.down.connect(self._go_to_results)
        self.field.escaped.connect(self._clear_search)
        self.searcher.replied.connect(self._take_reply)
        self.searcher.cleared.connect(self._cleared)
        self.searcher.replied.connect(self.mistakes.take_reply)
        self.searcher.cleared.connect(self.mistakes.clear)
        self.searcher.failed.connect(self._take_failure)
        self.searcher.busy_changed.connect(self.field.set_busy)
        self.found.exhausted.connect(self._want_more)
        self.pages.idle.query_chosen.connect(lambda query: self.ask(query, b""))
        self.pages.clear_asked.connect(self._clear_search)

    def _connect_files(self) -> None:
        self.inspector.inspected.connect(self._take_inspection)
        self.results.current_changed.connect(self._take_current)
        self.results.activated.connect(lambda _: self.actions_on_files.open_selected())
        self.results.typed.connect(self.field.append)
        self.results.left_at_top.connect(self.field.take_focus)
        self.results.customContextMenuRequested.connect(
            lambda at: self.actions_on_files.show_menu(self.results.viewport().mapToGlobal(at))
        )
        self.large_preview.moved.connect(self.results.keyPressEvent)
        self.actions_on_files.similar_asked.connect(self.find_similar)
        self.actions_on_files.reindex_asked.connect(self.desk.reindex)
        self.details.open_asked.connect(self.actions_on_files.open_selected)
        self.details.reveal_asked.connect(self.actions_on_files.reveal_selected)
        self.details.similar_asked.connect(self.actions_on_files.find_similar)

    def _connect_indexing(self) -> None:
        parts = self._parts
        self.roots_panel.add_asked.connect(self.choose_folders)
        self.roots_panel.remove_asked.connect(self._confirm_removal)
        self.roots_panel.reindex_asked.connect(lambda path: self.desk.reindex([path]))
        self.roots_panel.open_asked.connect(lambda path: parts.shell.open([path]))
        self.roots_panel.records_asked.connect(self.desk.set_records)
        self.roots_panel.copy_asked.connect(lambda path: parts.shell.copy_paths([path]))
        self.pages.first_run.choose_asked.connect(self.choose_folders)
        self.pages.first_run.add_asked.connect(self.desk.add)
        self.drops.dropped.connect(self._take_drop)
        self.desk.roots_known.connect(self._take_roots)
        self.desk.status_known.connect(self._take_status)
        self.desk.indexed.connect(lambda _: self._refresh_answer())
        self.desk.troubled.connect(self.banner.tell)
        self.status.pause_asked.connect(self.desk.pause)
        self.status.resume_asked.connect(self.desk.resume)
        parts.operations.trouble.connect(self.banner.tell)
        parts.bridge.progressed.connect(self.status.show_progress)
        parts.bridge.index_changed.connect(self._refresh_answer)
        parts.bridge.roots_changed.connect(self.desk.refresh)
        parts.bridge.troubled.connect(self.banner.tell)

    def _connect_program(self) -> None:
        self.pages.retry_asked.connect(self.retry_asked)
        self.pages.quit_asked.connect(self.close)
        self.models.told.connect(self.status.show_result)
        self.models.failed.connect(self.banner.tell)
        self.models.fetching.connect(self.status.show_fetching)
        self._parts.bridge.model_told.connect(self.models.hear)
        self._parts.bridge.index_changed.connect(self.preferences.refresh)
        self.preferences.general.history_forgotten.connect(lambda: self.pages.idle.show_recent(()))
        self.menu.add_asked.connect(self.choose_folders)
        self.menu.refresh_asked.connect(self.desk.bring_up_to_date)
        self.menu.failures_asked.connect(self._show_failures)
        self.menu.preferences_asked.connect(self.preferences.present)
        self.menu.quit_asked.connect(self.close)

    def _add_shortcuts(self) -> None:
        wanted = (
            (("Ctrl+F", "Ctrl+L"), self.field.take_focus),
            (("Ctrl+O",), self.choose_folders),
            (("F5", "Ctrl+R"), self._reindex),
            (("F9",), self.workspace.side.button.click),
            (("F10",), self.menu.button.click),
            (("Ctrl+,",), self.preferences.present),
            (("Ctrl+I",), self.workspace.details.button.click),
            (("Ctrl++", "Ctrl+="), lambda: self.results.resize_cells(1)),
            (("Ctrl+-",), lambda: self.results.resize_cells(-1)),
            (("Ctrl+0",), lambda: self.results.resize_cells(0)),
            (("Ctrl+Q", "Ctrl+W"), self.close),
            (("F1", "Ctrl+?"), lambda: dialogs.show_shortcuts(self)),
        )
        for keys, call in wanted:
            for key in keys:
                QShortcut(QKeySequence(key), self, call)
        for key, in_grid in (("Escape", self.field.take_focus), ("Space", self._preview_large)):
            shortcut = QShortcut(QKeySequence(key), self.results, in_grid)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)

    # answers

    @Slot(str)
    def _typed(self, text: str) -> None:
        self.searcher.type(text)
        if not self.searcher.question.like:
            self.field.show_token("")

    @Slot(object)
    def _take_reply(self, reply: Reply) -> None:
        self._reply = reply
        self._show_page()
        self.found.show_hits(reply.answer.hits, keep_place=reply.again)
        if reply.final and not self.results.currentIndex().isValid():
            self.results.select_first()
        self.status.show_result(result_line(reply, self.searcher.limit))

    @Slot(object)
    def _take_failure(self, error: VexError) -> None:
        if not self.mistakes.take_failure(error):
            self.banner.tell(error)

    @Slot()
    def _cleared(self) -> None:
        self._reply = None
        self.field.show_token("")
        self.found.show_hits((), keep_place=False)
        self.status.show_result("")
        self._show_page()

    @Slot()
    def _clear_search(self) -> None:
        self.field.set_quietly("")
        self.searcher.forget()
        self.field.take_focus()

    @Slot()
    def _entered(self) -> None:
        query = self.searcher.question.text
        if query:
            self._parts.memory.remember_query(query)
            self.pages.idle.show_recent(self._parts.memory.recent)
        if self.searcher.settled:
            self._go_to_results()
        else:
            self.searcher.ask_now()

    @Slot()
    def _go_to_results(self) -> None:
        if self.found.model.hits:
            self.results.enter()

    @Slot()
    def _want_more(self) -> None:
        if self._reply is not None and len(self._reply.answer.hits) >= self.searcher.limit:
            self.searcher.ask_more()

    @Slot()
    def _refresh_answer(self) -> None:
        self.searcher.ask_again()
        self.inspector.look_again()

    @Slot(object)
    def _take_current(self, hit: Hit | None) -> None:
        if hit is None:
            self.details.show_nothing()
        else:
            self.details.show_hit(hit)
            if self.large_preview.isVisible():
                self.large_preview.show_hit(hit)
        self.inspector.look_at(b"" if hit is None else hit.path)

    @Slot(object)
    def _take_inspection(self, inspection: Inspection) -> None:
        self.details.show_inspection(inspection)
        if self.large_preview.isVisible():
            self.large_preview.show_words(self.details.preview.words)

    @Slot()
    def _preview_large(self) -> None:
        hit = self.details.hit
        if self.large_preview.isVisible():
            self.large_preview.close()
        elif hit is not None:
            self.large_preview.appear(hit)
            if self.details.preview.words:
                self.large_preview.show_words(self.details.preview.words)

    # folders and indexing

    @Slot()
    def choose_folders(self) -> None:
        """Open a dialog in which folders to index are chosen."""
        dialogs.choose_folders(self, self.desk.add)

    @Slot(object)
    def _confirm_removal(self, path: bytes) -> None:
        root = next((root for root in self.desk.roots if root.path == path), None)
        if root is not None:
            dialogs.confirm_removal(self, root, lambda: self.desk.remove(path))

    @Slot(object)
    def _take_roots(self, roots: tuple[RootInfo, ...]) -> None:
        self.roots_panel.show_roots(roots)
        self.pages.idle.show_counts(sum(root.files for root in roots))
        self._show_page()

    @Slot(object)
    def _take_status(self, status: Status) -> None:
        # The engine may have told of progress while it was still gathering its status.
        if not self.status.told:
            self.status.show_progress(status.progress)

    @Slot()
    def _show_failures(self) -> None:
        def show(status: Status) -> None:
            dialogs.show_failures(self, status.last_errors)

        self.desk.with_status(show)

    @Slot()
    def _reindex(self) -> None:
        if self.results.hasFocus() and self.results.selected():
            self.actions_on_files.reindex_selected()
        else:
            self.desk.bring_up_to_date()

    # pages and panels

    def _show_page(self) -> None:
        before = self.pages.currentWidget()
        self.pages.decide(
            self._reply,
            roots=bool(self.desk.roots),
            counting=self.desk.counting,
            reading=is_busy(self.status.progress),
        )
        self._lead_keyboard(before)
        self.workspace.set_useful(side=bool(self.desk.roots), details=self.pages.shows_results)

    def _lead_keyboard(self, before: QWidget | None) -> None:
        """On the first start the keyboard is where a folder is chosen, and then in the search field."""
        page = self.pages.currentWidget()
        if page is before:
            return
        first = self.pages.first_run
        if page is first and not self.field.text():
            first.choose.setFocus(Qt.FocusReason.TabFocusReason)
        elif before is first:
            self.field.take_focus()

    def _selected_paths(self) -> list[bytes]:
        return [hit.path for hit in self.results.selected()]

    @Slot(object, object)
    def _take_drop(self, paths: tuple[bytes, ...], zone: Zone) -> None:
        if zone is Zone.SIMILAR and paths:
            self.find_similar(paths)
        elif paths:
            self.desk.take_in(paths)
            what = shown(name_of(paths[0])) if len(paths) == 1 else f"{number(len(paths))} dropped items"
            self.status.show_result(f"Indexing {what}")

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        memory = self._parts.memory
        memory.remember_geometry("window", self.saveGeometry())
        memory.remember_geometry("panels", self.workspace.saveState())
        memory.save()
        super().closeEvent(event)
        self.closed.emit()
