"""From what a person typed to a query. Any text gives one; what cannot be read is a mistake, and the rest stands.

query   = or
or      = and { "OR" and }
and     = not { [ "AND" ] not }
not     = { "-" | "NOT" } one
one     = word [ weight ] | quoted [ weight ] | field ":" value | "(" or ")" [ weight ]
weight  = "^" number
"""

from vexgui.core.filters import And, Filter, OneOf, Or
from vexgui.core.query import Example, Mistake, Order, Query
from vexgui.search.language.fields import Likened, Said, Spaced
from vexgui.search.language.lexer import LEAST_WEIGHT, MOST_MISTAKES, MOST_WEIGHT, Lexer, Token, TokenKind, missing
from vexgui.search.language.orders import turned
from vexgui.search.language.surroundings import Surroundings
from vexgui.search.language.tree import All, Any, Condition, Looked, Node, Without, filter_of, questions_of
from vexgui.search.language.values import Unreadable

MOST_CHARACTERS = 2000
"""What stands behind them is not looked at: nobody types so much, and a pasted page says what it means before."""

DEEPEST = 5
"""Brackets in brackets; the trees that come out of them are as deep as the catalog takes."""

MOST_CONDITIONS = 100
"""How many values files are compared with."""


def parse(typed: str, surroundings: Surroundings) -> Query:
    """Read a query. Its mistakes have their places in what was typed."""
    lexer = lexed(typed, surroundings)
    parser = _Parser(lexer, surroundings)
    node = parser.whole()
    is_cut = len(typed) > MOST_CHARACTERS
    mistakes = [mistake for mistake in parser.mistakes if not (is_cut and mistake.unfinished)]
    return Query(
        questions=questions_of(node) if node else (),
        where=filter_of(node) if node else None,
        spaces=tuple({name.casefold(): name for name in parser.spaces}.values()),
        examples=tuple(parser.examples),
        order=tuple(parser.order),
        mistakes=tuple(sorted(mistakes, key=lambda mistake: (mistake.start, mistake.end))),
    )


def lexed(typed: str, surroundings: Surroundings) -> Lexer:
    """Return the tokens of as much of what was typed as is looked at."""
    # SQLite ends a text at a NUL.
    return Lexer(typed[:MOST_CHARACTERS].replace("\0", " "), surroundings)


