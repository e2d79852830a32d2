"""Joins the search field, the searcher and the pages that show answers."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Slot
from typing_extensions import override

from vexgui.core.errors import VexError
from vexgui.core.hits import Answer
from vexgui.engine.api import EngineApi
from vexgui.gui.frame import Frame
from vexgui.gui.keys.commands import Command
from vexgui.gui.language import tr
from vexgui.gui.results.geometry import Layout
from vexgui.gui.search.searcher import Question, Reply, result_line
from vexgui.gui.wiring.paging import Paging
from vexgui.gui.wiring.wiring import Shortcut, Wiring


class SearchWiring(Wiring):
    """From what is typed to what is found."""

    def __init__(self, frame: Frame, paging: Paging) -> None:
        super().__init__(frame)
        self._paging = paging
        self._field, self._searcher, self._found = frame.field, frame.searcher, frame.found
        self._answered: Question | None = None
        self._connect()

    def ask(self, query: str) -> None:
        """Show the answer to a query."""
        before = self._searcher.question
        self._field.set_text(query)
        self._searcher.ask_now()
        if self._searcher.question is before:
            self._frame.pages.leave_place()  # it is answered, or about to be

    @Slot(object)
    def find_similar(self, paths: Sequence[bytes]) -> None:
        """Show the files most like some files."""
        self._field.set_quietly("")
        self._searcher.ask_similar(paths)
        self._field.show_similar(paths[0], self._searcher.question.liked)

    def show_files(self, paths: Sequence[bytes], name: str) -> None:
        """Show some files as if they had been asked for, by a name for all of them."""
        self._field.set_quietly("")
        self._searcher.ask_listed(paths, name)
        self._field.show_similar(paths[0], name, tr("From the map"))

    def add_examples(self, paths: Sequence[bytes], weight: float) -> None:
        """Have the files that are found be like some files, or with a weight below zero unlike them.

        Files that similar ones were looked for stay examples.
        """
        liked = self._searcher.question.like
        for path in liked:
            self._field.add_example(path)
        for path in paths:
            self._field.add_example(path, weight)

    @override
    def take_engine(self, engine: EngineApi) -> None:
        self._found.connect_engine(engine)
        self._searcher.connect_engine(engine)
        self._field.connect_engine(engine)

    @override
    def shortcuts(self) -> Sequence[Shortcut]:
        results = self._frame.results
        return (
            (Command.SEARCH, self._field.take_focus),
            (Command.LARGER, lambda: results.resize_cells(1)),
            (Command.SMALLER, lambda: results.resize_cells(-1)),
            (Command.USUAL_SIZE, lambda: results.resize_cells(0)),
            (Command.GRID, lambda: self._found.toolbar.choose_layout(Layout.GRID)),
            (Command.LIST, lambda: self._found.toolbar.choose_layout(Layout.LIST)),
        )

    def _connect(self) -> None:
        frame, field, searcher = self._frame, self._field, self._searcher
        field.changed.connect(self._typed)
        field.rephrased.connect(self._rephrased)
        field.chosen.connect(self.ask)
        field.entered.connect(self._entered)
        field.down.connect(self._go_down)
        field.escaped.connect(self.clear)
        searcher.replied.connect(self._take_reply)
        searcher.cleared.connect(self._cleared)
        searcher.replied.connect(frame.mistakes.take_reply)
        searcher.replied.connect(lambda reply: field.show_mistakes(reply.asked, reply.answer.mistakes))
        frame.mistakes.mend_asked.connect(self.ask)
        searcher.cleared.connect(frame.mistakes.clear)
        searcher.failed.connect(self._take_failure)
        searcher.busy_changed.connect(field.set_busy)
        self._found.narrowed.connect(searcher.narrow)
        self._found.sorted.connect(searcher.sort)
        self._found.lost.connect(searcher.ask_again)
        searcher.sort(self._found.order)
        frame.results.typed.connect(field.append)
        frame.results.left_at_top.connect(field.take_focus)
        frame.pages.idle.query_chosen.connect(self.ask)
        frame.pages.clear_asked.connect(self.clear)

    @Slot(object)
    def _typed(self, text: str) -> None:
        self._searcher.type(text)
        if self._searcher.question.is_written:
            self._field.show_similar(b"", "")

    @Slot(object)
    def _rephrased(self, text: str) -> None:
        """Take the question as it is written now, also where it is quoted."""
        before = self._searcher.question
        self._searcher.rephrase(text)
        now, reply = self._searcher.question, self._paging.reply
        if self._answered == before:
            self._answered = now
        if reply is not None and reply.question == before:
            self._paging.reply = replace(reply, question=now)
            self._paging.decide()

    @Slot(object)
    def _take_reply(self, reply: Reply) -> None:
        self._paging.reply = reply
        self._paging.decide()
        self._found.show_answer(reply.answer, keep_place=reply.again, kind=reply.narrowing.kind)
        if reply.final:
            self._select_best(reply)
        self._frame.status.show_result(result_line(reply))

    def _select_best(self, reply: Reply) -> None:
        """Select the best hit where none is, or where the question is another and the keyboard is not among the hits.

        What was selected of the answer before may lie far down in this one, out of sight; where that has gone, what
        lies in its place is selected.
        """
        results = self._frame.results
        is_new, self._answered = reply.question != self._answered, reply.question
        if not results.currentIndex().isValid() or (is_new and not results.hasFocus()):
            results.select_first()
        else:
            results.select_in_place()

    @Slot(object)
    def _take_failure(self, error: VexError) -> None:
        if not self._frame.mistakes.take_failure(error):
            self._frame.banner.tell(error)

    @Slot()
    def _cleared(self) -> None:
        self._paging.reply = None
        self._field.show_similar(b"", "")
        self._found.show_answer(Answer(()), keep_place=False)
        self._frame.status.show_result("")
        self._paging.decide()

    @Slot()
    def clear(self) -> None:
        """Empty the field, and show no answer any more."""
        self._field.set_quietly("")
        self._searcher.forget()
        self._field.take_focus()

    @Slot()
    def _entered(self) -> None:
        if not self._searcher.settled:
            self._searcher.ask_now()
        elif self._searcher.question:
            self._frame.pages.leave_place()
            self._go_down()

    @Slot()
    def _go_down(self) -> None:
        """Lead the keyboard to the results, or to the place that is in sight instead."""
        page = self._frame.pages.currentWidget()
        if self._frame.pages.place and page is not None:
            page.setFocus(Qt.FocusReason.TabFocusReason)
        elif self._found.model.total:
            self._frame.results.enter()
