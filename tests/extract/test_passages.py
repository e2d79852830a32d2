"""Passages hold all of a text, in order, in pieces of bounded size, cut where the writer paused."""

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from vexgui.extract.contents import Section
from vexgui.extract.passages import (
    CODE_CHARS,
    MAX_PASSAGES,
    OVERLAP_CHARS,
    PROSE_CHARS,
    Piece,
    passages_of,
    pieces,
    units,
)

SENTENCE = "The old tram climbs the steep street. "
words = st.text(alphabet="ab é。.!?\n\t-#(\"'漢0X", max_size=3000)
long_texts = st.builds(lambda parts, times: "".join(parts) * times, st.lists(words, max_size=4), st.integers(1, 12))
texts = st.one_of(words, long_texts, st.text(max_size=2000))


@given(texts, st.booleans())
@example("a" * 5000, False)
@example("\n" * 5000, True)
def test_the_pieces_hold_every_visible_character_in_order(text: str, code: bool) -> None:
    covered = 0
    for piece in pieces(text, code=code):
        assert piece.start < piece.end
        assert not text[covered : piece.start].strip() or piece.start <= covered
        assert piece.end > covered
        covered = piece.end
    assert not text[covered:].strip()


@given(texts, st.booleans())
def test_pieces_are_bounded_and_overlap_little(text: str, code: bool) -> None:
    longest = CODE_CHARS if code else PROSE_CHARS
    previous: Piece | None = None
    for piece in pieces(text, code=code):
        assert piece.end - piece.start <= longest
        assert previous is None or piece.start > previous.start
        assert previous is None or previous.end - piece.start <= OVERLAP_CHARS
        previous = piece


@given(texts, st.booleans())
def test_units_lie_back_to_back_over_the_whole_text(text: str, code: bool) -> None:
    end = 0
    for unit in units(text, code=code):
        assert unit.start == end
        assert unit.end > unit.start
        end = unit.end
    assert end == len(text)


@given(st.lists(st.text(alphabet="abcdefgh", min_size=1, max_size=30), max_size=600), st.booleans())
def test_no_cut_falls_inside_a_word(parts: list[str], code: bool) -> None:
    text = " ".join(parts)
    for piece in pieces(text, code=code):
        assert piece.start == 0 or text[piece.start - 1] == " "
        assert piece.end == len(text) or text[piece.end] == " "


@given(texts, st.booleans())
def test_a_piece_knows_its_line(text: str, code: bool) -> None:
    for piece in pieces(text, code=code):
        assert piece.line == text.count("\n", 0, piece.start) + 1


def test_a_short_text_is_one_passage() -> None:
    assert list(pieces("  Hello world.\n")) == [Piece(2, 14, 1)]


def test_nothing_but_space_is_no_passage() -> None:
    assert list(pieces(" \n\t ")) == []


def test_prose_is_cut_at_sentence_ends_and_repeats_the_last_sentences() -> None:
    text = SENTENCE * 60
    found = list(pieces(text))
    assert len(found) == 3
    for piece, following in pairwise(found):
        assert text[piece.start : piece.end].endswith("street.")
        assert text[following.start : piece.end] == (SENTENCE * 2).strip()


def test_a_late_paragraph_end_is_preferred_and_nothing_is_repeated_across_it() -> None:
    text = SENTENCE * 20 + "\n\n" + SENTENCE * 20
    first, second = pieces(text)
    assert text[first.end : second.start] == " \n\n"


def test_list_items_and_headings_begin_units() -> None:
    text = "Shopping\n- milk\n- bread\n# Later\ntext"
    assert [text[unit.start : unit.end] for unit in units(text)] == [
        "Shopping\n",
        "- milk\n",
        "- bread\n",
        "# Later\ntext",
    ]


def test_code_is_cut_before_definitions() -> None:
    function = "def tram{n}(street):\n" + "    climb(street)\n" * 12 + "\n\n"
    text = "".join(function.format(n=n) for n in range(12))
    for piece in pieces(text, code=True):
        assert text[piece.start :].startswith("def tram")
        assert text[piece.start : piece.end].endswith("climb(street)")


METHODS = {
    "python": (
        "class Tram:\n",
        "    # Up the hill.\n    @steep\n    def climb{n}(self):\n{body}\n",
        "        self.go()\n",
    ),
    "java": (
        "class Tram {{\n",
        "    @Override\n    public void climb{n}(int metres) {{\n{body}    }}\n\n",
        "        go();\n",
    ),
    "rust": ("impl Tram {{\n", "    /// Up.\n    pub fn climb{n}(&self) {{\n{body}    }}\n\n", "        self.go();\n"),
    "c": ("#include <x.h>\n\n", "// Up.\nstatic int\tclimb{n}(struct tram *t)\n{{\n{body}}}\n\n", "    go(t);\n"),
    "script": ("", "/* Up. */\nexport const climb{n} = (metres) => {{\n{body}}}\n", "    go();\n"),
}


@pytest.mark.parametrize("language", METHODS)
def test_code_is_cut_before_a_definition_with_the_lines_that_belong_to_it(language: str) -> None:
    head, definition, line = METHODS[language]
    text = head.format() + "".join(definition.format(n=n, body=line * 14) for n in range(12))
    first = definition.format(n=0, body="").split("\n")[0]
    found = [text[piece.start : piece.end] for piece in pieces(text, code=True)]
    assert len(found) > 3
    for passage in found[1:]:
        assert passage.split("\n")[0] == first.strip()


def test_calls_and_conditions_are_no_definitions() -> None:
    for statement in ("return climb(metres)", "else if (steep) {", "assert climb(1)", "x = climb(2)", "climb(3);"):
        text = "first();\n" + f"    {statement}\n" * 3
        assert not any(unit.closes for unit in list(units(text, code=True))[:-1])


def test_minified_code_is_cut_hard() -> None:
    found = list(pieces("x=1;" * 1000, code=True))
    assert [piece.end - piece.start for piece in found[:-1]] == [CODE_CHARS] * (len(found) - 1)


def test_scripts_without_spaces_are_cut_at_their_stops() -> None:
    text = "これは日本語の文章です。" * 200
    for piece in pieces(text):
        assert text[piece.start : piece.end].endswith("。")


def test_a_file_has_a_bounded_number_of_passages() -> None:
    found = list(passages_of([Section(SENTENCE * 20_000), Section("after")], code=False))
    assert len(found) == MAX_PASSAGES
    assert found[0][1] == "line 1"


def test_passages_are_placed_by_line_or_as_their_section_says() -> None:
    found = list(passages_of([Section("\n\nfirst", None), Section("second", "page 2")], code=False))
    assert found == [("first", "line 3"), ("second", "page 2")]


@pytest.mark.parametrize(
    "text", ["a" * (2 << 20), ". " * (1 << 20), "\n" * (2 << 20), 'A."' * 700_000, "x\n" * (1 << 20)]
)
@pytest.mark.parametrize("code", [True, False])
def test_two_mebibytes_of_anything_are_cut_in_linear_time(text: str, code: bool) -> None:
    assert sum(1 for _ in passages_of([Section(text)], code=code)) <= MAX_PASSAGES
