"""Free words, quoted words, weights and brackets."""

import pytest

from tests.search.language.asking import asked
from vexgui.core.filters import And, Compare, Field, Holds, Not, Op, Or
from vexgui.core.query import Question, Term

PDF = Compare(Field.SUFFIX, Op.EQ, "pdf")
IMAGE = Compare(Field.KIND, Op.EQ, "image")


def terms(typed: str) -> tuple[str, ...]:
    (question,) = asked(typed).questions
    return tuple(term.text for term in question.terms)


def texts(typed: str) -> list[str]:
    return [question.text for question in asked(typed).questions]


@pytest.mark.parametrize(
    ("typed", "text", "words", "parts"),
    [
        ("lentil soup", "lentil soup", ("lentil", "soup"), ("lentil", "soup")),
        ("  Lentil   SOUP ", "Lentil SOUP", ("Lentil", "SOUP"), ("Lentil", "SOUP")),
        ("what is the lease", "what is the lease", ("lease",), ("what", "is", "the", "lease")),
        ("soup, soup and Soup", "soup, soup and Soup", ("Soup",), ("soup,", "soup", "and", "Soup")),
        ("ring_buffer.c", "ring_buffer.c", ("ring_buffer", "c"), ("ring_buffer.c",)),
        ("don't panic", "don't panic", ("don", "panic"), ("don't", "panic")),
        ("Äpfel in Wien", "Äpfel in Wien", ("Äpfel", "Wien"), ("Äpfel", "in", "Wien")),
        ("what is this", "what is this", ("what", "is", "this"), ("what", "is", "this")),
        ("🍰 cake", "🍰 cake", ("cake",), ("🍰", "cake")),
        ("猫 写真", "猫 写真", ("猫", "写真"), ("猫", "写真")),
        ("قطة حمراء", "قطة حمراء", ("قطة", "حمراء"), ("قطة", "حمراء")),
        ("a\0pear", "a pear", ("pear",), ("a", "pear")),
        ("pear\ud800", "pear?", ("pear",), ("pear?",)),
        ("cat or not", "cat or not", ("cat", "not"), ("cat", "or", "not")),
    ],
)
def test_free_words_are_looked_for_and_leave_nothing_out(
    typed: str, text: str, words: tuple[str, ...], parts: tuple[str, ...]
) -> None:
    query = asked(typed)
    assert query.questions == (Question(text, tuple(map(Term, words)), parts),)
    assert query.where is None
    assert not query.mistakes


@pytest.mark.parametrize("typed", ["", "  \t\n", '""', '"  "', "()", "( )"])
def test_nothing_asks_for_nothing(typed: str) -> None:
    assert asked(typed).is_empty
    assert not asked(typed).mistakes


@pytest.mark.parametrize(
    ("typed", "words", "where"),
    [
        ('"to be or not"', ("to be or not",), Holds("to be or not")),
        ('the "red house" there', ("red house",), Holds("red house")),
        ("the “red house” there", ("red house",), Holds("red house")),
        ("„rotes Haus“", ("rotes Haus",), Holds("rotes Haus")),
        ("«maison rouge»", ("maison rouge",), Holds("maison rouge")),
        ('"red, house!"', ("red house",), Holds("red, house!")),
        ('"!"', (), Holds("!")),
        ('"one""two"', ("one", "two"), And((Holds("one"), Holds("two")))),
        ('"type:pdf"', ("type pdf",), Holds("type:pdf")),
        ('"(a OR b)"', ("a OR b",), Holds("(a OR b)")),
    ],
)
def test_quoted_words_have_to_occur(typed: str, words: tuple[str, ...], where: object) -> None:
    assert terms(typed) == words
    assert asked(typed).where == where


@pytest.mark.parametrize(
    ("typed", "where"),
    [
        ("-draft", Not(Holds("draft"))),
        ("NOT draft", Not(Holds("draft"))),
        ('-"rough draft"', Not(Holds("rough draft"))),
        ("-type:pdf", Not(PDF)),
        ("NOT NOT draft", None),
        ("NOT -type:pdf", PDF),
        ("-(draft OR type:pdf)", And((Not(Holds("draft")), Not(PDF)))),
        ("-(rough draft)", Or((Not(Holds("rough")), Not(Holds("draft"))))),
        ("-(-draft)", Holds("draft")),
        ("-🍰", Not(Holds("🍰"))),
    ],
)
def test_what_is_left_out_has_to_be_missing(typed: str, where: object) -> None:
    assert asked(typed).where == where


