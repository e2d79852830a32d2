"""Where in a text the passage lies that was found."""

from vexgui.core.hits import Why
from vexgui.core.reports import PassageText
from vexgui.gui.preview.passages import MOST_CHARS, FoundText, found_in, joined_passages

TEXT = "First line.\nThe lake is deep.\n\nThe lake\n  is wide, and nobody has swum across it yet."


def passage(ordinal: int, text: str, place: str = "line 1", kind: str = "text") -> PassageText:
    return PassageText(ordinal, kind, place, text)


def words_in(found: FoundText) -> list[str]:
    return [found.text[start:end] for start, end in found.words]


def test_the_passage_of_the_strongest_reason_is_found_and_its_words() -> None:
    whys = (Why("name", 0, "\x02lake\x03.txt"), Why("words", 1, "The \x02lake\x03 is deep."))
    found = found_in(TEXT, whys, [passage(0, "lake", kind="about"), passage(1, "The lake is deep.\n")])
    assert found.passage is not None
    assert found.text[slice(*found.passage)] == "The lake is deep."
    assert words_in(found) == ["lake"]
    assert found.whole


def test_a_passage_is_looked_for_from_its_line_on() -> None:
    text = "same\n" * 10
    found = found_in(text, [Why("s", 1, "same")], [passage(1, "same", "line 4")])
    assert found.passage == (15, 19)


def test_other_white_space_is_no_difference() -> None:
    told = passage(1, "The lake is wide, and nobody has swum across it yet.", "line 4")
    found = found_in(TEXT, [Why("s", 1, "x")], [told])
    assert found.passage is not None
    assert found.text[slice(*found.passage)] == "The lake\n  is wide, and nobody has swum across it yet."


def test_words_are_marked_everywhere_where_the_passage_is_not_in_the_text() -> None:
    found = found_in(TEXT, [Why("words", 7, "\x02Lake\x03 and \x02deep\x03")], [])
    assert found.passage is None
    assert words_in(found) == ["lake", "deep", "lake"]


def test_a_name_marks_nothing_in_the_text() -> None:
    assert found_in(TEXT, [Why("name", 0, "\x02lake\x03")], []) == FoundText(TEXT)


def test_of_a_long_text_the_part_around_the_passage_is_shown() -> None:
    text = "".join(f"line {number} of the text\n" for number in range(40_000))
    line = "line 30000 of the text"
    found = found_in(text, [Why("s", 1, line)], [passage(1, line, "line 30001")])
    assert not found.whole
    assert len(found.text) <= MOST_CHARS + 40
    assert found.text.startswith(f"line {found.first_line - 1} ")
    assert found.passage is not None
    assert found.text[slice(*found.passage)] == line


def test_of_a_text_that_is_longer_to_lay_out_less_is_shown() -> None:
    told = "a line that is found"
    found = found_in("word\n" * 500 + told + "\nword" * 500, [Why("s", 1, told)], [passage(1, told)], 200)
    assert len(found.text) <= 200
    assert found.passage is not None
    assert found.text[slice(*found.passage)] == told


def test_what_two_passages_share_is_said_once() -> None:
    first = "We rowed out early. The lake was still and the boat was leaking."
    second = "The lake was still and the boat was leaking. So we turned back."
    told = [passage(0, "boat.odt", kind="about"), passage(1, first), passage(2, second), passage(3, "The end.")]
    assert joined_passages(told) == f"{first}\n\nSo we turned back.\n\nThe end."


def test_without_passages_there_is_no_text() -> None:
    assert joined_passages([passage(0, "a.zip", kind="about")]) == ""


def test_of_a_text_that_is_one_long_line_only_a_part_is_shown() -> None:
    text = "word " * MOST_CHARS + "the needle here"
    why = Why("words", 1, "the \x02needle\x03 here")
    found = found_in(text, [why], [PassageText(1, "text", "", "the needle here")])
    assert len(found.text) <= MOST_CHARS
    assert found.passage is not None
    assert found.text[slice(*found.passage)] == "the needle here"
