"""A line on a warning's ground that says why a file is not there or not as it was read."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget
from typing_extensions import override

from vexgui.core.hits import Hit
from vexgui.gui.details.facts import wrapped
from vexgui.gui.ground import Ground
from vexgui.gui.icons import tinted
from vexgui.gui.language import tr
from vexgui.gui.theme import scaled, tones

_ICON_PX = 18


class Notice(Ground):
    """Tells of a file whose drive is away, that has gone, or that has changed since it was read."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = QLabel()
        self._words = wrapped()
        self._words.setFont(scaled(self.font(), 0.93))
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 10, 12, 10)
        row.setSpacing(10)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)
        self.dress()
        self.hide()

    @property
    def words(self) -> str:
        """What is said, or ""."""
        return self._words.text()

    def show_hit(self, hit: Hit) -> None:
        """Say what is amiss with a file, or hide."""
        words = notice_of(hit)
        self._words.setText(words)
        self.setVisible(bool(words))

    @override
    def dress(self) -> None:
        ink = tones(self.palette()).warning
        self._icon.setPixmap(tinted("warning", _ICON_PX, ink, self.devicePixelRatioF()))
        colors = QPalette(self._words.palette())
        colors.setColor(QPalette.ColorRole.WindowText, ink)
        self._words.setPalette(colors)


def notice_of(hit: Hit) -> str:
    """Return what is amiss with a file, or ""."""
    if hit.gone:
        return tr("This file is no longer there.")
    if hit.offline:
        return tr(
            "Its drive is not connected. Connect it to open the file; what is shown here is what VexGUI remembers."
        )
    return ""
