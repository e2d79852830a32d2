"""The fields of the query language: how each is called, and how its value is read."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from vexgui.core.files import FileState
from vexgui.core.filters import (
    LONGEST_PATTERN,
    Compare,
    Field,
    Filter,
    Has,
    Matches,
    Not,
    OneOf,
    Op,
    Standing,
    Stands,
    Under,
)
from vexgui.core.query import Order
from vexgui.search.language.dates import LONGER_DATE, Times, iso_range, ns_range, read_date
from vexgui.search.language.folders import path_of, read_folder
from vexgui.search.language.kinds import KINDS, read_known_type, read_suffix, read_type
from vexgui.search.language.languages import read_language
from vexgui.search.language.orders import LONGER_ORDER, read_order
from vexgui.search.language.places import LONGER_PLACE, read_near
from vexgui.search.language.sizes import LONGER_SIZE, about_size, exact_size, stars, whole_number
from vexgui.search.language.suggestions import begins, closest
from vexgui.search.language.surroundings import Surroundings
from vexgui.search.language.values import Range, Typed, Unreadable, any_of, between, read_range

_COMPARED = frozenset(("size", "modified", "created", "taken", "width", "height", "pages", "rating"))


@dataclass(frozen=True, slots=True)
class Likened:
    """What ``like:`` says: a path."""

    path: bytes


@dataclass(frozen=True, slots=True)
class Spaced:
    """What ``space:`` says: a name."""

    name: str


Said: TypeAlias = Filter | Likened | Spaced | tuple[Order, ...]
"""What a field with its value says."""

Reader: TypeAlias = Callable[[Typed, Surroundings], Said]


@dataclass(frozen=True, slots=True)
class Spec:
    """A field.

    Attributes:
        name: As it is written in the documentation.
        read: Reads its value, or raises `Unreadable`.
        example: A value that somebody could have meant.
        longer: Values with blanks that need no quotation marks.
        prefix: What its name puts before the value.
        after_blank: Reads a value that a blank stands before, as in ``type: image``, or raises `Unreadable`: the words
            are no field then. None where any word could be a value.
    """

    name: str
    read: Reader
    example: str
    longer: re.Pattern[str] | None = None
    prefix: str = ""
    after_blank: Reader | None = None

    @property
    def compares(self) -> bool:
        """Whether the colon may be left out before a sign of comparison."""
        return self.name in _COMPARED


def _date_ns(value: Typed, surroundings: Surroundings) -> Filter:
    now = surroundings.now
    found: Range[int] = read_range(value, lambda one: ns_range(_times(one, surroundings), now), ">2024-03")
    return between(Field.MTIME, found.low, found.high)


def _date_text(field: Field) -> Reader:
    def read(value: Typed, surroundings: Surroundings) -> Filter:
        found: Range[str] = read_range(value, lambda one: iso_range(_times(one, surroundings)), ">2024-03")
        return between(field, found.low, found.high)

    return read


def _times(value: Typed, surroundings: Surroundings) -> Times:
    return read_date(value, surroundings.now)


def _number(field: Field, *units: str) -> Reader:
    def read(value: Typed, _surroundings: Surroundings) -> Filter:
        found = read_range(value, lambda one: whole_number(one, *units), ">100")
        return between(field, found.low, found.high)

    return read


def _size(value: Typed, _surroundings: Surroundings) -> Filter:
    found = read_range(value, exact_size, ">10MB", about_size)
    return between(Field.SIZE, found.low, found.high)


def _rating(value: Typed, _surroundings: Surroundings) -> Filter:
    found = _UNRATED if value.text.casefold() == "none" else read_range(value, stars, ">=4")
    return Not(Has(Field.RATING)) if found == _UNRATED else between(Field.RATING, found.low, found.high)


_UNRATED = Range(0, 1)
"""No star, as the desktop shows a file that nobody rated."""


def _pattern(field: Field) -> Reader:
    return lambda value, _: _matching(field, value)


def _matching(field: Field, value: Typed) -> Filter:
    if len(value.text) > LONGEST_PATTERN:
        raise Unreadable("This is too long.", f"At most {LONGEST_PATTERN} characters are looked for.")
    return Matches(field, value.text)


def _tag(value: Typed, _surroundings: Surroundings) -> Filter:
    """Read tags: the whole tag counts, and its case does not, as far as people vary it."""
    parts: list[Filter] = []
    for part in value.listed(","):
        word = unicodedata.normalize("NFC", part.text)
        if "*" in part.bare or "?" in part.bare:
            parts.append(_matching(Field.TAG, part))
        else:
            cases = (word, word.lower(), word.capitalize(), word.title(), word.upper())
            parts.append(OneOf(Field.TAG, tuple(dict.fromkeys(cases))))
    return any_of(parts)


_IS: dict[str, Filter] = {
    "duplicate": Stands(Standing.DUPLICATE),
    "stale": Stands(Standing.STALE),
    "failed": Compare(Field.STATE, Op.EQ, FileState.FAILED.value),
    "tagged": Has(Field.TAG),
    "untagged": Not(Has(Field.TAG)),
    "rated": Has(Field.RATING),
    "unrated": Not(Has(Field.RATING)),
}
STANDINGS = ("offline", *_IS)
"""What can stand behind ``is:``."""


def _is(value: Typed, surroundings: Surroundings) -> Filter:
    word = value.text.casefold()
    if word == "offline":
        return any_of([Under(root) for root in surroundings.offline])
    for known in (word, word.removesuffix("s"), word.removesuffix("d")):
        if known in _IS:
            return _IS[known]
    near = closest(word, STANDINGS)
    meant = f"type:{word}" if word in KINDS else f"is:{near}" if near else ""
    raise Unreadable(
        f"Files are not told by is:{value.text}.",
        "" if meant else f"There are: {', '.join(STANDINGS)}.",
        meant=meant,
        grows=begins(word, STANDINGS),
    )


def _each(read: Callable[[Typed], Filter]) -> Reader:
    """Return a reader of several values with commas between them, of which one has to fit."""

    def read_all(value: Typed, _surroundings: Surroundings) -> Filter:
        return any_of([read(part) for part in value.listed()])

    return read_all


def _each_standing(value: Typed, surroundings: Surroundings) -> Filter:
    return any_of([_is(part, surroundings) for part in value.listed()])


def _language(value: Typed) -> Filter:
    return Compare(Field.LANGUAGE, Op.EQ, read_language(value))


def _date(name: str, read: Reader, example: str, prefix: str = "") -> Spec:
    return Spec(name, read, example, LONGER_DATE, prefix, read)


def _amount(name: str, read: Reader, example: str, longer: re.Pattern[str] | None = None) -> Spec:
    return Spec(name, read, example, longer, after_blank=read)


_SPECS: tuple[tuple[str, Spec], ...] = (
    ("type kind filetype", Spec("type", _each(read_type), "image", after_blank=_each(read_known_type))),
    ("ext extension suffix", Spec("ext", _each(read_suffix), "pdf")),
    ("name file filename", Spec("name", _pattern(Field.NAME), "report*.pdf")),
    ("in folder dir path", Spec("in", read_folder, "~/Documents")),
    ("size", _amount("size", _size, ">10MB", LONGER_SIZE)),
    ("modified date changed mtime", _date("modified", _date_ns, '"last week"')),
    ("created", _date("created", _date_text(Field.CREATED), "2024")),
    ("taken", _date("taken", _date_text(Field.TAKEN), "2024-07")),
    ("before", _date("before", _date_ns, "2024", "<")),
    ("after", _date("after", _date_ns, "2024", ">")),
    ("since", _date("since", _date_ns, "2024", ">=")),
    ("until", _date("until", _date_ns, "2024", "<=")),
    ("camera", Spec("camera", _pattern(Field.CAMERA), "Canon")),
    ("width", _amount("width", _number(Field.WIDTH, "px"), ">1920")),
    ("height", _amount("height", _number(Field.HEIGHT, "px"), ">1080")),
    ("pages", _amount("pages", _number(Field.PAGES), ">10")),
    ("lang language", _amount("lang", _each(_language), "de")),
    ("tag tags keyword", Spec("tag", _tag, "holiday")),
    ("rating stars", _amount("rating", _rating, ">=4")),
    ("near place", Spec("near", lambda value, _: read_near(value), '"Vienna" 20km', LONGER_PLACE)),
    ("is", _amount("is", _each_standing, "duplicate")),
    ("title", Spec("title", _pattern(Field.TITLE), '"annual report"')),
    ("author by artist", Spec("author", _pattern(Field.AUTHOR), "Woolf")),
    ("space", Spec("space", lambda value, _: Spaced(value.text.strip()), "pictures")),
    ("like similar", Spec("like", lambda value, around: Likened(path_of(value, around)), "photo.jpg")),
    ("sort order orderby", _amount("sort", lambda value, _: read_order(value), "newest", LONGER_ORDER)),
)

FIELDS: dict[str, Spec] = {name: spec for names, spec in _SPECS for name in names.split()}
"""Every field by its name and its other names, in lower case."""
