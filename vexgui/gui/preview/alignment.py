"""Where stretches of a source lie in the text that was made of it by leaving its signs out. Pure."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import replace
from operator import itemgetter

from vexgui.gui.preview.passages import FoundText, Stretch

_WORD = re.compile(r"[^\W_]+")
_ADDRESS = re.compile(r"\]\([^)\n]{,2000}\)")
_MOST_LEFT_OUT = 60
"""Words of the source that may stand in nothing of the text: such as comments, or the language of code."""

Pair = tuple[int, int, int]
"""Where a word begins in the source and in the text, and how long it is."""


def carried_over(found: FoundText, text: str) -> FoundText:
    """Return what was found in a source as it lies in the text that was made of it."""
    pairs = list(_paired(found.text, text))
    words = (_carried(word, pairs) for word in found.words)
    passage = None if found.passage is None else _carried(found.passage, pairs)
    return replace(found, text=text, passage=passage, words=tuple(word for word in words if word is not None))


def _paired(source: str, text: str) -> Iterator[Pair]:
    """Yield the words of a text with where they stand in its source, which has all of them in the same order."""
    # The address of a link is not shown, but may hold words that are.
    source = _ADDRESS.sub(lambda address: " " * len(address[0]), source)
    sources = [(word.start(), word[0]) for word in _WORD.finditer(source)]
    at = 0
    for word in _WORD.finditer(text):
        near = range(at, min(at + _MOST_LEFT_OUT, len(sources)))
        same = next((number for number in near if sources[number][1] == word[0]), None)
        if same is not None:
            yield sources[same][0], word.start(), len(word[0])
            at = same + 1


def _carried(stretch: Stretch, pairs: list[Pair]) -> Stretch | None:
    """Return where a stretch of the source lies in the text; None where none of its words is there."""
    start, end = stretch
    first = bisect_right(pairs, start, key=lambda pair: pair[0] + pair[2])
    last = bisect_left(pairs, end, key=itemgetter(0)) - 1
    if last < first:
        return None
    (source_first, text_first, _), (source_last, text_last, length) = pairs[first], pairs[last]
    return text_first + max(0, start - source_first), text_last + min(length, end - source_last)
