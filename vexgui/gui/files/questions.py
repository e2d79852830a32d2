"""What is asked before something is done to files."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from vexgui.gui.dialogs import question
from vexgui.gui.files.desk import files_named, one
from vexgui.gui.language import tr
from vexgui.gui.question import Question


def confirm_stripping(parent: QWidget, paths: Sequence[bytes], confirmed: Callable[[], None]) -> Question:
    """Ask whether the vectors on files shall be removed, and say what that means."""
    return question(
        parent,
        tr("Remove the vectors of {files}?").format(files=files_named(paths)),
        tr("VexGUI takes its record off the file, which otherwise stays as it is, and is found as before.")
        if one(paths)
        else tr("VexGUI takes its records off the files, which otherwise stay as they are, and are found as before."),
        tr("Remove vectors"),
        confirmed,
    )
