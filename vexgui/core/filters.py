"""What files must be like to be looked for: a tree of conditions on what is known of them.

Logic has two values. A condition on something that a file does not say is false, whichever condition it is: a text is
neither taken before 2020 nor taken since. ``Not`` turns every answer round: of a text, ``Not`` of either is true.

Two things evaluate a tree, the catalog (`vexgui.store.catalog.conditions`) and the columns of a space
(`vexgui.store.columns.masks`); both give the same answer for every file.
"""

import math
import operator
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import Any, TypeAlias

from vexgui.core.places import is_position

LARGEST = (1 << 63) - 1
"""The largest whole number that a field is compared with; the smallest is its opposite."""
LONGEST_PATTERN = 1000
"""Characters of a pattern."""

Value: TypeAlias = int | float | str | bytes
"""What a field is compared with: a number of 64 bits, a text, or bytes of a path; see `Field.sort`."""


class Sort(Enum):
    """What kind of value a field has; the value is what Python keeps it in."""

    NUMBER = (int, float)
    TEXT = (str,)
    PATH = (bytes,)


class Field(StrEnum):
    """What is known of a file."""

    KIND = "kind"
    """`vexgui.core.files.Kind`."""
    SUFFIX = "suffix"
    """What follows the last dot of its name, folded; missing where nothing does, or nothing comes before the dot."""
    NAME = "name"
    PATH = "path"
    ROOT = "root"
    """The path of the innermost root it lies in; missing where it lies in none."""
    SIZE = "size"
    """Bytes."""
    MTIME = "mtime"
    """Nanoseconds since 1970; before it they are negative."""
    TAKEN = "taken"
    """ISO 8601, local time without a zone: the order of texts is the order of times."""
    CAMERA = "camera"
    WIDTH = "width"
    HEIGHT = "height"
    LATITUDE = "latitude"
    LONGITUDE = "longitude"
    PAGES = "pages"
    TITLE = "title"
    AUTHOR = "author"
    CAPTION = "caption"
    ENCODING = "encoding"
    MIME = "mime"
    STATE = "state"
    """`vexgui.core.files.FileState`."""
    INDEXED = "indexed"
    """When it was indexed, nanoseconds since 1970."""
    CREATED = "created"
    """When its content came to be: what a picture or document says of itself, else when the file was made; ISO 8601
    like `TAKEN`."""
    LANGUAGE = "language"
    """Of its text, ISO 639-1, lower case."""
    RATING = "rating"
    """The desktop's, 1 to 10 (two a star); missing where nobody rated it."""
    TAG = "tag"
    """The desktop's; a file may have several, and a condition holds that holds for one of them."""

    @property
    def sort(self) -> Sort:
        """What kind of value it has."""
        if self in _PATHS:
            return Sort.PATH
        return Sort.NUMBER if self in _NUMBERS else Sort.TEXT


_PATHS = frozenset((Field.NAME, Field.PATH, Field.ROOT))
_NUMBERS = frozenset(
    (
        Field.SIZE,
        Field.MTIME,
        Field.WIDTH,
        Field.HEIGHT,
        Field.LATITUDE,
        Field.LONGITUDE,
        Field.PAGES,
        Field.INDEXED,
        Field.RATING,
    )
)


@dataclass(frozen=True, slots=True)
class Extra:
    """A fact under a name of its own; it may be a number in one file and a text in another."""

    key: str

    def __post_init__(self) -> None:
        self.key.encode()


Known: TypeAlias = Field | Extra


class Op(StrEnum):
    """How two values compare: numbers by size, texts by code points, paths by bytes."""

    EQ = "="
    NE = "!="
    LT = "<"
    LE = "<="
    GT = ">"
    GE = ">="

    def holds(self, left: Any, right: Any) -> Any:
        """Compare values, or arrays with a value."""
        return _OPERATORS[self](left, right)


_OPERATORS: dict[Op, Callable[[Any, Any], Any]] = {
    Op.EQ: operator.eq,
    Op.NE: operator.ne,
    Op.LT: operator.lt,
    Op.LE: operator.le,
    Op.GT: operator.gt,
    Op.GE: operator.ge,
}


