"""What can be done with the selected files, as actions with their shortcuts and the menu of the right button."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget
from typing_extensions import override

from vexgui.gui.icons import icon
from vexgui.gui.shell import Shell

Selected = Callable[[], list[bytes]]
"""Returns the paths of the selected files."""


class FileActions(QObject):
    """Actions on whatever files are selected when they are triggered.

    Signals:
        similar_asked: Files like these paths, a list, are wanted.
        reindex_asked: These paths, a list, are to be indexed anew.
    """

    similar_asked = Signal(object)
    reindex_asked = Signal(object)

    def __init__(self, shell: Shell, selected: Selected, widget: QWidget) -> None:
        super().__init__(widget)
        self._shell = shell
        self._selected = selected
        self._widget = widget
        self._icons: list[tuple[QAction, str]] = []
        self.open = self._action("Open", "open", self.open_selected)
        # Both keys: the keypad's would fall through to opening the file.
        self.reveal = self._action("Show in folder", "folder", self.reveal_selected, "Ctrl+Return", "Ctrl+Enter")
        self.copy_path = self._action("Copy path", "copy", self.copy_selected_paths, "Ctrl+Shift+C")
        self.copy_file = self._action("Copy file", "copy", self.copy_selected_files, "Ctrl+C")
        self.similar = self._action("Find similar", "similar", self.find_similar, "Ctrl+M")
        self.reindex = self._action("Re-index", "refresh", self.reindex_selected)
        self._dress()
        widget.installEventFilter(self)

    @Slot()
    def open_selected(self) -> None:
        """Open the selected files."""
        self._with_selected(self._shell.open)

    @Slot()
    def reveal_selected(self) -> None:
        """Show the selected files in the file manager."""
        self._with_selected(self._shell.reveal)

    @Slot()
    def copy_selected_paths(self) -> None:
        """Copy the selected files' paths."""
        self._with_selected(self._shell.copy_paths)

    @Slot()
    def copy_selected_files(self) -> None:
        """Copy the selected files."""
        self._with_selected(self._shell.copy_files)

    @Slot()
    def find_similar(self) -> None:
        """Look for files like the selected ones."""
        self._with_selected(self.similar_asked.emit)

    @Slot()
    def reindex_selected(self) -> None:
        """Index the selected files anew."""
        self._with_selected(self.reindex_asked.emit)

    def menu(self) -> QMenu:
        """Return the menu for the selected files."""
        several = len(self._selected()) > 1
        self.copy_path.setText("Copy paths" if several else "Copy path")
        self.copy_file.setText("Copy files" if several else "Copy file")
        menu = QMenu(self._widget)
        menu.addActions([self.open, self.reveal])
        menu.addSeparator()
        menu.addActions([self.copy_path, self.copy_file])
        menu.addSeparator()
        menu.addActions([self.similar, self.reindex])
        menu.setDefaultAction(self.open)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu

    def show_menu(self, at: QPoint) -> None:
        """Show the menu at a place of the screen, if any file is selected."""
        if self._selected():
            self.menu().popup(at)

    def _action(self, text: str, icon_name: str, call: Callable[[], None], *shortcuts: str) -> QAction:
        action = QAction(text, self)
        action.setShortcuts([QKeySequence(shortcut) for shortcut in shortcuts])
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(call)
        self._widget.addAction(action)
        self._icons.append((action, icon_name))
        return action

    def _with_selected(self, call: Callable[[list[bytes]], None]) -> None:
        paths = self._selected()
        if paths:
            call(paths)

    def _dress(self) -> None:
        for action, name in self._icons:
            action.setIcon(icon(name, self._widget.palette()))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()
        return super().eventFilter(watched, event)
