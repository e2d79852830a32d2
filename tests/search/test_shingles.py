"""How much of their text two files share."""

import random
from io import BytesIO
from itertools import product
from textwrap import wrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.extract.builders import docx, pdf
from vexgui.extract.contents import Section
from vexgui.extract.passages import passages_of
from vexgui.extract.readers.office import read_office
from vexgui.extract.readers.pdf import read_pdf
from vexgui.search.likeness import NEARLY_SAME_TEXT
from vexgui.search.shingles import Shingles, resemblance, shingles

WORDS = [first + second for first, second in product(("ba", "ke", "lo", "mi", "nu", "sar", "tel", "vo"), repeat=2)]


def sentence(rng: random.Random) -> str:
    return " ".join(rng.choices(WORDS, k=12)).capitalize() + "."


def paragraphs(seed: int, count: int) -> list[str]:
    rng = random.Random(seed)
    return [" ".join(sentence(rng) for _ in range(4)) for _ in range(count)]


def of(text: str) -> Shingles:
    """Return the shingles of a text as the store keeps it: in passages, some of which overlap."""
    return shingles(passage for passage, _ in passages_of([Section(text)], code=False))


def test_a_text_is_its_own() -> None:
    text = of("\n\n".join(paragraphs(1, 30)))
    assert resemblance(text, text) == 1.0


def test_other_texts_share_nothing() -> None:
    assert resemblance(of("\n\n".join(paragraphs(1, 20))), of("\n\n".join(paragraphs(2, 20)))) < 0.01


@pytest.mark.parametrize("count", [4, 8, 20])
@pytest.mark.parametrize("change", ["replaced", "removed", "added"])
def test_a_document_with_a_paragraph_changed_is_nearly_the_same(count: int, change: str) -> None:
    before = paragraphs(1, count)
    after = list(before)
    after[count // 2 : count // 2 + (change != "added")] = [] if change == "removed" else paragraphs(9, 1)
    assert resemblance(of("\n\n".join(before)), of("\n\n".join(after))) >= NEARLY_SAME_TEXT


def test_small_edits_all_over_leave_it_nearly_the_same() -> None:
    words = " ".join(paragraphs(1, 10)).split()
    edited = [word if place % 15 else "other" for place, word in enumerate(words)]
    assert resemblance(of(" ".join(words)), of(" ".join(edited))) >= NEARLY_SAME_TEXT


def test_a_text_in_another_format_is_nearly_the_same() -> None:
    text = paragraphs(1, 6)
    lines = [line for part in text for line in (*wrap(part, 44), "")]
    pages = ["\n".join(lines[start : start + 10]) for start in range(0, len(lines), 10)]
    printed = [f"Report of the year\n{page}\nPage {number}" for number, page in enumerate(pages, 1)]
    written = read_office(BytesIO(docx(text))).sections
    shown = read_pdf(BytesIO(pdf(printed)), 0).sections
    passages = [[passage for passage, _ in passages_of(part, code=False)] for part in (written, shown)]
    assert resemblance(shingles(passages[0]), shingles(passages[1])) >= NEARLY_SAME_TEXT


LETTER = """Dear {name},

{opening}

Thank you for your patience and for your trust in our house. Should you have any questions, our service team is at your
disposal from Monday to Friday between 8 am and 6 pm, by telephone or by mail.

{closing}

With kind regards,

Anna Berger
Head of Customer Service
Green Energy Ltd, 12 Harbour Road, Newtown"""


def test_letters_of_one_template_are_only_related() -> None:
    (first, second), (third, fourth) = paragraphs(1, 2), paragraphs(2, 2)
    one = of(LETTER.format(name="Mr Smith", opening=first, closing=second))
    other = of(LETTER.format(name="Ms Jones", opening=third, closing=fourth))
    assert 0.1 < resemblance(one, other) < NEARLY_SAME_TEXT


def test_case_line_ends_and_typography_do_not_matter() -> None:
    one = shingles(["The efficient office filed its first offer. Co-operation went on."])
    other = shingles(["THE e\ufb03cient of\u00adfice\nfiled its \ufb01rst offer — co-operation went on"])
    assert one == other


def test_a_word_torn_by_a_line_end_is_one_word() -> None:
    assert shingles(["all about thermo-\ndynamics in short"]) == shingles(["all about thermodynamics in short"])


def test_scripts_without_spaces_are_compared_sign_by_sign() -> None:
    one, other = (
        shingles(["今日はとても良い天気ですね、散歩に行きましょう"]),
        shingles(["今日はとても良い天気ですね、買い物に行きましょう"]),
    )
    assert 0.4 < resemblance(one, other) < 1


@pytest.mark.parametrize("text", ["", "   ", "--- *** ---", "\n\n"])
def test_what_has_no_words_is_like_nothing(text: str) -> None:
    assert shingles([text]) == frozenset()
    assert resemblance(shingles([text]), shingles([text])) == 0.0


def test_a_text_of_one_word_is_like_itself() -> None:
    assert resemblance(shingles(["Hello!"]), shingles(["hello"])) == 1.0


@given(st.text(), st.text())
def test_any_texts_can_be_compared_either_way(one: str, other: str) -> None:
    shared = resemblance(shingles([one]), shingles([other]))
    assert shared == resemblance(shingles([other]), shingles([one]))
    assert 0 <= shared <= 1
