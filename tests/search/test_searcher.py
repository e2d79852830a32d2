"""Searching a real store over real files, with the embedder that needs no model."""

import os
import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typing_extensions import override

from tests.search.conftest import Shelf, asked, new_shelf
from vexgui.core.arrays import Vectors
from vexgui.core.errors import ChildFailed, ModelUnavailable
from vexgui.core.files import Kind
from vexgui.core.hits import Band
from vexgui.core.vectors import Modality, Space, SpaceId
from vexgui.models.fake import FAKE_PICTURE, FAKE_TEXT, FakeEmbedder
from vexgui.search.gathering import NAME, WORDS

RED, BLUE = "#dc1414", "#1428dc"


class Missing(FakeEmbedder):
    """An embedder some of whose models cannot be had."""

    def __init__(self, *missing: Modality) -> None:
        super().__init__(picture=True)
        self._missing = missing

    @override
    def answering(self) -> tuple[Space, ...]:
        if not self._missing:
            raise ModelUnavailable("No model is installed.", "Install one.")
        return super().answering()

    @override
    def embed_query(self, space: SpaceId, text: str) -> Vectors:
        if any(found.id == space and found.modality in self._missing for found in self.answering()):
            raise ChildFailed("The model process died.")
        return super().embed_query(space, text)


# What is found


def test_an_exact_name_comes_first_whatever_others_say(shelf: Shelf) -> None:
    shelf.index(soup_md="about birds", a_txt="soup soup soup\n\nsoup", b_txt="soup", c_txt="the best soup of all")
    assert shelf.found("soup")[0] == "soup.md"
    assert shelf.found("soup.md")[0] == "soup.md"
    assert shelf.search("SOUP").hits[0].score == 1


def test_words_are_found_by_their_stems_and_without_accents(shelf: Shelf) -> None:
    shelf.index(a_txt="They run to the café.", b_txt="Nobody.")
    for typed in ("running", "cafe", "CAFÉ", "runs cafés"):
        assert shelf.found(typed, meaning=False) == ["a.txt"], typed


def test_a_part_of_a_name_is_found_whatever_its_case_and_accents(shelf: Shelf) -> None:
    shelf.index(JürgensLetter_txt="hello", other_txt="hello")
    for typed in ("letter", "JURG", "rgensl", "jürgens"):
        assert shelf.found(typed, meaning=False) == ["JürgensLetter.txt"], typed


def test_meaning_is_found_where_no_word_is(shelf: Shelf) -> None:
    shelf.index(one_png=RED, two_png=BLUE, three_txt="a note")
    assert shelf.found("red")[0] == "one.png"
    assert shelf.found("red", meaning=False) == []


def test_the_file_with_the_rare_word_comes_before_those_with_the_common_ones(shelf: Shelf) -> None:
    shelf.index(
        a_txt="the melatonin diary",
        **{f"n{number}_txt": f"how does the garden plan {number} work" for number in range(20)},
    )
    assert shelf.found("how does melatonin work", meaning=False)[0] == "a.txt"


def test_a_word_that_two_files_hold_says_more_than_one_that_four_hold(shelf: Shelf) -> None:
    shelf.index(
        one_txt="melatonin\n\nmore melatonin",
        two_txt="melatonin",
        **{f"v{number}_txt": "valerian" for number in range(4)},
        **{f"n{number}_txt": f"garden plan {number}" for number in range(20)},
    )
    alone, shared = (shelf.search(f"garden {word}", meaning=False).hits[0] for word in ("melatonin", "valerian"))
    assert alone.path == shelf.path("one.txt")
    assert alone.score > 2 * shared.score


def test_a_quoted_phrase_finds_the_words_side_by_side(shelf: Shelf) -> None:
    shelf.index(a_txt="a red house by the sea", b_txt="a house as red as the sea")
    assert shelf.found('"red house"', meaning=False) == ["a.txt"]


def test_each_file_is_found_once(shelf: Shelf) -> None:
    shelf.index(soup_txt="soup\n\nmore soup\n\nsoup again", other_txt="soup")
    assert shelf.found("soup") == ["soup.txt", "other.txt"]


def test_files_of_equal_standing_keep_their_order(shelf: Shelf) -> None:
    shelf.index(**{f"n{number}_txt": "soup" for number in range(8)})
    assert shelf.found("soup", meaning=False) == [f"n{number}.txt" for number in range(8)]


# What a hit says


