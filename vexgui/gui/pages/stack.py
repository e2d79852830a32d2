"""The pages in the middle of the window, and which of them is shown when."""

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from vexgui.core.errors import VexError
from vexgui.gui.controls import Button, Look
from vexgui.gui.language import tr, translated
from vexgui.gui.pages.first_run import FirstRunPage
from vexgui.gui.pages.idle import IdlePage
from vexgui.gui.pages.message import MessagePage
from vexgui.gui.pages.nothing import NothingPage
from vexgui.gui.search.searcher import Reply

_PATIENCE_MS = 500


class Pages(QStackedWidget):
    """Holds the results' page and those that stand in for it.

    Attributes:
        failed: Whether the engine could not be opened.
        opened: Whether the engine is open.

    Args:
        found: The page of results.

    Signals:
        place_changed: The name of the place that is in sight beside answers, "" where there is none any more.
        clear_asked: The user wants to leave the search.
        retry_asked: The user wants the engine opened once more.
        quit_asked: The user wants to end the program.
    """

    place_changed = Signal(str)
    clear_asked = Signal()
    retry_asked = Signal()
    quit_asked = Signal()

    def __init__(self, found: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.failed = False
        self.opened = False
        self.found = found
        self._places: dict[str, QWidget] = {}
        self._place = ""
        self.opening = MessagePage("vexgui")
        self.idle = IdlePage()
        self.first_run = FirstRunPage()
        self.nothing = NothingPage()
        self.nothing.clear_asked.connect(self.clear_asked)
        retry = Button(tr("Try again"), "refresh", look=Look.PRIMARY)
        retry.clicked.connect(self._retry)
        leave = Button(tr("Quit"))
        leave.clicked.connect(self.quit_asked)
        self.trouble = MessagePage("warning", [retry, leave])
        for page in (self.opening, found, self.idle, self.first_run, self.nothing, self.trouble):
            self.addWidget(page)
        QTimer.singleShot(_PATIENCE_MS, self, self._say_opening)

    def show_failure(self, error: VexError) -> None:
        """Say that the engine could not be opened."""
        self.failed = True
        self.trouble.say(translated(error.message), translated(error.remedy))
        self.setCurrentWidget(self.trouble)

    @property
    def place(self) -> str:
        """The name of the place that is in sight, or ""."""
        return self._place

    def add_place(self, name: str, page: QWidget) -> None:
        """Take a page that can be shown in place of answers, by its name; Escape leaves it."""
        self._places[name] = page
        self.addWidget(page)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), page, self.leave_place)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def show_place(self, name: str) -> None:
        """Show a place until it is left: whatever is answered meanwhile stays behind it."""
        if name in self._places and name != self._place and not self.failed:
            self._place, page = name, self._places[name]
            had_keyboard = self.isAncestorOf(focused) if (focused := QApplication.focusWidget()) else False
            self.setCurrentWidget(page)
            if had_keyboard and not page.hasFocus():
                page.setFocus()  # Qt would choose the button that leads back
            self.place_changed.emit(name)

    def leave_place(self) -> None:
        """Have answers shown again, with the next decision."""
        if self._place:
            self._place = ""
            self.place_changed.emit("")

    def take_opened(self) -> None:
        """Take that the engine is open."""
        self.opened = True
        self.failed = False

    @property
    def shows_results(self) -> bool:
        """Whether the results are in sight."""
        return self.currentWidget() is self.found

    def decide(self, reply: Reply | None, *, roots: bool, counting: bool, reading: bool = False) -> None:
        """Show the page for a reply, or for none.

        Args:
            reply: What was answered last.
            roots: Whether any folder is kept indexed.
            counting: Whether ``roots`` is not known yet.
            reading: Whether files are being read.
        """
        if self.failed:
            page: QWidget = self.trouble
        elif self._place:
            page = self._places[self._place]
        elif reply is not None and reply.answer.hits:
            page = self.found
        elif reply is not None and reply.tells:
            self._say_nothing(reply, reading=reading)
            page = self.nothing
        elif reply is not None and self.currentWidget() not in self._places.values():
            return  # what is there stays, while meaning is still to come
        elif roots:
            page = self.idle
        else:
            page = self.first_run if self.opened and not counting else self.opening
        self.setCurrentWidget(page)

    def _say_nothing(self, reply: Reply, *, reading: bool) -> None:
        if reading:
            title = tr("Nothing found for {question} yet")
            text = tr("Files are still being read. What is found among them appears here by itself.")
        else:
            title = tr("Nothing found for {question}")
            text = tr("Try fewer or other words, or describe what is in the file.")
        self.nothing.say(title.format(question=reply.question.title), translated(reply.answer.note) or text)

    @Slot()
    def _retry(self) -> None:
        self.failed = False
        self.opening.say(tr("Getting ready…"))
        self.setCurrentWidget(self.opening)
        self.retry_asked.emit()

    @Slot()
    def _say_opening(self) -> None:
        # Only now: said at once, it would be a flicker at every start.
        self.opening.say(tr("Getting ready…"))
