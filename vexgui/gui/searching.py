"""When the engine is asked what: while typing, on Enter, again when files changed; late answers are dropped."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from vexgui.core.errors import VexError
from vexgui.core.hits import Answer
from vexgui.core.paths import name_of, shown
from vexgui.engine.api import EngineApi
from vexgui.gui.operations import Lane, Operations
from vexgui.gui.wording import counted, number, took

NAMES_MS = 150
MEANING_MS = 300
AGAIN_MS = 1000
FIRST_LIMIT = 100
_MORE_TIMES = 10
_MOST = 50_000


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked: words, or the files most like some files."""

    text: str = ""
    like: tuple[bytes, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.text or self.like)

    @property
    def title(self) -> str:
        """The question as it is named to the user."""
        return f"Files like {self.liked}" if self.like else f"“{self.text}”"

    @property
    def liked(self) -> str:
        """The files that others are to be like, as they are named to the user."""
        first, *others = map(shown, map(name_of, self.like))
        return f"{first} and {counted(len(others), 'other', 'others')}" if others else first


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer with its question.

    Attributes:
        question: What was asked.
        answer: What the engine said.
        final: False when only names and words were asked and meaning is still to come.
        again: Whether the same question was answered before: the place in the grid should be kept.
    """

    question: Question
    answer: Answer
    final: bool
    again: bool


class Searcher(QObject):
    """Asks the engine in the background, and replies about the newest question only.

    Signals:
        replied: A `Reply`.
        cleared: There is no question any more.
        failed: A `VexError`.
        busy_changed: Whether an answer is awaited.
    """

    replied = Signal(object)
    cleared = Signal()
    failed = Signal(object)
    busy_changed = Signal(bool)

    def __init__(self, operations: Operations, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._operations = operations
        self._engine: EngineApi | None = None
        self._question = Question()
        self._round = 0
        self._limit = FIRST_LIMIT
        self._answered: Question | None = None
        self._final_round = 0
        self._names_timer = self._timer(NAMES_MS, self._ask_names)
        self._meaning_timer = self._timer(MEANING_MS, self._ask_meaning)
        self._again_timer = self._timer(AGAIN_MS, self._ask_meaning)
        self._asked: set[int] = set()

    @property
    def question(self) -> Question:
        """The question the window is about."""
        return self._question

    @property
    def settled(self) -> bool:
        """Whether the newest question has its complete answer."""
        return not (
            self._asked
            or self._names_timer.isActive()
            or self._meaning_timer.isActive()
            or self._again_timer.isActive()
            or (self._question and self._engine is None)
        )

    def connect_engine(self, engine: EngineApi) -> None:
        """Take the engine; a question that waited for it is asked now, by names first: a model takes long to load."""
        self._engine = engine
        if self._question.text:
            self._ask_names()
        if self._question:
            self._ask_meaning()

    @Slot(str)
    def type(self, text: str) -> None:
        """Take the text of the search field as it is now, and ask when the typing rests."""
        question = Question(text.strip())
        if question == self._question or (self._question.like and not question):
            return
        self._begin(question)
        if question:
            self._names_timer.start()
            self._meaning_timer.start()

    @Slot()
    def ask_now(self) -> None:
        """Ask for the meaning at once."""
        if self._names_timer.isActive():
            self._names_timer.stop()
            self._ask_names()
        if self._meaning_timer.isActive():
            self._ask_meaning()

    def ask_similar(self, paths: Sequence[bytes]) -> None:
        """Ask for the files most like some files."""
        self._begin(Question(like=tuple(paths)))
        self._ask_meaning()

    def forget(self) -> None:
        """Have no question."""
        self._begin(Question())

    @Slot()
    def ask_again(self) -> None:
        """Ask the same question again, because files have changed."""
        if self._question and not self._asked and not self._meaning_timer.isActive():
            self._ask_meaning()

    @Slot()
    def ask_more(self) -> None:
        """Ask for more hits, if the answer was cut off."""
        if not self._asked and self._limit < _MOST:
            self._limit = min(_MOST, self._limit * _MORE_TIMES)
            self._ask_meaning()

    @property
    def limit(self) -> int:
        """Most hits that the last answer could have."""
        return self._limit

    def _timer(self, interval_ms: int, rang: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(interval_ms)
        timer.timeout.connect(rang)
        return timer

    def _begin(self, question: Question) -> None:
        """Leave the old question with all that was asked about it."""
        for timer in (self._names_timer, self._meaning_timer, self._again_timer):
            timer.stop()
        for operation in self._asked:
            self._operations.cancel(operation)
        self._asked.clear()
        self._question = question
        self._limit = FIRST_LIMIT
        self._round += 1
        if not question:
            self._answered = None
            self.cleared.emit()
        self._tell_busy()

    @Slot()
    def _ask_names(self) -> None:
        self._ask(Lane.NAMES, meaning=False)

    @Slot()
    def _ask_meaning(self) -> None:
        self._meaning_timer.stop()
        self._again_timer.stop()
        self._ask(Lane.MEANING, meaning=True)

    def _ask(self, lane: Lane, *, meaning: bool) -> None:
        engine, question, limit, asked_in = self._engine, self._question, self._limit, self._round
        if engine is None:
            return

        def answered(answer: Answer) -> None:
            self._asked.discard(operation)
            if asked_in == self._round:
                self._reply(Reply(question, answer, meaning, self._answered == question))

        def failed(error: VexError) -> None:
            self._asked.discard(operation)
            if asked_in == self._round:
                self.failed.emit(error)
                self._tell_busy()

        if question.like:
            operation = self._operations.start(
                lane, lambda stop: engine.similar(question.like, limit, stop=stop), answered, failed
            )
        else:
            operation = self._operations.start(
                lane, lambda stop: engine.search(question.text, limit, meaning=meaning, stop=stop), answered, failed
            )
        self._asked.add(operation)
        self._tell_busy()

    def _reply(self, reply: Reply) -> None:
        if reply.final:
            self._final_round = self._round
            if not reply.answer.complete:
                self._again_timer.start()
        if reply.final or self._final_round != self._round:
            self._answered = reply.question
            self.replied.emit(reply)
        self._tell_busy()

    def _tell_busy(self) -> None:
        self.busy_changed.emit(not self.settled)


def result_line(reply: Reply, limit: int) -> str:
    """Return how much was found and how long that took, in one line."""
    answer = reply.answer
    found = len(answer.hits)
    count = f"{number(found)} best results" if found >= limit else counted(found, "result", "results")
    if reply.question.like:
        count = f"{counted(found, 'file', 'files')} like {reply.question.liked}"
    line = f"{count} in {took(answer.seconds)}"
    if not reply.final:
        line = f"{line}, by name and words"
    return f"{line} · {answer.note}" if answer.note else line
