r"""The part of a passage worth showing, with what matched between \x02 and \x03. Pure."""

import re
from collections.abc import Sequence

LONGEST = 240
_SENTENCE = re.compile(r"(?<=[.!?…])\s+|\n+")


def excerpt(text: str, terms: Sequence[str]) -> str:
    """Return up to 240 characters of a passage, from the sentence that holds most of the terms on, terms marked."""
    sentences = [sentence.strip() for sentence in _SENTENCE.split(text) if sentence.strip()]
    if not sentences:
        return ""
    pattern = _pattern(terms)
    if pattern is None:
        return _shortened(" ".join(sentences))
    counts = [len({match.casefold() for match in pattern.findall(sentence)}) for sentence in sentences]
    first = counts.index(max(counts))
    shown = _shortened(" ".join(sentences[first:]))
    return pattern.sub("\x02\\g<0>\x03", shown)


def _pattern(terms: Sequence[str]) -> re.Pattern[str] | None:
    if not terms:
        return None
    longest_first = sorted(terms, key=len, reverse=True)
    return re.compile(
        r"\b(?:" + "|".join(map(re.escape, longest_first)) + r")(?:s|es|d|ed|er|ers|ing|ly)?\b", re.IGNORECASE
    )


def _shortened(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    cut = text.rfind(" ", LONGEST // 2, LONGEST)
    return text[: cut if cut > 0 else LONGEST].rstrip() + "…"
