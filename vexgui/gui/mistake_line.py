"""The line under the search field: what of the query cannot be read or meant."""

from PySide6.QtCore import Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from vexgui.core.errors import UsageProblem, VexError
from vexgui.gui.controls import muted
from vexgui.gui.searching import Reply

_LEFT_PX = 42
"""Where the text of the search field begins."""


class MistakeLine(QWidget):
    """Shows a sentence, or nothing at all; what is only unfinished is no mistake while somebody types."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label: QLabel = muted()
        self._label.setAccessibleName("What is wrong with the query")
        rows = QVBoxLayout(self)
        rows.setContentsMargins(_LEFT_PX, 0, 14, 0)
        rows.addWidget(self._label)
        self.hide()

    @property
    def text(self) -> str:
        """The sentence, or ""."""
        return self._label.text()

    @Slot(object)
    def take_reply(self, reply: Reply) -> None:
        """Say what an answer had to leave out of its query."""
        wrong = (mistake for mistake in reply.answer.mistakes if not mistake.unfinished)
        self._say(next((f"{mistake.sentence} {mistake.remedy}".strip() for mistake in wrong), ""))

    def take_failure(self, error: VexError) -> bool:
        """Say why a query cannot be answered, where that is the query's fault; return whether it is."""
        is_ours = isinstance(error, UsageProblem)
        self._say(str(error) if is_ours else "")
        return is_ours

    @Slot()
    def clear(self) -> None:
        """Say nothing."""
        self._say("")

    def _say(self, text: str) -> None:
        if text != self.text:
            self._label.setText(text)
            self.setVisible(bool(text))
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._label, text))
