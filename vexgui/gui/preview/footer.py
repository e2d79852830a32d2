"""The line beneath a picture or a page: which page it is, and how large it is shown."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget
from typing_extensions import override

from vexgui.gui.controls import Button, Look
from vexgui.gui.language import tr
from vexgui.gui.preview.picture_view import PictureView
from vexgui.gui.wording import number, percent


class Footer(QWidget):
    """Buttons that turn pages and enlarge, and a note where neither is of use.

    Signals:
        turned: Another page is wanted; 1 for the next, -1 for the one before.
        fitted: All of the picture is wanted.
        actual: The picture is wanted in its own size.
        stepped: The picture is wanted larger or smaller, by a step.
    """

    turned = Signal(int)
    fitted = Signal()
    actual = Signal()
    stepped = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.before = Button(icon="previous", look=Look.FLAT, name=tr("Page before (Page Up)"))
        self.after = Button(icon="next", look=Look.FLAT, name=tr("Next page (Page Down)"))
        self.page = _quiet()
        self.smaller = Button("−", look=Look.FLAT, name=tr("Smaller (-)"))
        self.larger = Button("+", look=Look.FLAT, name=tr("Larger (+)"))
        self.scale = _quiet()
        self.scale.setMinimumWidth(self.scale.fontMetrics().horizontalAdvance(percent(80)))
        self.fit = Button(icon="zoom-fit", look=Look.FLAT, name=tr("Show all of it (0)"))
        self.actual_size = Button("1:1", look=Look.FLAT, name=tr("Its own size (1)"))
        self.note = _quiet()
        for button, signal, value in (
            (self.before, self.turned, -1),
            (self.after, self.turned, 1),
            (self.smaller, self.stepped, -1),
            (self.larger, self.stepped, 1),
        ):
            button.clicked.connect(lambda *_, signal=signal, value=value: signal.emit(value))
        self.fit.clicked.connect(self.fitted)
        self.actual_size.clicked.connect(self.actual)
        self._pages = (self.before, self.page, self.after)
        self._zooms = (self.smaller, self.scale, self.larger, self.fit, self.actual_size)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 12, 6)
        row.setSpacing(4)
        row.addStretch(1)
        for widget in self._pages:
            row.addWidget(widget)
        row.addSpacing(18)
        for widget in self._zooms:
            row.addWidget(widget)
        row.addWidget(self.note)
        row.addStretch(1)
        self._point()

    def show_page(self, page: int, pages: int) -> None:
        """Tell which page is shown, from 0; with a single one there is nothing to tell."""
        for widget in self._pages:
            widget.setVisible(pages > 1)
        self.page.setText(tr("Page {page} of {pages}").format(page=number(page + 1), pages=number(pages)))
        self.before.setEnabled(page > 0)
        self.after.setEnabled(page + 1 < pages)

    def show_scale(self, view: PictureView | None) -> None:
        """Tell how large a picture is shown; None where there is none."""
        there = view is not None and view.has_picture
        for widget in self._zooms:
            widget.setVisible(there)
        if view is not None and there:
            self.scale.setText(percent(view.scale))
            # Of a page there is no other size than that of the view.
            self.scale.setVisible(not view.is_page)
            self.actual_size.setVisible(not view.is_page)
            self.fit.setEnabled(not view.is_fitted)

    def show_note(self, note: str) -> None:
        """Say something, or nothing."""
        self.note.setText(note)
        self.note.setVisible(bool(note))

    def _point(self) -> None:
        """Have the arrows point to where one reads on."""
        icons = ("next", "previous") if self.isRightToLeft() else ("previous", "next")
        for button, icon in zip((self.before, self.after), icons, strict=True):
            button.show_icon(icon)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._point()


def _quiet() -> QLabel:
    label = QLabel()
    label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return label
