"""Tells what is known of the selected file or files, and why they were found."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from vexgui.core.files import Labels
from vexgui.core.hits import Hit
from vexgui.core.labels import LabelReport
from vexgui.core.paths import folder_of, name_of, shown
from vexgui.core.reports import Inspection
from vexgui.engine.api import EngineApi
from vexgui.gui.controls import Button, Card, Column, ElidedLabel, Look, muted
from vexgui.gui.details.card import VectorCard
from vexgui.gui.details.facts import FactsGrid, StateSign, breakable, wrapped
from vexgui.gui.details.labelling import Labelling
from vexgui.gui.details.labels import LabelsCard
from vexgui.gui.details.notice import Notice
from vexgui.gui.details.place import PlaceCard
from vexgui.gui.details.preview import Preview
from vexgui.gui.details.rows import colours_of, rows_of, stat_rows
from vexgui.gui.details.section import HeadedCard, Section
from vexgui.gui.details.several import folder_of_all, rows_of_several, title_of
from vexgui.gui.details.similar import SimilarCard
from vexgui.gui.details.swatches import Swatches
from vexgui.gui.details.texts import passage_blocks, reason_blocks
from vexgui.gui.flow import FlowLayout
from vexgui.gui.language import tr
from vexgui.gui.margins import along
from vexgui.gui.operations import Lane, Operations
from vexgui.gui.tab_order import set_tab_order
from vexgui.gui.theme import scaled, tones
from vexgui.gui.thumbnails.loader import ThumbnailLoader
from vexgui.gui.wording import band_sentence, kind_word, known_as

_FEW_REASONS = 5
_FEW_PASSAGES = 2
_MOST_LABELLED = 500
"""Of more files than that the labels are not shown: the menu's commands rate and tag all of them."""