def test_a_hit_describes_its_file(shelf: Shelf) -> None:
    shelf.index(soup_md="lentils")
    (hit,) = shelf.search("soup.md").hits
    stat = os.stat(hit.path)
    assert (hit.kind, hit.size, hit.mtime_ns) == (Kind.TEXT, stat.st_size, stat.st_mtime_ns)
    assert hit.band is Band.STRONG


def test_reasons_carry_the_passage_that_matches_with_marks(shelf: Shelf) -> None:
    shelf.index(a_txt="About birds.\n\nWash them. Cook lentil soup. Eat.\n\nAbout bees.")
    words, text = sorted(shelf.hit("lentil soup", "a.txt").why, key=lambda why: why.space == FAKE_TEXT.id)
    assert (words.space, words.passage) == (WORDS, 2)
    assert words.text == "Cook \x02lentil\x03 \x02soup\x03. Eat."
    assert (text.space, text.passage, text.text) == (FAKE_TEXT.id, 2, words.text)


def test_a_name_says_where_it_matches(shelf: Shelf) -> None:
    shelf.index(soupbowl_md="of clay")
    (why,) = shelf.hit("bowl", "soupbowl.md").why
    assert (why.space, why.passage, why.text) == (NAME, 0, "soup\x02bowl\x03.md")


def test_reasons_come_strongest_first_and_none_is_above_the_score(shelf: Shelf) -> None:
    shelf.index(soup_md="soup of lentils", lentils_txt="dry")
    for hit in shelf.search("lentil soup").hits:
        scores = [why.score for why in hit.why]
        assert scores == sorted(scores, reverse=True)
        assert scores[0] <= hit.score


def test_a_picture_is_shown_without_words(shelf: Shelf) -> None:
    shelf.index(one_png=RED, two_png=BLUE)
    (why,) = [why for why in shelf.hit("red", "one.png").why if why.space == FAKE_PICTURE.id]
    assert (why.passage, why.text) == (1, "")


# What is not answered


@pytest.mark.parametrize("edit", ["changed", "changed in secret", "gone", "replaced"])
def test_a_file_that_is_not_what_was_indexed_is_never_answered(shelf: Shelf, edit: str) -> None:
    shelf.index(a_txt="lentil soup", b_txt="lentil soup")
    path = shelf.path("a.txt")
    before = os.stat(path)
    shelf.tick(path)
    if edit == "gone":
        os.unlink(path)
    elif edit == "replaced":
        os.replace(shelf.write("c.txt", "lentil puso"), path)
    else:
        shelf.write("a.txt", "lentil puso")
        times = (before.st_mtime_ns, before.st_mtime_ns + (edit == "changed"))
        os.utime(path, ns=times)
    assert shelf.found("lentil soup") == shelf.found("a.txt lentil") == ["b.txt"]
    assert shelf.stale == [path, path]


def test_a_touched_file_is_answered_and_told_of(shelf: Shelf) -> None:
    shelf.index(a_txt="lentil soup")
    assert shelf.found("soup") == ["a.txt"]
    assert shelf.stale == []
    shelf.tick(shelf.path("a.txt"))
    os.chmod(shelf.path("a.txt"), 0o600)
    assert shelf.found("soup") == ["a.txt"]
    assert shelf.stale == [shelf.path("a.txt")]


def test_others_take_the_place_of_what_is_gone(shelf: Shelf) -> None:
    shelf.index(**{f"n{number}_txt": "soup" for number in range(9)})
    for number in (0, 1, 2, 4):
        os.unlink(shelf.path(f"n{number}.txt"))
    assert shelf.found("soup", 3, meaning=False) == ["n3.txt", "n5.txt", "n6.txt"]
    assert len(shelf.stale) == 4


def test_a_forgotten_file_is_found_no_more(shelf: Shelf) -> None:
    shelf.index(a_txt="soup", b_txt="soup")
    shelf.store.forget([shelf.path("a.txt")])
    assert shelf.found("soup") == ["b.txt"]


# Limits


@pytest.mark.parametrize("limit", [0, 1, 3, 20, 100])
def test_no_more_than_wanted_are_answered(shelf: Shelf, limit: int) -> None:
    shelf.index(**{f"soup{number}_txt": "soup" for number in range(20)})
    assert len(shelf.search("soup", limit).hits) == min(limit, 20)


def test_more_files_than_the_least_depth_are_found_when_wanted(shelf: Shelf) -> None:
    shelf.index(**{f"n{number}_txt": "soup" for number in range(150)})
    assert len(shelf.search("soup", 200).hits) == 150


def test_an_empty_store_finds_nothing(shelf: Shelf) -> None:
    assert shelf.search("soup").hits == ()
    assert shelf.search("soup", meaning=False).hits == ()


