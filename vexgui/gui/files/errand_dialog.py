"""How far something that is done to many files is, with a button that stops it."""

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QWidget
from typing_extensions import override

from vexgui.gui.controls import Button, heading, muted
from vexgui.gui.files.errand import Errand
from vexgui.gui.language import tr
from vexgui.gui.margins import rows_of
from vexgui.gui.stripe import ProgressStripe
from vexgui.gui.wording import number

_SHOWN_AFTER_MS = 700
_WIDTH = 380


class ErrandDialog(QDialog):
    """Appears once an errand has taken a while, beside the window that can be used meanwhile, and goes with it."""

    def __init__(self, errand: Errand, parent: QWidget) -> None:
        super().__init__(parent)
        self._total = errand.total
        self._told = muted("", wraps=False)
        self._stripe = ProgressStripe(wide=True)
        self.stop = Button(tr("Stop"), name=tr("Stop: {what}").format(what=errand.title))
        self.setWindowTitle(errand.title)
        self._lay_out(errand.title)
        self._show_done(0)
        # It comes while somebody may type, whose keys must not press its button.
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        errand.went.connect(self._show_done)
        errand.ended.connect(self.deleteLater)
        self.stop.clicked.connect(self.reject)
        self.rejected.connect(errand.stop)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.timeout.connect(self.show)
        self._wait.start(_SHOWN_AFTER_MS)

    @property
    def text(self) -> str:
        """How far it is."""
        return self._told.text()

    @override
    def reject(self) -> None:
        self._wait.stop()
        super().reject()

    @Slot(int)
    def _show_done(self, done: int) -> None:
        told = tr("{done} of {total} files")
        self._told.setText(told.format(done=number(done), total=number(self._total)))
        self._stripe.show_share(done / self._total)

    def _lay_out(self, title: str) -> None:
        buttons = QHBoxLayout()
        buttons.addWidget(self._told)
        buttons.addStretch(1)
        buttons.addWidget(self.stop)
        rows = rows_of(self)
        rows.addWidget(heading(title))
        rows.addWidget(self._stripe)
        rows.addLayout(buttons)
        self.resize(_WIDTH, self.sizeHint().height())
