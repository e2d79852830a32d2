"""The page of the models: those for pictures, one of which is in use, and the one for texts."""

from collections.abc import Sequence
from functools import partial
from itertools import pairwise

from PySide6.QtCore import QSize, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from vexgui.core.reports import ModelInfo
from vexgui.gui import dialogs
from vexgui.gui.controls import Button, Column, heading, muted
from vexgui.gui.details.facts import breakable, wrapped
from vexgui.gui.language import tr, translated
from vexgui.gui.preferences.choices_page import WIDEST, beside
from vexgui.gui.preferences.desk import Deed, ModelDesk
from vexgui.gui.preferences.model_card import ModelCard
from vexgui.gui.preferences.model_words import picture_models
from vexgui.gui.theme import tones


class ModelsPage(Column):
    """Lists the models and carries out what is wanted of them, after a question where it costs something."""

    def __init__(self, desk: ModelDesk, parent: QWidget | None = None) -> None:
        super().__init__(tr("Models"), parent, widest=WIDEST)
        self._desk = desk
        self._cards: dict[str, ModelCard] = {}
        self._note = wrapped()
        self._about = muted(_about_pictures())
        self._pictures, self._texts = QVBoxLayout(), QVBoxLayout()
        self.folder = Button(tr("Use a model in a folder…"), "folder")
        self.folder.setToolTip(tr("A folder with open_clip_config.json and the weights beside it"))
        self.folder.clicked.connect(self._choose_folder)
        self._failure = wrapped()
        rows = self.rows
        rows.setSpacing(10)
        rows.addWidget(heading(tr("Pictures"), 1.1))
        for widget in (self._about, self._note):
            rows.addWidget(widget)
        rows.addLayout(self._pictures)
        rows.addWidget(muted(_about_quality()))
        rows.addLayout(beside(self.folder))
        rows.addWidget(self._failure)
        rows.addSpacing(10)
        rows.addWidget(heading(tr("Documents, notes, code and names"), 1.1))
        rows.addLayout(self._texts)
        rows.addStretch(1)
        desk.changed.connect(self.show_known)
        self.show_known()

    @property
    def cards(self) -> dict[str, ModelCard]:
        """The cards shown, by the models' names."""
        return dict(self._cards)

    @property
    def note(self) -> str:
        """What is said of the chosen model when it cannot be used, or ""."""
        return self._desk.known.note if self._note.isVisible() else ""

    @property
    def failure(self) -> str:
        """What is said of a folder that holds no model, or ""."""
        return str(self._desk.failure("")) if self._failure.isVisible() else ""

    @Slot()
    def show_known(self) -> None:
        """Show what the desk knows now; cards that stay keep their place on the screen and the keyboard."""
        known = self._desk.known
        pictures = picture_models(known.models) if known.models else ()
        texts = tuple(model for model in known.models if model.modality == "text")
        self._place(self._pictures, pictures)
        self._place(self._texts, texts)
        for name in self._cards.keys() - {model.name for model in (*pictures, *texts)}:
            gone = self._cards.pop(name)
            gone.hide()
            gone.deleteLater()
        self._warn(self._note, translated(known.note))
        failure = self._desk.failure("")
        self._warn(self._failure, str(failure) if failure else "")
        self.folder.setEnabled(bool(known.models) and self._desk.deed("") is None)
        self._order_keyboard([*pictures, *texts])
        self.updateGeometry()

    def _order_keyboard(self, models: Sequence[ModelInfo]) -> None:
        stops = [stop for model in models for stop in self._cards[model.name].stops]
        for before, after in pairwise([*stops, self.folder]):
            self.setTabOrder(before, after)

    def _place(self, rows: QVBoxLayout, models: Sequence[ModelInfo]) -> None:
        for at, model in enumerate(models):
            card = self._cards.get(model.name) or self._card(model)
            # Not by itemAt: what it returns outlives the layout's item, and another object may then be taken for it.
            if rows.indexOf(card) != at:
                rows.insertWidget(at, card)
            card.show_model(model, self._desk)

    def _card(self, model: ModelInfo) -> ModelCard:
        card = self._cards[model.name] = ModelCard(model, self.content)
        card.wanted.connect(self._carry_out)
        card.cancelled.connect(self._desk.cancel)
        return card

    def _warn(self, label: QLabel, text: str) -> None:
        label.setVisible(bool(text))
        label.setText(breakable(text))
        colors = QPalette(label.palette())
        colors.setColor(QPalette.ColorRole.WindowText, tones(self.palette()).warning)
        label.setPalette(colors)

    @Slot(str, object)
    def _carry_out(self, name: str, deed: Deed) -> None:
        model = next(model for model in picture_models(self._desk.known.models) if model.name == name)
        match deed:
            case Deed.USE:
                self._desk.use(name)
            case Deed.MEASURE:
                self._desk.measure(name)
            case Deed.DOWNLOAD:
                dialogs.confirm_download(self.window(), model, partial(self._desk.download, name))
            case Deed.FORGET:
                dialogs.confirm_forgetting(self.window(), model, partial(self._desk.forget, name))

    @Slot()
    def _choose_folder(self) -> None:
        dialogs.choose_model_folder(self.window(), self._desk.use_folder)

    @override
    def minimumSizeHint(self) -> QSize:
        # A layout that is narrower than its buttons gives texts too little height.
        return super().minimumSizeHint().expandedTo(QSize(self.content.minimumSizeHint().width(), 0))


def _about_pictures() -> str:
    return tr(
        "With a model, pictures are found by what they show. While another one looks at your pictures, in the "
        "background, the one before it answers as well. Everything runs on this computer."
    )


def _about_quality() -> str:
    return tr(
        "Quality is as published. ImageNet: how many photographs are told right among 1,000 kinds. COCO: for how many "
        "captions the right photograph of 5,000 comes first."
    )
