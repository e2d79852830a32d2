"""What a query could go on with where somebody is typing: fields, and their values."""

from collections.abc import Iterator

from vexgui.core.query import Offer, Suggestions, quotation
from vexgui.core.told import told
from vexgui.search.language.fields import FIELDS
from vexgui.search.language.lexer import QUOTES, Token, TokenKind
from vexgui.search.language.offering import Value, Vocabulary, values_of
from vexgui.search.language.parser import lexed
from vexgui.search.language.surroundings import Surroundings

MOST_OFFERS = 12
_LEAST_OF_VALUE = 2
"""Letters of a word that values are offered for though no field was typed."""
_OFFERED_WITHOUT_FIELD = ("tag", "type", "is")
_SEPARATORS = {"in": "", "near": "", "name": "", "tag": ","}
"""What stands between the values of a field that takes several; of most it is either."""

_MEANINGS = told(
    {
        "type": "what kind of file",
        "in": "in a folder",
        "modified": "changed when",
        "tag": "with a tag",
        "size": "how large",
        "name": "called so",
        "taken": "a picture, taken when",
        "near": "taken near a town",
        "is": "in what state",
        "sort": "in what order",
        "like": "like another file",
        "ext": "how its name ends",
        "rating": "how many stars",
        "camera": "taken with",
        "lang": "in a language",
        "created": "made when",
        "title": "what it is titled",
        "author": "by whom",
        "pages": "how many pages",
        "width": "how many pixels across",
        "height": "how many pixels up",
        "before": "changed before",
        "after": "changed after",
        "since": "changed since",
        "until": "changed until",
        "space": "by what one model says",
    }
)
"""The fields and what they ask for, those that are wanted most first."""


def completions(typed: str, cursor: int, surroundings: Surroundings, known: Vocabulary) -> Suggestions:
    """Return what could stand at a place of a query.

    Args:
        typed: What was typed.
        cursor: Before which of its characters more would be typed.
        surroundings: Where paths begin.
        known: What values the files have.
    """
    before = typed[:cursor]
    lexer = lexed(before, surroundings)
    if not before.strip():
        return Suggestions(cursor, cursor, tuple(_fields("")))
    token = lexer.begun or (lexer.tokens[-1] if lexer.tokens else None)
    if token is not None and token.kind is TokenKind.FIELD and (token is lexer.begun or token.end == len(before)):
        return _of_value(token, typed, before, surroundings, known)
    if token is None or token.kind is not TokenKind.WORD or token.end != len(before):
        return Suggestions(cursor, cursor)
    word = before[token.start :]
    offers = (*_fields(word), *_with_field(word, surroundings, known))
    return Suggestions(token.start, _end(typed, cursor), offers[:MOST_OFFERS])


def _fields(word: str) -> Iterator[Offer]:
    """Yield the fields that a word begins, also by their other names."""
    names = {spec.name for name, spec in FIELDS.items() if name.startswith(word.casefold())}
    yield from (Offer(f"{name}:", f"{name}:", note) for name, note in _MEANINGS.items() if name in names)


def _with_field(word: str, surroundings: Surroundings, known: Vocabulary) -> Iterator[Offer]:
    if len(word) < _LEAST_OF_VALUE:
        return
    for field in _OFFERED_WITHOUT_FIELD:
        for value in values_of(field, word, known, surroundings.home):
            text = f"{field}:{_written(value)}"
            yield Offer(text, text, value.note)


def _of_value(token: Token, typed: str, before: str, surroundings: Surroundings, known: Vocabulary) -> Suggestions:
    """Return values for a field; where several stand there, for the last one."""
    assert token.spec is not None
    field = token.spec.name
    start = _last_value(before, token.value_start, _SEPARATORS.get(field, ",;"))
    start = len(before) - len(before[start:].lstrip())
    mark = before[start : start + 1]
    is_quoted = mark in QUOTES
    begun = before[start + is_quoted :]
    if is_quoted and any(end in begun for end in QUOTES[mark]):
        return Suggestions(len(before), len(before))
    found = values_of(field, begun, known, surroundings.home)
    offers = (Offer(_written(value), value.text, value.note) for value in found if value.text != begun)
    return Suggestions(start, _end(typed, len(before), QUOTES[mark] if is_quoted else ""), _first(offers))


def _last_value(before: str, start: int, separators: str) -> int:
    """Return where the last of some values begins; a separator that was quoted is none."""
    marks = ""
    for at in range(start, len(before)):
        sign = before[at]
        if marks:
            marks = "" if sign in marks else marks
        elif sign in QUOTES:
            marks = QUOTES[sign]
        elif sign in separators:
            start = at + 1
    return start


def _end(typed: str, cursor: int, marks: str = "") -> int:
    """Return where the word ends that the cursor stands in, or the quotation that one of some marks closes."""
    for at in range(cursor, len(typed)):
        if marks and typed[at] in marks:
            return at + 1
        if not marks and (typed[at].isspace() or typed[at] in '),;"'):
            return at
    return cursor if marks else len(typed)


def _written(value: Value) -> str:
    """Return a value as it has to be typed."""
    is_plain = not any(sign.isspace() or sign in '()",;^' for sign in value.text)
    return value.text if is_plain else quotation(value.text)


def _first(offers: Iterator[Offer]) -> tuple[Offer, ...]:
    return tuple(offer for offer, _ in zip(offers, range(MOST_OFFERS), strict=False))
