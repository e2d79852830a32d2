"""Decides which page is shown, and which panels beside it."""

from PySide6.QtWidgets import QWidget

from vexgui.gui.frame import Frame
from vexgui.gui.pages.caveat import reading_caveat, weak_caveat
from vexgui.gui.search.searcher import Reply
from vexgui.gui.side.look import Place
from vexgui.gui.wiring.wiring import Wiring
from vexgui.gui.wording import is_busy


class Paging(Wiring):
    """Shows the page that fits what is known.

    Attributes:
        reply: The answer that is shown, if there is one.
    """

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self.reply: Reply | None = None

    def decide(self) -> None:
        """Show the page that fits what is known now."""
        frame = self._frame
        before = frame.pages.currentWidget()
        frame.pages.decide(
            self.reply,
            roots=bool(frame.desk.roots),
            counting=frame.desk.counting,
            reading=is_busy(frame.status.progress),
        )
        self._say_caveat()
        self._lead_keyboard(before)
        has_files = frame.pages.shows_results or frame.pages.place == Place.MAP
        frame.workspace.set_useful(side=bool(frame.desk.roots), details=has_files)

    def _say_caveat(self) -> None:
        """Say above the page what is still to come, or that nothing fits well."""
        pages, progress = self._frame.pages, self._frame.status.progress
        text, share = reading_caveat(progress)
        if pages.place or pages.currentWidget() in {pages.first_run, pages.trouble, pages.opening}:
            text = ""
        elif self.reply is not None and self.reply.final and pages.shows_results and not is_busy(progress):
            # While files are read, what fits well may be among those to come.
            text = weak_caveat(self.reply.answer)
        self._frame.caveat.say(text, share if text else None)

    def _lead_keyboard(self, before: QWidget | None) -> None:
        """On the first start the keyboard is where a folder is chosen, and then in the search field."""
        page = self._frame.pages.currentWidget()
        if page is before:
            return
        first = self._frame.pages.first_run
        if page is first and not self._frame.field.text():
            first.take_keyboard()
        elif before is first:
            self._frame.field.take_focus()
