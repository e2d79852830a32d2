"""What happened to a file in the store, in words; asked for only when somebody wants to read it."""

import json

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from vexgui.core.errors import VexError
from vexgui.core.reports import Happening
from vexgui.core.vectors import Source
from vexgui.engine.api import EngineApi
from vexgui.gui.controls import Button, Look, fold, muted
from vexgui.gui.details.facts import empty, wrapped
from vexgui.gui.language import tr, translated, trn
from vexgui.gui.operations import Lane, Operations
from vexgui.gui.theme import scaled
from vexgui.gui.wording import ago, isolated, known_as, number, set_apart

_MOST = 12


class History(QWidget):
    """A button, and what it brings: the latest happenings first."""

    def __init__(self, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._operations = operations
        self._engine: EngineApi | None = None
        self._path = b""
        self._asking = 0
        self.button = Button(tr("History"), "history", look=Look.QUIET)
        self.button.setCheckable(True)
        self.button.toggled.connect(self._toggle)
        self._rows: tuple[tuple[str, str], ...] = ()
        self._list = QVBoxLayout()
        self._list.setSpacing(2)
        self._note = fold(muted())
        self._note.setFont(scaled(self.font(), 0.93))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(6)
        rows.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeading)
        rows.addLayout(self._list)
        rows.addWidget(self._note)
        self._show([], "")

    @property
    def rows(self) -> tuple[tuple[str, str], ...]:
        """What is told, as when and what."""
        return self._rows

    @property
    def note(self) -> str:
        """What is said in place of happenings."""
        return self._note.text()

    def connect_engine(self, engine: EngineApi) -> None:
        """Take the engine."""
        self._engine = engine

    def show_for(self, path: bytes) -> None:
        """Be about another file; closed until it is asked for again."""
        if path != self._path:
            self._path = path
            self.button.setChecked(False)

    @Slot(bool)
    def _toggle(self, open_: bool) -> None:  # noqa: FBT001 - follows a signal
        self._operations.cancel(self._asking)
        self._show([], tr("Looking…") if open_ else "")
        engine, path = self._engine, self._path
        if open_ and engine is not None:
            self._asking = self._operations.start(Lane.DETAILS, lambda _: engine.history(path), self._take, self._fail)

    def _take(self, happenings: tuple[Happening, ...]) -> None:
        rows = [(ago(happening.at_ns), told(happening)) for happening in happenings[:_MOST]]
        left = len(happenings) - len(rows)
        more = trn("and {count} more", "and {count} more", left).format(count=number(left)) if left else ""
        self._show(rows, more if rows else tr("Nothing is noted of this file."))

    def _fail(self, error: VexError) -> None:
        self._show([], str(error))

    def _show(self, rows: list[tuple[str, str]], note: str) -> None:
        self._rows = tuple(rows)
        empty(self._list)
        for when, what in rows:
            if self._list.count():
                self._list.addSpacing(4)
            label = muted(when)
            label.setFont(scaled(self.font(), 0.85))
            text = wrapped(what)
            text.setFont(scaled(self.font(), 0.93))
            self._list.addWidget(label)
            self._list.addWidget(text)
        self._note.setText(note)
        self._note.setVisible(bool(note))


def told(happening: Happening) -> str:
    """Return what happened, in a sentence."""
    detail = json.loads(happening.detail) if happening.detail else {}
    match happening.event, detail:
        case "vectors", _:
            return _vectors(happening, detail)
        case "content", _:
            return tr("The content became another one")
        case "facts", dict():
            return _facts(detail)
        case "renamed", {"path": str(path)}:
            return tr("It was {path}").format(path=isolated(known_as(path.encode())))
        case "failed", {"reason": str(reason)}:
            return tr("It could not be read: {reason}").format(reason=translated(reason))
        case _:
            return happening.event


def _vectors(happening: Happening, detail: dict[str, object]) -> str:
    count = trn("{count} vector", "{count} vectors", happening.vectors).format(count=number(happening.vectors))
    match happening.source:
        case Source.RECORD:
            said = tr("{vectors} of {model}, taken from the file")
        case Source.COPY:
            said = tr("{vectors} of {model}, taken from a file of the same content")
        case _:
            said = tr("{vectors} of {model}, computed")
    said = said.format(vectors=count, model=set_apart(happening.model))
    return tr("{what}, in place of older ones").format(what=said) if detail.get("replaced") else said


def _facts(before: dict[str, object]) -> str:
    """Return what a file said of itself before it said something else; numbers that nobody reads are left out."""
    named = {
        "title": tr("title"),
        "author": tr("author"),
        "caption": tr("caption"),
        "pages": tr("pages"),
        "taken": tr("taken"),
        "camera": tr("camera"),
        "language": tr("language"),
        "created": tr("written"),
        "encoding": tr("encoding"),
    }
    was = [
        tr("{fact} was {value}").format(fact=named[name], value=tr("not said") if value is None else value)
        for name, value in before.items()
        if name in named
    ]
    if not was:
        return tr("What the file says of itself changed")
    return tr("What the file says of itself changed: {facts}").format(facts=", ".join(was))
