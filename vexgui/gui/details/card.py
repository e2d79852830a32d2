"""The card about a file's vectors: what they are, where they lie, and whether they can be trusted."""

from collections.abc import Iterator

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QColor, QMouseEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from vexgui.core.files import FileState
from vexgui.core.reports import Freshness, Inspection, RecordPlace, VectorFacts
from vexgui.core.vectors import Modality, Source
from vexgui.engine.api import EngineApi
from vexgui.gui.controls import Button, Card, Look, fold, heading, muted
from vexgui.gui.details.facts import FactsGrid, StateSign, breakable, wrapped
from vexgui.gui.details.history import History
from vexgui.gui.language import tr, translated, trn
from vexgui.gui.margins import along
from vexgui.gui.operations import Operations
from vexgui.gui.theme import scaled, tones
from vexgui.gui.wording import ago, decimals, freshness_words, lowered, number, place_words, set_apart, size

_EXACT = 0.99995
"""From here on a likeness rounds to one."""


class VectorCard(Card):
    """Shows an `Inspection`'s vectors, record and state: in a line, and in full once it is opened."""

    def __init__(self, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._inspection: Inspection | None = None
        self._away = False
        self._open = False
        small = scaled(self.font(), 0.93)
        self._state = StateSign()
        self._summary = fold(muted())
        self._summary.setFont(small)
        self._reason = wrapped()
        self._reason.setFont(small)
        self._reason.setAccessibleName(tr("Reason"))
        self._facts = FactsGrid()
        self.history = History(operations)
        self.fold = Button(icon="chevron-down", look=Look.QUIET, name=tr("Show all about the vectors"))
        self.fold.clicked.connect(self.toggle)
        self._lay_out()
        self._show_open()

    @property
    def state(self) -> str:
        """The word for the state."""
        return self._state.text

    @property
    def reason(self) -> str:
        """What is said about a failure or a missing record."""
        return "" if self._inspection is None or self._away else reason(self._inspection)

    @property
    def summary(self) -> str:
        """The line that stands for all."""
        return self._summary.text()

    @property
    def rows(self) -> tuple[tuple[str, str], ...]:
        """The facts that are shown when it is open."""
        return self._facts.rows

    @property
    def is_open(self) -> bool:
        """Whether all is shown."""
        return self._open

    def connect_engine(self, engine: EngineApi) -> None:
        """Take the engine."""
        self.history.connect_engine(engine)

    def show_inspection(self, inspection: Inspection, *, away: bool = False) -> None:
        """Show another file's vectors; with ``away`` its drive is not there: nobody can tell whether they are new."""
        self._inspection, self._away = inspection, away
        text = self.reason
        self._reason.setText(breakable(text))
        self._reason.setVisible(bool(text))
        self._summary.setText(summary_of(inspection))
        self._facts.show_rows(rows_of(inspection))
        self.history.show_for(inspection.path)
        self.history.setVisible(self._open and inspection.known)
        self._dress()

    @Slot()
    def toggle(self) -> None:
        """Show all, or only the line again; it stays so for the files that follow."""
        self._open = not self._open
        self._show_open()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(6)
        top.addWidget(heading(tr("Vectors")), 1)
        top.addWidget(self._state)
        top.addWidget(self.fold)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(along(14, 6, 8, 12))
        rows.setSpacing(8)
        rows.addLayout(top)
        for widget in (self._reason, self._summary, self._facts, self.history):
            inner = QHBoxLayout()
            inner.setContentsMargins(along(0, 0, 6, 0))
            inner.addWidget(widget)
            rows.addLayout(inner)

    def _show_open(self) -> None:
        self._facts.setVisible(self._open)
        self._summary.setVisible(not self._open)
        known = self._inspection is not None and self._inspection.known
        self.history.setVisible(self._open and known)
        self.fold.show_icon("chevron-up" if self._open else "chevron-down")
        name = tr("Show less about the vectors") if self._open else tr("Show all about the vectors")
        self.fold.call(name)

    def _dress(self) -> None:
        if self._inspection is None:
            return
        word, color = tr("Not connected"), tones(self.palette()).weak
        if not self._away:
            word, color = state_of(self._inspection, self.palette())
        self._state.show_state(word, color)
        colors = QPalette(self._reason.palette())
        colors.setColor(QPalette.ColorRole.WindowText, tones(self.palette()).warning)
        self._reason.setPalette(colors)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        # All of the heading's line opens and closes, not only the arrow at its end.
        if event.button() == Qt.MouseButton.LeftButton and event.position().y() <= self.fold.geometry().bottom():
            self.toggle()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()


def state_of(inspection: Inspection, palette: QPalette) -> tuple[str, QColor]:
    """Return the state of a file's vectors in words, with its colour."""
    colors = tones(palette)
    if inspection.state is FileState.FAILED:
        return tr("Contents unreadable"), colors.warning
    match inspection.freshness:
        case Freshness.FRESH:
            return freshness_words(Freshness.FRESH), colors.strong
        case Freshness.STALE:
            return freshness_words(Freshness.STALE), colors.maybe
        case Freshness.ABSENT:
            return freshness_words(Freshness.ABSENT), colors.weak


def reason(inspection: Inspection) -> str:
    """Return why something is not as it should be and what helps, or ""."""
    return " ".join(_reasons(inspection))


def _reasons(inspection: Inspection) -> Iterator[str]:
    if inspection.reason:
        yield translated(inspection.reason)
    if inspection.state is FileState.FAILED:
        yield tr("It is found by its name only. Re-index it once it can be read.")
    elif inspection.freshness is Freshness.STALE:
        yield tr("The file has changed since it was read: it is read again soon, or at once with Re-index.")
    note = inspection.record_note
    if note and note != inspection.reason:
        yield tr("Record: {note}.").format(note=translated(note).removesuffix("."))


def summary_of(inspection: Inspection) -> str:
    """Return a file's vectors in a line: how many, of which models, and where they lie."""
    if not inspection.vectors:
        return tr("VexGUI has no vectors of this file.")
    count = sum(vectors.passages for vectors in inspection.vectors)
    models = ", ".join(dict.fromkeys(set_apart(vectors.space.model) for vectors in inspection.vectors))
    told = trn("{count} passage by {models}", "{count} passages by {models}", count)
    return f"{told.format(count=number(count), models=models)}\n{_record(inspection)}"


def rows_of(inspection: Inspection) -> list[tuple[str, str]]:
    """Return what is known of a file's vectors and its record, as label and value."""
    rows = [(tr("Model"), _vectors(vectors)) for vectors in inspection.vectors]
    if inspection.known:
        rows.append((tr("Record"), _record(inspection)))
    if inspection.record_bytes:
        holds = tr("Yes: checksum and key hold") if inspection.record_verified else tr("No: it is not used")
        rows.append((tr("Verified"), holds))
    if inspection.indexed_ns:
        rows.append((tr("Indexed"), ago(inspection.indexed_ns)))
    if inspection.foreign:
        rows.append((tr("Also found"), ", ".join(inspection.foreign)))
    return rows


def _vectors(vectors: VectorFacts) -> str:
    """Return the vectors of one model, a line for each thing to say."""
    space = vectors.space
    passages = trn("{count} passage", "{count} passages", vectors.passages).format(count=number(vectors.passages))
    kept = tr("{passages} as {codec}, {size}").format(
        passages=passages, codec=vectors.codec.value, size=size(vectors.bytes)
    )
    name = tr("{model} ({modality}, {count} numbers)").format(
        model=set_apart(space.model), modality=_modality(space.modality), count=number(space.dim)
    )
    lines = [name, kept]
    if vectors.source is not None:
        lines.append(_origin(vectors.source))
    if vectors.confidence < _EXACT:
        lines.append(tr("{likeness} like the model's own").format(likeness=decimals(vectors.confidence, 4)))
    if vectors.record_codec is not None:
        recorded = tr("{count} in the record as {codec}")
        lines.append(recorded.format(count=number(vectors.recorded), codec=vectors.record_codec.value))
    return "\n".join(lines)


def _modality(modality: Modality) -> str:
    return lowered({Modality.TEXT: tr("Text"), Modality.PICTURE: tr("Picture")}[modality])


def _origin(source: Source) -> str:
    return {
        Source.EMBEDDED: tr("Computed on this computer"),
        Source.RECORD: tr("Taken from the file's record"),
        Source.COPY: tr("Taken from a file of the same content"),
    }[source]


def _record(inspection: Inspection) -> str:
    where = place_words(inspection.record_place)
    if inspection.record_place is RecordPlace.STORE_ONLY or not inspection.record_bytes:
        return where
    return f"{where}, {size(inspection.record_bytes)}"
