"""Files and filters to draw at random, with all that is odd about names, numbers and texts."""

import math
import re
from collections.abc import Sequence
from dataclasses import replace

from hypothesis import strategies as st

from tests.store.builders import a_file, a_stat
from tests.store.filter_meanings import STEMS
from vexgui.core.files import RECIPE, FileFacts, FileState, Kind, Labels, Passage, PassageKind
from vexgui.core.filters import (
    And,
    Compare,
    Extra,
    Field,
    Filter,
    Has,
    Holds,
    Known,
    Matches,
    Near,
    Not,
    OneOf,
    Op,
    Or,
    Sort,
    Standing,
    Stands,
    Under,
    Value,
)
from vexgui.core.paths import decoded
from vexgui.system.fingerprint import UNKNOWN_HASH

LARGEST = (1 << 63) - 1
FOLDERS = [b"/", b"/r", b"/r/s", b"/r/s/t", b"/r!", b"/r0", b"/rs", b"/x", b"/x/\xff"]
NAMES = [
    b"a.PDF", b"a.pdf", b"A", b".profile", b"a.", b"..a", b"a.tar.gz", b"100%_x[1]*?.Md", "Été.txt".encode(),
    b"\xff\xe4.jpg", "ﬁle…x".encode(), "ＡＢ．ＴＸＴ＊".encode(), "Straße.o".encode(), b"'\";--.sql", b"a\n.b\nc",
]  # fmt: skip
TEXTS = [
    "",
    "a",
    "A",
    "é",
    "É",
    "e\u0301",
    "ß",
    "100%_x[1]*?",
    "Canon EOS",
    "2020-01-01T00:00:00",
    "\U0001f600",
    "z\0a",
]
NUMBERS: list[int | float] = [
    0, 1, -1, 2, 0.5, -0.5, 2**53, 2**53 + 1, 2.0**53, 2.0**63, -(2.0**63), 1e300, -1e300, LARGEST, LARGEST - 1,
    -LARGEST, 0.0, -0.0,
]  # fmt: skip
DATES = ["2019-12-31T23:59:59", "2020-01-01T00:00:00", "2024-02-29T12:00:00"]
SENTENCES = ["", "Cats sleeping", "a cat sleeps; a CAFÉ", "red", "red cats, red", "東京 sleeps", "pdf"]
PHRASES = [
    *STEMS, "cat sleep",
    "sleep cat", "red cat red", "café", "a-cat", "東", "", "!?", "*", "[1]*?", '"', "a.pdf", "'\";",
    "ss", "red NOT cat", "red*",
]  # fmt: skip
PATTERNS = [
    "",
    "a",
    "?",
    "*",
    "**",
    "a*",
    "*.pdf",
    "a?pdf",
    "É",
    "%_",
    "[1]",
    "*[*",
    "fi",
    "…",
    "ss",
    "＊",
    "\ufffd",
    "\n",
]


