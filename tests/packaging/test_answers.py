"""How answers are measured: which pages and queries there are, how finding is counted, what is written down."""

import sys
import tomllib
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "packaging" / "quality"))

from answers import (
    ALL_WORDS,
    ALONE,
    ANSWERED,
    ANY_WORD,
    END,
    PRODUCT,
    START,
    Figures,
    Measured,
    missed_aims,
    told,
    with_section,
)
from asked import MOST_SHARED, QUESTIONS, Asked, Half, Kind, everything, people, shared_words
from pages import Page, digest, distinct, page_of, written
from scoring import Banded, Score, banded, scored
from systems import full_text

RENDERED = """
CP(1)                        User Commands                        CP(1)

NAME
       cp - copy files and
       directories

SYNOPSIS
       cp [OPTION]... SOURCE DEST

DESCRIPTION
       Makes a twin of SOURCE. {more}

GNU coreutils 9.1             September 2022                      CP(1)
"""


def page(key: str, description: str = "does this and that", text: str = "") -> Page:
    return Page(key, key.rpartition(".")[0], description, text or f"The text of {key}.")


def questions() -> list[Asked]:
    """Return the everyday questions without looking whether their pages are there."""
    named = {key for each in people_of_any_pages() for key in each.right}
    return people([page(key) for key in named])


def people_of_any_pages() -> list[Asked]:
    entries = tomllib.loads(QUESTIONS.read_text("utf-8"))["question"]
    return [Asked(Kind.EVERYDAY, each["text"], frozenset(each["pages"])) for each in entries]


def measured(**changes: float) -> Measured:
    """Return figures that meet every aim, but for what is changed."""
    values = {"fused": 0.8, "recoll": 0.2, "wrongly_strong": 0.1, "not_weak": 0.91} | changes

    def by(mrr: float) -> dict[Kind, Score]:
        return {kind: Score(10, mrr, mrr) for kind in ANSWERED}

    bands = {kind: Banded(10, 0.5, values["not_weak"], 0.0) for kind in ANSWERED}
    bands[Kind.UNANSWERED] = Banded(10, values["wrongly_strong"], 0.5, 0.5)
    scores = {
        ANY_WORD: by(values["recoll"]),
        ALL_WORDS: by(0.1),
        ALONE["meaning"]: by(0.1),
        PRODUCT: by(values["fused"]),
    }
    figures = Figures(scores, bands)
    return Measured(figures, dict.fromkeys(Half, figures), 3, 0.15, "ab" * 8)


def test_a_page_has_its_name_line_taken_off_and_keeps_the_rest() -> None:
    found = page_of("cp.1", RENDERED.format(more="word " * 80))

    assert found is not None
    assert (found.key, found.name, found.description) == ("cp.1", "cp", "copy files and directories")
    assert found.text.startswith("SYNOPSIS\n")
    assert "copy files" not in found.text
    assert "coreutils" not in found.text
    assert found.place == "man1/cp.txt"


@pytest.mark.parametrize("rendered", ["", RENDERED.format(more=""), RENDERED.replace("NAME", "TITLE")])
def test_what_has_no_name_line_or_little_else_is_no_page(rendered: str) -> None:
    assert page_of("cp.1", rendered) is None


def test_pages_with_the_same_text_or_place_count_once() -> None:
    pages = [page("b.1", text="same"), page("a.1", text="same"), page("c.3", text="x"), page("c.3type", text="y")]

    assert [each.key for each in distinct(pages)] == ["a.1", "c.3"]


def test_a_file_that_is_as_it_should_be_is_left_alone(tmp_path: Path) -> None:
    written([page("a.1"), page("b.1")], tmp_path)
    before = (tmp_path / "man1" / "a.txt").stat().st_mtime_ns

    written([page("a.1"), page("b.1", text="new")], tmp_path)

    assert (tmp_path / "man1" / "a.txt").stat().st_mtime_ns == before
    assert (tmp_path / "man1" / "b.txt").read_text("utf-8") == "new"


def test_a_file_of_no_page_goes(tmp_path: Path) -> None:
    written([page("a.1"), page("b.1")], tmp_path)
    written([page("b.1")], tmp_path)

    assert [path.name for path in tmp_path.glob("*/*")] == ["b.txt"]


def test_other_texts_have_another_digest() -> None:
    assert digest([page("a.1")]) != digest([page("a.1", text="other")])


def test_there_are_as_many_questions_as_the_page_says() -> None:
    found = questions()

    assert sum(each.kind is Kind.EVERYDAY for each in found) >= 160
    assert sum(each.kind is Kind.UNANSWERED for each in found) >= 60
    assert len({each.text for each in found}) == len(found)


def test_a_question_about_a_page_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="not there"):
        people([page("ls.1")])


