"""A filter as a condition of SQL on the catalog's files."""

import json
import sqlite3
from typing import Any, TypeAlias

from vexgui.core.errors import UsageProblem
from vexgui.core.filters import And, Compare, Extra, Field, Filter, Has, Known, Leaf, Matches, Not, OneOf, Op, Or, Under
from vexgui.store.catalog.paths import under
from vexgui.store.catalog.patterns import fits, glob, literal

Condition: TypeAlias = tuple[str, tuple[Any, ...]]
"""SQL on ``files f``, for `Catalog.file_ids`, and the values of its parameters."""

_DEEPEST = 15
"""SQLite's parser has a stack of 100, of which a level takes up to five, and a leaf some more."""
_MOST_PARTS = 500
"""SQLite takes expressions of depth 1000; a chain is one."""
_PATH = """CAST((SELECT CASE path WHEN x'2f' THEN path ELSE path || x'2f' END FROM folders WHERE id = f.folder_id)
    || f.name AS BLOB)"""
_SUFFIX = """CASE WHEN instr(substr(name, 2), '.')
    THEN nullif(substr(name, length(rtrim(name, replace(name, '.', ''))) + 1), '') END"""
"""Of a folded name: what is left when all but dots is trimmed from its right ends with the last dot."""
_ROOT = "(SELECT path FROM roots WHERE id = f.root_id)"
_EXPRESSIONS = {
    Field.KIND: "f.kind",
    Field.NAME: "f.name",
    Field.PATH: _PATH,
    Field.ROOT: _ROOT,
    Field.SIZE: "f.size",
    Field.MTIME: "f.mtime_ns",
    Field.TAKEN: "f.taken",
    Field.CAMERA: "f.camera",
    Field.WIDTH: "f.width",
    Field.HEIGHT: "f.height",
    Field.LATITUDE: "f.latitude",
    Field.LONGITUDE: "f.longitude",
    Field.PAGES: "f.pages",
    Field.TITLE: "f.title",
    Field.AUTHOR: "f.author",
    Field.CAPTION: "f.caption",
    Field.ENCODING: "f.encoding",
    Field.MIME: "f.mime",
    Field.STATE: "f.state",
    Field.INDEXED: "f.indexed_ns",
}


def register(connection: sqlite3.Connection) -> None:
    """Give a connection the functions that conditions need."""
    connection.create_function("fits", 2, fits, deterministic=True)
    connection.create_function("said", 2, _said, deterministic=True)


def condition(tree: Filter, *, level: int = 0) -> Condition:
    """Return a filter as SQL: true for the files that it lets through, false or NULL for the others.

    And and Or of NULL and false are never true, so that NULL can stand for false until it is turned round: the one
    place where it must become false is Not.

    Raises:
        UsageProblem: It is larger than SQLite takes.
    """
    match tree:
        case And(parts) | Or(parts):
            _limit(level, len(parts))
            conditions = [condition(part, level=level + 1) for part in parts]
            joined = (" AND " if isinstance(tree, And) else " OR ").join(f"({text})" for text, _ in conditions)
            return joined or str(int(isinstance(tree, And))), tuple(value for _, part in conditions for value in part)
        case Not(part):
            _limit(level, 1)
            text, values = condition(part, level=level + 1)
            return f"({text}) IS NOT TRUE", values
        case _:
            return _leaf(tree)


def _limit(level: int, parts: int) -> None:
    if level == _DEEPEST or parts > _MOST_PARTS:
        raise UsageProblem("The filter has too many conditions or brackets.", "Leave some of them out.")


def _leaf(leaf: Leaf) -> Condition:  # noqa: PLR0911 - a line for each
    match leaf:
        case Under(path):
            text, values = under(path)
            return f"f.folder_id IN (SELECT id FROM folders WHERE {text})", values
        case Compare(Field.SUFFIX, Op.EQ, value):
            return _suffixed((value,))
        case OneOf(Field.SUFFIX, values):
            return _suffixed(values)
        case Compare(field, op, value):
            # An extra fact may be of the other sort; SQL would put all numbers before all texts.
            same_sort = f" AND typeof({{0}}) {'=' if isinstance(value, str) else '!='} 'text'"
            return _of(field, f"{{0}} {op} ?{same_sort if isinstance(field, Extra) else ''}", (value,))
        case OneOf(field, values):
            return _of(field, f"{{0}} IN ({', '.join('?' * len(values))})", values)
        case Has(field):
            return _of(field, "{0} IS NOT NULL", ())
        case Matches(field, pattern):
            # GLOB knows neither folding nor what is not UTF-8; names are kept folded.
            in_names = field is Field.NAME
            return _named("name GLOB ?", (glob(pattern),)) if in_names else _of(field, "fits({0}, ?)", (pattern,))


def _suffixed(values: tuple[Any, ...]) -> Condition:
    """Return the condition for one of some suffixes: four times as quick as to take every name apart."""
    patterns = tuple(f"?*.{literal(value)}" for value in values if value and "." not in value)
    _limit(0, len(patterns))
    return _named(" OR ".join(["name GLOB ?"] * len(patterns)) or "0", patterns)


def _of(field: Known, text: str, values: tuple[Any, ...]) -> Condition:
    """Return a condition on a field, which stands in the text as {0}."""
    if isinstance(field, Extra):
        said = "SELECT said(f.extra, ?) AS said"
        return f"EXISTS (SELECT 1 FROM ({said}) WHERE {text.format('said')})", (field.key, *values)
    if field is Field.SUFFIX:
        return _named(text.format(f"({_SUFFIX})"), values)
    return text.format(_EXPRESSIONS[field]), values


def _said(extra: str | None, key: str) -> str | float | None:
    """Return one of a file's extra facts; SQLite's own JSON ends a text at its first NUL."""
    value = None if extra is None else json.loads(extra).get(key)
    return value if isinstance(value, str | int | float) else None


def _named(text: str, values: tuple[Any, ...]) -> Condition:
    """Return a condition on the folded name."""
    return f"f.id IN (SELECT rowid FROM names WHERE {text})", values
