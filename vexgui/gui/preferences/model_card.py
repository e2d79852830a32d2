"""One model: what it is, what it costs here, what can be done with it, and how far that is."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from vexgui.core.reports import ModelInfo
from vexgui.gui.controls import Button, Card, ElidedLabel, Look, muted
from vexgui.gui.details.facts import FactsGrid, StateSign, breakable, wrapped
from vexgui.gui.language import tr, translated
from vexgui.gui.preferences.desk import Deed, ModelDesk
from vexgui.gui.preferences.model_words import (
    Standing,
    deeds,
    facts,
    filling,
    filling_line,
    standing,
    title,
)
from vexgui.gui.stripe import ProgressStripe
from vexgui.gui.theme import scaled, tones
from vexgui.gui.wording import fetched

_ORDER = (Deed.MEASURE, Deed.FORGET, Deed.DOWNLOAD, Deed.USE)
"""How the buttons stand, the foremost last."""
_CANCELLED = {Deed.DOWNLOAD, Deed.MEASURE, Deed.FORGET}
"""What can be given up half way."""


class ModelCard(Card):
    """Shows a `ModelInfo`.

    Signals:
        wanted: The user wants something done with the model: its name, and a `Deed`.
        cancelled: The user wants no more of what is being done with it: its name.
    """

    wanted = Signal(str, object)
    cancelled = Signal(str)

    def __init__(self, model: ModelInfo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._name = ElidedLabel(title(model), mode=Qt.TextElideMode.ElideRight)
        self._name.setFont(scaled(self.font(), 1.05, bold=True))
        self._sign = StateSign()
        self._detail = wrapped()
        self._detail.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._facts = FactsGrid()
        self._trouble = wrapped()
        self._progress = ProgressRow(title(model))
        self._progress.cancelled.connect(lambda: self.cancelled.emit(self._model.name))
        self.buttons = {deed: self._button(deed) for deed in Deed}
        self._lay_out()

    def _button(self, deed: Deed) -> Button:
        words = deed.offer
        look = Look.PRIMARY if deed is Deed.DOWNLOAD and self._model.recommended else Look.PLAIN
        button = Button(words, look=look)
        button.setAccessibleName(tr("{deed}: {model}").format(deed=words.rstrip("…"), model=title(self._model)))
        button.clicked.connect(lambda: self.wanted.emit(self._model.name, deed))
        return button

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(10)
        top.addWidget(self._name, 1)
        top.addWidget(self._sign)
        self._bottom = QWidget()
        bottom = QHBoxLayout(self._bottom)
        bottom.setContentsMargins(0, 4, 0, 0)
        bottom.setSpacing(8)
        bottom.addStretch(1)
        for deed in _ORDER:
            bottom.addWidget(self.buttons[deed])
        rows = QVBoxLayout(self)
        rows.setContentsMargins(16, 12, 16, 14)
        rows.setSpacing(8)
        rows.addLayout(top)
        for widget in (self._detail, self._facts, self._trouble, self._progress, self._bottom):
            rows.addWidget(widget)

    @property
    def state(self) -> str:
        """The word for how the model stands."""
        return self._sign.text

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """What is said of it, as label and value."""
        return self._facts.rows

    @property
    def progress(self) -> str:
        """What is said of what is being done with the model, or of how far its space is filled; or ""."""
        return self._progress.text

    @property
    def trouble(self) -> str:
        """What is said of a failure, or ""."""
        return self._trouble.text().replace("\u200b", "")

    @property
    def cancel(self) -> Button:
        """The button that ends what is being done."""
        return self._progress.cancel

    @property
    def stops(self) -> tuple[Button, ...]:
        """The buttons in the order in which the keyboard comes by."""
        return (self.cancel, *(self.buttons[deed] for deed in _ORDER))

    def show_model(self, model: ModelInfo, desk: ModelDesk) -> None:
        """Show what is known of the model now."""
        # The keyboard stays on this card when the button it was on goes: on Cancel, or on what can be done next.
        had_focus = any(button.hasFocus() for button in (*self.buttons.values(), self.cancel))
        self._model = model
        detail = translated(model.detail)
        self._detail.setText(breakable(detail[:1].upper() + detail[1:]))
        self._detail.setVisible(bool(model.detail))
        rows = facts(model)
        self._facts.show_rows(rows)
        self._facts.setVisible(bool(rows))
        failure = desk.failure(model.name)
        self._trouble.setText(breakable(str(failure)) if failure else "")
        self._trouble.setVisible(failure is not None)
        deed = desk.deed(model.name)
        self._show_progress(model, deed, desk)
        self._show_buttons(deeds(model) if deed is None else (), take_focus=had_focus)
        self._dress()

    def _show_progress(self, model: ModelInfo, deed: Deed | None, desk: ModelDesk) -> None:
        progress, space = desk.progress(model.name), filling(model, desk.known)
        if progress is not None and progress.done_bytes >= progress.total_bytes > 0:
            self._progress.show_step(Deed.USE.course, None, cancels=True)
        elif deed is not None and progress is not None:
            self._progress.show_step(fetched(progress), progress.share, cancels=True)
        elif deed is not None:
            self._progress.show_step(deed.course, None, cancels=deed in _CANCELLED)
        elif space is not None:
            self._progress.show_step(filling_line(space), space.files / space.wanted, cancels=False)
        else:
            self._progress.hide_step()

    def _show_buttons(self, offered: tuple[Deed, ...], *, take_focus: bool) -> None:
        for deed, button in self.buttons.items():
            button.setVisible(deed in offered)
        self._bottom.setVisible(bool(offered))
        reachable = [self.buttons[deed] for deed in reversed(offered)] or (
            [self.cancel] if self._progress.cancels else []
        )
        if take_focus and reachable and not any(button.hasFocus() for button in reachable):
            reachable[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _dress(self) -> None:
        word = standing(self._model)
        self._sign.setVisible(bool(word.word))
        self._sign.show_state(word.word, self._sign_color(word))
        colors = QPalette(self._trouble.palette())
        colors.setColor(QPalette.ColorRole.WindowText, tones(self.palette()).warning)
        self._trouble.setPalette(colors)

    def _sign_color(self, word: Standing) -> QColor:
        colors = tones(self.palette())
        match word:
            case Standing.IN_USE:
                return colors.strong
            case Standing.ANSWERING:
                return colors.maybe
            case Standing.MISSING:
                return colors.warning
            case Standing.RECOMMENDED:
                return self.palette().color(QPalette.ColorRole.Accent)
            case _:
                return colors.weak

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()


class ProgressRow(QWidget):
    """A sentence, a bar beneath it where the share is known, and a button that ends it.

    Signals:
        cancelled: The user wants no more of it.
    """

    cancelled = Signal()

    def __init__(self, what: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._what = what
        self._text = muted("", wraps=False)
        self._stripe = ProgressStripe(wide=True)
        self.cancel = Button(tr("Cancel"), name=tr("Cancel: {what}").format(what=what))
        self.cancel.clicked.connect(self.cancelled)
        self.cancels = False
        left = QVBoxLayout()
        left.setSpacing(6)
        left.addStretch(1)
        left.addWidget(self._text)
        left.addWidget(self._stripe)
        left.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 0)
        row.setSpacing(12)
        row.addLayout(left, 1)
        row.addWidget(self.cancel)
        self.hide()

    @property
    def text(self) -> str:
        """The sentence, or ""."""
        return self._text.text()

    def show_step(self, text: str, share: float | None, *, cancels: bool) -> None:
        """Show another sentence."""
        self._text.setText(text)
        self._text.setAccessibleName(f"{self._what}: {text}")
        self._stripe.show_share(share)
        self.cancels = cancels
        self.cancel.setVisible(cancels)
        self.show()

    def hide_step(self) -> None:
        """Show that nothing is being done."""
        self._text.setText("")
        self.cancels = False
        self.hide()
