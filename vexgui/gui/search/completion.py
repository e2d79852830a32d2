"""What is offered under the search field, and the keys that choose from it."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from vexgui.core.query import Suggestions
from vexgui.core.settings import SavedSearch
from vexgui.gui.language import translated
from vexgui.gui.search.editor import QueryEditor
from vexgui.gui.search.offers import OfferList, Origin, Row
from vexgui.gui.search.prompter import Prompter
from vexgui.gui.wording import query_known_as

_GOES_ON = (":", "/", "=", "<", ">")
"""What ends with one of these waits for more."""
_MOST_UNASKED = 5
"""Offers for a word that may as well be only a word."""
_Key = Qt.Key


class Completion(QObject):
    """Offers how what is typed could go on, and in the empty field what was searched before.

    Signals:
        chosen: A whole query of before.
        recent_removed: A query that is to be forgotten.
        saved_removed: The name of a saved search that is to be forgotten.
    """

    chosen = Signal(str)
    recent_removed = Signal(str)
    saved_removed = Signal(str)

    def __init__(self, field: QWidget, editor: QueryEditor, prompter: Prompter) -> None:
        super().__init__(field)
        self.list = OfferList(field)
        self._editor = editor
        self._line = editor.line
        self._prompter = prompter
        self._suggestions = Suggestions(0, 0)
        self._text = self._asked = ""
        self._recent: tuple[str, ...] = ()
        self._saved: tuple[SavedSearch, ...] = ()
        self._line.textEdited.connect(self.ask)
        self._line.textChanged.connect(self._follow)
        prompter.suggested.connect(self._take)
        self.list.chosen.connect(self.choose)
        self.list.removed.connect(self._remove)

    @property
    def is_open(self) -> bool:
        """Whether anything is offered now."""
        return bool(self.list.rows)

    def show_recent(self, recent: Sequence[str]) -> None:
        """Take what was searched before, the latest first."""
        self._recent = tuple(recent)
        self._refresh_past()

    def show_saved(self, saved: Sequence[SavedSearch]) -> None:
        """Take the saved searches."""
        self._saved = tuple(saved)
        self._refresh_past()

    @Slot()
    def ask(self) -> None:
        """Ask what could stand at the cursor; in the empty field offer nothing unasked."""
        if self._line.text().strip():
            self.ask_anyway()
        else:
            self.leave()

    @Slot()
    def _follow(self) -> None:
        """Ask anew where a chip was made of what is typed, or taken back, while something is offered."""
        if self.is_open and self.list.rows[0].origin is Origin.OFFER and self._asked != self._line.text():
            self.ask()

    def ask_anyway(self) -> None:
        """Ask what could stand at the cursor, also where nothing is typed."""
        self._asked = self._line.text()
        self._prompter.suggest(self._asked, self._line.caret)

    @Slot()
    def leave(self) -> None:
        """Offer nothing."""
        self._prompter.leave_suggestions()
        self.list.offer(())

    def open_past(self) -> None:
        """Offer what was searched before."""
        self._prompter.leave_suggestions()
        self.list.offer(self._past_rows())

    def take_key(self, event: QKeyEvent) -> bool:
        """Do what a key means for what is offered; return whether it means anything."""
        if not self.is_open:
            return False
        match event.key():
            case _Key.Key_Down:
                self.list.step(1)
            case _Key.Key_Up:
                self.list.step(-1)
            case _Key.Key_Escape:
                self.leave()
            case _Key.Key_Tab | _Key.Key_Return | _Key.Key_Enter:
                return self._choose_current(first=event.key() == _Key.Key_Tab)
            case _Key.Key_Delete if self.list.current is not None and self.list.current.is_removable:
                self._remove(self.list.current)
            case _:
                return False
        return True

    def _choose_current(self, *, first: bool) -> bool:
        """Choose the row that the keyboard is on, or of offers the first."""
        rows = self.list.rows
        row = self.list.current or (rows[0] if first and rows[0].origin is Origin.OFFER else None)
        if row is None:
            return False
        self.choose(row)
        return True

    @Slot(object)
    def choose(self, row: Row) -> None:
        """Put what a row offers into the field."""
        if row.origin is not Origin.OFFER:
            self.leave()
            self.chosen.emit(row.text)
            return
        typed, start = self._line.text(), self._suggestions.start
        self.leave()
        if typed[:start] != self._text[:start]:
            return  # a chip was made of what stood before it, and nothing has been offered for the rest yet
        # What was typed meanwhile belongs to the word that is replaced.
        end = max(start, len(typed) - len(self._text) + self._suggestions.end)
        waits = row.text.endswith(_GOES_ON)
        blank = "" if waits or typed[end : end + 1].isspace() else " "
        self._editor.replace(start, end, row.text + blank)
        if waits:
            self.ask()

    @Slot(object, int, object)
    def _take(self, text: str, cursor: int, suggestions: Suggestions) -> None:
        line = self._line
        is_same = text == line.text() and cursor == line.caret
        if not is_same or line.composing or not line.hasFocus():
            return
        self._text, self._suggestions = text, suggestions
        begun = text[suggestions.start : suggestions.end]
        fits = [offer for offer in suggestions.offers if offer.text != begun]
        if ":" not in text[:cursor].rpartition(" ")[2] and text:
            fits = fits[:_MOST_UNASKED]
        self.list.offer([Row(Origin.OFFER, offer.text, offer.label, translated(offer.note)) for offer in fits])

    def _past_rows(self) -> list[Row]:
        saved = [
            Row(Origin.SAVED, one.query, one.name, "" if one.name == one.query else query_known_as(one.query))
            for one in self._saved
        ]
        return [*saved, *(Row(Origin.RECENT, query, query_known_as(query)) for query in self._recent)]

    def _refresh_past(self) -> None:
        rows = self.list.rows
        if rows and rows[0].origin is not Origin.OFFER:
            at = rows.index(self.list.current) if self.list.current else -1
            past = self._past_rows()
            self.list.offer(past)
            self.list.step(min(at, len(past) - 1) + 1)  # the keyboard stays where it was

    @Slot(object)
    def _remove(self, row: Row) -> None:
        if row.origin is Origin.RECENT:
            self.recent_removed.emit(row.text)
        else:
            self.saved_removed.emit(row.label)
