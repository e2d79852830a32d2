"""What a search answers with."""

from dataclasses import dataclass
from enum import StrEnum

from vexgui.core.files import Kind
from vexgui.core.query import Mistake


class Band(StrEnum):
    """How sure an answer is, best first."""

    STRONG = "strong"
    MAYBE = "maybe"
    WEAK = "weak"


@dataclass(frozen=True, slots=True)
class Why:
    r"""One reason for a hit.

    Attributes:
        space: A space id, or "words" or "name".
        passage: Ordinal of the passage in the file; 0 for a name.
        text: The passage, shortened around what matched; matched words lie between \x02 and \x03.
        place: Where in the file, in words, or "".
        score: Cosine for a space, 0 to 1 for words and names.
    """

    space: str
    passage: int
    text: str
    place: str = ""
    score: float = 0.0


class Likeness(StrEnum):
    """How a file is like another."""

    SAME = "same"
    """Its content is the same."""
    NEARLY_SAME = "nearly same"
    """It looks the same, or has nearly the same text."""
    RELATED = "related"
    """It is about the same."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One file in an answer.

    Attributes:
        path: Absolute, bytes.
        score: 0 to 1, comparable within one answer.
        band: How sure.
        why: Reasons, strongest first.
        kind: Kind of file.
        size: Bytes.
        mtime_ns: Nanoseconds since the epoch.
        opening: How the file's text begins, some 300 characters; "" for a file without text.
        copies: Paths of other files with the same content, which would stand here too.
        likeness: How it is like the file that others were to be like; None where none was.
        offline: Whether its drive is away: it is known, and cannot be opened now.
        stale: Whether it has changed since it was read: the answer may not fit it any more.
        gone: Whether it is not there any more, or not known any more; told only by `EngineApi.hits_of`.
    """

    path: bytes
    score: float
    band: Band
    why: tuple[Why, ...]
    kind: Kind
    size: int
    mtime_ns: int
    opening: str = ""
    copies: tuple[bytes, ...] = ()
    likeness: Likeness | None = None
    offline: bool = False
    stale: bool = False
    gone: bool = False

    @property
    def is_listed(self) -> bool:
        """Whether it only meets conditions: nothing was looked for, and so no hit is surer than another."""
        return not self.why and self.likeness is None


@dataclass(frozen=True, slots=True)
class Answer:
    """Hits for one query, best first.

    Attributes:
        hits: At most as many as asked for.
        complete: False while meaning is still missing (a model is loading): ask again.
        note: One sentence on what is missing, or "".
        seconds: Time the engine took, the query's encoding included.
        exact: Whether no file that has vectors can have been missed: none was left out by an approximate search.
        plan: How the answer was found, and why so, in sentences.
        mistakes: What of the query could not be read; it was answered without.
        total: Files of the ranking, of which the hits are the first; copies of one content count once.
        kinds: How many of them are of each kind, the most first, before one kind was chosen; none that has no file.
        bands: How many of the ranking are in each band, in order; none where it is no order of how well files answer.
        token: Names the ranking for `EngineApi.hits_of`; 0 where there is none.
    """

    hits: tuple[Hit, ...]
    complete: bool = True
    note: str = ""
    seconds: float = 0.0
    exact: bool = True
    plan: tuple[str, ...] = ()
    mistakes: tuple[Mistake, ...] = ()
    total: int = 0
    kinds: tuple[tuple[Kind, int], ...] = ()
    bands: tuple[tuple[Band, int], ...] = ()
    token: int = 0
