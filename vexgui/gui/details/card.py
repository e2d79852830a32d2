"""The card about a file's vectors: what they are, where they lie, and whether they can be trusted."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from vexgui.core.files import FileState
from vexgui.core.reports import Freshness, Inspection, RecordPlace, VectorFacts
from vexgui.gui.controls import Card, heading
from vexgui.gui.details.facts import FactsGrid, StateSign, wrapped
from vexgui.gui.theme import scaled, tones
from vexgui.gui.wording import FRESHNESS_WORDS, PLACE_WORDS, ago, counted, number, size


class VectorCard(Card):
    """Shows an `Inspection`'s vectors, record and state."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._inspection: Inspection | None = None
        self._state = StateSign()
        self._reason = wrapped()
        self._reason.setFont(scaled(self.font(), 0.93))
        self._reason.setAccessibleName("Reason")
        self._facts = FactsGrid()
        top = QHBoxLayout()
        top.addWidget(heading("Vectors"), 1)
        top.addWidget(self._state)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(14, 12, 14, 14)
        rows.setSpacing(10)
        rows.addLayout(top)
        rows.addWidget(self._reason)
        rows.addWidget(self._facts)

    @property
    def state(self) -> str:
        """The word for the state."""
        return self._state.text

    @property
    def reason(self) -> str:
        """What is said about a failure or a missing record."""
        return "" if self._inspection is None else reason(self._inspection)

    @property
    def rows(self) -> tuple[tuple[str, str], ...]:
        """The facts shown."""
        return self._facts.rows

    def show_inspection(self, inspection: Inspection) -> None:
        """Show another file's vectors."""
        self._inspection = inspection
        text = self.reason
        self._reason.setText(text)
        self._reason.setVisible(bool(text))
        self._facts.show_rows(rows_of(inspection))
        self._dress()

    def _dress(self) -> None:
        if self._inspection is None:
            return
        word, color = state_of(self._inspection, self.palette())
        self._state.show_state(word, color)
        colors = QPalette(self._reason.palette())
        colors.setColor(QPalette.ColorRole.WindowText, tones(self.palette()).warning)
        self._reason.setPalette(colors)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()


def state_of(inspection: Inspection, palette: QPalette) -> tuple[str, QColor]:
    """Return the state of a file's vectors in words, with its colour."""
    colors = tones(palette)
    if inspection.state is FileState.FAILED:
        return "Contents unreadable", colors.warning
    match inspection.freshness:
        case Freshness.FRESH:
            return FRESHNESS_WORDS[Freshness.FRESH], colors.strong
        case Freshness.STALE:
            return FRESHNESS_WORDS[Freshness.STALE], colors.maybe
        case Freshness.ABSENT:
            return FRESHNESS_WORDS[Freshness.ABSENT], colors.weak


def reason(inspection: Inspection) -> str:
    """Return why something is not as it should be, or ""."""
    parts = [inspection.reason]
    if inspection.record_note and inspection.record_note != inspection.reason:
        note = inspection.record_note
        parts.append(f"Record: {note}" if note.endswith(".") else f"Record: {note}.")
    return " ".join(part for part in parts if part)


def rows_of(inspection: Inspection) -> list[tuple[str, str]]:
    """Return what is known of a file's vectors and its record, as label and value."""
    rows = [("Model", _vectors(vectors)) for vectors in inspection.vectors]
    if inspection.known:
        rows.append(("Record", _record(inspection)))
    if inspection.record_bytes:
        rows.append(("Verified", "Yes: checksum and key hold" if inspection.record_verified else "No: it is not used"))
    if inspection.indexed_ns:
        rows.append(("Indexed", ago(inspection.indexed_ns)))
    if inspection.foreign:
        rows.append(("Also found", ", ".join(inspection.foreign)))
    return rows


def _vectors(vectors: VectorFacts) -> str:
    space = vectors.space
    lines = [
        f"{space.model} ({space.modality.value}, {number(space.dim)} numbers)",
        f"{counted(vectors.passages, 'passage', 'passages')} as {vectors.codec.value}, {size(vectors.bytes)}",
    ]
    if vectors.record_codec is not None:
        lines.append(f"{number(vectors.recorded)} in the record as {vectors.record_codec.value}")
    return "\n".join(lines)


def _record(inspection: Inspection) -> str:
    where = PLACE_WORDS[inspection.record_place]
    if inspection.record_place is RecordPlace.STORE_ONLY or not inspection.record_bytes:
        return where
    return f"{where}, {size(inspection.record_bytes)}"