class _Parser:
    """Descends through the grammar; what concerns the whole query is collected beside the tree."""

    def __init__(self, lexer: Lexer, surroundings: Surroundings) -> None:
        self.mistakes = lexer.mistakes
        self.spaces: list[str] = []
        self.examples: list[Example] = []
        self.order: list[Order] = []
        self._tokens = lexer.tokens
        self._length = lexer.length
        self._surroundings = surroundings
        self._at = 0
        self._depth = 0
        self._conditions = 0

    def whole(self) -> Node | None:
        """Return the tree of all tokens, None where they ask nothing of files."""
        return self._or(negated=False)

    def _or(self, *, negated: bool) -> Node | None:
        sides = [self._and(negated=negated)]
        while operator := self._take(TokenKind.OR):
            if self._lacks_side():
                self._both_sides(operator)
            sides.append(self._and(negated=negated))
        return _joined(Any, sides)

    def _and(self, *, negated: bool) -> Node | None:
        parts: list[Node | None] = []
        while (token := self._next()) and token.kind not in (TokenKind.OR, TokenKind.CLOSE):
            if operator := self._take(TokenKind.AND):
                if self._lacks_side():
                    self._both_sides(operator)
                continue
            parts.append(self._not(negated=negated))
        return _joined(All, parts)

    def _not(self, *, negated: bool) -> Node | None:
        turns = 0
        operator: Token | None = None
        while taken := self._take(TokenKind.NOT):
            operator, turns = taken, turns + 1
        token = self._next()
        if token is None or token.kind in (TokenKind.AND, TokenKind.OR, TokenKind.CLOSE):
            if operator:
                self._mistaken(
                    operator, "There is nothing to leave out.", "Write a word behind it.", grows=self._is_last()
                )
            return None
        node = self._one(negated=negated != bool(turns % 2))
        return Without(node) if node and turns % 2 else node

    def _one(self, *, negated: bool) -> Node | None:
        token = self._tokens[self._at]
        self._at += 1
        match token.kind:
            case TokenKind.OPEN:
                return self._group(token, negated=negated)
            case TokenKind.FIELD:
                return self._read(token, negated=negated)
            case _:
                is_quoted = token.kind is TokenKind.QUOTED
                if not token.text.strip():
                    return None
                looked = Looked(token.text.strip(), is_quoted, token.weight)
                return looked if not (is_quoted or negated) or self._counts(token, 1) else None

    def _group(self, token: Token, *, negated: bool) -> Node | None:
        if self._depth == DEEPEST:
            self._mistaken(token, "The brackets are nested too deeply.", f"At most {DEEPEST} may be open at a time.")
            self._skip_group()
            return None
        self._depth += 1
        node = self._or(negated=negated)
        self._depth -= 1
        close = self._take(TokenKind.CLOSE)
        if close is None:
            self._mistaken(token, "The bracket is not closed.", "Close it with ).", grows=True)
            return node
        return _weighted(node, close.weight) if node and close.weight != 1 else node

    def _skip_group(self) -> None:
        """Go behind the bracket that closes the one just opened."""
        opened = 1
        while opened and (token := self._next()):
            opened += (token.kind is TokenKind.OPEN) - (token.kind is TokenKind.CLOSE)
            self._at += 1

    def _read(self, token: Token, *, negated: bool) -> Node | None:
        """Return the condition of a field, None where it has none, cannot be read, or is about the whole query."""
        assert token.spec is not None
        assert token.value is not None
        if len(self.mistakes) >= MOST_MISTAKES or self._conditions > MOST_CONDITIONS:
            return None
        if not token.value.text.strip():
            self._mistaken(token, *missing(token.text, token.spec), grows=token.end == self._length)
            return None
        try:
            said = token.spec.read(token.value.stripped(), self._surroundings)
        except Unreadable as error:
            grows = error.grows and token.end == self._length
            mistake = Mistake(token.value_start, token.end, error.sentence, error.remedy, grows, error.meant)
            self.mistakes.append(mistake)
            return None
        return self._said(said, token, negated=negated)

    def _said(self, said: Said, token: Token, *, negated: bool) -> Node | None:
        match said:
            case Likened(path):
                self.examples.append(Example(path, -token.weight if negated else token.weight))
            case Spaced() if negated:
                self._mistaken(token, "A space cannot be left out.", "Name the one to search: space:pictures.")
            case Spaced(name):
                self.spaces.append(name)
            case tuple():
                self.order += map(turned, said) if negated else said
            case _:
                return Condition(said) if self._counts(token, _values(said)) else None
        return None

    def _counts(self, token: Token, values: int) -> bool:
        """Tell whether there may be so many conditions more."""
        was_within = self._conditions <= MOST_CONDITIONS
        self._conditions += values
        if was_within and self._conditions > MOST_CONDITIONS:
            self._mistaken(
                token,
                f"There are more than {MOST_CONDITIONS} conditions.",
                "This one and those behind it do not count.",
            )
        return self._conditions <= MOST_CONDITIONS

    def _lacks_side(self) -> bool:
        """Tell whether the operator that was just taken has nothing before or behind it."""
        before = self._tokens[self._at - 2] if self._at > 1 else None
        behind = self._next()
        opens = (TokenKind.OPEN, TokenKind.AND, TokenKind.OR, TokenKind.NOT)
        closes = (TokenKind.CLOSE, TokenKind.AND, TokenKind.OR)
        return before is None or before.kind in opens or behind is None or behind.kind in closes

    def _both_sides(self, operator: Token) -> None:
        name = operator.kind.name
        remedy = f'To look for the word, quote it: "{name}".'
        self._mistaken(operator, f"{name} needs something on both sides.", remedy, grows=self._is_last())

    def _mistaken(self, token: Token, sentence: str, remedy: str, *, grows: bool = False) -> None:
        self.mistakes.append(Mistake(token.start, token.end, sentence, remedy, grows))

    def _is_last(self) -> bool:
        return self._at == len(self._tokens)

    def _next(self) -> Token | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _take(self, kind: TokenKind) -> Token | None:
        token = self._next()
        if token is None or token.kind is not kind:
            return None
        self._at += 1
        return token


def _joined(kind: type[All] | type[Any], found: list[Node | None]) -> Node | None:
    parts = tuple(node for node in found if node is not None)
    if len(parts) < 2:  # noqa: PLR2004 - nothing to join
        return parts[0] if parts else None
    return kind(parts)


def _weighted(node: Node, weight: float) -> Node:
    """Return a tree whose words count so much more."""
    match node:
        case Looked(text, is_quoted, own):
            return Looked(text, is_quoted, max(LEAST_WEIGHT, min(own * weight, MOST_WEIGHT)))
        case All(parts):
            return All(tuple(_weighted(part, weight) for part in parts))
        case Any(parts):
            return Any(tuple(_weighted(part, weight) for part in parts))
        case _:
            return node


def _values(tree: Filter) -> int:
    """Return how many values a condition compares with."""
    match tree:
        case And(parts) | Or(parts):
            return sum(map(_values, parts))
        case OneOf(_, values):
            return len(values)
        case _:
            return 1
