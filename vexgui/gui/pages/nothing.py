"""The page that says that nothing was found, and what else could be asked."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from vexgui.core.query import Reading, Role
from vexgui.gui.controls import Button
from vexgui.gui.details.facts import empty
from vexgui.gui.language import tr
from vexgui.gui.pages.message import MessagePage
from vexgui.gui.wording import set_apart, tip_text

_MANY_WORDS = 3
_KEPT_WORDS = 2
_BUTTON_SIGNS = 40


@dataclass(frozen=True, slots=True)
class Advice:
    """Another query that may find something, and what it is called."""

    label: str
    query: str


def advice(query: str, reading: Reading) -> tuple[Advice, ...]:
    """Return what could be asked instead of a query that found nothing.

    Args:
        query: As it was typed.
        reading: How it is read.
    """
    words = [part for part in reading.parts if part.role in {Role.WORDS, Role.PHRASE} and not part.negated]
    typed = " ".join(query[part.start : part.end] for part in words)
    plain = " ".join(part.label for part in words)
    few = _fewer(plain)
    offers = [
        (tr("Without filters: {query}"), typed if any(part.role is Role.FIELD for part in reading.parts) else ""),
        (tr("Without quotation marks: {query}"), plain if any(part.role is Role.PHRASE for part in words) else ""),
        (tr("Fewer words: {query}"), few),
    ]
    asked = {query}
    found: list[Advice] = []
    for label, other in offers:
        if other and other not in asked:
            asked.add(other)
            found.append(Advice(label.format(query=set_apart(_short(other))), other))
    return tuple(found)


def _fewer(words: str) -> str:
    """Return the two longest of many words, in their order: short words seldom tell much."""
    every = words.split()
    if len(every) < _MANY_WORDS:
        return ""
    kept = sorted(range(len(every)), key=lambda at: -len(every[at]))[:_KEPT_WORDS]
    return " ".join(every[at] for at in sorted(kept))


def _short(query: str) -> str:
    return query if len(query) <= _BUTTON_SIGNS else query[: _BUTTON_SIGNS - 1] + "…"


class NothingPage(MessagePage):
    """Says that nothing was found.

    Signals:
        clear_asked: The user wants to leave the search.
        add_asked: The user wants to add a folder.
        query_chosen: A query to ask.
    """

    clear_asked = Signal()
    add_asked = Signal()
    query_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        clear = Button(tr("Clear the search"), "close")
        add = Button(tr("Add a folder…"), "folder-add")
        super().__init__("search", [clear, add], parent)
        clear.clicked.connect(self.clear_asked)
        add.clicked.connect(self.add_asked)
        self._offers = QVBoxLayout()
        self._offers.setSpacing(8)
        before_buttons = self.column.count() - 2
        self.column.insertLayout(before_buttons, self._offers)
        self.buttons: list[Button] = []

    def show_advice(self, offers: Sequence[Advice]) -> None:
        """Offer other queries."""
        empty(self._offers)
        self.buttons = [self._button(offer) for offer in offers]
        for button in self.buttons:
            self._offers.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)

    def _button(self, offer: Advice) -> Button:
        button = Button(offer.label, "search")
        button.setToolTip(tip_text(offer.query))
        button.clicked.connect(lambda: self.query_chosen.emit(offer.query))
        return button
