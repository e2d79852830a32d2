"""A group of duplicates: which one stays, and which go."""

from PySide6.QtCore import QRectF, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from vexgui.core.looking import DuplicateFile
from vexgui.core.paths import folder_of, name_of, shown
from vexgui.gui.check_box import CheckBox
from vexgui.gui.controls import Button, Card, ElidedLabel, Look, muted
from vexgui.gui.language import tr, trn
from vexgui.gui.looking.choice import Choice
from vexgui.gui.margins import along
from vexgui.gui.results.picture import draw_kind, draw_picture
from vexgui.gui.theme import scaled
from vexgui.gui.thumbnails.loader import ThumbnailLoader, Wanted
from vexgui.gui.wording import known_as, moment, number, pixels, size, tip_text

_FIRST_ROWS, _MORE_ROWS = 20, 100
"""A file may lie in thousands of folders; making a row takes about a millisecond."""
_PICTURE_PX = 44
_ICON_PX = 28


class DuplicateCard(Card):
    """Shows a group; of very many files the first few until more are asked for.

    Signals:
        changed: Another file stays, or others go.
        reveal_asked: Files to show in the file manager, a list of paths.
    """

    changed = Signal()
    reveal_asked = Signal(object)

    def __init__(self, choice: Choice, loader: ThumbnailLoader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choice = choice
        title = QLabel(_title(choice))
        title.setFont(scaled(title.font(), 1.0, bold=True))
        others = Button(tr("Select the others"), look=Look.FLAT)
        others.clicked.connect(self._send_others)
        top = QHBoxLayout()
        top.addWidget(title)
        top.addWidget(muted(_saves(choice), wraps=False))
        top.addStretch(1)
        top.addWidget(others)
        self._loader = loader
        self.rows: list[DuplicateRow] = []
        self._more = Button(look=Look.QUIET)
        self._more.clicked.connect(lambda: self._add_rows(_MORE_ROWS))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(along(14, 8, 10, 10))
        self._column.setSpacing(4)
        self._column.addLayout(top)
        self._column.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeading)
        self._add_rows(_FIRST_ROWS)

    def _add_rows(self, count: int) -> None:
        begin, files = len(self.rows), self.choice.group.files
        for file in files[begin : begin + count]:
            row = DuplicateRow(file, self._loader)
            row.kept.connect(self._keep)
            row.sent.connect(self._send)
            row.reveal_asked.connect(self.reveal_asked)
            self.rows.append(row)
            self._column.insertWidget(len(self.rows), row)
        left = len(files) - len(self.rows)
        self._more.setVisible(left > 0)
        self._more.setText(tr("Show {count} more").format(count=number(min(left, _MORE_ROWS))))
        self._more.setAccessibleName(self._more.text())
        self._show()

    def _send_others(self) -> None:
        self.choice.send_others()
        self._show()
        self.changed.emit()

    def _keep(self, file: DuplicateFile) -> None:
        self.choice.keep_file(file)
        self._show()
        self.changed.emit()

    def _send(self, file: DuplicateFile, goes: bool) -> None:  # noqa: FBT001 - follows a signal
        self.choice.send(file, goes=goes)
        self.changed.emit()

    def _show(self) -> None:
        for row in self.rows:
            row.show_state(kept=row.file == self.choice.keep, goes=row.file.path in self.choice.going)


class DuplicateRow(QWidget):
    """One file of a group."""

    kept = Signal(object)
    sent = Signal(object, bool)
    reveal_asked = Signal(object)

    def __init__(self, file: DuplicateFile, loader: ThumbnailLoader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.file = file
        name = shown(name_of(file.path))
        self.goes = CheckBox("")
        policy = QSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        policy.setRetainSizeWhenHidden(True)
        self.goes.setSizePolicy(policy)
        self.goes.setAccessibleName(tr("Move {name} to the trash").format(name=name))
        self.goes.setToolTip(tip_text(self.goes.accessibleName()))
        self.goes.toggled.connect(lambda goes: self.sent.emit(self.file, goes))
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(ElidedLabel(name))
        folder = ElidedLabel(known_as(folder_of(file.path)), role=QPalette.ColorRole.PlaceholderText, is_path=True)
        folder.setFont(scaled(folder.font(), 0.88))
        texts.addWidget(folder)
        facts = muted(_facts(file), wraps=False)
        facts.setFont(scaled(facts.font(), 0.88))
        self.keep = Button()
        self.keep.setAccessibleName(tr("Keep {name}").format(name=name))
        self.keep.setCheckable(True)
        self.keep.clicked.connect(self._keep)
        self._leave_room()
        reveal = Button(icon="folder", look=Look.QUIET, name=tr("Show {name} in its folder").format(name=name))
        reveal.clicked.connect(lambda: self.reveal_asked.emit([self.file.path]))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(10)
        row.addWidget(self.goes)
        row.addWidget(_Picture(file, loader))
        row.addLayout(texts, 1)
        row.addWidget(facts)
        row.addWidget(self.keep)
        row.addWidget(reveal)

    def _leave_room(self) -> None:
        """Have the button be as wide in either state: what stands beside it keeps its place."""
        widths = []
        for kept in (False, True):
            self.keep.setText(_keep_words(kept=kept))
            widths.append(self.keep.sizeHint().width())
        self.keep.setMinimumWidth(max(widths))

    def show_state(self, *, kept: bool, goes: bool) -> None:
        """Show whether the file stays in any case, and whether it goes."""
        self.keep.setChecked(kept)
        self.keep.setText(_keep_words(kept=kept))
        self.goes.setVisible(not kept)
        with QSignalBlocker(self.goes):
            self.goes.setChecked(goes and not kept)

    def _keep(self) -> None:
        self.kept.emit(self.file)


class _Picture(QWidget):
    """A small picture of a file."""

    def __init__(self, file: DuplicateFile, loader: ThumbnailLoader) -> None:
        super().__init__()
        self._file = file
        self._loader = loader
        self.setFixedSize(QSize(_PICTURE_PX, _PICTURE_PX))
        loader.arrived.connect(self._arrived)

    def _arrived(self, fresh: list[Wanted]) -> None:
        if any(wanted.path == self._file.path for wanted in fresh):
            self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        file, px = self._file, _PICTURE_PX * self.devicePixelRatioF()
        pixmap = self._loader.pixmap(Wanted.filling(file.path, file.mtime_ns, file.kind, px))
        if pixmap is not None:
            draw_picture(painter, QRectF(self.rect()), pixmap, self.palette())
        else:
            draw_kind(painter, QRectF(self.rect()), file.kind, _ICON_PX)
        painter.end()


def _keep_words(*, kept: bool) -> str:
    return tr("Stays") if kept else tr("Keep this one")


def _title(choice: Choice) -> str:
    files = len(choice.group.files)
    if choice.group.exact:
        return trn("{count} file with the same content", "{count} files with the same content", files).format(
            count=number(files)
        )
    return trn("{count} picture that looks the same", "{count} pictures that look the same", files).format(
        count=number(files)
    )


def _saves(choice: Choice) -> str:
    return tr("{size} could be saved").format(size=size(choice.group.spare_bytes))


def _facts(file: DuplicateFile) -> str:
    shape = pixels(file.width, file.height) if file.width and file.height else ""
    return " · ".join(filter(None, [shape, size(file.size), moment(file.mtime_ns)]))
