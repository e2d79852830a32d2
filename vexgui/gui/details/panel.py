"""Tells what is known of the selected file, and why it was found."""

import os

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from vexgui.core.files import Kind
from vexgui.core.hits import Hit, Why
from vexgui.core.paths import folder_of, name_of, shown
from vexgui.core.reports import Inspection, PassageText
from vexgui.gui.controls import Button, Card, Column, ElidedLabel, Look, fold, heading, muted
from vexgui.gui.details.card import VectorCard
from vexgui.gui.details.facts import FactsGrid, StateSign, breakable, empty, wrapped
from vexgui.gui.details.preview import Preview
from vexgui.gui.marked import as_html, parsed
from vexgui.gui.theme import scaled, tones
from vexgui.gui.thumbnails.loader import ThumbnailLoader
from vexgui.gui.wording import BAND_SENTENCES, KIND_WORDS, counted, facts_rows, folder_shown, moment, size, source

_MOST_REASONS = 5
_MOST_PASSAGES = 6
_PASSAGE_SIGNS = 400


class DetailsPanel(Column):
    """Shows one file: at once what the hit says, then what the engine knows.

    Signals:
        open_asked, reveal_asked, similar_asked: The user wants that for the file shown.
    """

    open_asked = Signal()
    reveal_asked = Signal()
    similar_asked = Signal()

    def __init__(self, loader: ThumbnailLoader, parent: QWidget | None = None) -> None:
        super().__init__("Details", parent)
        self._hit: Hit | None = None
        self._inspection: Inspection | None = None
        self.preview = Preview(loader)
        self._name = wrapped()
        self._name.setFont(scaled(self.font(), 1.15, bold=True))
        self._folder = ElidedLabel(role=QPalette.ColorRole.PlaceholderText)
        self._band = StateSign()
        self._whys = _Section("Why it matched")
        self._facts = FactsGrid()
        self.card = VectorCard()
        self._texts = _Section("Text that is searched")
        self._hint = muted("Select a file to see what is known of it.")
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._sheet = QWidget()
        self._lay_out()
        self.show_nothing()

    @property
    def hit(self) -> Hit | None:
        """The hit shown."""
        return self._hit

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """The facts shown, as label and value."""
        return self._facts.rows

    @property
    def reasons(self) -> list[str]:
        """The texts of the reasons shown."""
        return self._whys.texts()

    def show_nothing(self) -> None:
        """Show that no file is selected."""
        self._hit = None
        self._inspection = None
        self._sheet.hide()
        self._hint.show()

    def show_hit(self, hit: Hit) -> None:
        """Show what is known without asking the engine."""
        other = self._hit is None or self._hit.path != hit.path
        self._hit = hit
        self._hint.hide()
        self._sheet.show()
        self.preview.show_file(hit.path, hit.mtime_ns, hit.kind)
        self._name.setText(breakable(shown(name_of(hit.path))))
        self._folder.setText(folder_shown(folder_of(hit.path), os.environb.get(b"HOME", b"")))
        self._dress()
        if other:
            self._inspection = None
            self.card.hide()
            self._texts.hide()
            self._facts.show_rows(_stat_rows(KIND_WORDS[hit.kind], hit.size, hit.mtime_ns))
            self.verticalScrollBar().setValue(0)
        self._show_reasons()

    def show_inspection(self, inspection: Inspection) -> None:
        """Add what the engine knows, if it is about the file shown."""
        if self._hit is None or self._hit.path != inspection.path:
            return
        self._inspection = inspection
        kind = KIND_WORDS[inspection.kind or self._hit.kind]
        if inspection.mime:
            kind = f"{kind} ({inspection.mime})"
        self._facts.show_rows(_stat_rows(kind, inspection.size, inspection.mtime_ns) + facts_rows(inspection.facts))
        self.card.show_inspection(inspection)
        self.card.show()
        told = [passage for passage in inspection.passages if passage.text.strip()]
        contents = [passage for passage in told if passage.kind != "about"]
        self.preview.show_words("\n".join(passage.text.strip() for passage in contents[:3]))
        self._show_passages(told)
        self._show_reasons()

    def _lay_out(self) -> None:
        open_button = Button("Open", "open", look=Look.PRIMARY)
        reveal = Button(icon="folder", name="Show in folder")
        similar = Button("Find similar", "similar")
        open_button.clicked.connect(self.open_asked)
        reveal.clicked.connect(self.reveal_asked)
        similar.clicked.connect(self.similar_asked)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(open_button, 1)
        buttons.addWidget(similar, 1)
        buttons.addWidget(reveal)
        rows = QVBoxLayout(self._sheet)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(12)
        rows.addWidget(self.preview)
        title = QVBoxLayout()
        title.setSpacing(4)
        title.addWidget(self._name)
        title.addWidget(self._folder)
        rows.addLayout(title)
        rows.addLayout(buttons)
        rows.addWidget(self._whys)
        rows.addWidget(self._section_card("Details", self._facts))
        rows.addWidget(self.card)
        rows.addWidget(self._texts)
        rows.addStretch(1)
        self._whys.add_sign(self._band)
        self.rows.setContentsMargins(4, 8, 10, 12)
        self.rows.addWidget(self._sheet)
        self.rows.addWidget(self._hint, 1)

    @staticmethod
    def _section_card(title: str, content: QWidget) -> Card:
        card = Card()
        rows = QVBoxLayout(card)
        rows.setContentsMargins(14, 12, 14, 14)
        rows.setSpacing(8)
        rows.addWidget(heading(title))
        rows.addWidget(content)
        return card

    def _dress(self) -> None:
        if self._hit is not None:
            self._band.show_state(BAND_SENTENCES[self._hit.band], tones(self.palette()).band(self._hit.band))

    def _show_reasons(self) -> None:
        if self._hit is None:
            return
        inspection = self._inspection
        models = {} if inspection is None else {str(found.space.id): found.space.model for found in inspection.vectors}
        mark = tones(self.palette()).mark
        # One passage is often found by its words and by its meaning: it is shown once, with both reasons above it.
        titles: dict[str, list[str]] = {}
        for why in self._hit.why[:_MOST_REASONS]:
            text = as_html(parsed(why.text), mark) if why.text else _untold(self._hit.kind)
            titles.setdefault(text, []).append(_reason_title(why, models))
        self._whys.show_blocks([(" + ".join(found), text) for text, found in titles.items()])

    def _show_passages(self, passages: list[PassageText]) -> None:
        mark = tones(self.palette()).mark
        blocks = [
            (_passage_title(passage), as_html(parsed(_shortened(passage.text)), mark))
            for passage in passages[:_MOST_PASSAGES]
        ]
        if len(passages) > _MOST_PASSAGES:
            blocks.append((f"and {counted(len(passages) - _MOST_PASSAGES, 'more passage', 'more passages')}", ""))
        self._texts.show_blocks(blocks)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._hit is not None:
            self._dress()
            self._show_reasons()


