"""Files like the one shown, as a strip of thumbnails; looked for only once the strip is in sight."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPalette, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from vexgui.core.errors import VexError
from vexgui.core.hits import Answer, Hit, Likeness
from vexgui.core.paths import name_of, shown
from vexgui.engine.api import EngineApi
from vexgui.gui.controls import RADIUS, DrawnButton, focus_ring, fold, muted
from vexgui.gui.details.section import HeadedCard
from vexgui.gui.language import tr, translated
from vexgui.gui.operations import Lane, Operations
from vexgui.gui.results.picture import draw_kind, draw_picture
from vexgui.gui.theme import scaled, tones
from vexgui.gui.thumbnails.loader import ThumbnailLoader, Wanted
from vexgui.gui.wording import tip_text

_REST_MS = 400
_MOST = 12
_GAP_PX = 8
_LEAST_CELL_PX = 70
_NAME_PX = 18
_LINES = 2
_ICON_PX = 32


class SimilarFile(DrawnButton):
    """A thumbnail with the file's name beneath."""

    def __init__(self, hit: Hit, loader: ThumbnailLoader, parent: QWidget) -> None:
        super().__init__(parent)
        self.hit = hit
        self._loader = loader
        self._name = shown(name_of(hit.path))
        told = f"{self._name}\n{likeness_words(hit)}"
        self.setToolTip(tip_text(told))
        self.setAccessibleName(told.replace("\n", ", "))
        self.setFont(scaled(self.font(), 0.8))

    @override
    def sizeHint(self) -> QSize:
        return QSize(_LEAST_CELL_PX, _LEAST_CELL_PX + _NAME_PX)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        palette = self.palette()
        area = QRectF(0, 0, self.width(), self.height() - _NAME_PX)
        px = area.width() * self.devicePixelRatioF()
        pixmap = self._loader.pixmap(Wanted.filling(self.hit.path, self.hit.mtime_ns, self.hit.kind, px))
        if pixmap is not None:
            draw_picture(painter, area, pixmap, palette)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(palette.color(QPalette.ColorRole.AlternateBase))
            painter.drawRoundedRect(area, RADIUS, RADIUS)
            draw_kind(painter, area, self.hit.kind, _ICON_PX)
        if self.hasFocus():
            focus_ring(painter, area, palette)
        elif self.underMouse():
            painter.setBrush(tones(palette).hover)
            painter.setPen(QPen(tones(palette).outline, 1))
            painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
        name = QFontMetrics(self.font()).elidedText(self._name, Qt.TextElideMode.ElideMiddle, self.width())
        below = QRectF(0, area.bottom(), self.width(), _NAME_PX)
        painter.drawText(below, int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom), name)
        painter.end()