@pytest.mark.parametrize("typed", ["e-mail", "--help", "-", "a - b", "well-known-", "->", "-->"])
def test_other_dashes_are_part_of_words(typed: str) -> None:
    assert texts(typed) == [typed]
    assert asked(typed).where is None


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("cat OR dog", ["cat", "dog"]),
        ("red (cat OR dog)", ["red cat", "red dog"]),
        ("(red OR blue) (cat OR dog)", ["red cat", "red dog", "blue cat", "blue dog"]),
        ("red cat OR blue dog", ["red cat", "blue dog"]),
        ("red AND cat OR dog", ["red cat", "dog"]),
        ("cat OR cat", ["cat"]),
        ("a OR b OR c OR d OR e OR f OR g OR h", list("abcdefgh")),
        ("a OR b OR c OR d OR e OR f OR g OR h OR i", ["a b c d e f g h i"]),
        ("(a OR b) (c OR d) (e OR f) (g OR a)", ["a b c d e f g"]),
        ("cat OR type:pdf", ["cat"]),
        ("(((cat)))", ["cat"]),
    ],
)
def test_alternatives_are_questions_of_their_own(typed: str, expected: list[str]) -> None:
    assert texts(typed) == expected


@pytest.mark.parametrize(
    ("typed", "where"),
    [
        ("type:pdf OR type:image", Or((PDF, IMAGE))),
        ("type:pdf type:image", And((PDF, IMAGE))),
        ("type:pdf AND type:image", And((PDF, IMAGE))),
        ("type:pdf OR cat", None),
        ("type:pdf OR (cat type:image)", Or((PDF, IMAGE))),
        ("(type:pdf OR type:image) -a", And((Or((PDF, IMAGE)), Not(Holds("a"))))),
        ('"a" OR type:pdf', Or((Holds("a"), PDF))),
        ("-a OR type:pdf", Or((Not(Holds("a")), PDF))),
        ("-a OR b", None),
        ("type:pdf OR like:a.png", PDF),
        ("type:pdf (a OR b)", PDF),
    ],
)
def test_conditions_join_and_words_beside_or_leave_every_file_in(typed: str, where: object) -> None:
    assert asked(typed).where == where


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("soup^2 lentil", [("soup", 2.0), ("lentil", 1.0)]),
        ('"lentil soup"^0.5', [("lentil soup", 0.5)]),
        ("soup^,5", [("soup", 0.5)]),
        ("(soup lentil^2)^3", [("soup", 3.0), ("lentil", 6.0)]),
        ("(soup^5)^5", [("soup", 10.0)]),
        ("ring_buffer.c^2", [("ring_buffer", 2.0), ("c", 2.0)]),
        ("(soup OR stew^2)", [("soup", 1.0), ("stew", 2.0)]),
        ("^2", [("2", 1.0)]),
        ("x^y", [("x", 1.0), ("y", 1.0)]),
    ],
)
def test_weights_belong_to_terms(typed: str, expected: list[tuple[str, float]]) -> None:
    query = asked(typed)
    assert [(term.text, term.weight) for question in query.questions for term in question.terms] == expected
    assert not query.mistakes


@pytest.mark.parametrize(
    "typed", ["(1).jpg", "printf()", "report(final).pdf", "f(x)(y)", ":)", "a:-(", "[x]", "(a)b", "smile:)"]
)
def test_brackets_in_names_are_part_of_words(typed: str) -> None:
    assert texts(typed) == [typed]
    assert not asked(typed).mistakes


def test_brackets_in_names_stand_in_brackets_too() -> None:
    assert texts("red (printf() OR exit(1).c)") == ["red printf()", "red exit(1).c"]


def test_a_long_text_is_cut() -> None:
    query = asked("word" + "".join(f" a{number}" for number in range(10_000)) + ' "open')
    (question,) = query.questions
    assert len(question.text) <= 2000
    assert [term.text for term in question.terms[:2]] == ["word", "a0"]
    assert len(question.terms) == 32
    assert not question.parts
    assert not query.mistakes


def test_no_name_is_looked_for_that_no_file_can_have() -> None:
    assert asked("x" * 255).questions[0].parts == ("x" * 255,)
    assert asked("x" * 256).questions[0].parts == ()
