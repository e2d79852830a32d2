"""A calm line above the results that tells what is not as it should be, as long as it lasts."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QColor, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from vexgui.gui.controls import Button, Look
from vexgui.gui.even_label import EvenLabel
from vexgui.gui.ground import Ground
from vexgui.gui.icons import tinted
from vexgui.gui.language import tr, trn
from vexgui.gui.margins import along
from vexgui.gui.standing.conditions import Condition, Weight
from vexgui.gui.stripe import ProgressStripe
from vexgui.gui.theme import tones
from vexgui.gui.wording import number, tip_text

_ICONS = {Weight.NEWS: "hourglass", Weight.NOTICE: "info", Weight.WARNING: "warning"}


class ConditionStrip(Ground):
    """Shows the weightiest condition that was not dismissed; the others are where the activity is told.

    Signals:
        act_asked: Something is to be done about a `Condition`.
        all_asked: The other conditions are to be told, too.
    """

    act_asked = Signal(object)
    all_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._conditions: tuple[Condition, ...] = ()
        self._shown: Condition | None = None
        self._dismissed: set[str] = set()
        self._icon = QLabel()
        self._text = EvenLabel()
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setAccessibleName(tr("Notice"))
        self._stripe = ProgressStripe(wide=True)
        self.button = Button()
        self.button.clicked.connect(self._act)
        self.others = Button(look=Look.FLAT)
        self.others.clicked.connect(self.all_asked)
        close = Button(icon="close", look=Look.FLAT, name=tr("Dismiss"))
        close.clicked.connect(self.dismiss)
        texts = QVBoxLayout()
        texts.setSpacing(6)
        texts.addWidget(self._text)
        texts.addWidget(self._stripe)
        row = QHBoxLayout(self)
        row.setContentsMargins(along(14, 6, 6, 6))
        row.setSpacing(10)
        row.addWidget(self._icon)
        row.addLayout(texts, 1)
        for widget in (self.others, self.button, close):
            row.addWidget(widget)
        self.hide()

    @property
    def condition(self) -> Condition | None:
        """What is told now."""
        return self._shown

    def show_conditions(self, conditions: Sequence[Condition]) -> None:
        """Take all that is not as it should be."""
        self._conditions = tuple(conditions)
        # What has ended may be told again when it begins again.
        self._dismissed &= {condition.name for condition in conditions}
        self._show()

    @Slot()
    def dismiss(self) -> None:
        """Say no more of what is told now, as long as it lasts."""
        if self._shown is not None:
            self._dismissed.add(self._shown.name)
            self._show()

    def _show(self) -> None:
        wanted = [condition for condition in self._conditions if condition.name not in self._dismissed]
        before, self._shown = self._shown, wanted[0] if wanted else None
        self.setVisible(bool(wanted))
        if self._shown is None or self._shown == before:
            self._say_others(len(wanted) - 1)
            return
        condition = self._shown
        self._text.setText(condition.brief)
        self.button.setToolTip(tip_text(condition.command))
        self._stripe.show_share(condition.share)
        self.button.setText(condition.button)
        self.button.setAccessibleName(condition.button)
        self.button.setVisible(condition.act is not None)
        self.button.updateGeometry()
        self._say_others(len(wanted) - 1)
        self.dress()
        if before is None or before.name != condition.name:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._text, condition.brief))

    def _say_others(self, others: int) -> None:
        words = trn("{count} more", "{count} more", max(1, others)).format(count=number(others))
        self.others.setText(words)
        self.others.setAccessibleName(words)
        self.others.setVisible(others > 0)

    @Slot()
    def _act(self) -> None:
        if self._shown is not None:
            self.act_asked.emit(self._shown)

    @override
    def dress(self) -> None:
        weight = self._shown.weight if self._shown else Weight.NEWS
        palette = self.palette()
        is_warning = weight is Weight.WARNING
        color = tones(palette).warning if is_warning else palette.color(QPalette.ColorRole.PlaceholderText)
        self._icon.setPixmap(tinted(_ICONS[weight], 20, color, self.devicePixelRatioF()))
        self.update()

    @override
    def color(self) -> QColor:
        is_warning = self._shown is not None and self._shown.weight is Weight.WARNING
        return super().color() if is_warning else self.palette().color(QPalette.ColorRole.AlternateBase)
