"""Questions and notices that open over the window; none of them waits in a loop of its own."""

import os
from collections.abc import Callable, Sequence

from PySide6.QtCore import QDir, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from vexgui.core.exclusions import Weight
from vexgui.core.paths import shown
from vexgui.core.reports import ModelInfo, RootInfo
from vexgui.gui.language import tr, trn
from vexgui.gui.question import Question
from vexgui.gui.wording import number, root_name, size


def choose_folders(parent: QWidget, chosen: Callable[[list[bytes]], None]) -> QFileDialog:
    """Open a dialog in which folders are chosen."""
    dialog = _folder_dialog(parent, tr("Choose a folder to search"))
    dialog.filesSelected.connect(lambda names: chosen([os.fsencode(name) for name in names]))
    dialog.open()
    return dialog


def choose_model_folder(parent: QWidget, chosen: Callable[[bytes], None]) -> QFileDialog:
    """Open a dialog in which the folder of a model is chosen."""
    dialog = _folder_dialog(parent, tr("Choose the folder of a model"))
    dialog.fileSelected.connect(lambda name: chosen(os.fsencode(name)))
    dialog.open()
    return dialog


def confirm_removal(parent: QWidget, root: RootInfo, confirmed: Callable[[], None]) -> Question:
    """Ask whether a root shall be forgotten."""
    files = trn("{count} file", "{count} files", root.files).format(count=number(root.files))
    return question(
        parent,
        tr("Stop indexing {folder}?").format(folder=root_name(root.path)),
        tr(
            "VexGUI forgets what it knows of {files} in {folder}, and removes the records it keeps with them. The "
            "files themselves stay as they are."
        ).format(files=files, folder=shown(root.path)),
        tr("Stop indexing"),
        confirmed,
    )


def confirm_stripping_all(parent: QWidget, confirmed: Callable[[], None]) -> Question:
    """Ask whether the vectors on all files shall be removed."""
    return question(
        parent,
        tr("Remove the vectors of all files?"),
        tr(
            "VexGUI takes its records off the files in all indexed folders, and writes none from now on. The files "
            "otherwise stay as they are, and are found as before."
        ),
        tr("Remove vectors"),
        confirmed,
    )


def confirm_leaving_out(
    parent: QWidget, patterns: Sequence[str], weight: Weight, confirmed: Callable[[], None]
) -> Question:
    """Ask whether patterns that fit much of what is indexed shall be left out."""
    told = trn(
        "{count} file of {all} that are indexed is forgotten.",
        "{count} files of {all} that are indexed are forgotten.",
        weight.forgotten,
    )
    return question(
        parent,
        tr("Leave out {patterns}?").format(patterns=", ".join(patterns)),
        told.format(count=number(weight.forgotten), all=number(weight.known)),
        tr("Leave out"),
        confirmed,
    )


def confirm_download(parent: QWidget, model: ModelInfo, confirmed: Callable[[], None]) -> Question:
    """Ask whether a model shall be fetched."""
    amount = size(model.size_bytes) if model.size_bytes else tr("size unknown")
    licence = tr("licence {licence}").format(licence=model.licence) if model.licence else tr("licence unknown")
    return question(
        parent,
        tr("Download {model}?").format(model=model.name),
        tr(
            "It is fetched once ({size}, {licence}), runs on this computer, and is used for your pictures when it is "
            "here. Nothing about your files is sent anywhere."
        ).format(size=amount, licence=licence),
        tr("Download"),
        confirmed,
        risky=False,
    )


def confirm_forgetting(parent: QWidget, model: ModelInfo, confirmed: Callable[[], None]) -> Question:
    """Ask whether the vectors of a model, and what was downloaded of it, shall be removed."""
    sentences = []
    if model.vectors:
        told = trn(
            "{count} vector is removed from VexGUI's store and from the files.",
            "{count} vectors are removed from VexGUI's store and from the files.",
            model.vectors,
        )
        sentences.append(told.format(count=number(model.vectors)))
    if model.installed and not model.embedded:
        sentences.append(
            tr("What was downloaded of it is removed from the disk; a model in a folder of your own stays there.")
        )
    sentences.append(tr("To use the model again, all pictures must be looked at anew."))
    if model.answering:
        sentences.append(tr("Until the model in use has looked at all pictures, fewer of them are found."))
    return question(
        parent, tr("Remove {model}?").format(model=model.name), " ".join(sentences), tr("Remove"), confirmed
    )


def question(
    parent: QWidget,
    title: str,
    text: str,
    yes: str,
    confirmed: Callable[[], object],
    *,
    named: str = "",
    risky: bool = True,
) -> Question:
    """Ask whether something shall be done, see `Question`."""
    asked = Question(title, text, yes, named=named, risky=risky, parent=parent)
    asked.confirmed.connect(confirmed)
    asked.open()
    return asked


def _folder_dialog(parent: QWidget, title: str) -> QFileDialog:
    dialog = QFileDialog(parent, title, QDir.homePath())
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return dialog
