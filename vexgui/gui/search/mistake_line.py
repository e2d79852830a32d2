"""The line under the search field: what of the query cannot be read or meant, and what was probably meant."""

from html import escape

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QGuiApplication,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPalette,
)
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStyle, QWidget
from typing_extensions import override

from vexgui.core.errors import UsageProblem, VexError
from vexgui.core.query import Mistake
from vexgui.gui.controls import focus_ring
from vexgui.gui.language import tr, translated
from vexgui.gui.margins import along
from vexgui.gui.search.searcher import Reply
from vexgui.gui.search.tokens import mended

_LEFT_PX = 96
"""Where the text of the search field begins in the window."""


class _Sentence(QLabel):
    """A sentence with one link, which Enter follows while the keyboard is on it."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.setWordWrap(True)
        # By itself it goes by its text: an English sentence would lie at the other side in Arabic.
        side = QStyle.visualAlignment(QGuiApplication.layoutDirection(), Qt.AlignmentFlag.AlignLeading)
        self.setAlignment(side | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.linkActivated.emit("")
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            focus_ring(painter, QRectF(self.rect()), self.palette(), 4)
            painter.end()


class MistakeLine(QWidget):
    """Shows a sentence, or nothing at all; what is only unfinished is no mistake while somebody types.

    Signals:
        mend_asked: A query with what was probably meant, which the user wants instead.
    """

    mend_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = self._mended = ""
        self._label = _Sentence()
        self._label.setAccessibleName(tr("What is wrong with the query"))
        self._label.linkActivated.connect(lambda _: self.mend_asked.emit(self._mended))
        row = QHBoxLayout(self)
        row.setContentsMargins(along(0, 0, 14, 0))
        row.addSpacing(_LEFT_PX)
        row.addWidget(self._label, 1)
        self.hide()

    @property
    def text(self) -> str:
        """The sentence, or ""."""
        return self._text

    @property
    def mended(self) -> str:
        """The query that is offered instead, or ""."""
        return self._mended

    @Slot(object)
    def take_reply(self, reply: Reply) -> None:
        """Say what an answer had to leave out of its query."""
        wrong = next((mistake for mistake in reply.answer.mistakes if not mistake.unfinished), None)
        if wrong is None:
            self._say("")
        else:
            self._say_mistake(wrong, mended(reply.asked, wrong) or "")

    def take_failure(self, error: VexError) -> bool:
        """Say why a query cannot be answered, where that is the query's fault; return whether it is."""
        is_ours = isinstance(error, UsageProblem)
        self._say(translated(str(error)) if is_ours else "")
        return is_ours

    @Slot()
    def clear(self) -> None:
        """Say nothing."""
        self._say("")

    def _say_mistake(self, mistake: Mistake, better: str) -> None:
        sentence, question, remedy = map(translated, (mistake.sentence, mistake.question, mistake.remedy))
        linked = f'<a href="mend">{escape(question)}</a>' if better else escape(question)
        rich = " ".join(filter(None, (escape(sentence), linked, escape(remedy))))
        self._say(" ".join(filter(None, (sentence, question, remedy))), rich, better)

    def _say(self, text: str, rich: str = "", better: str = "") -> None:
        self._mended = better
        self._label.setFocusPolicy(Qt.FocusPolicy.TabFocus if better else Qt.FocusPolicy.NoFocus)
        self._label.setText(rich or escape(text))
        if text != self._text:
            self._text = text
            self.setVisible(bool(text))
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._label, text))
