"""The search field: the query, and what stands around it."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal, Slot
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout
from typing_extensions import override

from vexgui.core.query import Mistake
from vexgui.core.settings import SavedSearch
from vexgui.engine.api import EngineApi
from vexgui.gui.controls import Button, Look, focus_ring
from vexgui.gui.files.pasting import Pasted, pasted
from vexgui.gui.icons import tinted
from vexgui.gui.language import tr
from vexgui.gui.operations import Operations
from vexgui.gui.search.completion import Completion
from vexgui.gui.search.editor import QueryEditor
from vexgui.gui.search.examples import USUAL_WEIGHT
from vexgui.gui.search.pictures import ExamplePictures
from vexgui.gui.search.prompter import Prompter
from vexgui.gui.search.spinner import Spinner
from vexgui.gui.theme import blended, tones
from vexgui.gui.thumbnails.loader import ThumbnailLoader
from vexgui.gui.wording import with_keys

_LEFT_PX, _AROUND_PX = 42, 6
_RADIUS = 12.0
_MOST_EXAMPLES = 8
"""Files that are taken at once, of those that are dropped or pasted."""
Keep = Callable[[Pasted, Callable[[Sequence[bytes]], None]], None]
"""Hands on the files of what was pasted or dropped; a picture gets one."""
_Key = Qt.Key


class SearchField(QFrame):
    """Takes the query.

    Args:
        operations: Carries calls to the engine.
        loader: Makes the thumbnails of files that others are to be like.
        keep: Gives pictures that come without a file one.

    Signals:
        changed: The whole query as text, whenever it changes.
        rephrased: The whole query as text, which says the same in other words.
        chosen: A query of before was chosen.
        entered: Enter was pressed.
        down: The user wants into the results: with Down or Page down.
        escaped: Escape was pressed in the empty field.
        save_asked: The query is to be saved, or its name changed.
    """

    changed = Signal(object)
    rephrased = Signal(object)
    chosen = Signal(str)
    entered = Signal()
    down = Signal()
    escaped = Signal()
    save_asked = Signal()

    def __init__(self, operations: Operations, loader: ThumbnailLoader, keep: Keep) -> None:
        super().__init__()
        self._keep = keep
        self._saved: tuple[SavedSearch, ...] = ()
        self._save_keys = ""
        self._dropping = False
        self._prompter = Prompter(operations, self)
        self.editor = QueryEditor(self._prompter, ExamplePictures(operations, loader, self))
        self.edit = self.editor.line
        self.edit.setPlaceholderText(_invitation())
        self.edit.setAccessibleName(tr("Search"))
        self.edit.setAccessibleDescription(tr("Finds files by name, by their words and by what they mean"))
        self.completion = Completion(self, self.editor, self._prompter)
        self._make_buttons()
        self._lay_out()
        self._connect()
        self.setAcceptDrops(True)
        self.setFocusProxy(self.edit)
        self._refit()

    def connect_engine(self, engine: EngineApi) -> None:
        """Take the engine, which reads what stands here already."""
        self._prompter.connect_engine(engine)
        self.editor.finish()

    # the query

    def text(self) -> str:
        """Return the whole query as text."""
        return self.editor.text

    @property
    def settled(self) -> bool:
        """Whether the engine has read all that stands here."""
        return self._prompter.settled

    def set_text(self, text: str) -> None:
        """Replace the query, as if typed."""
        self.completion.leave()
        self.editor.set_text(text)

    def set_quietly(self, text: str) -> None:
        """Replace the query without asking the engine for an answer."""
        self.completion.leave()
        self.editor.set_text(text, quietly=True)
        self._show_buttons()

    def add_example(self, path: bytes, weight: float = USUAL_WEIGHT) -> None:
        """Have the files that are found be like a file, or with a weight below zero unlike it."""
        self.editor.add_example(path, weight)

    def show_mistakes(self, text: str, mistakes: Sequence[Mistake]) -> None:
        """Underline what cannot be read in a query, if it is still the one that stands here."""
        whole = self.text()
        if text == whole.strip():
            blanks = len(whole) - len(whole.lstrip())
            self.editor.show_mistakes(
                [replace(one, start=one.start + blanks, end=one.end + blanks) for one in mistakes]
            )

    def show_similar(self, path: bytes, liked: str, prefix: str = "") -> None:
        """Show what similar files are looked for by instead of words, or what else is shown; with b"" nothing."""
        self.editor.show_similar(path, liked, prefix)
        self.edit.setPlaceholderText("" if path else _invitation())

    # the keyboard

    def take_focus(self) -> None:
        """Put the keyboard here, with all text selected."""
        self.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.edit.selectAll()

    def append(self, text: str) -> None:
        """Put the keyboard at the end of the text and type there."""
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edit.end(False)  # noqa: FBT003 - Qt's own signature
        self.edit.insert(text)

    @Slot()
    def clear(self) -> None:
        """Empty the field."""
        self.set_text("")

    # what others know

    @Slot(bool)
    def set_busy(self, busy: bool) -> None:  # noqa: FBT001 - a slot
        """Show, after a moment, that an answer is awaited."""
        self._spinner.run(busy)

    def show_recent(self, recent: Sequence[str]) -> None:
        """Offer what was searched before, the latest first."""
        self.completion.show_recent(recent)

    @Slot(object)
    def show_saved(self, saved: Sequence[SavedSearch]) -> None:
        """Offer saved searches, and show whether the query is one."""
        self._saved = tuple(saved)
        self.completion.show_saved(saved)
        self._show_buttons()

    def show_save_keys(self, keys: str) -> None:
        """Name the keys that save a search, "" for none."""
        self._save_keys = keys
        self._show_buttons()

    # what it is made of

    def _make_buttons(self) -> None:
        self._spinner = Spinner(self)
        self._clear = Button(icon="close", look=Look.QUIET, name=tr("Clear the search"))
        self._clear.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._clear.clicked.connect(self.clear)
        self._star = Button(icon="star", look=Look.QUIET, name=tr("Save this search"))
        self._star.clicked.connect(self.save_asked)
        self._history = Button(icon="history", look=Look.QUIET, name=tr("Searches of before"))
        self._history.clicked.connect(self._toggle_past)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setSpacing(0)
        self._set_margins()
        row.addWidget(self.editor, 1)
        row.addSpacing(4)
        for widget in (self._spinner, self._clear, self._star, self._history):
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)
        row.setAlignment(self._spinner, Qt.AlignmentFlag.AlignVCenter)

    def _set_margins(self) -> None:
        """Leave room for the icon where the line begins; Qt mirrors layouts, but not their margins."""
        left, right = _LEFT_PX, 5
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            left, right = right, left
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(left, 5, right, 5)

    def _connect(self) -> None:
        editor = self.editor
        editor.changed.connect(self._take_change)
        editor.rephrased.connect(self.rephrased)
        editor.reflowed.connect(self._refit)
        editor.similar_left.connect(self.escaped)
        self.edit.installEventFilter(self)
        self.edit.returnPressed.connect(self._enter)
        self.edit.things_pasted.connect(lambda found: self._keep(found, self._take_files))
        self.completion.chosen.connect(self._choose)

    @Slot(object)
    def _take_change(self, text: str) -> None:
        self._show_buttons()
        self.changed.emit(text)

    def _show_buttons(self) -> None:
        text = self.text().strip()
        is_saved = any(search.query == text for search in self._saved)
        self._clear.setVisible(bool(text))
        self._star.setVisible(bool(text))
        self._star.show_icon("star-filled" if is_saved else "star")
        name = tr("Rename or remove this saved search") if is_saved else tr("Save this search")
        self._star.call(with_keys(name, self._save_keys))

    @Slot()
    def _refit(self) -> None:
        self.setFixedHeight(self.editor.height() + 2 * _AROUND_PX)

    @Slot()
    def _toggle_past(self) -> None:
        if self.completion.is_open:
            self.completion.leave()
        else:
            self.edit.setFocus(Qt.FocusReason.OtherFocusReason)
            self.completion.open_past()

    @Slot(str)
    def _choose(self, query: str) -> None:
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.chosen.emit(query)

    @Slot()
    def _enter(self) -> None:
        self.completion.leave()
        self.editor.finish()
        self.entered.emit()

    # what is pasted and dropped

    def _take_files(self, paths: Sequence[bytes]) -> None:
        for path in paths[:_MOST_EXAMPLES]:
            self.editor.add_example(path)

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        mime = event.mimeData()
        if pasted(mime) != Pasted():
            self._drop_over(over=True)
            # Copied, never moved: a file manager that hears of a move deletes the file in its old place.
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    @override
    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._drop_over(over=False)

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        self._drop_over(over=False)
        found = pasted(event.mimeData())
        if found.words:
            self.append(" ".join(found.words.split()))
            self.editor.finish()
        else:
            self._keep(found, self._take_files)
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()

    def _drop_over(self, *, over: bool) -> None:
        self._dropping = over
        self.edit.setPlaceholderText(tr("Drop to find files like this") if over else _invitation())
        self.update()

    # keys and paint

    def _take_key(self, event: QKeyEvent) -> bool:
        """Do what a key means here, if it is none of the line's own."""
        if self.completion.take_key(event):
            return True
        match event.key():
            case _Key.Key_Up if not self.edit.text():
                self.completion.open_past()
                self.completion.list.step(1)
            case _Key.Key_Down | _Key.Key_PageDown:
                self.down.emit()
            case _Key.Key_Space if event.modifiers() == Qt.KeyboardModifier.ControlModifier:
                self.completion.ask_anyway()
            case _Key.Key_Escape if self.text():
                self.clear()
            case _Key.Key_Escape:
                self.escaped.emit()
            case _:
                return False
        return True

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self._take_key(event):
            return True
        if isinstance(event, QFocusEvent):
            if event.type() == QEvent.Type.FocusOut and event.reason() != Qt.FocusReason.ActiveWindowFocusReason:
                self.completion.leave()
            self.update()
        return super().eventFilter(watched, event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._set_margins()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.completion.is_open:
            self.completion.leave()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self.palette()
        area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        base = palette.color(QPalette.ColorRole.Base)
        painter.setPen(QPen(tones(palette).outline, 1))
        painter.setBrush(blended(palette.color(QPalette.ColorRole.Accent), base, 0.1) if self._dropping else base)
        painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)
        if self.edit.hasFocus() or self._dropping:
            focus_ring(painter, area, palette, _RADIUS)
        color = palette.color(QPalette.ColorRole.PlaceholderText)
        left = self.width() - 34 if self.layoutDirection() is Qt.LayoutDirection.RightToLeft else 14
        painter.drawPixmap(left, _AROUND_PX + 5, tinted("search", 20, color, self.devicePixelRatioF()))
        painter.end()


def _invitation() -> str:
    return tr("Describe what you are looking for…")
