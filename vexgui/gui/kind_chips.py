"""A row of chips that narrows the results to one kind of file."""

from collections import Counter
from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget
from typing_extensions import override

from vexgui.core.files import Kind
from vexgui.core.hits import Hit
from vexgui.gui.controls import Chip
from vexgui.gui.wording import KIND_PLURALS, number


class KindChips(QWidget):
    """One chip for all kinds and one for each kind that was found.

    Signals:
        chosen: A `Kind`, or None for all.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind: Kind | None = None
        self._chips: dict[Kind | None, Chip] = {}
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(10, 2, 10, 2)
        self._row.setSpacing(6)
        for kind in (None, *Kind):
            chip = Chip("All" if kind is None else KIND_PLURALS[kind])
            chip.clicked.connect(lambda _, kind=kind: self._choose(kind))
            self._chips[kind] = chip
            self._row.addWidget(chip)
        self._row.addStretch(1)
        self._counts: Counter[Kind] = Counter()
        # The row must never keep the window from becoming narrow; what does not fit is left out.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    @property
    def kind(self) -> Kind | None:
        """The kind chosen, None for all."""
        return self._kind

    def reset(self) -> None:
        """Go back to all kinds."""
        self._kind = None

    def show_counts(self, hits: Iterable[Hit]) -> None:
        """Offer the kinds among these hits."""
        self._counts = Counter(hit.kind for hit in hits)
        for kind, chip in self._chips.items():
            found = self._found(kind)
            label = "All" if kind is None else KIND_PLURALS[kind]
            chip.setText(f"{label} {number(found)}")
            chip.setAccessibleName(f"Show {label.lower()}, {number(found)}")
            chip.setChecked(kind is self._kind)
            chip.updateGeometry()
        self._fit()

    def _found(self, kind: Kind | None) -> int:
        return self._counts.total() if kind is None else self._counts[kind]

    def _fit(self) -> None:
        """Show the chips there is room for, those with most files first."""
        margins = self._row.contentsMargins()
        room = self.width() - margins.left() - margins.right()
        by_count = sorted(self._chips.items(), key=lambda item: (item[0] is not self._kind, -self._found(item[0])))
        for kind, chip in by_count:
            room -= chip.sizeHint().width() + self._row.spacing()
            chip.setVisible(room >= 0 and (self._found(kind) > 0 or kind in {None, self._kind}))
            if chip.isHidden() and room >= 0:
                room += chip.sizeHint().width() + self._row.spacing()

    def _choose(self, kind: Kind | None) -> None:
        self._kind = None if kind is self._kind else kind
        self.chosen.emit(self._kind)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
