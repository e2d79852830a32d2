"""One setting: its name, what it does, its value, and the way back to the default."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from vexgui.gui.check_box import CheckBox
from vexgui.gui.controls import Button, ElidedLabel, Look
from vexgui.gui.details.facts import wrapped
from vexgui.gui.drop_down import drop_down
from vexgui.gui.language import tr
from vexgui.gui.preferences.choices import Choice
from vexgui.gui.theme import scaled


class ResetButton(Button):
    """Goes back to the default.

    Args:
        what: What does.
        keeps_place: Whether it takes its room also while there is nothing to go back from.
        parent: What it lies in.
    """

    def __init__(self, what: str, parent: QWidget | None = None, *, keeps_place: bool = True) -> None:
        name = tr("{setting}: back to the default").format(setting=what)
        super().__init__(icon="reset", look=Look.FLAT, name=name, parent=parent)
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(keeps_place)
        self.setSizePolicy(policy)


class ChoiceRow(QWidget):
    """Shows a `Choice`.

    Signals:
        chosen: The user wants another value.
    """

    chosen = Signal(object)

    def __init__(self, choice: Choice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choice = choice
        self._value = choice.default
        self.box: CheckBox | None = None
        self.button: Button | None = None
        self.reset = ResetButton(choice.label)
        self.reset.clicked.connect(lambda: self.chosen.emit(choice.default))
        self._note = wrapped(self._told())
        self._note.setFont(scaled(self.font(), 0.93))
        self._note.setForegroundRole(self.palette().ColorRole.PlaceholderText)
        self._lay_out()
        self.show_value(choice.default)

    @property
    def value(self) -> object:
        """What is shown."""
        return self._value

    @property
    def note(self) -> str:
        """What is said beneath."""
        return self._note.text().replace("\u200b", "")

    def show_value(self, value: object) -> None:
        """Show another value."""
        self._value = value
        if self.box is not None:
            self.box.setChecked(bool(value))
        if self.button is not None:
            words = self.choice.words(value)
            self.button.setText(words)
            self.button.setAccessibleName(f"{self.choice.label}: {words}")
            self.button.updateGeometry()
        self.reset.setVisible(value != self.choice.default)

    def menu(self) -> QMenu:
        """Return the menu of what can be chosen."""
        menu = QMenu(self)
        group = QActionGroup(menu)
        for value, words in self.choice.offers:
            action = menu.addAction(words)
            action.setCheckable(True)
            action.setChecked(value == self._value)
            group.addAction(action)
            action.triggered.connect(lambda _, value=value: self.chosen.emit(value))
        return menu

    def _told(self) -> str:
        choice = self.choice
        default = tr("Default: {value}.").format(value=choice.words(choice.default))
        return " ".join(filter(None, (choice.note, default, tr("Holds from the next start.") if choice.later else "")))

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        if self.choice.offers:
            self.button = Button("", "chevron-down", icon_last=True)
            self.button.clicked.connect(self._open)
            top.addWidget(ElidedLabel(self.choice.label), 1)
            top.addWidget(self.reset)
            top.addWidget(self.button)
        else:
            self.box = CheckBox(self.choice.label)
            self.box.clicked.connect(self._tick)
            top.addWidget(self.box, 1)
            top.addWidget(self.reset)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 4)
        rows.setSpacing(2)
        rows.addLayout(top)
        rows.addWidget(self._note)

    @Slot(bool)
    def _tick(self, ticked: bool) -> None:  # noqa: FBT001 - a slot
        self.chosen.emit(ticked)

    @Slot()
    def _open(self) -> None:
        assert self.button is not None
        menu = self.menu()
        menu.aboutToHide.connect(menu.deleteLater)
        drop_down(menu, self.button)
