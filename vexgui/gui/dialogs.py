"""Questions and notices that open over the window; none of them waits in a loop of its own."""

import os
from collections.abc import Callable, Sequence
from html import escape

from PySide6.QtCore import QDir, Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

import vexgui
from vexgui.core.paths import folder_of, name_of, shown
from vexgui.core.reports import Failure, ModelInfo, RootInfo
from vexgui.gui.icons import app_picture
from vexgui.gui.wording import counted, root_name, size

_MOST_FAILURES = 200
_FAILURES_AT_ONCE = 8

SHORTCUTS = (
    ("Ctrl+F", "Search"),
    ("Down", "Go to the results"),
    ("Enter", "Open"),
    ("Ctrl+Enter", "Show in folder"),
    ("Space", "Large preview"),
    ("Ctrl+M", "Find similar"),
    ("Ctrl+C", "Copy file"),
    ("Ctrl+Shift+C", "Copy path"),
    ("Ctrl+O", "Add a folder"),
    ("F5", "Re-index the selected files, or look for changes everywhere"),
    ("Ctrl++, Ctrl+-, Ctrl+0", "Size of the results"),
    ("F9, Ctrl+I, F10", "Folders, details, menu"),
    ("Ctrl+,", "Preferences"),
    ("Escape", "Clear the search"),
    ("Ctrl+Q", "Quit"),
)


def choose_folders(parent: QWidget, chosen: Callable[[list[bytes]], None]) -> QFileDialog:
    """Open a dialog in which folders are chosen."""
    dialog = QFileDialog(parent, "Choose a folder to search", QDir.homePath())
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.filesSelected.connect(lambda names: chosen([os.fsencode(name) for name in names]))
    dialog.open()
    return dialog


def choose_model_folder(parent: QWidget, chosen: Callable[[bytes], None]) -> QFileDialog:
    """Open a dialog in which the folder of a model is chosen."""
    dialog = QFileDialog(parent, "Choose the folder of a model", QDir.homePath())
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(lambda name: chosen(os.fsencode(name)))
    dialog.open()
    return dialog


def confirm_removal(parent: QWidget, root: RootInfo, confirmed: Callable[[], None]) -> QMessageBox:
    """Ask whether a root shall be forgotten."""
    box = _box(parent, QMessageBox.Icon.Question, f"Stop indexing {root_name(root.path)}?")
    box.setInformativeText(
        f"VexGUI forgets what it knows of {counted(root.files, 'file', 'files')} in {shown(root.path)}, and removes "
        "the records it keeps with them. The files themselves stay as they are."
    )
    stop = box.addButton("Stop indexing", QMessageBox.ButtonRole.AcceptRole)
    box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(QMessageBox.StandardButton.Cancel)
    stop.clicked.connect(confirmed)
    box.open()
    return box


def confirm_download(parent: QWidget, model: ModelInfo, confirmed: Callable[[], None]) -> QMessageBox:
    """Ask whether a model shall be fetched."""
    box = _box(parent, QMessageBox.Icon.Question, f"Download {model.name}?")
    amount = size(model.size_bytes) if model.size_bytes else "size unknown"
    licence = f"licence {model.licence}" if model.licence else "licence unknown"
    box.setInformativeText(
        f"It is fetched once ({amount}, {licence}), runs on this computer, and is used for your pictures when it is "
        "here. Nothing about your files is sent anywhere."
    )
    download = box.addButton("Download", QMessageBox.ButtonRole.AcceptRole)
    box.addButton(QMessageBox.StandardButton.Cancel)
    download.clicked.connect(confirmed)
    box.open()
    return box


def confirm_forgetting(parent: QWidget, model: ModelInfo, confirmed: Callable[[], None]) -> QMessageBox:
    """Ask whether the vectors of a model, and what was downloaded of it, shall be removed."""
    box = _box(parent, QMessageBox.Icon.Question, f"Remove {model.name}?")
    also = " Until the model in use has looked at all pictures, fewer of them are found." if model.answering else ""
    vectors = f"{counted(model.vectors, 'vector is', 'vectors are')} removed from VexGUI's store and from the files. "
    weights = "What was downloaded of it is removed from the disk; a model in a folder of your own stays there. "
    box.setInformativeText(
        f"{vectors if model.vectors else ''}{weights if model.installed and not model.embedded else ''}"
        f"To use the model again, all pictures must be looked at anew.{also}"
    )
    remove = box.addButton("Remove", QMessageBox.ButtonRole.AcceptRole)
    box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(QMessageBox.StandardButton.Cancel)
    remove.clicked.connect(confirmed)
    box.open()
    return box


def show_shortcuts(parent: QWidget) -> QMessageBox:
    """Show the keys and what they do."""
    rows = "".join(
        f"<tr><td><b>{key}</b></td><td style='padding-left: 18px'>{does}</td></tr>" for key, does in SHORTCUTS
    )
    box = _box(parent, QMessageBox.Icon.NoIcon, "Keyboard shortcuts")
    box.setInformativeText(f"<table cellspacing='5'>{rows}</table>")
    box.addButton(QMessageBox.StandardButton.Close)
    box.open()
    return box


def show_about(parent: QWidget) -> QMessageBox:
    """Show what this program is."""
    box = _box(parent, QMessageBox.Icon.NoIcon, f"VexGUI {vexgui.__version__}")
    box.setIconPixmap(app_picture(64, parent.devicePixelRatioF()))
    box.setInformativeText(
        "Finds your files by what they mean. Everything is computed on this computer, and what is learned is kept "
        "with the files themselves.\n\nFree software under the GNU General Public License, version 3 or later."
    )
    box.addButton(QMessageBox.StandardButton.Close)
    box.open()
    return box


def show_failures(parent: QWidget, failures: Sequence[Failure]) -> QMessageBox:
    """Show the files that could not be read, with the reasons."""
    box = _box(parent, QMessageBox.Icon.NoIcon, "Files that could not be read")
    if failures:
        count = counted(len(failures), "file is", "files are")
        lines = [f"{count} found by name only.", *(_failure_line(one) for one in failures[:_FAILURES_AT_ONCE])]
        if len(failures) > _FAILURES_AT_ONCE:
            lines.append("The details list more of them.")
            box.setDetailedText("\n".join(f"{shown(one.path)}\n    {one.reason}" for one in failures[:_MOST_FAILURES]))
        box.setInformativeText("".join(f"<p>{line}</p>" for line in lines))
    else:
        box.setInformativeText("None. All files that were found could be read.")
    box.addButton(QMessageBox.StandardButton.Close)
    box.open()
    return box


def _failure_line(failure: Failure) -> str:
    name, folder = shown(name_of(failure.path)), shown(folder_of(failure.path))
    return f"<b>{escape(name)}</b> in {escape(folder)}<br>{escape(failure.reason)}"


def _box(parent: QWidget, icon: QMessageBox.Icon, title: str) -> QMessageBox:
    box = QMessageBox(parent)
    box.setIcon(icon)
    box.setWindowTitle("VexGUI")
    box.setText(f"<b>{title}</b>" if "<" not in title else title)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return box
