"""Chips and typed words as one query that is edited: what becomes a chip, and what was there before."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from typing_extensions import override

from vexgui.core.query import Mistake, Reading
from vexgui.gui.search.examples import USUAL_WEIGHT, Written, path_in
from vexgui.gui.search.flow import Flow
from vexgui.gui.search.line import QueryLine
from vexgui.gui.search.past import Past
from vexgui.gui.search.pictures import ExamplePictures
from vexgui.gui.search.prompter import Prompter
from vexgui.gui.search.token_chip import SimilarChip, TokenChip
from vexgui.gui.search.tokens import Draft, Token, taken

_ChipT = TypeVar("_ChipT", bound=TokenChip)


class QueryEditor(Flow):
    """Holds a query; a condition becomes a chip once nobody is typing it any more.

    Signals:
        changed: The whole query as text, whenever it says something else.
        rephrased: The whole query as text, which says the same in other words.
        reflowed: Its height has changed.
        similar_left: Similar files are not to be looked for any more.
    """

    changed = Signal(object)
    rephrased = Signal(object)
    reflowed = Signal()
    similar_left = Signal()

    def __init__(self, prompter: Prompter, pictures: ExamplePictures) -> None:
        self.line = QueryLine()
        super().__init__(self.line)
        self._prompter = prompter
        self._pictures = pictures
        self._past = Past()
        self._tokens: tuple[Token, ...] = ()
        self._chips: list[TokenChip] = []
        self._similar: SimilarChip | None = None
        self._showing = self._finished = self._held = False
        self._height = 0
        self.line.textChanged.connect(self._take_line)
        self.line.text_pasted.connect(self.finish)
        self.line.undo_asked.connect(lambda: self._go_to(self._past.undo()))
        self.line.redo_asked.connect(lambda: self._go_to(self._past.redo()))
        self.line.left_at_start.connect(self._focus_last)
        self.line.erased_at_start.connect(self._erase)
        prompter.was_read.connect(self._take_reading)
        pictures.arrived.connect(self._show_pictures)

    @property
    def draft(self) -> Draft:
        """What is held."""
        return Draft(self._tokens, self.line.text(), self.line.caret)

    @property
    def text(self) -> str:
        """The whole query."""
        return self.draft.whole.strip() if self._tokens else self.line.text()

    @property
    def chips(self) -> Sequence[TokenChip]:
        """The chips, in their order."""
        return self._chips

    def set_text(self, text: str, *, quietly: bool = False) -> None:
        """Hold another query; its conditions become chips as soon as the engine has read it."""
        self._show(Draft((), text, len(text)))
        self._past.note(self.draft)
        if not quietly:
            self.changed.emit(self.text)
        self.finish()

    @Slot()
    def finish(self) -> None:
        """Take all conditions for complete."""
        self._held = False
        self._read(finished=True)

    def replace(self, start: int, end: int, text: str) -> None:
        """Put text in the place of some of what is typed, and the cursor behind it."""
        typed = self.line.text()
        self.line.setText(typed[:start] + text + typed[end:])
        self.line.caret = start + len(text)

    def add_example(self, path: bytes, weight: float = USUAL_WEIGHT) -> None:
        """Have others be like a file, or unlike it with a weight below zero; a file counts once."""
        fresh = _example(Written(path, weight))
        others = (token for token in self._tokens if token.field != "like" or path_in(token.text) != path)
        self._retoken((*others, fresh))

    @property
    def similar(self) -> SimilarChip | None:
        """The chip of the files that similar ones are looked for by, if there is one."""
        return self._similar

    def show_similar(self, path: bytes, liked: str, prefix: str = "") -> None:
        """Show what similar files are looked for by, with b"" nothing."""
        if not path and self._similar is None:
            return
        self._similar = self._made(SimilarChip(path, liked, self.content, prefix)) if path else None
        if self._similar is not None:
            self._similar.removed.connect(self.similar_left)
            self._similar.moved.connect(self._focus_chip_behind)
        self._lay_out()

    def show_mistakes(self, mistakes: Sequence[Mistake]) -> None:
        """Underline mistakes, by their places in the whole query; what is only unfinished is none."""
        wrong = [mistake for mistake in mistakes if not mistake.unfinished]
        offset = self.draft.offset
        self.line.underline([(one.start - offset, one.end - offset) for one in wrong if one.start >= offset])
        begin = 0
        for chip in self._chips:
            end = begin + len(chip.token.text)
            chip.show_mistaken(mistaken=any(begin <= one.start < end for one in wrong))
            begin = end + 1

    # what is typed, and read

    @Slot()
    def _take_line(self) -> None:
        if not self._showing:
            self._held = False
            self._past.note(self.draft)
            self._tell()

    def _tell(self) -> None:
        self.changed.emit(self.text)
        self._read()

    def _read(self, *, finished: bool = False) -> None:
        self._finished = finished
        if self.draft.whole.strip():
            self._prompter.read(self.draft.whole.rstrip())
        else:
            self.show_mistakes(())

    @Slot(object, object)
    def _take_reading(self, text: str, reading: Reading) -> None:
        draft = self.draft
        if text != draft.whole.rstrip() or self.line.composing:
            return
        after = draft if self._held else taken(draft, reading, finished=self._finished)
        self._finished = False
        if after.tokens == draft.tokens:
            self.show_mistakes(reading.mistakes)
            return
        self._show(after)
        self._past.note(self.draft)
        if after.whole.strip() != draft.whole.strip():
            self.rephrased.emit(self.text)
        self._read()

    # chips

    def _erase(self) -> None:
        if self._tokens:
            self._retoken(self._tokens[:-1])
        elif self._similar is not None:
            self.similar_left.emit()

    def _retoken(self, tokens: Sequence[Token]) -> None:
        self._show(Draft(tuple(tokens), self.line.text(), self.line.caret))
        self._past.note(self.draft)
        self._tell()

    def _go_to(self, draft: Draft | None) -> None:
        """Show what was there before; what was turned to text by that is not made a chip at once."""
        if draft is not None:
            self._show(draft)
            self._held = True
            self._tell()

    def _show(self, draft: Draft) -> None:
        self._showing = True
        if draft.typed != self.line.text():
            self.line.setText(draft.typed)
        self.line.caret = draft.cursor
        self._showing = False
        if draft.tokens != self._tokens:
            self._tokens = draft.tokens
            self._make_chips()

    def _make_chips(self) -> None:
        kept = {chip.token: chip for chip in self._chips}
        had_focus = any(chip.hasFocus() for chip in self._chips)
        self._chips = [kept.pop(token) if token in kept else self._chip(token) for token in self._tokens]
        self._lay_out()
        if had_focus and not any(chip.hasFocus() for chip in self._chips):
            self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _chip(self, token: Token) -> TokenChip:
        chip = self._made(TokenChip(token, self.content))
        chip.removed.connect(self._slot(chip, self._remove))
        chip.opened.connect(self._slot(chip, self._open))
        chip.reweighted.connect(lambda written: self._replace(chip, _example(written)))
        chip.moved.connect(lambda by: self._focus_chip(self._chips.index(chip) + by))
        return chip

    def _made(self, chip: _ChipT) -> _ChipT:
        """Return a chip with what all of them do."""
        chip.typed.connect(self._type)
        if chip.example:
            chip.show_picture(self._pictures.of(chip.example))
        return chip

    @staticmethod
    def _slot(chip: TokenChip, call: Callable[[TokenChip], None]) -> Callable[[], None]:
        return lambda: call(chip)

    def _remove(self, chip: TokenChip) -> None:
        at, had_focus = self._chips.index(chip), chip.hasFocus()
        self._retoken([other.token for other in self._chips if other is not chip])
        if had_focus:
            self._focus_chip(at)

    def _open(self, chip: TokenChip) -> None:
        others = tuple(other.token for other in self._chips if other is not chip)
        typed = f"{self.line.text().rstrip()} {chip.token.text}".lstrip()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show(Draft(others, typed, len(typed)))
        self._past.note(self.draft)
        self._tell()

    def _replace(self, chip: TokenChip, token: Token) -> None:
        had_focus = chip.hasFocus()
        at = self._chips.index(chip)
        self._retoken([token if other is chip else other.token for other in self._chips])
        if had_focus:
            self._focus_chip(at)

    @Slot()
    def _focus_last(self) -> None:
        chips = self._all_chips()
        if chips:
            chips[-1].setFocus(Qt.FocusReason.TabFocusReason)
            self.reveal(chips[-1])

    @Slot(int)
    def _focus_chip(self, at: int) -> None:
        """Put the keyboard on a chip, or in the line where there is none so far behind."""
        if at >= len(self._chips):
            self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._chips:
            chip = self._chips[max(0, at)]
            chip.setFocus(Qt.FocusReason.TabFocusReason)
            self.reveal(chip)

    @Slot(int)
    def _focus_chip_behind(self, by: int) -> None:
        """Go on from the chip of similar files, which is the first."""
        if by > 0:
            self._focus_chip(by - 1)

    @Slot(str)
    def _type(self, text: str) -> None:
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.line.insert(text)

    @Slot()
    def _show_pictures(self) -> None:
        for chip in self._all_chips():
            if chip.example:
                chip.show_picture(self._pictures.of(chip.example))

    def _all_chips(self) -> list[TokenChip]:
        return [*([self._similar] if self._similar else []), *self._chips]

    def _lay_out(self) -> None:
        self.show_before(self._all_chips())
        self._reflow()

    def _reflow(self) -> None:
        height = self.arrange(self.viewport().width())
        if height != self._height:
            self._height = height
            self.setFixedHeight(height)
            self.reflowed.emit()
        self.reveal(self.line)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._reflow()


def _example(written: Written) -> Token:
    return Token(written.text, "like", written.name, written.weight < 0, abs(written.weight))
