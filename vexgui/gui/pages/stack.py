"""The pages in the middle of the window, and which of them is shown when."""

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from vexgui.core.errors import VexError
from vexgui.gui.controls import Button, Look
from vexgui.gui.pages.first_run import FirstRunPage
from vexgui.gui.pages.idle import IdlePage
from vexgui.gui.pages.message import MessagePage
from vexgui.gui.searching import Reply

_PATIENCE_MS = 500
_ADVICE = "Try fewer or other words, or describe what is in the file."
_NOT_YET = "Files are still being read. What is found among them appears here by itself."


class Pages(QStackedWidget):
    """Holds the results' page and those that stand in for it.

    Attributes:
        failed: Whether the engine could not be opened.
        opened: Whether the engine is open.

    Args:
        found: The page of results.

    Signals:
        clear_asked: The user wants to leave the search.
        retry_asked: The user wants the engine opened once more.
        quit_asked: The user wants to end the program.
    """

    clear_asked = Signal()
    retry_asked = Signal()
    quit_asked = Signal()

    def __init__(self, found: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.failed = False
        self.opened = False
        self.found = found
        self.opening = MessagePage("vexgui")
        self.idle = IdlePage()
        self.first_run = FirstRunPage()
        clear = Button("Clear the search", "close")
        clear.clicked.connect(self.clear_asked)
        self.nothing = MessagePage("search", [clear])
        retry = Button("Try again", "refresh", look=Look.PRIMARY)
        retry.clicked.connect(self._retry)
        leave = Button("Quit")
        leave.clicked.connect(self.quit_asked)
        self.trouble = MessagePage("warning", [retry, leave])
        for page in (self.opening, found, self.idle, self.first_run, self.nothing, self.trouble):
            self.addWidget(page)
        QTimer.singleShot(_PATIENCE_MS, self, self._say_opening)

    def show_failure(self, error: VexError) -> None:
        """Say that the engine could not be opened."""
        self.failed = True
        self.trouble.say(error.message, error.remedy)
        self.setCurrentWidget(self.trouble)

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
        elif reply is not None and reply.answer.hits:
            page = self.found
        elif reply is not None:
            # While meaning is still to come, nothing found by name says little: what is there stays.
            if not (reply.final and reply.answer.complete):
                return
            title = f"Nothing found for {reply.question.title}{' yet' if reading else ''}"
            self.nothing.say(title, reply.answer.note or (_NOT_YET if reading else _ADVICE))
            page = self.nothing
        elif roots:
            page = self.idle
        else:
            page = self.first_run if self.opened and not counting else self.opening
        self.setCurrentWidget(page)

    @Slot()
    def _retry(self) -> None:
        self.failed = False
        self.opening.say("Getting ready…")
        self.setCurrentWidget(self.opening)
        self.retry_asked.emit()

    @Slot()
    def _say_opening(self) -> None:
        # Only now: said at once, it would be a flicker at every start.
        self.opening.say("Getting ready…")
