"""How a query is read, stretch by stretch: for whoever shows it while it is typed. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from vexgui.core.paths import path_of_uri, shown
from vexgui.core.query import Part, Reading, Role
from vexgui.search.language.fields import Spec
from vexgui.search.language.lexer import Token, TokenKind
from vexgui.search.language.parser import lexed, parse
from vexgui.search.language.surroundings import Surroundings

_PATHS = ("in", "like")
"""Fields whose values may be URIs, which nobody reads."""
_ROLES = {TokenKind.WORD: Role.WORDS, TokenKind.QUOTED: Role.PHRASE, TokenKind.FIELD: Role.FIELD}


def reading(typed: str, surroundings: Surroundings) -> Reading:
    """Tell how a query is read; words that stand side by side are one part."""
    lexer = lexed(typed, surroundings)
    begun = [] if lexer.begun is None else [lexer.begun]
    parts = sorted([*_negated(typed, lexer.tokens), *(_part(typed, token) for token in begun)], key=_start)
    return Reading(tuple(_joined(typed, parts)), parse(typed, surroundings).mistakes)


def _negated(typed: str, tokens: Sequence[Token]) -> Iterator[Part]:
    """Yield a part a token; an operator that says what is not wanted belongs to the one behind it, if that is one."""
    turned: Part | None = None
    for token in tokens:
        part = _part(typed, token)
        if turned is not None and part.role is not Role.OPERATOR:
            part = replace(part, start=turned.start, negated=True)
        elif turned is not None:
            yield turned
        turned = part if token.kind is TokenKind.NOT else None
        if turned is None:
            yield part
    if turned is not None:
        yield turned


def _joined(typed: str, parts: Sequence[Part]) -> Iterator[Part]:
    """Yield parts, of words that stand side by side one."""
    for plain, group in groupby(parts, _is_plain):
        found = list(group)
        first, last = found[0], found[-1]
        yield from [replace(first, end=last.end, label=typed[first.start : last.end])] if plain else found


def _part(typed: str, token: Token) -> Part:
    role, spec = _ROLES.get(token.kind, Role.OPERATOR), token.spec
    if spec is not None:
        label = _label(spec, token.value.text) if token.value else ""
        return Part(token.start, token.end, role, spec.name, label, weight=token.weight, unfinished=token.value is None)
    label = typed[token.start : token.end] if role is Role.OPERATOR else token.text
    return Part(token.start, token.end, role, "", label, weight=token.weight)


def _label(spec: Spec, value: str) -> str:
    path = path_of_uri(value.encode()) if spec.name in _PATHS else b""
    return shown(path) if path else value.removeprefix(spec.prefix).strip()


def _is_plain(part: Part) -> bool:
    return part.role is Role.WORDS and not part.negated and part.weight == 1


def _start(part: Part) -> int:
    return part.start
