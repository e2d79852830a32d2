"""The card with stars and tags: shows what is asked for at once, and mends itself where that could not be written."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from vexgui.core.errors import VexError, WorldProblem
from vexgui.core.files import Labels
from vexgui.core.labels import LabelReport
from vexgui.core.paths import name_of, shown
from vexgui.gui.controls import Card, heading, muted
from vexgui.gui.details.facts import breakable, wrapped
from vexgui.gui.details.labelling import Labelling, Paths
from vexgui.gui.details.stars import StarRow
from vexgui.gui.details.tags import TagRow
from vexgui.gui.flow import FlowLayout
from vexgui.gui.language import tr, translated, trn
from vexgui.gui.margins import along
from vexgui.gui.theme import scaled, tones
from vexgui.gui.wording import number

_MOST_OTHERS = 12


@dataclass(frozen=True, slots=True)
class Shared:
    """The labels of some files.

    Attributes:
        tags: Those that all have, ascending.
        others: Those that only some have, ascending.
        rating: 1 to 10 where all are rated so, else 0.
    """

    tags: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    rating: int = 0


def shared(labels: Iterable[Labels]) -> Shared:
    """Return what the labels of some files have in common."""
    found = list(labels)
    if not found:
        return Shared()
    every = set.intersection(*(set(one.tags) for one in found))
    anyone = {tag for one in found for tag in one.tags}
    ratings = {one.rating for one in found}
    rating = ratings.pop() if len(ratings) == 1 else None
    return Shared(tuple(sorted(every)), tuple(sorted(anyone - every)), rating or 0)


class LabelsCard(Card):
    """Stars and tags of the selected file or files.

    Signals:
        chosen: The user wants to see the files with a tag.
        missed: A `VexError` about files that are not shown any more.
    """

    chosen = Signal(str)
    missed = Signal(object)

    def __init__(self, labelling: Labelling, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._labelling = labelling
        self._paths: Paths = ()
        self._known: Mapping[bytes, Labels] = {}
        self._shown = Shared()
        self.stars = StarRow()
        self.tags = TagRow()
        self._others = muted()
        self._others.setFont(scaled(self.font(), 0.93))
        self._note = wrapped()
        self._note.setFont(scaled(self.font(), 0.93))
        self._lay_out()
        self.stars.rated.connect(self._rate)
        self.tags.added.connect(lambda tag: self._change(add=tag))
        self.tags.removed.connect(lambda tag: self._change(remove=tag))
        self.tags.chosen.connect(self.chosen)
        self.tags.wanted.connect(labelling.ask_known)
        labelling.known.connect(self.tags.field.offer)
        labelling.written.connect(self._take_report)
        labelling.refused.connect(self._take_refusal)

    @property
    def note(self) -> str:
        """What is said about labels that could not be written."""
        return self._note.text().replace("\u200b", "") if self._note.isVisibleTo(self) else ""

    def show_labels(self, labels: Mapping[bytes, Labels]) -> None:
        """Show the labels of some files, by their paths, but never older ones than the user has just asked for.

        With those of none, what becomes of wishes is told as `missed`.
        """
        if tuple(labels) != self._paths:
            self._paths = tuple(labels)
            self._tell("")
            self.tags.begin()
        elif self._labelling.is_writing(self._paths):
            return
        self._known = labels
        self._show(shared(labels.values()))

    def _lay_out(self) -> None:
        top = FlowLayout(gap=8, fills=True)
        top.addWidget(heading(tr("Rating and tags")))
        top.addWidget(self.stars)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(along(14, 10, 10, 14))
        rows.setSpacing(8)
        rows.addLayout(top)
        rows.addWidget(self.tags)
        rows.addWidget(self._others)
        rows.addWidget(self._note)
        self._note.hide()
        self._others.hide()

    def _show(self, labels: Shared) -> None:
        self._shown = labels
        self.stars.show_rating(labels.rating)
        self.tags.show_tags(labels.tags)
        self._others.setVisible(bool(labels.others))
        left = max(0, len(labels.others) - _MOST_OTHERS)
        more = [trn("and {count} more", "and {count} more", left).format(count=number(left))] if left else []
        self._others.setText(tr("Some have: {tags}").format(tags=", ".join([*labels.others[:_MOST_OTHERS], *more])))

    @Slot(int)
    def _rate(self, rating: int) -> None:
        self._tell("")
        self._show(replace(self._shown, rating=rating))
        self._labelling.rate(self._paths, rating)

    def _change(self, *, add: str = "", remove: str = "") -> None:
        self._tell("")
        tags = {*self._shown.tags, add} - {remove, ""}
        others = set(self._shown.others) - {add}
        self._show(replace(self._shown, tags=tuple(sorted(tags)), others=tuple(sorted(others))))
        self._labelling.tag(self._paths, add=[add] if add else (), remove=[remove] if remove else ())

    @Slot(object, object)
    def _take_report(self, paths: Paths, report: LabelReport) -> None:
        if paths != self._paths:
            if report.failed:
                self.missed.emit(WorldProblem(_failed_sentence(report)))
            return
        self._known = {**self._known, **{file.path: Labels(file.tags, file.rating) for file in report.labelled}}
        if report.failed:
            self._tell(_failed_sentence(report))
        self._settle()

    @Slot(object, object)
    def _take_refusal(self, paths: Paths, error: VexError) -> None:
        if paths != self._paths:
            self.missed.emit(error)
            return
        self._tell(str(error))
        self._settle()

    def _settle(self) -> None:
        """Show what is so, unless the user has asked for more meanwhile."""
        if not self._labelling.is_writing(self._paths):
            self._show(shared(self._known.values()))

    def _tell(self, sentence: str) -> None:
        self._note.setText(breakable(sentence))
        self._note.setVisible(bool(sentence))
        colors = QPalette(self._note.palette())
        colors.setColor(QPalette.ColorRole.WindowText, tones(self.palette()).warning)
        self._note.setPalette(colors)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self.note:
            self._tell(self.note)


def _failed_sentence(report: LabelReport) -> str:
    """Return why labels could not be written, in one sentence."""
    first = report.failed[0]
    if report.files == 1:
        return tr("This could not be written to the file: {reason}").format(reason=translated(first.reason))
    told = trn("{count} file could not be labelled", "{count} files could not be labelled", len(report.failed))
    told = told.format(count=number(len(report.failed)))
    return tr("{told}, {name} for one: {reason}").format(
        told=told, name=shown(name_of(first.path)), reason=translated(first.reason)
    )