@dataclass(frozen=True, slots=True)
class Compare:
    """A field compares so with a value; false where it is missing, `Op.NE` included.

    Of an `Extra`, numbers compare with numbers and texts with texts; the rest is false, `Op.NE` included.

    Raises:
        ValueError: The value is not of the field's sort.
    """

    field: Known
    op: Op
    value: Value

    def __post_init__(self) -> None:
        _check(self.field, self.value)


@dataclass(frozen=True, slots=True)
class OneOf:
    """A field equals one of some values; false where it is missing, and where there are no values.

    Raises:
        ValueError: A value is not of the field's sort.
    """

    field: Known
    values: tuple[Value, ...]

    def __post_init__(self) -> None:
        for value in self.values:
            _check(self.field, value)


@dataclass(frozen=True, slots=True)
class Matches:
    """A text or path holds a pattern, whatever the case and the accents; false where it is missing.

    An `Extra` that is a number holds none.

    A pattern with ``*`` (any characters or none) or ``?`` (one of the folded text) must fit from beginning to end; one
    without may stand anywhere. All else is literal. Bytes of paths that are no UTF-8 are U+FFFD here.

    Raises:
        ValueError: The field is a number, or the pattern is too long or no Unicode.
    """

    field: Known
    pattern: str

    def __post_init__(self) -> None:
        self.pattern.encode()
        if isinstance(self.field, Field) and self.field.sort is Sort.NUMBER:
            raise ValueError(f"{self.field} is a number")
        if len(self.pattern) > LONGEST_PATTERN:
            raise ValueError("the pattern is too long")


@dataclass(frozen=True, slots=True)
class Under:
    """The file lies in a folder or anywhere beneath it."""

    path: bytes


@dataclass(frozen=True, slots=True)
class Has:
    """A field is not missing."""

    field: Known


@dataclass(frozen=True, slots=True)
class Holds:
    """The file's name holds the text, or one of its passages holds its words: one after another, compared by stems.

    In a name it is whole words as well: no letter stands beside an outer letter of the text, no digit beside an outer
    digit. That is known of a to z and 0 to 9 alone; other scripts may part words otherwise, or not at all.

    Raises:
        ValueError: The text is no Unicode, or has a NUL.
    """

    text: str

    def __post_init__(self) -> None:
        self.text.encode()
        if "\0" in self.text:
            raise ValueError("no text holds a NUL")


@dataclass(frozen=True, slots=True)
class Near:
    """The file has a position, and it lies at most so far from another, along the great circle.

    Raises:
        ValueError: There is no such position, or the distance is negative.
    """

    latitude: float
    longitude: float
    km: float

    def __post_init__(self) -> None:
        if not (is_position(self.latitude, self.longitude) and self.km >= 0):
            raise ValueError("there is no such place")


class Standing(StrEnum):
    """How the store stands to a file."""

    DUPLICATE = "duplicate"
    """Another file that is known has the same content."""
    STALE = "stale"
    """What is known of it is older than the file, as far as has been noticed, or than the way files are read now."""


@dataclass(frozen=True, slots=True)
class Stands:
    """The store stands so to the file."""

    how: Standing


@dataclass(frozen=True, slots=True)
class And:
    """All parts are true; true where there are none."""

    parts: tuple["Filter", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Some part is true; false where there are none."""

    parts: tuple["Filter", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part is false; so it is true where what the part asks for is missing."""

    part: "Filter"


Leaf: TypeAlias = Compare | OneOf | Matches | Under | Has | Holds | Near | Stands
Filter: TypeAlias = And | Or | Not | Leaf


def _check(field: Known, value: Value) -> None:
    if isinstance(value, bool) or not isinstance(value, _types(field)):
        raise ValueError(f"{field} cannot be compared with {value!r}")
    if isinstance(value, str):
        value.encode()
    if isinstance(value, int) and not -LARGEST <= value <= LARGEST:
        raise ValueError(f"{value} has more than 64 bits")
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError(f"{value} is not a number that compares")


def _types(field: Known) -> tuple[type, ...]:
    if isinstance(field, Field):
        types: tuple[type, ...] = field.sort.value
        return types
    return (int, float, str)
