"""What a person asks for, once it has been read: questions, conditions, examples, an order, and mistakes."""

from dataclasses import dataclass
from enum import StrEnum

from vexgui.core.errors import UsageProblem
from vexgui.core.filters import Filter


@dataclass(frozen=True, slots=True)
class Term:
    """A word or a phrase that the text index looks for.

    Attributes:
        text: As it was typed, words separated by single spaces.
        weight: How much more than usual it counts; 1 unless somebody said so.
    """

    text: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Question:
    """What is looked for by meaning, words and names: free words, as one of the alternatives of a query.

    Attributes:
        text: What is embedded: all of it, without quotation marks and weights.
        terms: What the text index looks for: words that carry meaning, and quoted phrases.
        parts: What a name must hold, all of it: the stretches between blanks; none where no name can be so long.
    """

    text: str
    terms: tuple[Term, ...] = ()
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Example:
    """A file that others are to be like, or unlike where the weight is negative."""

    path: bytes
    weight: float = 1.0


class SortBy(StrEnum):
    """What hits are ordered by."""

    RELEVANCE = "relevance"
    NAME = "name"
    SIZE = "size"
    MODIFIED = "modified"
    TAKEN = "taken"
    CREATED = "created"
    KIND = "type"
    RATING = "rating"


@dataclass(frozen=True, slots=True)
class Order:
    """An order of hits; files that do not say what they are ordered by come last either way."""

    by: SortBy
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Mistake:
    """Something in a query that cannot be read; the rest of the query stands without it.

    Attributes:
        start: Where it begins, in characters of what was typed.
        end: Where it ends; after the start, or at it where something is missing.
        sentence: What is wrong.
        remedy: What to do, a suggestion where there is one.
        unfinished: It stands at the end and may be right once more is typed.
    """

    start: int
    end: int
    sentence: str
    remedy: str
    unfinished: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """All that was asked for at once.

    Attributes:
        questions: Alternatives of what is looked for: a file that answers one well is a good hit. None where only
            conditions, examples, or nothing at all were typed.
        where: What files have to be like, None: anything.
        spaces: Names of the spaces whose meaning alone is searched, no names and no words; none: everything is.
        examples: Files that others are to be like or unlike.
        order: What hits are ordered by, the first counts most; none: by relevance.
        mistakes: What could not be read, by its place.
    """

    questions: tuple[Question, ...] = ()
    where: Filter | None = None
    spaces: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()
    order: tuple[Order, ...] = ()
    mistakes: tuple[Mistake, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether it asks for nothing."""
        return not (self.questions or self.where or self.examples or self.order)


class QueryProblem(UsageProblem):
    """A query that cannot be read.

    Args:
        mistake: What is wrong, and where.
    """

    def __init__(self, mistake: Mistake) -> None:
        super().__init__(mistake.sentence, mistake.remedy)
        self.mistake = mistake
