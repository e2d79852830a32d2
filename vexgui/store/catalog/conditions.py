"""A filter as a condition of SQL on the catalog's files."""

import json
import sqlite3
from typing import Any, TypeAlias

from vexgui.core.errors import UsageProblem
from vexgui.core.files import RECIPE
from vexgui.core.filters import (
    And,
    Compare,
    Extra,
    Field,
    Filter,
    Has,
    Holds,
    Known,
    Leaf,
    Matches,
    Near,
    Not,
    OneOf,
    Op,
    Or,
    Standing,
    Stands,
    Under,
)
from vexgui.core.places import distance_km, latitudes_within
from vexgui.store.catalog.paths import folded, under
from vexgui.store.catalog.patterns import fits, glob, is_indexed, literal
from vexgui.store.catalog.values import UNREAD
from vexgui.store.catalog.words import phrase
from vexgui.store.format import PASSAGE_BITS
from vexgui.system.fingerprint import UNKNOWN_HASH

Condition: TypeAlias = tuple[str, tuple[Any, ...]]
"""SQL on ``files f``, for `Catalog.file_ids`, and the values of its parameters."""

MADE = "coalesce(f.created, f.taken, f.birth)"
"""SQL: when the work in a file was made, as far as anything says so."""

_DEEPEST = 15
"""SQLite's parser has a stack of 100, of which a level takes up to five, and a leaf some more."""
_MOST_PARTS = 500
"""SQLite takes expressions of depth 1000; a chain is one."""
_LONGEST_NAME = 2000
"""No name has more letters once it is folded: one of 255 bytes has at most 1530."""
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
    Field.CREATED: MADE,
    Field.LANGUAGE: "f.language",
}
_BESIDE = {Field.TAG: ("tags", "tag"), Field.RATING: ("ratings", "rating")}
"""Fields that few files have, and some have several of: their tables and columns."""
_STANDING = {
    # Size and hash are an index: going through it once takes less than looking up every file's own.
    Standing.DUPLICATE: (
        "(f.size, f.hash) IN (SELECT size, hash FROM files WHERE hash != ? GROUP BY size, hash HAVING count(*) > 1)",
        (UNKNOWN_HASH,),
    ),
    Standing.STALE: (f"f.unread = {UNREAD} OR f.recipe != ?", (RECIPE,)),
}


def register(connection: sqlite3.Connection) -> None:
    """Give a connection the functions that conditions need."""
    connection.create_function("fits", 2, fits, deterministic=True)
    connection.create_function("said", 2, _said, deterministic=True)
    connection.create_function("distance_km", 4, distance_km, deterministic=True)


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


def _leaf(leaf: Leaf) -> Condition:  # noqa: C901, PLR0911 - a line for each
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
            return _globbed(glob(pattern)) if in_names else _of(field, "fits({0}, ?)", (pattern,))
        case Holds(text):
            return _held(text)
        case Near():
            return _near(leaf)
        case Stands(how):
            return _STANDING[how]


def _held(text: str) -> Condition:
    part = folded(text)
    anywhere, whole = f"*{literal(part)}*", f"*{_edge(part[:1])}{literal(part)}{_edge(part[-1:])}*"
    # SQLite takes no pattern of any length.
    named, values = _globbed(anywhere, whole) if len(part) <= _LONGEST_NAME else ("0", ())
    passages = f"SELECT rowid >> {PASSAGE_BITS} FROM words WHERE words MATCH ?"
    return f"{named} OR f.id IN ({passages})", (*values, phrase(text))


def _edge(outer: str) -> str:
    """Return the pattern of what may stand beside an outer character of a text, so that it ends no word too early."""
    if not outer.isascii():
        return ""
    return "[^a-z]" if outer.isalpha() else "[^0-9]" if outer.isdigit() else ""


def _near(leaf: Near) -> Condition:
    """Return the condition on a position; only what lies about as far north is measured.

    Damaged files may name places that are none.
    """
    narrowed = "f.latitude BETWEEN ? AND ? AND f.longitude BETWEEN -180 AND 180"
    return (
        f"{narrowed} AND distance_km(f.latitude, f.longitude, ?, ?) <= ?",
        (*latitudes_within(leaf.latitude, leaf.km), leaf.latitude, leaf.longitude, leaf.km),
    )


def _suffixed(values: tuple[Any, ...]) -> Condition:
    """Return the condition for one of some suffixes: four times as quick as to take every name apart."""
    patterns = tuple(f"?*.{literal(value)}" for value in values if value and "." not in value)
    _limit(0, len(patterns))
    return _named(" OR ".join(map(_in_index, patterns)) or "0", patterns)


def _globbed(pattern: str, whole: str = "") -> Condition:
    """Return the condition that a folded name fits a pattern, and another between blanks, which no index knows."""
    if whole in ("", pattern):
        return _named(_in_index(pattern), (pattern,))
    return _named(f"{_in_index(pattern)} AND ' ' || name || ' ' GLOB ?", (pattern, whole))


def _in_index(pattern: str) -> str:
    return "name GLOB ?" if is_indexed(pattern) else "+name GLOB ?"


def _of(field: Known, text: str, values: tuple[Any, ...]) -> Condition:
    """Return a condition on a field, which stands in the text as {0}."""
    if isinstance(field, Extra):
        said = "SELECT said(f.extra, ?) AS said"
        return f"EXISTS (SELECT 1 FROM ({said}) WHERE {text.format('said')})", (field.key, *values)
    if field is Field.SUFFIX:
        return _named(text.format(f"({_SUFFIX})"), values)
    if field in _BESIDE:
        table, column = _BESIDE[field]
        return f"f.id IN (SELECT file_id FROM {table} WHERE {text.format(column)})", values
    return text.format(_EXPRESSIONS[field]), values


def _said(extra: str | None, key: str) -> str | float | None:
    """Return one of a file's extra facts; SQLite's own JSON ends a text at its first NUL."""
    value = None if extra is None else json.loads(extra).get(key)
    return value if isinstance(value, str | int | float) else None


def _named(text: str, values: tuple[Any, ...]) -> Condition:
    """Return a condition on the folded name."""
    return f"f.id IN (SELECT rowid FROM names WHERE {text})", values