WHOLE = st.sampled_from([number for number in NUMBERS if isinstance(number, int)])
MAYBE_TEXT = st.none() | st.sampled_from(TEXTS)
MAYBE_WHOLE = st.none() | WHOLE
FACTS = st.builds(
    FileFacts,
    width=MAYBE_WHOLE,
    height=MAYBE_WHOLE,
    taken=MAYBE_TEXT,
    camera=MAYBE_TEXT,
    latitude=st.none() | st.sampled_from([0.5, -90.0, 48.2, 48.9, 1e300]),
    longitude=st.none() | st.sampled_from([16.4, 2.4, -179.9, 180.0, 1e300]),
    caption=MAYBE_TEXT,
    title=MAYBE_TEXT,
    pages=MAYBE_WHOLE,
    language=st.none() | st.sampled_from(["en", "de"]),
    created=st.none() | st.sampled_from(DATES),
    extra=st.none() | st.dictionaries(st.sampled_from(["a", 'a"b', "é", ""]), WHOLE | st.sampled_from([*TEXTS, 0.5])),
)
LABELS = st.builds(
    lambda tags, rating: Labels(tuple(sorted(tags)), rating),
    st.frozensets(st.sampled_from(TEXTS), max_size=3),
    st.none() | st.integers(0, 10),
)
SAID = st.lists(st.sampled_from(SENTENCES), max_size=2)
NAME = st.sampled_from(NAMES) | st.binary(min_size=1, max_size=9).map(lambda name: re.sub(rb"[/\0]", b".", name))
FILE = st.builds(
    lambda folder, name, kind, size, mtime, facts, failed, labels, said, birth, content_hash, recipe, unread: replace(
        a_file(folder.rstrip(b"/") + b"/" + name, stat=replace(a_stat(abs(size)), mtime_ns=mtime)),
        kind=kind, facts=facts, vectors=(), state=FileState.FAILED if failed else FileState.INDEXED, labels=labels,
        passages=tuple(Passage(number, PassageKind.TEXT, text) for number, text in enumerate(said)), birth=birth,
        content_hash=content_hash, recipe=recipe, unread=unread,
    ),
    st.sampled_from(FOLDERS), NAME, st.sampled_from(Kind), WHOLE, WHOLE, FACTS, st.booleans(), LABELS, SAID,
    st.none() | st.sampled_from(DATES), st.sampled_from([b"a" * 16, b"b" * 16, UNKNOWN_HASH]),
    st.sampled_from([RECIPE, RECIPE - 1]), st.booleans(),
)  # fmt: skip
FILES = st.lists(FILE, min_size=1, max_size=8, unique_by=lambda file: file.path)
KNOWN: st.SearchStrategy[Known] = st.sampled_from([*Field] + [Field.KIND, Field.ROOT, Field.SIZE, Field.MTIME] * 4) | (
    st.builds(Extra, st.sampled_from(["a", 'a"b', "é", "", "none"]))
)
PATHS = [*FOLDERS, *NAMES, b"", b"/r/s/a.pdf", b"/nowhere"]
VALUES: dict[Sort, Sequence[Value]] = {
    Sort.NUMBER: NUMBERS,
    Sort.TEXT: [*TEXTS, *Kind, *FileState, "pdf", "PDF", "txt", "gz", "tar.gz", "txt*", "[1]*?", "md", "text/plain"],
    Sort.PATH: PATHS,
}


def value_of(field: Known) -> st.SearchStrategy[Value]:
    if isinstance(field, Extra):
        return st.sampled_from([*NUMBERS, *TEXTS])
    return st.sampled_from(VALUES[field.sort])


LEAF: st.SearchStrategy[Filter] = st.one_of(
    KNOWN.flatmap(lambda field: st.builds(Compare, st.just(field), st.sampled_from(Op), value_of(field))),
    KNOWN.flatmap(lambda field: st.builds(OneOf, st.just(field), st.lists(value_of(field), max_size=3).map(tuple))),
    st.builds(
        Matches,
        KNOWN.filter(lambda field: isinstance(field, Extra) or field.sort is not Sort.NUMBER),
        st.sampled_from([*PATTERNS, *map(decoded, NAMES)]),
    ),
    st.builds(Under, st.sampled_from(FOLDERS)),
    st.builds(Has, KNOWN),
    st.builds(Holds, st.sampled_from(PHRASES)),
    st.builds(
        Near,
        st.sampled_from([0.0, 48.2, -90.0, 90.0]),
        st.sampled_from([16.4, 180.0, -180.0]),
        st.sampled_from([0, 20, 1035.0, 1030.0, 12_000, 30_000, math.inf]),
    ),
    st.builds(Stands, st.sampled_from(Standing)),
)
TREE: st.SearchStrategy[Filter] = st.recursive(
    LEAF,
    lambda parts: st.one_of(
        st.builds(And, st.lists(parts, max_size=3).map(tuple)),
        st.builds(Or, st.lists(parts, max_size=3).map(tuple)),
        st.builds(Not, parts),
    ),
    max_leaves=8,
)
