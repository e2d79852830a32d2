r"""What is shown of a reason, with what matched between \x02 and \x03. Pure."""

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate

from vexgui.store.catalog import folded

LONGEST = 240
"""Most characters of an excerpt; marks and the sign that something was left out do not count."""

_OPEN, _CLOSE = "\x02", "\x03"
_MARKS = re.compile(f"([{_OPEN}{_CLOSE}])")
_MARKED = re.compile(f"{_OPEN}([^{_OPEN}{_CLOSE}]*){_CLOSE}")
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|\s*\n\s*")


def excerpt(marked: str) -> str:
    """Return up to 240 characters of a passage in one line, from the sentence that matches best on.

    Args:
        marked: The passage with marks around what matched, see `vexgui.store.catalog.words.marked`.
    """
    words: list[str] = []
    room = LONGEST
    for word in marked[_best_start(marked) :].split():
        bare = _MARKS.sub("", word)
        if len(bare) > room:
            return _balanced(" ".join(words) or bare[:LONGEST]) + "…"
        words.append(word)
        room -= len(bare) + 1
    return _balanced(" ".join(words))


def marked_name(name: str, parts: Sequence[str]) -> str:
    """Return a name with marks around what a query's parts found, whatever the case and the accents."""
    letters = list(_MARKS.sub("", name))
    spelt = [folded(letter) for letter in letters]
    starts = list(accumulate(map(len, spelt), initial=0))
    found = [span for part in parts for span in _places("".join(spelt), folded(part))]
    inside = [
        any(start < end and starts[at + 1] > first for first, end in found) for at, start in enumerate(starts[:-1])
    ]
    pieces: list[str] = []
    for at, letter in enumerate(letters):
        before, after = at > 0 and inside[at - 1], at + 1 < len(letters) and inside[at + 1]
        pieces.append(_OPEN * (inside[at] and not before) + letter + _CLOSE * (inside[at] and not after))
    return "".join(pieces)


def _best_start(marked: str) -> int:
    """Return where the sentence begins in which the most different words match, the first of these."""
    if _OPEN not in marked:
        return 0
    ends = [match.end() for match in _SENTENCE_END.finditer(marked)]
    starts = [0, *ends]
    counts = [
        len({word.casefold() for word in _MARKED.findall(marked, start, end)})
        for start, end in zip(starts, [*ends, len(marked)], strict=True)
    ]
    return starts[counts.index(max(counts))]


def _balanced(text: str) -> str:
    """Return text whose marks come in pairs: what a cut tore apart is closed at the end or left out."""
    is_open = False
    pieces: list[str] = []
    for piece in _MARKS.split(text):
        if piece in (_OPEN, _CLOSE):
            if (piece == _OPEN) == is_open:
                continue
            is_open = not is_open
        pieces.append(piece)
    return "".join(pieces) + _CLOSE * is_open


def _places(text: str, part: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each place where a part occurs."""
    start = text.find(part) if part else -1
    while start >= 0:
        yield start, start + len(part)
        start = text.find(part, start + 1)
