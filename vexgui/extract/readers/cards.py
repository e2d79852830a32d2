"""Calendars (RFC 5545) and contact cards (RFC 6350): appointments and people, in words."""

import quopri
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from vexgui.core.files import FileFacts
from vexgui.extract.about import date_in_words
from vexgui.extract.contents import Contents, Section, clean, one_line
from vexgui.extract.moments import iso_moment
from vexgui.extract.passages import MAX_PASSAGES
from vexgui.extract.readers.text import MAX_TEXT_BYTES, decoded

_FOLD = re.compile(r"\n[ \t]")
_QUOTED = re.compile(
    r"^[^:\n]{0,200}QUOTED-PRINTABLE[^:\n]{0,200}:[^\n]*=\n(?:[^\n]*=\n)*", re.IGNORECASE | re.MULTILINE
)
"""The lines of a value that goes on on the next one; elsewhere a sign of equality at the end fills up a photo."""

_LINE = re.compile(r'(?:[\w-]+\.)?([\w-]+)((?:;[\w-]+(?:=(?:"[^"\n]*"|[^";:\n]*))?)*):(.*)')
"""A content line: perhaps a group, its name, its parameters, its value."""

_ESCAPED = re.compile(r"\\([nN\\;,])")
_SPOKEN_NAME = re.compile(r';CN=("[^"\n]*"|[^";:\n]*)', re.IGNORECASE)
_APPOINTMENTS = ("VEVENT", "VTODO", "VJOURNAL")


@dataclass(frozen=True, slots=True)
class _Line:
    """A content line: its name in capitals, its parameters as they are written, its value in words."""

    name: str
    parameters: str
    value: str


def read_calendar(file: BinaryIO) -> Contents:
    """Read the appointments and tasks of a calendar, at most its first 2 MiB.

    Raises:
        Unreadable: It is not text in any known encoding.
    """
    lines, encoding = _lines(file)
    title = next((line.value for line in lines if line.name == "X-WR-CALNAME"), None)
    found = [_appointment(entry) for entry in _entries(lines, _APPOINTMENTS)]
    return Contents(FileFacts(title=one_line(title, 300), encoding=encoding), tuple(_together(found)))


def read_contacts(file: BinaryIO) -> Contents:
    """Read the people of an address book, at most its first 2 MiB.

    Raises:
        Unreadable: It is not text in any known encoding.
    """
    lines, encoding = _lines(file)
    found = [_person(entry) for entry in _entries(lines, ("VCARD",))]
    title = found[0].place if len(found) == 1 else None
    return Contents(FileFacts(title=title or None, encoding=encoding), tuple(_together(found)))


def _lines(file: BinaryIO) -> tuple[list[_Line], str]:
    data = file.read(MAX_TEXT_BYTES)
    text, encoding = decoded(data, cut=len(data) == MAX_TEXT_BYTES)
    text = _FOLD.sub("", _QUOTED.sub(lambda value: value[0].replace("=\n", ""), clean(text)))
    found = (_LINE.fullmatch(line) for line in text.split("\n"))
    return [_Line(line[1].upper(), line[2], _value(line[2], line[3])) for line in found if line], encoding


def _value(parameters: str, value: str) -> str:
    if "QUOTED-PRINTABLE" in parameters.upper():  # version 2.1, which phones still write
        value = quopri.decodestring(value.encode()).decode("utf-8", "replace")
    return _ESCAPED.sub(lambda escaped: "\n" if escaped[1] in "nN" else escaped[1], value).strip()


def _entries(lines: Sequence[_Line], kinds: Sequence[str]) -> Iterator[list[_Line]]:
    """Yield the lines of each entry of some kinds; those of alarms and the like within are left out."""
    entry: list[_Line] = []
    within: list[str] = []
    for line in lines:
        if line.name == "BEGIN":
            within = [*within[-9:], line.value.upper()]
            if within[-1] in kinds:
                entry = []
        elif line.name == "END":
            if within and within.pop() in kinds:
                yield entry
        elif within and within[-1] in kinds:
            entry.append(line)


def _appointment(entry: Sequence[_Line]) -> Section:
    start = next((line.value for line in entry if line.name in ("DTSTART", "DUE")), "")
    people = (_SPOKEN_NAME.search(line.parameters) for line in entry if line.name in ("ORGANIZER", "ATTENDEE"))
    parts = (
        *_values(entry, "SUMMARY"),
        _day(start, with_time=True),
        *_values(entry, "LOCATION"),
        *_values(entry, "DESCRIPTION"),
        ", ".join(person[1].strip('"') for person in people if person),
        *_values(entry, "CATEGORIES"),
    )
    return Section("\n".join(filter(None, parts)), _day(start, with_time=False))


def _day(moment: str, *, with_time: bool) -> str:
    """Return a moment as a day in words, with the time of day if it has one."""
    found = iso_moment(moment)
    if found is None:
        return ""
    return date_in_words(found) + (f", {found[11:16]}" if with_time and "T" in moment else "")


def _person(entry: Sequence[_Line]) -> Section:
    name = next(iter(_values(entry, "FN")), "")
    listed = [
        name,
        *(value for key in ("NICKNAME", "TITLE", "ROLE") for value in _values(entry, key)),
        *(_parts(value) for value in _values(entry, "ORG")),
        *_values(entry, "EMAIL"),
        *_values(entry, "TEL"),
        *(_parts(value) for value in _values(entry, "ADR")),
        *(f"Born {_day(value, with_time=False) or value}" for value in _values(entry, "BDAY")),
        *_values(entry, "URL"),
        *_values(entry, "NOTE"),
    ]
    return Section("\n".join(filter(None, listed)), one_line(name, 200) or "")


def _values(entry: Sequence[_Line], name: str) -> list[str]:
    return [line.value for line in entry if line.name == name]


def _parts(value: str) -> str:
    return ", ".join(part.strip() for part in value.split(";") if part.strip())


def _together(found: Sequence[Section]) -> Iterator[Section]:
    """Yield one section an entry; where there are more than a file has passages, several follow one another in each."""
    each = -(-len(found) // MAX_PASSAGES) or 1
    for first in range(0, len(found), each):
        some = found[first : first + each]
        yield Section("\n\n".join(entry.text for entry in some), some[0].place)
