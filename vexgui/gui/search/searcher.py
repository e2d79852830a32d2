"""When the engine is asked what: while typing, on Enter, again when files changed; late answers are dropped."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from threading import Event as Flag

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from vexgui.core.errors import VexError
from vexgui.core.files import Kind
from vexgui.core.hits import Answer
from vexgui.core.paths import name_of, shown
from vexgui.core.query import Order
from vexgui.engine.api import EngineApi
from vexgui.gui.language import tr, translated, trn
from vexgui.gui.operations import Lane, Operations
from vexgui.gui.wording import number, query_known_as, set_apart, took

NAMES_MS = 150
MEANING_MS = 300
AGAIN_MS = 1000
_TITLE_SIGNS = 72
FIRST_LIMIT = 100
"""Hits that come with an answer; the results ask for more as they are scrolled to."""


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked: words, the files most like some files, or some files themselves, which have a name together."""

    text: str = ""
    like: tuple[bytes, ...] = ()
    listed: tuple[bytes, ...] = ()
    name: str = ""

    def __bool__(self) -> bool:
        return bool(self.text or self.like or self.listed)

    @property
    def is_written(self) -> bool:
        """Whether it is what stands in the field as text."""
        return not (self.like or self.listed)

    @property
    def title(self) -> str:
        """The question as it is named to the user."""
        if self.listed:
            return self.name
        if self.like:
            return tr("Files like {name}").format(name=self.liked)
        text = query_known_as(self.text)
        if len(text) > _TITLE_SIGNS:
            half = _TITLE_SIGNS // 2
            text = f"{text[:half]}…{text[1 - half :]}"
        return tr("“{question}”").format(question=set_apart(text))

    @property
    def liked(self) -> str:
        """The files that others are to be like, as they are named to the user."""
        first, *others = map(shown, map(name_of, self.like))
        if not others:
            return first
        several = trn("{first} and {count} other", "{first} and {count} others", len(others))
        return several.format(first=first, count=number(len(others)))


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What of an answer is wanted, and how it is sorted.

    Attributes:
        order: What hits are ordered by where the question has no order of its own; None: by relevance.
        kind: The one kind of file that is wanted, None for all.
    """

    order: Order | None = None
    kind: Kind | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer with its question.

    Attributes:
        question: What was asked.
        answer: What the engine said.
        final: False when only names and words were asked and meaning is still to come.
        again: Whether the same question was answered before: the place in the grid should be kept.
        narrowing: What of the answer was wanted.
        asked: The query as it was asked, in which the answer's mistakes have their places.
    """

    question: Question
    answer: Answer
    final: bool
    again: bool
    narrowing: Narrowing = Narrowing()
    asked: str = ""

    @property
    def tells(self) -> bool:
        """Whether it says something: that nothing was found only where nothing is still to come."""
        return bool(self.answer.hits) or (self.final and self.answer.complete)


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
        self._narrowing = Narrowing()
        self._round = 0
        self._answered: tuple[Question, Narrowing] | None = None
        self._final_round = 0
        self._is_outdated = False
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
        self._leave()  # what another engine was asked
        if self._question.text:
            self._ask_names()
        if self._question:
            self._ask_meaning()

    @Slot(str)
    def type(self, text: str) -> None:
        """Take the text of the search field as it is now, and ask when the typing rests."""
        question = Question(text.strip())
        if question == self._question or not (self._question.is_written or question):
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

    def ask_listed(self, paths: Sequence[bytes], name: str) -> None:
        """Ask for some files themselves, which are called so together."""
        self._begin(Question(listed=tuple(paths), name=name))
        self._ask_meaning()

    def rephrase(self, text: str) -> None:
        """Take the question as it is written now: its conditions have another place, and it means the same."""
        question = Question(text.strip())
        if not question or not self._question.text:
            return
        if self._answered is not None and self._answered[0] == self._question:
            self._answered = (question, self._answered[1])
        self._question = question

    @Slot(object)
    def sort(self, order: Order | None) -> None:
        """Ask the present question again, sorted by something else, as the questions to come are."""
        self._take_narrowing(replace(self._narrowing, order=order))

    @Slot(object)
    def narrow(self, kind: Kind | None) -> None:
        """Ask the present question again for one kind of file or for all; the next question is for all again."""
        self._take_narrowing(replace(self._narrowing, kind=kind))

    def forget(self) -> None:
        """Have no question."""
        self._begin(Question())

    @Slot()
    def ask_again(self) -> None:
        """Ask the same question again, because files have changed; an answer that is awaited may not know of that."""
        if self._asked:
            self._is_outdated = True
        elif self._question and not self._meaning_timer.isActive():
            self._ask_meaning()

    def _timer(self, interval_ms: int, rang: Callable[[], None]) -> QTimer:
        timer = QTimer(self, singleShot=True, interval=interval_ms)
        timer.timeout.connect(rang)
        return timer

    def _leave(self) -> None:
        """Leave all that was asked; what is still answered is an answer to nothing."""
        for timer in (self._names_timer, self._meaning_timer, self._again_timer):
            timer.stop()
        for operation in self._asked:
            self._operations.cancel(operation)
        self._asked.clear()
        self._round += 1

    def _take_narrowing(self, narrowing: Narrowing) -> None:
        if narrowing == self._narrowing:
            return
        self._leave()
        self._narrowing = narrowing
        if self._question:
            self._ask_meaning()

    def _begin(self, question: Question) -> None:
        """Take another question."""
        self._leave()
        self._question = question
        self._narrowing = Narrowing(self._narrowing.order)
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
        self._is_outdated = False
        self._ask(Lane.MEANING, meaning=True)

    def _ask(self, lane: Lane, *, meaning: bool) -> None:
        engine, asked, asked_in = self._engine, self._question.text, self._round
        if engine is None:
            return

        def answered(answer: Answer) -> None:
            self._asked.discard(operation)
            if asked_in == self._round:
                again = self._answered == (self._question, self._narrowing)
                self._reply(Reply(self._question, answer, meaning, again, self._narrowing, asked))

        def failed(error: VexError) -> None:
            self._asked.discard(operation)
            if asked_in == self._round:
                self.failed.emit(error)
                self._tell_busy()

        operation = self._operations.start(lane, self._call(engine, meaning=meaning), answered, failed)
        self._asked.add(operation)
        self._tell_busy()

    def _call(self, engine: EngineApi, *, meaning: bool) -> Callable[[Flag], Answer]:
        """Return the call that asks the question as it stands."""
        question = self._question
        order, kind = self._narrowing.order, self._narrowing.kind
        if question.listed:
            return lambda _: engine.hits_for(question.listed, FIRST_LIMIT, order=order, kind=kind)
        if question.like:
            return lambda stop: engine.similar(question.like, FIRST_LIMIT, order=order, kind=kind, stop=stop)
        return lambda stop: engine.search(
            question.text, FIRST_LIMIT, meaning=meaning, order=order, kind=kind, stop=stop
        )

    def _reply(self, reply: Reply) -> None:
        if reply.final:
            self._final_round = self._round
            if self._is_outdated or not reply.answer.complete:
                self._again_timer.start()
        if reply.final or self._final_round != self._round:
            self._answered = (reply.question, reply.narrowing)
            self.replied.emit(reply)
        self._tell_busy()

    def _tell_busy(self) -> None:
        self.busy_changed.emit(not self.settled)


def result_line(reply: Reply) -> str:
    """Return how much was found and how long that took, in one line."""
    answer = reply.answer
    found = max(answer.total, len(answer.hits))
    count = trn("{count} result", "{count} results", found).format(count=number(found))
    if reply.question.like:
        files = trn("{count} file like {name}", "{count} files like {name}", found)
        count = files.format(count=number(found), name=reply.question.liked)
    line = tr("{count} in {time}").format(count=count, time=took(answer.seconds))
    if not reply.final:
        line = tr("{line}, by name and words").format(line=line)
    return f"{line} · {translated(answer.note)}" if answer.note else line