def test_pages_of_one_description_all_answer_it() -> None:
    pages = [page(key) for each in people_of_any_pages() for key in sorted(each.right)]
    pages += [page("getpwent.3", "get password entry"), page("getpwnam.3", "Get password entry")]
    asked = {each.text: each for each in everything(pages) if each.kind is Kind.DESCRIPTION}

    assert asked["get password entry"].right == {"getpwent.3", "getpwnam.3"}


def test_each_half_has_about_half_of_every_kind_and_a_query_keeps_its_half() -> None:
    found = questions()
    for kind in (Kind.EVERYDAY, Kind.UNANSWERED):
        kept = [each.half is Half.KEPT for each in found if each.kind is kind]
        assert 0.4 <= sum(kept) / len(kept) <= 0.6
    assert [each.half for each in found] == [each.half for each in questions()]


def test_words_are_shared_by_their_stems_and_function_words_do_not_count() -> None:
    asked = [Asked(Kind.EVERYDAY, "how do I copy the photos twice", frozenset({"cp.1"}))]
    pages = [page("cp.1", "duplicate things", "Copies a photo. How do I do the other?")]

    assert shared_words(asked, pages) == {asked[0].text: pytest.approx(2 / 3)}


def test_words_of_the_description_count_too() -> None:
    asked = [Asked(Kind.EVERYDAY, "make a twin of my snapshots", frozenset({"cp.1"}))]

    assert shared_words(asked, [page("cp.1", "twins of files", "text")]) == {asked[0].text: 0.5}
    assert MOST_SHARED < 1


def test_the_first_right_page_among_ten_counts() -> None:
    asked = [Asked(Kind.NAME, text, frozenset({"right"})) for text in ("first", "fourth", "late", "never")]
    others = [f"wrong{number}" for number in range(12)]
    found = {
        "first": ["right", *others],
        "fourth": [*others[:3], "right"],
        "late": [*others[:10], "right"],
        "never": others,
    }

    assert scored(asked, found, Kind.NAME) == Score(4, (1 + 1 / 4) / 4, 2 / 4)


def test_of_more_than_five_right_pages_five_are_enough() -> None:
    right = [f"right{number}" for number in range(8)]
    asked = [Asked(Kind.EVERYDAY, "all", frozenset(right)), Asked(Kind.EVERYDAY, "some", frozenset(right[:2]))]
    found = {"all": right[3:], "some": ["wrong", *right[:1]]}

    assert scored(asked, found, Kind.EVERYDAY).recall_at_5 == pytest.approx((5 / 5 + 1 / 2) / 2)


def test_the_band_of_the_best_right_page_counts_and_of_any_where_none_is_right() -> None:
    asked = [
        Asked(Kind.EVERYDAY, "well", frozenset({"a", "b"})),
        Asked(Kind.EVERYDAY, "badly", frozenset({"a"})),
        Asked(Kind.UNANSWERED, "fooled", frozenset()),
        Asked(Kind.UNANSWERED, "silent", frozenset()),
    ]
    judged = {
        "well": {"a": "maybe", "b": "strong"},
        "badly": {"c": "strong", "a": "weak"},
        "fooled": {"c": "maybe", "d": "strong"},
        "silent": {"c": "weak"},
    }

    assert banded(asked, judged, Kind.EVERYDAY) == Banded(2, 0.5, 0.5, 0.0)
    assert banded(asked, judged, Kind.UNANSWERED) == Banded(2, 0.5, 0.5, 0.5)


def test_the_text_index_finds_a_page_by_any_word_but_function_words() -> None:
    find = full_text([page("a.1", text="Copies of a letter"), page("b.1", text="The how and the why")])

    assert find("how to copy it") == ["man1/a.txt"]


def test_figures_that_meet_every_aim_miss_none() -> None:
    assert list(missed_aims(measured())) == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"recoll": 0.9}, "is better than"),
        ({"recoll": 0.75}, "than by Recoll"),
        ({"wrongly_strong": 0.11}, "strong hit"),
        ({"not_weak": 0.89}, "not weak"),
    ],
)
def test_every_aim_that_is_missed_is_told(changes: dict[str, float], said: str) -> None:
    assert any(said in sentence for sentence in missed_aims(measured(**changes)))


def test_figures_are_written_between_their_marks_and_nowhere_else() -> None:
    before = f"# Title\n\n{START}old\n{END}\n\nrest\n"

    assert with_section(before, told(measured())) == f"# Title\n\n{START}{told(measured())}\n{END}\n\nrest\n"
    assert f"| {PRODUCT} | 0.800 | 0.800 |" in told(measured())


def test_a_page_without_marks_is_refused() -> None:
    with pytest.raises(ValueError, match="no place"):
        with_section("# Title\n", "figures")