class _Section(Card):
    """A card with a heading and blocks of text, each with a quiet title."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._blocks: list[tuple[str, str]] = []
        self._top = QHBoxLayout()
        self._top.addWidget(heading(title), 1)
        self._body = QVBoxLayout()
        self._body.setSpacing(3)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(14, 12, 14, 14)
        rows.setSpacing(8)
        rows.addLayout(self._top)
        rows.addLayout(self._body)

    def add_sign(self, sign: QWidget) -> None:
        """Put a sign at the right of the heading."""
        self._top.addWidget(sign)

    def texts(self) -> list[str]:
        """Return the texts of the blocks as rich text."""
        return [text for _, text in self._blocks]

    def show_blocks(self, blocks: list[tuple[str, str]]) -> None:
        """Show other blocks: a title in plain text and rich text beneath."""
        self.setVisible(bool(blocks))
        if blocks == self._blocks:
            return
        self._blocks = blocks
        empty(self._body)
        small = scaled(self.font(), 0.93)
        for number, (title, text) in enumerate(blocks):
            if number:
                self._body.addSpacing(6)
            label = muted(title)
            label.setFont(scaled(self.font(), 0.85))
            self._body.addWidget(label)
            if text:
                self._body.addWidget(_rich(text, small))


def _rich(text: str, font: QFont) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.RichText)
    label.setFont(font)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return fold(label)


def _stat_rows(kind: str, size_bytes: int, mtime_ns: int) -> list[tuple[str, str]]:
    return [("Kind", kind), ("Size", size(size_bytes)), ("Modified", moment(mtime_ns))]


def _reason_title(why: Why, models: dict[str, str]) -> str:
    parts = [source(why, models), why.place]
    if why.space not in {"name", "words"}:
        parts.append(f"{why.score:.2f}")
    return " · ".join(part for part in parts if part)


def _untold(kind: Kind) -> str:
    return "What the picture shows" if kind is Kind.IMAGE else "The contents as a whole"


def _passage_title(passage: PassageText) -> str:
    return "About the file" if passage.kind == "about" else passage.place or f"Passage {passage.ordinal}"


def _shortened(text: str) -> str:
    return text if len(text) <= _PASSAGE_SIGNS else text[:_PASSAGE_SIGNS].rsplit(" ", 1)[0] + "…"
