"""What a person typed as tokens: words, quoted words, fields with their values, brackets, and the three operators."""

import re
from dataclasses import dataclass
from enum import Enum, auto

from vexgui.core.query import Mistake
from vexgui.search.language.fields import FIELDS, Spec
from vexgui.search.language.suggestions import closest
from vexgui.search.language.surroundings import Surroundings
from vexgui.search.language.values import MASK, Typed, Unreadable

LEAST_WEIGHT, MOST_WEIGHT = 0.1, 10.0

MOST_MISTAKES = 20
"""More are not told: suggestions take time, and nobody reads so many."""

QUOTES = {'"': '"', "“": "”", "„": "“”", "«": "»"}
"""Marks that begin a quotation, each with those that end it."""
_BLANK = re.compile(r"\s*")
_STRETCH = re.compile(r"\S+")
_FIELD = re.compile(r"([^\W\d_][\w-]*)(:|(?=[<>=≤≥]))")
_WEIGHT = re.compile(r"\^(\d{1,4}(?:[.,]\d{0,4})?|[.,]\d{1,4})")
_HALF_WEIGHT = re.compile(r"\^[.,]?")
_SIGN = re.compile(r"[<>=≤≥]{1,2}")
_VALUE = re.compile(r'(?!//)[\w"“~/.<>=≤≥*]')
"""How what people mean as a value begins: no address, no smiley, no name of C++."""
_OPERATORS = {"AND", "OR", "NOT"}