class DetailsPanel(Column):
    """Shows one file, at once what the hit says, then what the engine knows; or what several are together.

    Signals:
        open_asked, reveal_asked, similar_asked: The user wants that for what is selected.
        reindex_asked, strip_asked: The files selected are to be indexed anew, or rid of their vectors.
        go_asked: The user wants to see another file, a path.
        tag_chosen: The user wants to see the files with a tag.
        missed: A `VexError` about files that are not shown any more.
    """

    open_asked = Signal()
    reveal_asked = Signal()
    similar_asked = Signal()
    reindex_asked = Signal()
    strip_asked = Signal()
    go_asked = Signal(object)
    tag_chosen = Signal(str)
    missed = Signal(object)

    def __init__(self, loader: ThumbnailLoader, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__(tr("Details"), parent)
        self._operations = operations
        self._engine: EngineApi | None = None
        self._hit: Hit | None = None
        self._inspection: Inspection | None = None
        self._several: tuple[bytes, ...] = ()
        self._labelled: tuple[bytes, ...] = ()
        self._asking = 0
        self._labelling = Labelling(operations, self)
        self.preview = Preview(loader)
        self._name = wrapped()
        self._name.setFont(scaled(self.font(), 1.15, bold=True))
        self._folder = ElidedLabel(role=QPalette.ColorRole.PlaceholderText, is_path=True)
        self.notice = Notice()
        self.labels = LabelsCard(self._labelling)
        self._band = StateSign()
        self._whys = Section(tr("Why it matched"), _FEW_REASONS)
        self._facts = FactsGrid()
        self.swatches = Swatches()
        self.place = PlaceCard(operations)
        self.similar = SimilarCard(operations, loader)
        self._texts = Section(tr("Text that is searched"), _FEW_PASSAGES)
        self.card = VectorCard(operations)
        self.reindex = Button(tr("Re-index"), "refresh")
        self.strip = Button(tr("Remove vectors"), "strip")
        self._hint = muted(tr("Select a file to see what is known of it."))
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._sheet = QWidget()
        self._lay_out()
        self._connect()
        self.show_nothing()

    @property
    def hit(self) -> Hit | None:
        """The hit shown; None where there is none, or more than one."""
        return self._hit

    @property
    def several(self) -> bool:
        """Whether it shows what several files are together."""
        return bool(self._several)

    @property
    def settled(self) -> bool:
        """Whether nothing is being asked that is shown when it comes."""
        return self.similar.settled

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """The facts shown, as label and value."""
        return self._facts.rows

    @property
    def reasons(self) -> list[str]:
        """The texts of the reasons shown."""
        return self._whys.texts()

    @property
    def title(self) -> str:
        """The name shown."""
        return self._name.text().replace("\u200b", "")

    def connect_engine(self, engine: EngineApi) -> None:
        """Take the engine."""
        self._engine = engine
        for part in (self._labelling, self.similar, self.card):
            part.connect_engine(engine)

    def show_nothing(self) -> None:
        """Show that no file is selected."""
        self._leave()
        self._sheet.hide()
        self._hint.show()

    def show_hit(self, hit: Hit) -> None:
        """Show what is known without asking the engine."""
        other = self._hit is None or self._hit.path != hit.path
        if other:
            self._leave()
        self._hit = hit
        self.preview.show_file(hit.path, hit.mtime_ns, hit.kind)
        self._show_title(shown(name_of(hit.path)), known_as(folder_of(hit.path)))
        self.notice.show_hit(hit)
        self._dress()
        if other:
            self._facts.show_rows([(tr("Kind"), kind_word(hit.kind)), *stat_rows(hit.size, hit.mtime_ns)])
            self.similar.show_for(hit.path)
        self._show_reasons()

    def show_inspection(self, inspection: Inspection) -> None:
        """Add what the engine knows, if it is about the file shown."""
        if self._hit is None or self._hit.path != inspection.path:
            return
        self._inspection = inspection
        facts = inspection.facts
        self.labels.show_labels({inspection.path: Labels(inspection.tags, inspection.rating)})
        self.labels.show()
        self._facts.show_rows(rows_of(inspection, inspection.kind or self._hit.kind))
        self.swatches.show_colours(colours_of(facts))
        if facts.latitude is not None and facts.longitude is not None:
            self.place.show_place(facts.latitude, facts.longitude)
        else:
            self.place.show_nothing()
        self.card.show_inspection(inspection, away=self._hit.offline)
        self.card.show()
        told = [passage for passage in inspection.passages if passage.text.strip()]
        contents = [passage for passage in told if passage.kind != "about"]
        self.preview.show_words("\n".join(passage.text.strip() for passage in contents[:3]))
        self._texts.show_blocks(passage_blocks(inspection.path, told, tones(self.palette()).mark))
        self._show_reasons()

    def show_several(self, hits: Sequence[Hit], count: int) -> None:
        """Show what several files are together; of ``count`` that are selected these are known here."""
        paths = tuple(hit.path for hit in hits)
        if not self._several:
            self._leave()
        labelled = paths if len(paths) == count <= _MOST_LABELLED else ()
        if labelled != self._labelled or not labelled:
            self.labels.show_labels({})
            self.labels.hide()
            self._ask_labels(labelled)
        self._several, self._labelled = paths, labelled
        self.preview.show_several(hits)
        self._show_title(title_of(count), folder_of_all(hits))
        self._facts.show_rows(rows_of_several(hits, count))

    @Slot()
    def look_again(self) -> None:
        """Have the labels of several files read again, because something changed; one file is inspected again."""
        if self._several:
            self._ask_labels(self._labelled)

    def _leave(self) -> None:
        """Let go of what was shown, and of what is being asked about it."""
        self._operations.cancel(self._asking)
        self._hit = self._inspection = None
        self._several = self._labelled = ()
        self.labels.show_labels({})
        for widget in (self.notice, self.labels, self._whys, self.swatches, self.card, self._texts):
            widget.hide()
        self.place.show_nothing()
        self.similar.show_for(b"")
        self.verticalScrollBar().setValue(0)

    def _show_title(self, name: str, folder: str) -> None:
        self._name.setText(breakable(name))
        self._folder.setText(folder)
        self._hint.hide()
        self._sheet.show()

    def _ask_labels(self, paths: Sequence[bytes]) -> None:
        """Have the labels of several files read; with nothing to change they are only told."""
        self._operations.cancel(self._asking)
        engine = self._engine
        if engine is None or not paths:
            return

        def take(report: LabelReport) -> None:
            found: Mapping[bytes, Labels] = {file.path: Labels(file.tags, file.rating) for file in report.labelled}
            if found:
                self.labels.show_labels(found)
                self.labels.show()

        self._asking = self._operations.start(Lane.DETAILS, lambda _: engine.tag(paths), take, lambda _: None)

    def _lay_out(self) -> None:
        rows = QVBoxLayout(self._sheet)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(12)
        rows.addWidget(self.preview)
        title = QVBoxLayout()
        title.setSpacing(4)
        title.addWidget(self._name)
        title.addWidget(self._folder)
        rows.addLayout(title)
        rows.addWidget(self.notice)
        rows.addWidget(self._buttons())
        self._whys.head.addWidget(self._band)
        about = self._facts_card()
        for part in (self.labels, self._whys, about, self.place, self.similar, self._texts, self.card):
            rows.addWidget(part)
        rows.addWidget(_beside(self.reindex, self.strip))
        rows.addStretch(1)
        self.rows.setContentsMargins(along(4, 8, 10, 12))
        self.rows.addWidget(self._sheet)
        self.rows.addWidget(self._hint, 1)

    def _buttons(self) -> QWidget:
        open_button = Button(tr("Open"), "open", look=Look.PRIMARY)
        reveal = Button(icon="folder", name=tr("Show in folder"))
        similar = Button(tr("Find similar"), "similar")
        open_button.clicked.connect(self.open_asked)
        reveal.clicked.connect(self.reveal_asked)
        similar.clicked.connect(self.similar_asked)
        return _beside(open_button, similar, reveal)

    def _facts_card(self) -> Card:
        card = HeadedCard(tr("Details"))
        card.rows.addWidget(self._facts)
        card.rows.addWidget(self.swatches)
        return card

    def _connect(self) -> None:
        self.labels.chosen.connect(self.tag_chosen)
        self.labels.missed.connect(self.missed)
        self.similar.chosen.connect(self.go_asked)
        self.reindex.clicked.connect(self.reindex_asked)
        self.strip.clicked.connect(self.strip_asked)

    def _dress(self) -> None:
        if self._hit is not None:
            self._band.show_state(band_sentence(self._hit.band), tones(self.palette()).band(self._hit.band))

    def _show_reasons(self) -> None:
        if self._hit is None:
            return
        vectors = () if self._inspection is None else self._inspection.vectors
        models = {str(found.space.id): found.space.model for found in vectors}
        self._whys.show_blocks(reason_blocks(self._hit, models, tones(self.palette()).mark))

    @override
    def focusNextPrevChild(self, next: bool) -> bool:
        # Chips, colours and similar files come and go; only now does it matter where they stand.
        set_tab_order(self._sheet)
        return super().focusNextPrevChild(next)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._hit is not None:
            self._dress()
            self._show_reasons()


def _beside(*buttons: Button) -> QWidget:
    """Return buttons in a row, or in two where their words are long."""
    row = QWidget()
    policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    policy.setHeightForWidth(True)
    row.setSizePolicy(policy)
    flow = FlowLayout(row, gap=8, fills=True)
    for button in buttons:
        flow.addWidget(button)
    return row
