"""What is asked of the manual pages: names, descriptions, everyday questions, and what no page answers."""

import hashlib
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import wording
from pages import Page

QUESTIONS = Path(__file__).parent / "questions.toml"

_SAMPLE = 500
"""So many names, and so many descriptions, are asked."""

_LEAST_WORDS = 3
"""A shorter description ("list blocks") may be that of many pages."""

_HOLDS_EVERYTHING_CHARS = 100_000
"""A page as long as a book holds every word; which it shares with a question tells nothing."""

MOST_SHARED = 2 / 3
"""At most so many of a question's words may stand in its pages, on an average over them."""


class Kind(StrEnum):
    """Where a query comes from."""

    NAME = "name typed"
    DESCRIPTION = "description"
    EVERYDAY = "everyday question"
    UNANSWERED = "no page answers"


class Half(StrEnum):
    """What a query was used for."""

    TUNED = "tuned on"
    KEPT = "kept back"


@dataclass(frozen=True, slots=True)
class Asked:
    """A query, and the keys of all pages that answer it."""

    kind: Kind
    text: str
    right: frozenset[str]

    @property
    def half(self) -> Half:
        """Whether marks and weights may be chosen by it: a hash of its text decides."""
        return Half.KEPT if hashlib.sha256(self.text.encode()).digest()[0] % 2 else Half.TUNED


def everything(pages: Sequence[Page]) -> list[Asked]:
    """Return all that is asked of the pages.

    Raises:
        ValueError: A question names a page that is not there.
    """
    return [
        *_grouped(pages, Kind.NAME, lambda page: page.name),
        *_grouped([page for page in pages if _tells(page)], Kind.DESCRIPTION, lambda page: page.description),
        *people(pages),
    ]


def people(pages: Iterable[Page]) -> list[Asked]:
    """Return the everyday questions, answered and not.

    Raises:
        ValueError: A question names a page that is not there.
    """
    known = {page.key for page in pages}
    told = tomllib.loads(QUESTIONS.read_text("utf-8"))
    answered = [Asked(Kind.EVERYDAY, each["text"], frozenset(each["pages"])) for each in told["question"]]
    for each in answered:
        if not each.right or each.right - known:
            raise ValueError(f"{each.text!r} names pages that are not there: {sorted(each.right - known)}")
    return [*answered, *(Asked(Kind.UNANSWERED, text, frozenset()) for text in told["unanswered"]["texts"])]


def shared_words(asked: Iterable[Asked], pages: Iterable[Page]) -> Mapping[str, float]:
    """Return for each everyday question what share of its words its pages hold, on an average over them.

    Their names and descriptions count too.
    """
    questions = [each for each in asked if each.kind is Kind.EVERYDAY]
    wanted = {key for each in questions for key in each.right}
    chosen = [page for page in pages if page.key in wanted]
    texts = {
        page.key: f"{page.name} {page.description} {page.text if len(page.text) < _HOLDS_EVERYTHING_CHARS else ''}"
        for page in chosen
    }
    known = wording.stems(texts | {each.text: each.text for each in questions})
    found: dict[str, float] = {}
    for each in questions:
        shares = wording.shared(each.text, each.right, known)
        found[each.text] = sum(shares) / len(shares)
    return found


def _grouped(pages: Iterable[Page], kind: Kind, ask: Callable[[Page], str]) -> list[Asked]:
    """Return a sample of queries, the same whatever other pages there are, each with all pages it fits."""
    right: dict[str, set[str]] = defaultdict(set)
    texts: dict[str, str] = {}
    for page in pages:
        text = texts.setdefault(ask(page).casefold(), ask(page))
        right[text].add(page.key)
    chosen = sorted(right, key=lambda text: hashlib.sha256(text.encode()).digest())[:_SAMPLE]
    return [Asked(kind, text, frozenset(right[text])) for text in chosen]


def _tells(page: Page) -> bool:
    return len(page.description.split()) >= _LEAST_WORDS
