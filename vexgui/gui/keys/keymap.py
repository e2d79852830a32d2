"""Which keys are in force: those of the table, but where others were chosen."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from vexgui.core.errors import UsageProblem
from vexgui.core.settings import KeyChoice
from vexgui.gui.keys.combination import Combination, read, sequences, shown, unfit
from vexgui.gui.keys.commands import Command, Row, sections
from vexgui.gui.language import tr
from vexgui.gui.wording import with_keys

Keys = tuple[Combination, ...]


class Keymap(QObject):
    """Knows the keys of every command, and says what is against others.

    Signals:
        changed: Other keys are in force.
        mistaken: Chosen keys cannot be meant, a `UsageProblem`; their commands keep those they have by default.
    """

    changed = Signal()
    mistaken = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows = {row.command: row for section in sections() for row in section.rows}
        self._choices: tuple[KeyChoice, ...] = ()
        self._keys = _defaults(self._rows.values())

    def words(self, command: Command) -> str:
        """Return what a command is called."""
        return self._rows[command].words

    def keys(self, command: Command) -> Keys:
        """Return the combinations that do something."""
        return self._keys[command]

    def default(self, command: Command) -> Keys:
        """Return the combinations that do something as long as no others are chosen."""
        return _usual(self._rows[command])

    def sequences(self, command: Command) -> list[QKeySequence]:
        """Return what Qt has to listen for."""
        return [sequence for combination in self._keys[command] for sequence in sequences(combination)]

    def first(self, command: Command) -> str:
        """Return the combination that is told in a menu or a tool tip, as the keyboard names it; "" for none."""
        return next(map(shown, self._keys[command]), "")

    def named(self, command: Command) -> str:
        """Return what a command is called, with its keys: "Folders (F9)"."""
        return with_keys(self.words(command), self.first(command))

    def objection(self, command: Command, keys: Keys) -> str:
        """Say in one sentence why a command cannot have some keys, or ""."""
        refused = _refusal(self._rows[command], keys)
        if refused:
            return refused
        others = {key: other for other, theirs in self._keys.items() if other is not command for key in theirs}
        taken = next((key for key in keys if key in others), None)
        return "" if taken is None else _taken(taken, self._rows[others[taken]])

    def choosing(self, command: Command, keys: Keys) -> tuple[KeyChoice, ...]:
        """Return what is chosen when a command gets other keys; nothing of it is in force yet."""
        rest = tuple(choice for choice in self._choices if choice.command != command.value)
        return rest if keys == self.default(command) else (*rest, KeyChoice(command.value, keys))

    def take(self, choices: Sequence[KeyChoice]) -> None:
        """Put chosen keys in force, and tell of those that cannot be meant."""
        if tuple(choices) == self._choices:
            return
        self._choices = tuple(choices)
        self._keys, mistakes = resolved(self._choices, tuple(self._rows.values()))
        self.changed.emit()
        for mistake in mistakes:
            remedy = tr("Mend or remove {name} under [keys] in config.toml; until then the usual keys hold.")
            self.mistaken.emit(UsageProblem(mistake.sentence, remedy.format(name=mistake.name)))


class KeyShortcut(QShortcut):
    """A shortcut whose keys are those in force of a command."""

    def __init__(self, keymap: Keymap, command: Command, parent: QWidget, call: Callable[[], object]) -> None:
        super().__init__(parent)
        self._keymap = keymap
        self._command = command
        self.activated.connect(call)
        keymap.changed.connect(self._follow)
        self._follow()

    @Slot()
    def _follow(self) -> None:
        self.setKeys(self._keymap.sequences(self._command))


@dataclass(frozen=True, slots=True)
class Mistake:
    """A choice of keys that cannot be meant: the command's name as it was given, and what is wrong."""

    name: str
    sentence: str


def resolved(choices: Sequence[KeyChoice], rows: Sequence[Row]) -> tuple[dict[Command, Keys], tuple[Mistake, ...]]:
    """Return the keys of all commands, and the choices that do not hold.

    All choices are taken together, so that two commands may exchange their keys. Where two have the same, a choice
    gives way, the last one first.
    """
    table = {row.command: row for row in rows}
    mistakes: list[Mistake] = []
    chosen: dict[Command, Keys] = {}
    for choice in choices:
        try:
            command, keys = _meant(choice, table)
        except ValueError as error:
            mistakes.append(Mistake(choice.command, str(error)))
        else:
            chosen[command] = keys
    while (clash := _clash(chosen, table)) is not None:
        command, key, other = clash
        del chosen[command]
        mistakes.append(Mistake(command.value, _taken(key, table[other])))
    return {**_defaults(rows), **chosen}, tuple(mistakes)


def _meant(choice: KeyChoice, table: Mapping[Command, Row]) -> tuple[Command, Keys]:
    """Return what a choice means.

    Raises:
        ValueError: With a sentence: there is no such command, these are no keys, or they cannot be given.
    """
    names = {command.value: command for command in table}
    if choice.command not in names:
        raise ValueError(tr("There is nothing called {name} that has keys.").format(name=choice.command))
    command, keys = names[choice.command], []
    for text in choice.keys:
        key = read(text)
        if key is None:
            raise ValueError(tr("“{text}” is no combination of keys.").format(text=text))
        keys.append(key)
    refused = _refusal(table[command], keys)
    if refused:
        raise ValueError(refused)
    return command, tuple(dict.fromkeys(keys))


def _clash(chosen: dict[Command, Keys], table: Mapping[Command, Row]) -> tuple[Command, Combination, Command] | None:
    """Return the last choice that has a combination of another command's, with both; None if there is none."""
    keys = {**_defaults(table.values()), **chosen}
    for command in reversed(chosen):
        for other, theirs in keys.items():
            for key in chosen[command]:
                if other is not command and key in theirs:
                    return command, key, other
    return None


def _refusal(row: Row, keys: Iterable[Combination]) -> str:
    """Say why some keys cannot be given to anything but the one that has them by default, or ""."""
    for key in keys:
        reason = None if key in _usual(row) else unfit(key)
        if reason is not None:
            return reason.sentence(key)
    return ""


def _taken(key: Combination, row: Row) -> str:
    return tr("{keys} already stands for “{command}”: take others.").format(keys=shown(key), command=row.words)


def _usual(row: Row) -> Keys:
    return tuple(Combination(key) for key in row.keys)


def _defaults(rows: Iterable[Row]) -> dict[Command, Keys]:
    return {row.command: _usual(row) for row in rows}
