"""Where in a text the passage lies that was found, and which words of it matched. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from vexgui.core.files import PassageKind
from vexgui.core.hits import Why
from vexgui.core.reports import PassageText
from vexgui.gui.marked import parsed

MOST_CHARS = 100_000
"""Of a text that is shown: more would hold the window up while it is laid out."""
MOST_MARKDOWN_CHARS = 40_000
"""Of one in Markdown, which takes two to three times as long."""
_LEAST_OVERLAP, _MOST_OVERLAP = 12, 400
_ENDS_WORDS = 6
_LINE = re.compile(r"line (\d+)$")

Stretch = tuple[int, int]
"""From a character up to another."""


@dataclass(frozen=True, slots=True)
class FoundText:
    """A text and what of it was found.

    Attributes:
        text: The text, or a part of it around what was found.
        passage: The passage that matched; None where no passage did, or it is not in the text.
        words: The words that matched, in the passage or else anywhere.
        whole: Whether it is the whole text.
        first_line: The number that its first line has in the whole text, from 1.
    """

    text: str
    passage: Stretch | None = None
    words: tuple[Stretch, ...] = ()
    whole: bool = True
    first_line: int = 1


def found_in(
    text: str, whys: Sequence[Why], passages: Sequence[PassageText], most_chars: int = MOST_CHARS
) -> FoundText:
    """Return a text with the strongest reason for a hit marked in it.

    Args:
        text: The file's text.
        whys: The reasons, strongest first.
        passages: The file's passages, as the store keeps them.
        most_chars: Of a text longer than that, so much around the passage is shown.
    """
    why = next((why for why in whys if why.space != "name" and why.text), None)
    by_ordinal = {passage.ordinal: passage for passage in passages if passage.kind == PassageKind.TEXT}
    passage = by_ordinal.get(why.passage) if why is not None else None
    stretch = _stretch(text, passage.text, passage.place) if passage is not None else None
    # Of a long text the part around the passage is shown, from the beginning of a line.
    start, end = _part(text, stretch, most_chars)
    part = text[start:end]
    here = None if stretch is None else (stretch[0] - start, stretch[1] - start)
    whole = start == 0 and end == len(text)
    return FoundText(part, here, _matching(part, why, here), whole, text.count("\n", 0, start) + 1)


def joined_passages(passages: Sequence[PassageText]) -> str:
    """Return the text that passages were cut from, as far as they still tell; what two of them share, once."""
    text = ""
    for passage in passages:
        if passage.kind == PassageKind.TEXT and passage.text.strip():
            rest = passage.text[_shared(text, passage.text) :].strip("\n")
            text = f"{text}\n\n{rest}" if text and rest else text or rest
    return text


def _shared(before: str, after: str) -> int:
    """Return how many characters at the beginning of a text stand at the end of another."""
    lengths = range(min(_MOST_OVERLAP, len(before), len(after)), _LEAST_OVERLAP - 1, -1)
    ending = before.rstrip()
    return next((length for length in lengths if ending.endswith(after[:length].rstrip())), 0)


def _stretch(text: str, passage: str, place: str) -> Stretch | None:
    """Return where a passage lies: as it is, or else with other white space between its words."""
    line = _LINE.search(place)
    begin = _offset_of_line(text, int(line[1])) if line else 0
    for start in dict.fromkeys((begin, 0)):
        at = text.find(passage.strip(), start)
        if at >= 0:
            return at, at + len(passage.strip())
    words = passage.split()
    if not words:
        return None
    first = _spaced(words[:_ENDS_WORDS]).search(text, begin) or _spaced(words[:_ENDS_WORDS]).search(text)
    if first is None:
        return None
    last = _spaced(words[-_ENDS_WORDS:]).search(text, first.start())
    near = last is not None and last.end() - first.start() <= 2 * len(passage)
    return first.start(), last.end() if last is not None and near else first.end()


def _spaced(words: Sequence[str]) -> re.Pattern[str]:
    return re.compile(r"\s+".join(map(re.escape, words)))


def _offset_of_line(text: str, line: int) -> int:
    at = 0
    for _ in range(line - 1):
        at = text.find("\n", at) + 1
        if not at:
            return 0
    return at


def _part(text: str, stretch: Stretch | None, most: int) -> Stretch:
    if len(text) <= most:
        return 0, len(text)
    middle = stretch[0] if stretch else 0
    start = max(0, min(middle - most // 2, len(text) - most))
    # Not so far back as to make it long again: a file may be one line.
    line_end = text.rfind("\n", max(0, start - most // 10), start)
    return start if line_end < 0 else line_end + 1, start + most


def _matching(text: str, why: Why | None, passage: Stretch | None) -> tuple[Stretch, ...]:
    """Return where the words are that the reason marks."""
    if why is None:
        return ()
    told = parsed(why.text)
    words = {told.text[start : start + length].lower() for start, length in told.ranges}
    pattern = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True) if word.strip())
    if not pattern:
        return ()
    start, end = passage or (0, len(text))
    return tuple(found.span() for found in re.compile(pattern, re.IGNORECASE).finditer(text, start, end))
