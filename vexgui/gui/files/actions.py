"""What can be done with the selected files, as actions with their shortcuts."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, QPoint, Qt, Signal, SignalInstance, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from vexgui.core.paths import folder_of
from vexgui.gui.files.file_manager import MOST_FOLDERS
from vexgui.gui.files.menus import OpenWithMenu, RatingMenu
from vexgui.gui.files.opening import MOST_OPENED
from vexgui.gui.files.shell import Shell
from vexgui.gui.icons import icon
from vexgui.gui.keys.commands import Command
from vexgui.gui.keys.keymap import Keymap
from vexgui.gui.language import tr
from vexgui.gui.wording import number

Take = Callable[[list[bytes]], None]
"""Takes paths of files."""


class Selection(Protocol):
    """The selected files, of which not all need be here."""

    def selected_paths(self) -> list[bytes]:
        """Return the paths that are here: those of the first thousand."""
        ...

    def with_selected_paths(self, take: Take) -> None:
        """Hand on the paths of all, as soon as they are here."""
        ...


class FileActions(QObject):
    """Actions on whatever files are selected when they are triggered.

    What is done to each by itself is done to all; what makes one thing of several takes those that are here.

    Signals:
        similar_asked: Files like these paths, a list, are wanted.
        more_asked: More files like these paths are wanted in the answer.
        less_asked: Fewer files like these paths are wanted in the answer.
        reindex_asked: These paths, a list, are to be indexed anew.
        tag_asked: These paths are to be given tags.
        rate_asked: These paths are to be rated, 0 to 10.
        strip_asked: The vectors on these paths are to be removed.
        trash_asked: These paths are to go to the trash.
        facts_asked: What is known of these paths is wanted, and no file manager shows it.
        told: A sentence about what is done with fewer files than are selected.
    """

    similar_asked = Signal(object)
    more_asked = Signal(object)
    less_asked = Signal(object)
    reindex_asked = Signal(object)
    tag_asked = Signal(object)
    rate_asked = Signal(object, int)
    strip_asked = Signal(object)
    trash_asked = Signal(object)
    facts_asked = Signal(object)
    told = Signal(str)

    def __init__(self, shell: Shell, selection: Selection, widget: QWidget, keymap: Keymap) -> None:
        super().__init__(widget)
        self._shell = shell
        self._selection = selection
        self._widget = widget
        self._keymap = keymap
        self._icons: list[tuple[QAction, str]] = []
        self._keyed: dict[Command, QAction] = {}
        self.open = self._action(tr("Open"), "open", self.open_selected)
        self.reveal = self._action(tr("Show in folder"), "folder", self.reveal_selected, Command.REVEAL)
        self.similar = self._action(tr("Find similar"), "similar", self.find_similar, Command.SIMILAR)
        self.more = self._action(tr("More like this"), "more-like", self._passing_on(self.more_asked), Command.MORE)
        self.less = self._action(tr("Less like this"), "less-like", self._passing_on(self.less_asked), Command.LESS)
        self.tag = self._action(tr("Tags…"), "tag", self._passing_on_all(self.tag_asked), Command.TAGS)
        self.copy_file = self._action(tr("Copy file"), "copy", self.copy_selected_files, Command.COPY_FILE)
        self.copy_path = self._action(tr("Copy path"), "copy", self.copy_selected_paths, Command.COPY_PATH)
        self.reindex = self._action(tr("Re-index"), "refresh", self.reindex_selected)
        self.strip = self._action(tr("Remove vectors…"), "strip", self._passing_on_all(self.strip_asked))
        self.trash = self._action(tr("Move to trash"), "remove", self._passing_on_all(self.trash_asked), Command.TRASH)
        self.properties = self._action(tr("Properties"), "info", self.show_properties, Command.PROPERTIES)
        keymap.changed.connect(self._take_keys)
        self._take_keys()

    @Slot()
    def open_selected(self) -> None:
        """Open the selected files."""
        self._with_selected(self._open)

    @Slot()
    def reveal_selected(self) -> None:
        """Show the selected files in the file manager."""
        self._with_selected(self._reveal)

    @Slot()
    def copy_selected_paths(self) -> None:
        """Copy the selected files' paths."""
        self._with_all(self._shell.copy_paths)

    @Slot()
    def copy_selected_files(self) -> None:
        """Copy the selected files."""
        self._with_all(self._shell.copy_files)

    @Slot()
    def find_similar(self) -> None:
        """Look for files like the selected ones."""
        self._with_selected(self.similar_asked.emit)

    @Slot()
    def reindex_selected(self) -> None:
        """Index the selected files anew."""
        self._with_all(self.reindex_asked.emit)

    @Slot()
    def show_properties(self) -> None:
        """Show what the file manager tells of the selected files, or else what is known here."""
        self._with_selected(lambda paths: self._shell.show_properties(paths, lambda: self.facts_asked.emit(paths)))

    def lend_keys(self, widget: QWidget) -> None:
        """Have the keys of the actions work in another widget, too."""
        widget.addActions([action for action, _ in self._icons])

    def menu(self) -> QMenu:
        """Return the menu for the selected files."""
        self._dress()
        paths = self._selected()
        several = len(paths) > 1
        self.copy_path.setText(tr("Copy paths") if several else tr("Copy path"))
        self.copy_file.setText(tr("Copy files") if several else tr("Copy file"))
        self.more.setText(tr("More like these") if several else tr("More like this"))
        self.less.setText(tr("Less like these") if several else tr("Less like this"))
        menu = QMenu(self._widget)
        openers = OpenWithMenu(self._shell, paths, menu)
        openers.setIcon(icon("open-with", self._widget.palette()))
        ratings = RatingMenu(menu)
        ratings.setIcon(icon("star", self._widget.palette()))
        ratings.chosen.connect(self._rate)
        groups: tuple[tuple[QAction, ...], ...] = (
            (self.open, openers.menuAction(), self.reveal),
            (self.similar, self.more, self.less),
            (self.tag, ratings.menuAction()),
            (self.copy_file, self.copy_path),
            (self.reindex, self.strip),
            (self.trash, self.properties),
        )
        for group in groups:
            menu.addActions(group)
            menu.addSeparator()
        menu.setDefaultAction(self.open)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu

    def show_menu(self, at: QPoint) -> None:
        """Show the menu at a place of the screen, if any file is selected."""
        if self._selected():
            self.menu().popup(at)

    def _action(self, text: str, icon_name: str, call: Callable[[], None], command: Command | None = None) -> QAction:
        action = QAction(text, self)
        if command is not None:
            self._keyed[command] = action
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(call)
        self._widget.addAction(action)
        self._icons.append((action, icon_name))
        return action

    @Slot()
    def _take_keys(self) -> None:
        for command, action in self._keyed.items():
            action.setShortcuts(self._keymap.sequences(command))

    def _passing_on(self, signal: SignalInstance) -> Callable[[], None]:
        return lambda: self._with_selected(signal.emit)

    def _passing_on_all(self, signal: SignalInstance) -> Callable[[], None]:
        return lambda: self._with_all(signal.emit)

    @Slot(int)
    def _rate(self, rating: int) -> None:
        self._with_all(lambda paths: self.rate_asked.emit(paths, rating))

    def _open(self, paths: list[bytes]) -> None:
        self._shell.open(paths[:MOST_OPENED])
        if len(paths) > MOST_OPENED:
            told = tr("The first {some} of {count} files are opened")
            self.told.emit(told.format(some=number(MOST_OPENED), count=number(len(paths))))

    def _reveal(self, paths: list[bytes]) -> None:
        self._shell.reveal(paths)
        folders = len({folder_of(path) for path in paths})
        if folders > MOST_FOLDERS:
            told = tr("The first {some} of {count} folders are shown")
            self.told.emit(told.format(some=number(MOST_FOLDERS), count=number(folders)))

    def _selected(self) -> list[bytes]:
        return _known(self._selection.selected_paths())

    def _with_selected(self, call: Take) -> None:
        paths = self._selected()
        if paths:
            call(paths)

    def _with_all(self, call: Take) -> None:
        def take(paths: list[bytes]) -> None:
            if known := _known(paths):
                call(known)

        self._selection.with_selected_paths(take)

    def _dress(self) -> None:
        for action, name in self._icons:
            action.setIcon(icon(name, self._widget.palette()))


def _known(paths: list[bytes]) -> list[bytes]:
    """Leave out files that have gone and of which nothing is known any more: they have no path."""
    return [path for path in paths if path]
