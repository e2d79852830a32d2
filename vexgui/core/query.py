"""What a person asks for, once it has been read: questions, conditions, examples, an order, and mistakes."""

from dataclasses import dataclass
from enum import StrEnum

from vexgui.core.errors import UsageProblem
from vexgui.core.filters import Filter
from vexgui.core.told import told

_MARKS = (('"', '"'), ("“", "”"), ("«", "»"))
"""Marks that begin a quotation, and that end it."""


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
        remedy: What to do, or "".
        unfinished: It stands at the end and may be right once more is typed.
        meant: What was probably meant, as it is typed, with its field; or "".
    """

    start: int
    end: int
    sentence: str
    remedy: str
    unfinished: bool = False
    meant: str = ""

    @property
    def question(self) -> str:
        """Whether that was meant, or ""."""
        return told(f"Did you mean {self.meant}?") if self.meant else ""

    @property
    def advice(self) -> str:
        """All that can be done."""
        return f"{self.question} {self.remedy}".strip()


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


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that a query could go on with.

    Attributes:
        text: What takes the place of what was typed, as it has to be written.
        label: What of it is shown.
        note: What it means, in a few words, or "".
    """

    text: str
    label: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What could stand at a place of a query, the likeliest first.

    Attributes:
        start: Where what would be replaced begins, in characters of what was typed.
        end: Where it ends; at the start where nothing would be replaced.
        offers: What could stand there.
    """

    start: int
    end: int
    offers: tuple[Offer, ...] = ()


class Role(StrEnum):
    """What a part of a query is."""

    WORDS = "words"
    PHRASE = "phrase"
    FIELD = "field"
    OPERATOR = "operator"


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a query.

    Attributes:
        start: Where it begins, in characters of what was typed.
        end: Where it ends.
        role: What it is.
        field: Name of the field, as it is known best ("type" for "kind:"); "" for anything else.
        label: What it says in short: for a field its value, for a phrase its words, both without quotation marks, else
            as it was typed.
        negated: Whether it says what is not wanted: a minus or NOT before it belongs to it.
        weight: How much more than usual it counts.
        unfinished: It is a field that no value has been typed for yet.
    """

    start: int
    end: int
    role: Role
    field: str = ""
    label: str = ""
    negated: bool = False
    weight: float = 1.0
    unfinished: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """How a query is read: its parts and its mistakes, each by its place."""

    parts: tuple[Part, ...] = ()
    mistakes: tuple[Mistake, ...] = ()


def quotation(text: str) -> str:
    """Return a text as it is quoted in a query: between marks that it does not hold, or in pieces."""
    begin, end = next(((begin, end) for begin, end in _MARKS if end not in text), _MARKS[0])
    return begin + text.replace(end, f"{end}“{end}”{begin}") + end


class QueryProblem(UsageProblem):
    """A query that cannot be read.

    Args:
        mistake: What is wrong, and where.
    """

    def __init__(self, mistake: Mistake) -> None:
        super().__init__(mistake.sentence, mistake.advice)
        self.mistake = mistake
