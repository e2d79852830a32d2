"""Cutting a text into passages: pieces that each fit the text model, cut where the writer paused.

A text is first split into units (sentences of prose, lines of code), none longer than a passage. Passages are units put
together until the next would not fit. A cut falls after the last unit that ends a paragraph, if that leaves the
passage two thirds full, else after the last unit that fits; in the second case the next passage repeats the last one
or two units, if they are short, so that what they introduce is not cut off from them.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from vexgui.core.told import told
from vexgui.extract.contents import Section

PROSE_CHARS = 1000
"""Most characters of a passage of prose: what the text model reads at once, 256 word pieces, is about so many."""

CODE_CHARS = 700
"""Most characters of a passage of code or records, whose words break into more pieces."""

OVERLAP_CHARS = 150
MAX_PASSAGES = 400
"""Most passages of one file; the text after them is not searched by meaning or words."""

_LEAST_FULL = 2 / 3
_OVERLAP_UNITS = 2

_SENTENCE_END = re.compile(
    r"""
    \n[^\S\n]*\n\s*                                 # an empty line: a paragraph ends
    | (?<=[.!?…])["'”’»)\]]*\s+(?=["'“‘«(\[¿¡]*[^\Wa-z_]) # a stop, closing marks, space, and no small letter after it
    | (?<=[。！？])[」』”）]*\s*                       # scripts that put no space after a stop
    | \n(?=[^\S\n]*(?:[-*+•|]|\d{1,3}[.)]|\#{1,6})\s)  # a list item, a table row or a heading follows
    """,
    re.VERBOSE,
)
_LINE_END = re.compile(r"\n(?:[^\S\n]*\n)*")
_EMPTY_LINE = re.compile(r"\n[^\S\n]*\n")
_DEFINITION = re.compile(
    r"""
    [ \t]*(?:
        (?:(?:async|export|default|public|private|protected|internal|static|pub(?:\(\w+\))?|abstract|final|override|data
            |unsafe|const|inline|virtual|sealed|open)[ ]){0,5}
        (?:def|class|fn|fun|func|function|struct|enum|union|trait|impl|interface|module|namespace|type|template|sub
            |proc|protocol|extension|object|record)\b
        # int main(…) {, public void run(…): a type, a name and brackets, and no statement
        | (?!(?:return|else|elif|if|for|while|switch|case|throw|raise|new|await|yield|delete|goto|assert|print|import
            |from|with|not|do|in|and|or)\b)
          (?:[\w<>\[\],*&:.~]{1,60}[ \t]+){1,6}[*&]{0,2}[\w:~]{1,60}\([^;=\n]{0,300}[){,]$
        | (?:const|let|var|export[ ]const)[ ]\w{1,60}[ ]=[ ](?:async[ ])?(?:\(|function\b)
    )
    | \[[\w."-]+\]$                                # a section of a configuration file
    """,
    re.VERBOSE | re.MULTILINE,
)
"""How a definition begins in the languages most used, at any depth."""

_LEADING = re.compile(r"[ \t]*(?:@\w|\#\[|\[\w|//|/\*|\*|--|\#(?!\s*(?:include|define|if|endif|pragma)))", re.VERBOSE)
"""A decorator, an attribute or a comment: a line that belongs to the one below it."""

_MOST_LEADING = 20
_SPACE_BACKWARDS = re.compile(r"\s(?=\S*\Z)")


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch of text that is not cut, from ``start`` to ``end``; the next unit begins where it ends.

    ``closes`` tells whether a paragraph, a block of code or the text ends with it.
    """

    start: int
    end: int
    closes: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """A passage as it lies in its text.

    Attributes:
        start: Index of its first character, not a space.
        end: Index after its last character, not a space.
        line: The line it starts on, from 1.
    """

    start: int
    end: int
    line: int


def passages_of(sections: Iterable[Section], *, code: bool) -> Iterator[tuple[str, str]]:
    """Yield text and place of a file's passages, in reading order, at most `MAX_PASSAGES`."""
    left = MAX_PASSAGES
    for section in sections:
        for piece in pieces(section.text, code=code):
            place = told(f"line {piece.line}") if section.place is None else section.place
            yield section.text[piece.start : piece.end], place
            left -= 1
            if not left:
                return


def pieces(text: str, *, code: bool = False) -> Iterator[Piece]:
    """Yield the passages of a text in order; together they hold every character but white space between them."""
    longest = CODE_CHARS if code else PROSE_CHARS
    line, counted = 1, 0
    for start, end in _packed(units(text, code=code), longest):
        inner = text[start:end]
        first = start + len(inner) - len(inner.lstrip())
        if first == end:
            continue
        line, counted = line + text.count("\n", counted, first), first
        yield Piece(first, start + len(inner.rstrip()), line)


def units(text: str, *, code: bool = False) -> Iterator[Unit]:
    """Yield the sentences of prose or the lines of code, none longer than a passage, back to back over all the text."""
    longest = CODE_CHARS if code else PROSE_CHARS
    start = 0
    ends = _code_ends(text) if code else _prose_ends(text)
    for end, closes in ends:
        while end - start > longest:
            cut = _cut_in(text, start, start + longest)
            yield Unit(start, cut, closes=False)
            start = cut
        if end > start:
            yield Unit(start, end, closes)
        start = end


def _prose_ends(text: str) -> Iterator[tuple[int, bool]]:
    for match in _SENTENCE_END.finditer(text):
        if match.end() < len(text):
            yield match.end(), _EMPTY_LINE.search(match[0]) is not None
    yield len(text), True


def _code_ends(text: str) -> Iterator[tuple[int, bool]]:
    """Yield where lines end; a block closes before a definition with what belongs to it, or before a new beginning."""
    last = 0
    for match in _LINE_END.finditer(text):
        end = match.end()
        if end < len(text):
            yield end, _begins(text, last, end, after_empty=match[0].count("\n") > 1)
        last = end
    yield len(text), True


def _begins(text: str, last: int, place: int, *, after_empty: bool) -> bool:
    """Tell whether something new begins with the line at a place, below the line at ``last``."""
    if not after_empty:
        return not _LEADING.match(text, last) and _leads_to_definition(text, place)
    return not text[place].isspace() or bool(_LEADING.match(text, place)) or _leads_to_definition(text, place)


def _leads_to_definition(text: str, place: int) -> bool:
    """Tell whether a definition begins at a place, or below the decorators and comments that begin there."""
    for _ in range(_MOST_LEADING):
        if _DEFINITION.match(text, place):
            return True
        end = text.find("\n", place)
        if end < 0 or not _LEADING.match(text, place):
            return False
        place = end + 1
    return False


def _cut_in(text: str, start: int, limit: int) -> int:
    """Return where to cut a unit that is too long: after a late line end, else after the last space, else anywhere."""
    line_end = text.rfind("\n", start + round((limit - start) * _LEAST_FULL), limit)
    if line_end >= 0:
        return line_end + 1
    space = _SPACE_BACKWARDS.search(text, start, limit)
    return space.end() if space else limit


def _packed(found: Iterable[Unit], longest: int) -> Iterator[tuple[int, int]]:
    """Yield start and end of passages made of whole units."""
    window: list[Unit] = []
    for unit in found:
        window.append(unit)
        while window[-1].end - window[0].start > longest:
            last = _best_cut(window, longest)
            yield window[0].start, window[last].end
            del window[: _next_first(window, last, longest)]
    if window:
        yield window[0].start, window[-1].end


def _best_cut(window: list[Unit], longest: int) -> int:
    """Return which unit to end a passage with, when the window's last does not fit any more."""
    last = len(window) - 2
    least = window[0].start + longest * _LEAST_FULL
    for number in range(last, -1, -1):
        if window[number].end < least:
            break
        if window[number].closes:
            return number
    return last


def _next_first(window: list[Unit], last: int, longest: int) -> int:
    """Return which unit the next passage starts with: the one after ``last``, or a short one before it once more."""
    first = last + 1
    while (
        not window[last].closes
        and first > 1
        and last + 1 - first < _OVERLAP_UNITS
        and window[last].end - window[first - 1].start <= OVERLAP_CHARS
        and window[last + 1].end - window[first - 1].start <= longest
    ):
        first -= 1
    return first
