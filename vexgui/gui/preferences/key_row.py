"""The keys of one command: which they are, which by default, and how others are pressed for it."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QFocusEvent, QKeyEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from vexgui.gui.controls import Button
from vexgui.gui.details.facts import breakable, wrapped
from vexgui.gui.keys.combination import Combination, pressed, shown
from vexgui.gui.keys.keymap import Keys
from vexgui.gui.language import tr
from vexgui.gui.preferences.choice_row import ResetButton
from vexgui.gui.theme import scaled, tones

_LEAVE, _TAKE_AWAY = Combination("Esc"), frozenset({Combination("Backspace"), Combination("Del")})


class KeyButton(Button):
    """Shows keys; once clicked it takes the next ones that are pressed.

    Signals:
        listening_changed: It waits for keys from now on, or no more.
        given: Keys were pressed: one combination, or none where they are to be taken away.
    """

    listening_changed = Signal(bool)
    given = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(" ", parent=parent)
        self.is_listening = False
        self.setCheckable(True)
        self.clicked.connect(self._listen)

    def _listen(self, listening: bool) -> None:  # noqa: FBT001 - a slot
        self.setChecked(listening)
        if listening is not self.is_listening:
            self.is_listening = listening
            if listening:
                # Of itself, and only now: it hears keys before shortcuts do, and before Tab goes on.
                self.installEventFilter(self)
                self.setFocus(Qt.FocusReason.OtherFocusReason)  # a click of the mouse leaves it where it is
            else:
                self.removeEventFilter(self)
            self.listening_changed.emit(listening)

    def _take(self, event: QKeyEvent) -> None:
        keys = pressed(event)
        if keys is None or event.isAutoRepeat():
            return
        self._listen(False)  # noqa: FBT003 - a slot
        if keys in _TAKE_AWAY:
            self.given.emit(())
        elif keys != _LEAVE:
            self.given.emit((keys,))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent):
            return False
        if event.type() == QEvent.Type.KeyPress:
            self._take(event)
        event.accept()
        return True

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._listen(False)  # noqa: FBT003 - a slot
        super().focusOutEvent(event)


class KeyRow(QWidget):
    """Shows a command with its keys.

    Signals:
        asked: Other keys are wanted for it, a tuple of them.
    """

    asked = Signal(object)

    def __init__(self, words: str, default: Keys, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._default = default
        self._keys: Keys = default
        self.button = KeyButton()
        self.button.listening_changed.connect(self._show)
        self.button.given.connect(self.asked)
        self.reset = ResetButton(words)
        self.reset.clicked.connect(lambda: self.asked.emit(default))
        self._label = wrapped(words)
        self._note = wrapped()
        self._note.setFont(scaled(self.font(), 0.93))
        self._lay_out()
        self._show()

    @property
    def note(self) -> str:
        """What is said beneath."""
        return self._note.text().replace("\u200b", "")

    def show_keys(self, keys: Keys) -> None:
        """Show which keys are in force."""
        if keys != self._keys:
            self._keys = keys
            self._show()

    def refuse(self, sentence: str) -> None:
        """Say why the keys that are wanted cannot be given."""
        self._say(sentence, warning=True)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.button, sentence))

    def _lay_out(self) -> None:
        told = QVBoxLayout()
        told.setSpacing(1)
        told.addWidget(self._label)
        told.addWidget(self._note)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addLayout(told, 1)
        row.addWidget(self.reset)
        row.addWidget(self.button)

    @Slot()
    def _show(self) -> None:
        listening, keys = self.button.is_listening, _list(self._keys)
        self.button.setText(tr("Press keys…") if listening else keys)
        self.button.setAccessibleName(f"{self._words}: {keys}")
        self.button.updateGeometry()
        self.reset.setVisible(self._keys != self._default)
        if listening:
            self._say(tr("Escape keeps those of before, Backspace leaves it without keys."))
        else:
            self._say(tr("Default: {keys}").format(keys=_list(self._default)))

    def _say(self, sentence: str, *, warning: bool = False) -> None:
        self._note.setText(breakable(sentence))
        colors = QPalette(self.palette())
        ink = tones(colors).warning if warning else colors.color(QPalette.ColorRole.PlaceholderText)
        colors.setColor(QPalette.ColorRole.WindowText, ink)
        self._note.setPalette(colors)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._show()


def _list(keys: Keys) -> str:
    return tr(", ").join(map(shown, keys)) if keys else tr("no keys")