class TokenKind(Enum):
    """What a token is."""

    WORD = auto()
    QUOTED = auto()
    FIELD = auto()
    OPEN = auto()
    CLOSE = auto()
    NOT = auto()
    AND = auto()
    OR = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of what was typed.

    Attributes:
        kind: What it is.
        start: Where it begins, in characters.
        end: Where it ends.
        text: A word, or what was quoted; of a field, its name as it was typed.
        weight: How much more than usual it counts; of a closing bracket, all that is between the brackets.
        spec: The field.
        value: What stands behind the field's colon.
        value_start: Where that begins.
    """

    kind: TokenKind
    start: int
    end: int
    text: str = ""
    weight: float = 1.0
    spec: Spec | None = None
    value: Typed | None = None
    value_start: int = 0


class Lexer:
    """Reads tokens; afterwards `tokens` and `mistakes` are what it found, `length` is how long it was.

    A field at the end that no value has been typed for is `begun`, and no token.

    Args:
        raw: What was typed, without NULs; lone surrogates may stand for bytes of a path.
        surroundings: What values are read with where reading them decides whether they are any.
    """

    def __init__(self, raw: str, surroundings: Surroundings) -> None:
        self.tokens: list[Token] = []
        self.mistakes: list[Mistake] = []
        self.length = len(raw)
        self.begun: Token | None = None
        self._raw = raw
        self._surroundings = surroundings
        self._text = "".join("?" if "\ud800" <= sign <= "\udfff" else sign for sign in raw)
        self._pairs = _pairs(self._text)
        self._closes: set[int] = set()
        self._at = self._skipped(0)
        while self._at < len(self._text):
            self._token()
            self._at = self._skipped(self._at)

    def _token(self) -> None:
        text, at = self._text, self._at
        if at in self._closes:
            weight, end = self._weight(at + 1)
            self._add(TokenKind.CLOSE, end, weight=weight)
        elif text[at] == "(" and self._groups(at):
            if at in self._pairs:
                self._closes.add(self._pairs[at])
            self._add(TokenKind.OPEN, at + 1)
        elif text[at] == "-" and re.match(r"-[^\s>-]", text[at : at + 2]):
            self._add(TokenKind.NOT, at + 1)
        elif text[at] in QUOTES:
            self._quoted()
        elif not self._field():
            self._word()

    def _add(self, kind: TokenKind, end: int, text: str = "", weight: float = 1.0) -> None:
        self.tokens.append(Token(kind, self._at, end, text, weight))
        self._at = end

    def _groups(self, at: int) -> bool:
        """Tell whether a bracket stands free: the one of ``(1).jpg`` belongs to a name."""
        close = self._pairs.get(at)
        return close is None or self._is_boundary(close + 1) or bool(_WEIGHT.match(self._text, close + 1))

    def _quoted(self) -> None:
        start = self._at + 1
        close = self._closing(start, QUOTES[self._text[self._at]])
        text = self._text[start:close]
        weight, end = self._weight(min(close + 1, len(self._text)))
        self._add(TokenKind.QUOTED, end, text, weight)

    def _closing(self, start: int, marks: str) -> int:
        """Return where a quotation ends; at the end of all where nobody ended it."""
        close = next((at for at in range(start, len(self._text)) if self._text[at] in marks), None)
        if close is None:
            self._mistaken(start - 1, len(self._text), "The quotation is not closed.", 'Close it with ".', grows=True)
            return len(self._text)
        return close

    def _word(self) -> None:
        start, end = self._at, self._stretch(self._at)
        text = self._text[start:end]
        if text in _OPERATORS:
            self._add(TokenKind[text], end)
        elif set(text) == {")"}:
            self._mistaken(start, end, "This bracket closes none.", "Leave it out, or open one before it.")
            self._at = end
        else:
            weight, text_end = self._value_weight(start, end)
            text = self._without_half_weight(self._text[start:text_end], start)
            self._add(TokenKind.WORD, end, text.strip('"'), weight)

    def _without_half_weight(self, text: str, start: int) -> str:
        """Return a word without a ``^`` that nothing has been typed behind yet."""
        at = text.rfind("^")
        if at > 0 and start + len(text) == len(self._text) and _HALF_WEIGHT.fullmatch(text, at):
            self._mistaken(start + at, start + len(text), "The weight is missing.", "Write a number: ^2.", grows=True)
            return text[:at]
        return text

    def _weight(self, at: int) -> tuple[float, int]:
        """Return the weight that stands somewhere, 1 where none does, and where it ends."""
        match = _WEIGHT.match(self._text, at)
        if match is None or not self._is_boundary(match.end()):
            half = _HALF_WEIGHT.match(self._text, at)
            if half and half.end() == len(self._text):
                self._without_half_weight(self._text[at - 1 :], at - 1)
                return 1.0, half.end()
            return 1.0, at
        weight = float(match[1].replace(",", "."))
        if not LEAST_WEIGHT <= weight <= MOST_WEIGHT:
            remedy = f"Weights go from {LEAST_WEIGHT} to {MOST_WEIGHT:g}."
            self._mistaken(at, match.end(), f"A weight of {weight:g} cannot be used.", remedy, grows=weight == 0)
            weight = 1.0
        return weight, match.end()

    def _field(self) -> bool:
        """Read a field with its value; tell whether there is one."""
        match = _FIELD.match(self._text, self._at)
        if match is None:
            return False
        spec = FIELDS.get(match[1].casefold())
        if spec is None or not (match[2] or spec.compares):
            if match[2]:
                self._unknown(match)
            return False
        start = match.end()
        if self._skipped(start) == len(self._text) or start in self._closes:
            sentence, remedy = missing(match[1], spec)
            self._mistaken(self._at, start, sentence, remedy, grows=True)
            self.begun = Token(TokenKind.FIELD, self._at, start, match[1], spec=spec, value_start=start)
            self._at = start
            return True
        begun = self._skipped(start)
        if begun > start and not self._is_value(begun, spec):
            # "Outer space: the last frontier" is a title.
            return False
        end = self._value_end(begun, spec)
        weight, value_end = self._value_weight(begun, end) if spec.name == "like" else (1.0, end)
        value = self._value(begun, value_end)
        prefixed = Typed(spec.prefix + value.text, spec.prefix + value.bare, spec.prefix + value.raw)
        self.tokens.append(Token(TokenKind.FIELD, self._at, end, match[1], weight, spec, prefixed, begun))
        self._at = end
        return True

    def _is_value(self, start: int, spec: Spec) -> bool:
        """Tell whether what stands behind a blank can only be the field's value."""
        if spec.after_blank is None or self._text[start] in QUOTES:
            return False
        try:
            spec.after_blank(self._value(start, self._value_end(start, spec)), self._surroundings)
        except Unreadable:
            return False
        return True

    def _unknown(self, match: re.Match[str]) -> None:
        """Note a field that there is none of, unless it is something else: an address, a drive, a name of C++."""
        name, rest = match[1], self._text[match.end() : self._stretch(match.start())]
        is_value = len(name) > 1 and bool(_VALUE.match(rest))
        if not is_value or len(self.mistakes) >= MOST_MISTAKES:
            return
        meant = closest(name, FIELDS)
        if rest[0].isdigit() and not meant:
            # A computer and its port, a number that a catalogue gave.
            return
        literal = self._text[match.start() : self._stretch(match.start())].replace('"', "")
        remedy = "" if meant else f'To look for it as it stands, quote it: "{literal}".'
        sentence = f"There is no field called {name}."
        self._mistaken(match.start(), match.end(), sentence, remedy, meant=f"{meant}:" if meant else "")

    def _value_end(self, start: int, spec: Spec) -> int:
        """Return where a value ends: at a blank outside of quotation marks, unless the field knows a longer one."""
        longer = spec.longer.match(self._text, start) if spec.longer else None
        if longer:
            return longer.end()
        sign = _SIGN.match(self._text, start)
        after = self._skipped(sign.end()) if sign else start
        at = after if self._text[after : after + 1].isdigit() or self._text[after : after + 1] in QUOTES else start
        while not self._is_boundary(at):
            mark = self._text[at]
            at = min(self._closing(at + 1, QUOTES[mark]) + 1, len(self._text)) if mark in QUOTES else at + 1
        return at

    def _value(self, start: int, end: int) -> Typed:
        """Return a value without its quotation marks."""
        places: list[int] = []
        bare: list[str] = []
        open_marks = ""
        for at in range(start, end):
            sign = self._text[at]
            if open_marks and sign in open_marks:
                open_marks = ""
            elif open_marks:
                places.append(at)
                bare.append(MASK)
            elif sign in QUOTES:
                open_marks = QUOTES[sign]
            else:
                places.append(at)
                bare.append(sign)
        text, raw = ("".join(source[at] for at in places) for source in (self._text, self._raw))
        return Typed(text, "".join(bare), raw)

    def _value_weight(self, start: int, end: int) -> tuple[float, int]:
        """Return the weight at the end of a word or a value, and where that itself ends."""
        at = self._text.rfind("^", start + 1, end)
        match = _WEIGHT.match(self._text, at, end) if at > 0 else None
        return (self._weight(at)[0], at) if match and match.end() == end else (1.0, end)

    def _stretch(self, start: int) -> int:
        """Return where the stretch without blanks ends; a bracket that closes another ends it too."""
        match = _STRETCH.match(self._text, start)
        end = match.end() if match else start
        return next((at for at in range(start, end) if at in self._closes), end)

    def _is_boundary(self, at: int) -> bool:
        return at >= len(self._text) or self._text[at].isspace() or at in self._closes

    def _skipped(self, at: int) -> int:
        match = _BLANK.match(self._text, at)
        return match.end() if match else at

    def _mistaken(
        self, start: int, end: int, sentence: str, remedy: str, *, grows: bool = False, meant: str = ""
    ) -> None:
        is_unfinished = grows and end >= len(self._text.rstrip())
        self.mistakes.append(Mistake(start, end, sentence, remedy, is_unfinished, meant))


def missing(name: str, spec: Spec) -> tuple[str, str]:
    """Return what is said of a field without a value."""
    return f"{name}: waits for a value.", f"Write it like this: {name}:{spec.example}."


def _pairs(text: str) -> dict[int, int]:
    """Return for each bracket that is closed where it is; what stands between quotation marks is no bracket."""
    found: dict[int, int] = {}
    opened: list[int] = []
    for match in re.finditer(r'"[^"]*"?|“[^”]*”?|[()]', text):
        if match[0] == "(":
            opened.append(match.start())
        elif match[0] == ")" and opened:
            found[opened.pop()] = match.start()
    return found