@pytest.mark.parametrize("typed", ["", "  ", '"', '""', "\0"])
def test_nothing_typed_finds_nothing(shelf: Shelf, typed: str) -> None:
    shelf.index(a_txt="soup")
    answer = shelf.search(typed)
    assert (answer.hits, answer.complete, answer.note) == ((), True, "")


# Models


def test_without_meaning_the_answer_is_incomplete(shelf: Shelf) -> None:
    shelf.index(a_txt="soup")
    assert not shelf.search("soup", meaning=False).complete
    answer = shelf.search("soup")
    assert (answer.complete, answer.note) == (True, "")
    assert answer.seconds > 0


def test_without_a_model_names_and_words_are_found_and_the_answer_says_so(shelf: Shelf) -> None:
    shelf.index(a_txt="red soup", one_png=RED)
    answer = shelf.searcher_with(Missing()).search(asked("red"), 10, meaning=True)
    assert shelf.names(answer) == ["a.txt"]
    assert answer.complete
    assert answer.note == "Only names and words were searched. No model is installed. Install one."


def test_a_broken_picture_model_leaves_the_meaning_of_texts(shelf: Shelf) -> None:
    shelf.index(a_txt="red soup", one_png=RED)
    answer = shelf.searcher_with(Missing(Modality.PICTURE)).search(asked("red"), 10, meaning=True)
    assert shelf.names(answer) == ["a.txt"]
    assert {why.space for why in answer.hits[0].why} == {WORDS, FAKE_TEXT.id}
    assert answer.note == "Pictures were not searched by what they show. The model process died."


def test_a_broken_text_model_leaves_pictures(shelf: Shelf) -> None:
    shelf.index(one_png=RED, two_png=BLUE)
    answer = shelf.searcher_with(Missing(Modality.TEXT)).search(asked("red"), 10, meaning=True)
    assert shelf.names(answer)[0] == "one.png"
    assert answer.note == "Texts were not searched by what they mean. The model process died."


def test_where_all_models_are_broken_only_names_and_words_are_searched(shelf: Shelf) -> None:
    shelf.index(a_txt="red soup", one_png=RED)
    answer = shelf.searcher_with(Missing(Modality.TEXT, Modality.PICTURE)).search(asked("red"), 10, meaning=True)
    assert shelf.names(answer) == ["a.txt"]
    assert answer.note == "Only names and words were searched. The model process died."


def test_no_model_is_asked_where_there_is_nothing_to_compare(shelf: Shelf) -> None:
    shelf.index(a_txt="soup")
    answer = shelf.searcher_with(Missing(Modality.PICTURE)).search(asked("soup"), 10, meaning=True)
    assert answer.note == ""


# Any text


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    with new_shelf(tmp_path_factory.mktemp("odd")) as shelf:
        raw = os.fsencode(shelf.folder) + b"/\xff\xfe \x02 100% _a_ 'quote\".txt"
        with open(raw, "wb") as file:
            file.write("\0 NOT (a OR b) AND c* \ud83c\udf70 cafe\u0301 日本".encode("utf-8", "replace"))
        shelf.index_files(raw, shelf.write("plain.txt", "a note, and 100% of it"), shelf.write("one.png", RED))
        yield shelf


TYPED = st.text(st.characters()) | st.lists(
    st.sampled_from(
        ['"', "'", "%", "_", "*", "NOT", "AND", "OR", "a", "100%", "\0", "\ud800", "🍰", " ", "(", "\\", "日"]
    )
).map("".join)


@given(TYPED)
def test_any_text_can_be_searched(odd: Shelf, typed: str) -> None:
    answer = odd.search(typed)
    assert answer.note == ""
    assert len({hit.path for hit in answer.hits}) == len(answer.hits)
    scores = [hit.score for hit in answer.hits]
    assert scores == sorted(scores, reverse=True)
    for why in (why for hit in answer.hits for why in hit.why):
        assert re.fullmatch("([^\x02\x03]*\x02[^\x02\x03]+\x03)*[^\x02\x03]*", why.text)
        assert 0 < why.score <= 1


@pytest.mark.parametrize("typed", ["x" * 10_000, "a " * 5_000, '"' * 10_000, "word " * 2_000, "日" * 10_000])
def test_ten_thousand_characters_can_be_searched(odd: Shelf, typed: str) -> None:
    odd.search(typed)


def test_a_name_that_is_not_text_is_found_by_what_is_text_in_it(odd: Shelf) -> None:
    assert odd.search("quote").hits[0].path.endswith(b"'quote\".txt")
    assert odd.search("100%").hits[0].path.endswith(b"'quote\".txt")
