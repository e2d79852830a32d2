"""Tables of values (CSV, TSV): their rows, each passage of them beneath the names of the columns.

Of rows that are nothing but numbers the first few show what a table is like; a model makes nothing of thousands.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from typing import BinaryIO

from vexgui.core.files import FileFacts
from vexgui.core.told import told
from vexgui.extract.contents import Contents, Section, clean, one_line
from vexgui.extract.passages import CODE_CHARS, MAX_PASSAGES
from vexgui.extract.readers.text import MAX_TEXT_BYTES, decoded

_BETWEEN = " | "
_DELIMITERS = ",;\t|"
_SNIFFED_CHARS = 8192
_HEAD_CHARS = 250
"""More of the names of columns is not said again in every passage."""

_ROWS_OF_NUMBERS = 20
"""So many are given."""
_MOST_WORDS = 0.2
"""No larger share of such a row's values is words, and all of them came before: the name of a sensor, a class."""
_NUMBER = re.compile(r"(?:[\W\d_]|(?<=\d)[eETZ](?![^\W\d_]))*|nan|-?inf|null|none|na", re.IGNORECASE)
"""A number, a date or a time, as programs write them; or that there is none."""

csv.field_size_limit(MAX_TEXT_BYTES)  # else one long value is an error


def read_table(file: BinaryIO) -> Contents:
    """Read a table, at most its first 2 MiB.

    Raises:
        Unreadable: It is not text in any known encoding.
    """
    data = file.read(MAX_TEXT_BYTES)
    text, encoding = decoded(data, cut=len(data) == MAX_TEXT_BYTES)
    text = clean(text)
    rows = _telling(_rows(text))
    columns = next(_rows(text), (0, []))[1]
    if not _are_names(columns):
        return Contents(FileFacts(encoding=encoding), tuple(_sections("", rows)))
    next(rows)
    named = one_line(", ".join(columns), 400)
    extra: dict[str, str | int | float] = {} if named is None else {"columns": named}
    head = one_line(_BETWEEN.join(columns), _HEAD_CHARS) or ""
    return Contents(FileFacts(encoding=encoding, extra=extra or None), tuple(_sections(head, rows)))


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that are not empty with their numbers, from 1."""
    rows = csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text))
    for number, row in enumerate(rows, 1):
        cells = [" ".join(cell.split()) for cell in row]
        if any(cells):
            yield number, cells


def _telling(rows: Iterable[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a table, of those of numbers only the first."""
    left = _ROWS_OF_NUMBERS
    known: set[str] = set()
    for number, cells in rows:
        words = [cell for cell in cells if not _NUMBER.fullmatch(cell)]
        if len(words) <= _MOST_WORDS * sum(map(bool, cells)) and known.issuperset(words):
            left -= 1
            if left < 0:
                continue
        known.update(words)
        yield number, cells


def _delimiter(text: str) -> str:
    """Return what parts the values: what stands equally often in the first lines, and most often."""
    lines = [line for line in text[:_SNIFFED_CHARS].split("\n")[:20] if line]
    counts = {delimiter: [line.count(delimiter) for line in lines[:-1] or lines] for delimiter in _DELIMITERS}
    return max(_DELIMITERS, key=lambda delimiter: (min(counts[delimiter], default=0), sum(counts[delimiter])))


def _are_names(cells: Sequence[str]) -> bool:
    """Tell whether a row names columns: all of it is words, and none comes twice."""
    named = [cell for cell in cells if cell]
    return bool(named) and len({*named}) == len(named) and not any(_is_value(cell) for cell in named)


def _is_value(cell: str) -> bool:
    return not any(character.isalpha() for character in cell) or "@" in cell or "://" in cell


def _sections(head: str, rows: Iterator[tuple[int, list[str]]]) -> Iterator[Section]:
    """Yield as many rows at a time as a passage holds beneath the names of the columns."""
    left = MAX_PASSAGES
    lines, chars, first = [head] if head else [], len(head), 0
    for number, cells in rows:
        line = _BETWEEN.join(cells)
        if first and chars + len(line) >= CODE_CHARS:
            yield Section("\n".join(lines), told(f"row {first}"))
            left -= 1
            if not left:
                return
            lines, chars, first = [head] if head else [], len(head), 0
        lines.append(line)
        chars += len(line) + 1
        first = first or number
    if lines:
        yield Section("\n".join(lines), told(f"row {first or 1}"))
