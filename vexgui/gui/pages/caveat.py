"""A quiet line above the pages that says what their answers lack: files are still being read, or nothing fits well."""

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QWidget

from vexgui.core.events import Activity, Progress
from vexgui.core.hits import Answer, Band
from vexgui.gui.even_label import EvenLabel
from vexgui.gui.language import tr
from vexgui.gui.stripe import ProgressStripe
from vexgui.gui.wording import number

_MANY = 100
"""With fewer files left it would come and go with every change."""


class CaveatLine(QWidget):
    """Shows a sentence, and a bar if something is under way; nothing at all where there is nothing to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = EvenLabel(role=QPalette.ColorRole.PlaceholderText)
        self._text.setAccessibleName(tr("Notice"))
        self._stripe = ProgressStripe()
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 5, 12, 7)
        row.setSpacing(12)
        row.addWidget(self._stripe)
        row.addWidget(self._text, 1)
        self.hide()

    @property
    def text(self) -> str:
        """What is said now, or ""."""
        return "" if self.isHidden() else self._text.text()

    def say(self, text: str, share: float | None = None) -> None:
        """Say something, or nothing where it is ""."""
        self._text.setText(text)
        self._stripe.show_share(share)
        self.setVisible(bool(text))


def reading_caveat(progress: Progress) -> tuple[str, float | None]:
    """Return what to say while many files are read, and how much of them is done; ("", None) else."""
    left = progress.total - progress.done
    if progress.activity not in {Activity.INDEXING, Activity.FILLING} or left < _MANY:
        return "", None
    share = progress.done / progress.total
    counts = {"done": number(progress.done), "total": number(progress.total)}
    if progress.activity is Activity.FILLING:
        return tr("{done} of {total} files read for meaning; names and words are found already.").format(
            **counts
        ), share
    return tr("{done} of {total} read. What is found among the others appears here by itself.").format(**counts), share


def weak_caveat(answer: Answer) -> str:
    """Return what to say where no file fits well, or ""."""
    if not answer.hits or answer.hits[0].is_listed:
        return ""
    bands = {band for band, files in answer.bands if files} or {hit.band for hit in answer.hits}
    return tr("Nothing fits well. These files come nearest.") if bands == {Band.WEAK} else ""
