"""A large look at the current result, over the window, until Space or Escape."""

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QHideEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from shiboken6 import isValid
from typing_extensions import override

from vexgui.core.hits import Hit
from vexgui.core.paths import name_of, shown
from vexgui.engine.api import EngineApi
from vexgui.gui.controls import RADIUS, Button
from vexgui.gui.language import tr
from vexgui.gui.operations import Operations
from vexgui.gui.preview.content import Content, Picture
from vexgui.gui.preview.footer import Footer
from vexgui.gui.preview.head import PreviewHead
from vexgui.gui.preview.reader import PreviewReader
from vexgui.gui.preview.stage import Stage
from vexgui.gui.theme import tones
from vexgui.gui.thumbnails.loader import ThumbnailLoader, Wanted

_SHARE = 0.94
_LEAST_MARGIN = 10
_VEIL = QColor(10, 12, 20, 140)
_MOVES = frozenset({Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down})
_CLOSES = frozenset({Qt.Key.Key_Space, Qt.Key.Key_Escape})
_ENTERS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class LargePreview(QWidget):
    """Lies over the window and shows one hit; the arrow keys go on to others in the results beneath.

    Signals:
        moved: An arrow key was pressed; the `QKeyEvent`.
        open_asked: The file is to be opened.
    """

    moved = Signal(object)
    open_asked = Signal()

    def __init__(self, loader: ThumbnailLoader, operations: Operations, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._loader = loader
        self._hit: Hit | None = None
        self._before: QWidget | None = None
        self._page = self._pages = 0
        self.reader = PreviewReader(operations, self)
        self.head = PreviewHead()
        self.stage = Stage()
        self.footer = Footer()
        self._rows = QVBoxLayout(self)
        self._rows.setSpacing(0)
        self._rows.addWidget(self.head)
        self._rows.addWidget(self.stage, 1)
        self._rows.addWidget(self.footer)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Large preview"))
        self._connect()
        window.installEventFilter(self)
        self.hide()

    @property
    def hit(self) -> Hit | None:
        """What is shown."""
        return self._hit

    @property
    def settled(self) -> bool:
        """Whether nothing is being read."""
        return not self.reader.busy

    @property
    def page(self) -> int:
        """The page that is shown, from 0."""
        return self._page

    def connect_engine(self, engine: EngineApi) -> None:
        """Take the engine."""
        self.reader.connect_engine(engine)

    def appear(self, hit: Hit) -> None:
        """Lie over the window with a hit."""
        self._before = QApplication.focusWidget()
        self.setGeometry(self._window.rect())
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.show_hit(hit)

    def show_hit(self, hit: Hit) -> None:
        """Show another hit."""
        self._hit = hit
        self._page, self._pages = 0, 0
        name = shown(name_of(hit.path))
        self.setWindowTitle(name)
        self.setAccessibleDescription(name)
        self.head.show_hit(hit)
        self.stage.show_at_once(hit, self._small(hit))
        self._tell(note="")
        self.reader.read_hit(hit, self._px)

    def _connect(self) -> None:
        picture = self.stage.picture
        self.head.open_asked.connect(self.open_asked)
        self.head.left.connect(self.close)
        self.reader.read.connect(self._take)
        self.reader.page_read.connect(self._take_page)
        self.reader.sharpened.connect(self.stage.sharpen)
        picture.scaled.connect(self._tell_scale)
        picture.turned.connect(self.turn)
        picture.sharper_wanted.connect(lambda px: self.reader.sharpen(self._page, px))
        self.footer.turned.connect(self.turn)
        self.footer.fitted.connect(picture.fit)
        self.footer.actual.connect(picture.show_actual)
        self.footer.stepped.connect(picture.step)
        # Not by the application's focusChanged: it hands on widgets that are being deleted, which Python must not hold.
        for widget in (self, *self.findChildren(Button)):
            widget.installEventFilter(self)

    def _small(self, hit: Hit) -> QPixmap | None:
        wanted = Wanted.filling(hit.path, hit.mtime_ns, hit.kind, 256 * self.devicePixelRatioF())
        return self._loader.pixmap(wanted)

    @Slot(object)
    def _take(self, content: Content) -> None:
        assert self._hit is not None
        note = self.stage.show_content(self._hit, content)
        if content.picture is not None:
            self._page, self._pages = content.picture.page, content.pages
        self._tell(note)

    def _tell(self, note: str) -> None:
        """Have the line beneath say what is of use with what is shown."""
        self.footer.show_page(self._page, self._pages)
        self.footer.show_note(note)
        self._tell_scale()

    @Slot()
    def _tell_scale(self) -> None:
        self.footer.show_scale(self.stage.picture if self.stage.shows_picture else None)

    @Slot(int)
    def turn(self, pages: int) -> None:
        """Turn so many pages on, or back."""
        wanted = min(max(self._page + pages, 0), self._pages - 1)
        if self._pages > 1 and wanted != self._page:
            self._page = wanted
            self.footer.show_page(self._page, self._pages)
            self.reader.turn_to(self._page, self._px)

    @Slot(object)
    def _take_page(self, picture: Picture | None) -> None:
        self.stage.show_page(picture)
        self._tell(tr("This page cannot be drawn.") if picture is None else "")

    @Slot()
    def _follow_keyboard(self) -> None:
        """Go when the keyboard has gone to something else in the window."""
        now = QApplication.focusWidget()
        elsewhere = now is not None and now is not self and not self.isAncestorOf(now)
        if self.isVisible() and elsewhere and now is not None and now.window() is self._window.window():
            self._before = None
            self.close()

    def _turn_by(self, key: int) -> bool:
        """Turn the pages as a key asks; return whether it asks that."""
        steps = {
            Qt.Key.Key_PageUp: -1,
            Qt.Key.Key_PageDown: 1,
            Qt.Key.Key_Home: -self._pages,
            Qt.Key.Key_End: self._pages,
        }
        if key not in steps:
            return False
        self.turn(steps[Qt.Key(key)])
        return True

    @property
    def _px(self) -> int:
        """Longest side that a picture needs to fill the view, pixels of the screen."""
        return round(max(self._card.width(), self._card.height()) * self.devicePixelRatioF())

    @property
    def _card(self) -> QRect:
        """Where the card lies, on which all is shown."""
        across = max(_LEAST_MARGIN, round(self.width() * (1 - _SHARE) / 2))
        down = max(_LEAST_MARGIN, round(self.height() * (1 - _SHARE) / 2))
        return self.rect().adjusted(across, down, -across, -down)

    @override
    def event(self, event: QEvent) -> bool:
        # What is selected in the text is copied before the file is.
        if isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Copy):
            selected = self.stage.selected_text
            if selected and event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if selected:
                QGuiApplication.clipboard().setText(selected)
                return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in _CLOSES:
            self.close()
        elif key in _ENTERS:
            self.open_asked.emit()
        elif key in _MOVES:
            self.moved.emit(event)
        elif not self.stage.read_on(key) and not self._turn_by(key):
            self.stage.zoom(key)
        # None goes on to the window beneath, which would take it for the beginning of a query.
        event.accept()

    @override
    def focusNextPrevChild(self, next: bool) -> bool:
        inside = [self, *(button for button in self.findChildren(Button) if button.isVisible() and button.isEnabled())]
        focused = QApplication.focusWidget()
        at = inside.index(focused) if focused in inside else 0
        inside[(at + (1 if next else -1)) % len(inside)].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        self.reader.forget()
        before, self._before = self._before, None
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self._card.contains(event.position().toPoint()):
            self.close()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        card, whole = self._card, self.rect()
        self._rows.setContentsMargins(
            card.left(), card.top(), whole.right() - card.right(), whole.bottom() - card.bottom()
        )

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), _VEIL)
        painter.setPen(QPen(tones(self.palette()).outline, 1))
        painter.setBrush(self.palette().color(QPalette.ColorRole.Window))
        painter.drawRoundedRect(QRectF(self._card).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS + 3, RADIUS + 3)
        painter.end()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window:
            if event.type() == QEvent.Type.Resize and self.isVisible():
                self.setGeometry(self._window.rect())
        elif event.type() == QEvent.Type.FocusOut:
            QTimer.singleShot(0, self, self._follow_keyboard)
        return False