class SimilarStrip(QWidget):
    """Thumbnails in two lines, as many as there is room for.

    Signals:
        chosen: A path that was clicked.
    """

    chosen = Signal(object)

    def __init__(self, loader: ThumbnailLoader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._loader = loader
        self.files: tuple[SimilarFile, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        loader.arrived.connect(self._repaint)

    def show_hits(self, hits: tuple[Hit, ...]) -> None:
        """Show other files."""
        for file in self.files:
            file.hide()
            file.deleteLater()
        self.files = tuple(self._file(hit) for hit in hits)
        self._place()
        self.updateGeometry()

    def _file(self, hit: Hit) -> SimilarFile:
        file = SimilarFile(hit, self._loader, self)
        file.clicked.connect(lambda: self.chosen.emit(hit.path))
        return file

    def _columns(self, width: int) -> tuple[int, int]:
        """Return how many fit beside each other in a width, and how wide each is."""
        columns = max(1, min(_MOST // _LINES, (width + _GAP_PX) // (_LEAST_CELL_PX + _GAP_PX)))
        return columns, (width + _GAP_PX) // columns - _GAP_PX

    def _place(self) -> None:
        columns, cell = self._columns(self.width())
        for number, file in enumerate(self.files):
            line, column = divmod(number, columns)
            left = column * (cell + _GAP_PX)
            if self.isRightToLeft():
                left = self.width() - left - cell
            file.setGeometry(left, line * (cell + _NAME_PX + _GAP_PX), cell, cell + _NAME_PX)
            file.setVisible(line < _LINES)

    @Slot()
    def _repaint(self) -> None:
        for file in self.files:
            file.update()

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        columns, cell = self._columns(width)
        lines = min(_LINES, -(-len(self.files) // columns))
        return lines * (cell + _NAME_PX) + max(0, lines - 1) * _GAP_PX

    @override
    def sizeHint(self) -> QSize:
        return QSize(240, self.heightForWidth(240))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()


class SimilarCard(HeadedCard):
    """Asks for files like one, when that rests and is looked at.

    Attributes:
        rest: Runs while one waits whether the selection rests.

    Signals:
        chosen: A path that was clicked.
    """

    chosen = Signal(object)

    def __init__(self, operations: Operations, loader: ThumbnailLoader, parent: QWidget | None = None) -> None:
        super().__init__(tr("Similar files"), parent)
        self._operations = operations
        self._engine: EngineApi | None = None
        self._path = b""
        self._asked = False
        self._asking = 0
        self.rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self.rest.timeout.connect(self._ask)
        self.strip = SimilarStrip(loader)
        self.strip.chosen.connect(self.chosen)
        self._note = fold(muted())
        self._note.setFont(scaled(self.font(), 0.93))
        self.rows.addWidget(self.strip)
        self.rows.addWidget(self._note)

    @property
    def settled(self) -> bool:
        """Whether nothing is being asked."""
        return not self.rest.isActive() and not self._asking

    @property
    def note(self) -> str:
        """What is said in place of files."""
        return self._note.text() if self._note.isVisibleTo(self) else ""

    def connect_engine(self, engine: EngineApi) -> None:
        """Take the engine."""
        self._engine = engine

    def show_for(self, path: bytes) -> None:
        """Look for files like another one, or for none with b""; what was asked about the last one is let go."""
        self.setVisible(bool(path))
        if path == self._path:
            return
        self._operations.cancel(self._asking)
        self._asking = 0
        self._path, self._asked = path, False
        self.rest.stop()
        self._show((), tr("Looking…"))
        self.update()

    @Slot()
    def _look(self) -> None:
        """Begin to wait if the strip is in sight and nothing was asked yet."""
        if self._path and not self._asked and not self.rest.isActive() and not self.visibleRegion().isEmpty():
            self.rest.start()

    @Slot()
    def _ask(self) -> None:
        engine, path = self._engine, self._path
        if engine is None or not path or self.visibleRegion().isEmpty():
            return
        self._asked = True
        self._asking = self._operations.start(
            Lane.ERRANDS, lambda stop: engine.similar([path], _MOST, stop=stop), self._take, self._fail
        )

    def _take(self, answer: Answer) -> None:
        self._asking = 0
        self._show(answer.hits, translated(answer.note) or tr("No file is like this one."))

    def _fail(self, error: VexError) -> None:
        self._asking = 0
        self._show((), str(error))

    def _show(self, hits: tuple[Hit, ...], note: str) -> None:
        self.strip.show_hits(hits)
        self.strip.setVisible(bool(hits))
        self._note.setText(note)
        self._note.setVisible(not hits)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        # A widget that scrolls into sight is painted: no one else tells.
        self._look()

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Hide:
            self.rest.stop()
        return super().event(event)


def likeness_words(hit: Hit) -> str:
    """Return how a file is like the one shown."""
    words = {
        Likeness.SAME: tr("The same content"),
        Likeness.NEARLY_SAME: tr("Nearly the same"),
        Likeness.RELATED: tr("Related"),
    }
    return words[hit.likeness or Likeness.RELATED]
