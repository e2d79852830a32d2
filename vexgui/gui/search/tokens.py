"""Which conditions of a query stand in the field as chips, and how chips and typed words make one query. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from vexgui.core.query import Mistake, Part, Reading, Role

_STRUCTURE = re.compile(r'"[^"]*"?|[()]|(?<!\S)OR(?!\S)')
_OPERATOR_LAST = re.compile(r"(?:^|\s)(?:OR|AND|NOT)\s*$")
_FIELD_BEFORE = re.compile(r"[^\W\d_][\w-]*:?\s*$")


@dataclass(frozen=True, slots=True)
class Token:
    """A condition that stands in the field as a chip.

    Attributes:
        text: As it is written in a query.
        field: Name of the field.
        label: What it says in short.
        negated: Whether it says what is not wanted.
        weight: How much more than usual it counts.
    """

    text: str
    field: str
    label: str
    negated: bool = False
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Draft:
    """What is in the field.

    Attributes:
        tokens: The chips, in their order.
        typed: What is typed behind them.
        cursor: Before which of the typed characters the cursor stands.
    """

    tokens: tuple[Token, ...] = ()
    typed: str = ""
    cursor: int = 0

    @property
    def offset(self) -> int:
        """Where in the whole query what is typed begins."""
        head = sum(len(token.text) + 1 for token in self.tokens)
        return head + 1 if self._is_bracketed else head

    @property
    def whole(self) -> str:
        """The whole query: every chip holds for all that is typed, alternatives included."""
        head = "".join(f"{token.text} " for token in self.tokens)
        if not self._is_bracketed:
            return head + self.typed
        # A bracket that is still open is no mistake, an operator that nothing follows within brackets is one.
        close = "" if _OPERATOR_LAST.search(self.typed) else ")"
        return f"{head}({self.typed}{close}"

    @property
    def _is_bracketed(self) -> bool:
        return bool(self.tokens) and _has_alternatives(self.typed)


def taken(draft: Draft, reading: Reading, *, finished: bool) -> Draft:
    """Return a draft whose complete conditions have become chips.

    Args:
        draft: What is in the field.
        reading: How the engine reads it.
        finished: Whether a condition at its end, or at the cursor, is complete too: it was entered, pasted or chosen.
    """
    whole, offset = draft.whole, draft.offset
    cursor = None if finished else offset + draft.cursor
    complete = [part for part in _conditions(reading) if _is_complete(part, whole, cursor)]
    tokens, begin = [], 0
    for token in draft.tokens:
        end = begin + len(token.text)
        # "near:Lisbon" and what is typed behind it, "10km", are one condition.
        grown = next((part for part in complete if part.start == begin and part.end >= end), None)
        tokens.append(_token(whole, grown) if grown else token)
        begin = end + 1
    fresh = [part for part in complete if part.start >= offset]
    tokens += [_token(whole, part) for part in fresh]
    gone = [(part.start - offset, part.end - offset) for part in complete if part.end > offset]
    typed, place = _without(draft.typed, gone, draft.cursor)
    return Draft(tuple(tokens), typed, place)


def mended(whole: str, mistake: Mistake) -> str | None:
    """Return a query with what was probably meant in the place of a mistake, or None where nobody can tell."""
    if not mistake.meant:
        return None
    start = mistake.start
    if not whole[start : mistake.end].endswith(":"):
        # The value is mistaken; the suggestion has its field with it.
        field = _FIELD_BEFORE.search(whole[:start])
        start = field.start() if field else start
    return whole[:start] + mistake.meant + whole[mistake.end :]


def _conditions(reading: Reading) -> list[Part]:
    """Return the fields that hold for the whole query: in no bracket, beside no operator, without a mistake."""
    found: list[Part] = []
    depth = 0
    parts = reading.parts
    for at, part in enumerate(parts):
        if part.role is Role.OPERATOR:
            depth += part.label.count("(") - part.label.count(")")
            if depth == 0 and part.label == "OR":
                return []
        elif part.role is Role.FIELD and depth == 0 and not part.unfinished:
            beside = (*parts[max(0, at - 1) : at], *parts[at + 1 : at + 2])
            joined = any(other.role is Role.OPERATOR and other.label not in "()" for other in beside)
            if not joined and not any(_touches(part, mistake) for mistake in reading.mistakes):
                found.append(part)
    return found


def _touches(part: Part, mistake: Mistake) -> bool:
    return mistake.start < part.end and part.start < max(mistake.end, mistake.start + 1)


def _is_complete(part: Part, whole: str, cursor: int | None) -> bool:
    """Tell whether nobody is still typing a part."""
    if cursor is None:
        return True
    return whole[part.end : part.end + 1].isspace() and not part.start <= cursor <= part.end


def _token(whole: str, part: Part) -> Token:
    return Token(whole[part.start : part.end].strip(), part.field, part.label, part.negated, part.weight)


def _without(typed: str, gone: Sequence[tuple[int, int]], cursor: int) -> tuple[str, int]:
    """Return what is left of a text without some stretches and the blanks behind them, and where the cursor is then."""
    kept: list[str] = []
    at = place = 0
    for start, end in gone:
        kept.append(typed[at : max(start, at)])
        at = end + len(typed[end:]) - len(typed[end:].lstrip())
    kept.append(typed[at:])
    left = "".join(kept)
    place = cursor
    for start, end in reversed(gone):
        behind = end + len(typed[end:]) - len(typed[end:].lstrip())
        if cursor >= behind:
            place -= behind - max(0, start)
        elif cursor > start:
            place -= cursor - max(0, start)
    return left, min(max(place, 0), len(left))


def _has_alternatives(typed: str) -> bool:
    """Tell whether OR stands outside of brackets."""
    depth = 0
    for match in _STRUCTURE.finditer(typed):
        if match[0] == "OR" and depth == 0:
            return True
        depth += {"(": 1, ")": -1}.get(match[0], 0)
    return False
