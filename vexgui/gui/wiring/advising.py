"""Joins the page that says that nothing was found with what else could be asked."""

from PySide6.QtCore import Slot
from typing_extensions import override

from vexgui.core.query import Reading
from vexgui.engine.api import EngineApi
from vexgui.gui.frame import Frame
from vexgui.gui.operations import Lane
from vexgui.gui.pages.nothing import advice
from vexgui.gui.search.searcher import Question, Reply
from vexgui.gui.wiring.search import SearchWiring
from vexgui.gui.wiring.wiring import Wiring


class AdvisingWiring(Wiring):
    """From a query that found nothing to others that may."""

    def __init__(self, frame: Frame, search: SearchWiring) -> None:
        super().__init__(frame)
        self._engine: EngineApi | None = None
        self._question: Question | None = None
        frame.searcher.replied.connect(self._take_reply)
        frame.pages.nothing.query_chosen.connect(search.ask)

    @override
    def take_engine(self, engine: EngineApi) -> None:
        self._engine = engine

    @Slot(object)
    def _take_reply(self, reply: Reply) -> None:
        engine, question = self._engine, reply.question
        if reply.answer.hits or engine is None or question == self._question:
            return
        self._question = question
        self._frame.pages.nothing.show_advice(())

        def take(reading: Reading) -> None:
            if self._question == question:
                self._frame.pages.nothing.show_advice(advice(question.text, reading))

        if question.text:
            self._frame.parts.operations.start(Lane.ERRANDS, lambda _: engine.read(question.text), take)
