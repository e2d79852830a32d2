"""A strip above the results that tells of trouble until it is dismissed."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget
from typing_extensions import override

from vexgui.core.errors import VexError
from vexgui.core.events import Trouble
from vexgui.gui.controls import Button, Look, fold
from vexgui.gui.ground import Ground
from vexgui.gui.icons import tinted
from vexgui.gui.language import tr, translated, trn
from vexgui.gui.margins import along
from vexgui.gui.theme import tones
from vexgui.gui.wording import number, tip_text


class Banner(Ground):
    """Shows the newest trouble in words; earlier ones that were not dismissed are counted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._messages: list[str] = []
        self._icon = QLabel(self)
        self._text = QLabel(self)
        fold(self._text)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setAccessibleName(tr("Trouble"))
        close = Button(icon="close", look=Look.FLAT, name=tr("Dismiss"))
        close.clicked.connect(self.dismiss)
        row = QHBoxLayout(self)
        row.setContentsMargins(along(14, 6, 6, 6))
        row.setSpacing(10)
        row.addWidget(self._icon)
        row.addWidget(self._text, 1)
        row.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self.dress()
        self.hide()

    @property
    def message(self) -> str:
        """What is shown now."""
        return self._text.text() if self._messages else ""

    @Slot(object)
    def tell(self, trouble: Trouble | VexError) -> None:
        """Show a sentence and its remedy."""
        message = f"{translated(trouble.message)} {translated(trouble.remedy)}".strip()
        if message in self._messages:
            self._messages.remove(message)
        self._messages.append(message)
        self._show()

    def withdraw(self, sentence: str) -> None:
        """Forget what was told with a sentence: it is told elsewhere now."""
        kept = [message for message in self._messages if not message.startswith(sentence)]
        if kept != self._messages:
            self._messages = kept
            self._show()

    @Slot()
    def dismiss(self) -> None:
        """Forget what was told."""
        self._messages.clear()
        self.hide()

    def _show(self) -> None:
        self.setVisible(bool(self._messages))
        if self._messages:
            *earlier, message = self._messages
            before = trn("(And {count} message before it.)", "(And {count} messages before it.)", len(earlier))
            self._text.setText(f"{message} {before.format(count=number(len(earlier)))}" if earlier else message)
            self._text.setToolTip(tip_text("\n".join(reversed(self._messages))) if earlier else "")

    @override
    def dress(self) -> None:
        self._icon.setPixmap(tinted("warning", 20, tones(self.palette()).warning, self.devicePixelRatioF()))
