"""Which pictures are held out, how finding them is counted, and how figures are compared with the card's."""

import sys
from collections import Counter
from functools import cache
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "packaging" / "model"))

from bands import calibrated, pairs, shares
from captions import cleaned, concept, is_english, is_smiley, is_telling, phrased, thing_of, words_of
from card import Facts, card, with_figures
from evaluation import precision_at_10, recall
from product import Judged
from quality import differences, in_short, measure, numbers, told
from splits import Entry, categorized, concepts_held, held_out, split, told_by

from vexgui.models.calibration import calibration_of

FACTS = Facts("pictures-9", "net", 3_900_000, 384, 160, 7_800_000, "ab" * 32, 4300, 128)


def letters(number: int) -> str:
    """Return a number as a word, each number as another."""
    return "".join("abcdefghij"[int(digit)] for digit in f"{number:04}")


def drawn() -> list[Entry]:
    """Return 520 clip arts and emoji that may be held out, and what else there is of the same things."""
    clip_art = [
        Entry("openclipart", "clip art", f"folder {row % 5}", (f"drawn{letters(row)}",), "candidate")
        for row in range(520)
    ]
    noto = [Entry("noto", "emoji", "", (f"face{letters(row)}",), "candidate") for row in range(520)]
    others = [
        Entry(
            source, kind, category, (f"face{letters(row)}",), more=(f"drawn{letters(row)}",) if kind == "icon" else ()
        )
        for source, kind, category, count in (
            ("emojione", "emoji", "people", 900),
            ("twemoji", "emoji", "", 900),
            ("openmoji", "emoji", "", 900),
            ("fluent-emoji-flat", "emoji", "", 900),
            ("mdi", "icon", "", 700),
        )
        for row in range(count)
    ]
    return [*clip_art, *noto, *others]


def thumbs(count: int) -> np.ndarray:
    """Return small copies of so many pictures, none like another."""
    return _unit_rows(np.random.default_rng(5).normal(size=(count, 64)))


def _unit_rows(rows: np.ndarray) -> np.ndarray:
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


@cache
def pool() -> list[Entry]:
    entries = drawn()
    return split(entries, thumbs(len(entries)))


class Computed:
    """In place of the product: a picture lies near its name, in a direction that hangs on the name alone."""

    def __init__(self, entries: list[Entry], noise: float) -> None:
        self._entries, self._noise = entries, noise

    def query(self, text: str) -> np.ndarray:
        chance = np.random.default_rng(list(text.encode()))
        return _unit(chance.normal(size=64))

    def pictures(self, rows: np.ndarray) -> np.ndarray:
        chance = np.random.default_rng(int(rows.sum()))
        names = np.array([self.query(self._entries[row].names[0]) for row in rows[:, 0, 0, 0]])
        return np.array([_unit(name + self._noise * _unit(chance.normal(size=64))) for name in names])


def _unit(vector: np.ndarray) -> np.ndarray:
    return (vector / np.linalg.norm(vector)).astype(np.float32)


def judged(noise: float = 0.5) -> Judged:
    entries = pool()
    places = np.arange(len(entries)).reshape(-1, 1, 1, 1)  # each picture is its own number
    return Judged(places, entries, Computed(entries, noise))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("cup-straw-outline", "cup straw"),
        ("audio-x-generic", "audio file"),
        ("RedApple_24px", "red apple"),
        ("folder-open-16x16", "folder open"),
    ],
)
def test_a_file_name_becomes_the_words_for_what_it_shows(name: str, words: str) -> None:
    assert words_of(name) == words


def test_a_caption_needs_a_word_and_must_not_be_a_story() -> None:
    assert is_telling("red car")
    assert not is_telling("x2 b")
    assert not is_telling("word " * 30)


def test_a_caption_is_english_if_all_its_words_are() -> None:
    words = {"red", "car", "the", "of"}
    assert is_english("red car", words)
    assert not is_english("rotes car", words)
    assert not is_english("", words)


def test_a_caption_loses_what_is_not_english_and_is_none_if_most_of_it_is_not_or_it_is_a_brand() -> None:
    words = {"red", "car", "cup"}
    assert cleaned("red-car-xyzzy", words) == "red car"
    assert cleaned("xyzzy_plugh_car", words) == ""
    assert cleaned("android-cup", words) == ""


def test_an_icon_is_called_by_the_thing_on_it_not_by_what_its_button_does() -> None:
    assert thing_of("shopping cart add") == "shopping cart"
    assert thing_of("align left") == ""


def test_smileys_are_known_for_emoji_and_a_dog_face_is_none() -> None:
    assert is_smiley("face with tongue")
    assert not is_smiley("dog face")


def test_the_bare_name_is_among_its_phrasings_once() -> None:
    found = phrased(["red car"], "emoji")
    assert found[0] == "red car"
    assert len(set(found)) == len(found)
    assert "a picture of red car" in found


def test_word_order_articles_and_plurals_do_not_make_another_concept() -> None:
    assert concept("The cats of Rome") == concept("rome cat")
    assert concept("cat") != concept("dog")


def test_four_hundred_pictures_and_a_hundred_concepts_of_each_are_held_out() -> None:
    parts = Counter(entry.split for entry in pool())
    assert parts["clip art picture"] == parts["emoji picture"] == 400
    assert parts["clip art concept"] == parts["emoji concept"] == 100


def test_what_a_held_out_picture_shows_may_be_trained_on_in_another_drawing_but_a_held_out_concept_never() -> None:
    entries = pool()
    captions = {text for entry in entries if entry.split == "train" for text in (*entry.names, *entry.more)}
    shown = {entry.names[0] for entry in entries if entry.split == "emoji picture"}
    assert shown <= captions
    assert not any(map(concepts_held(entries).is_in, captions))


def test_a_concept_that_many_pictures_show_is_not_held_out() -> None:
    entries = drawn()
    name = next(entry.names[0] for entry in pool() if entry.split == "emoji concept")
    entries += [Entry("mdi", "icon", "", (f"{name} {letters(row)}",)) for row in range(30)]
    parts = {entry.names[0]: entry.split for entry in split(entries, thumbs(len(entries))) if entry.source == "noto"}
    assert parts[name] == "train"


def test_a_copy_of_a_held_out_picture_is_left_out_of_training_whatever_it_is_called() -> None:
    entries = [*drawn(), Entry("openclipart", "clip art", "", ("another name",)), Entry("mdi", "icon", "", ("more",))]
    small = thumbs(len(entries))
    held = next(row for row, entry in enumerate(pool()) if entry.split == "clip art picture")
    small[-2] = _unit_rows(small[held : held + 1] + 0.01)[0]
    assert [entry.split for entry in split(entries, small)[-2:]] == ["left out", "train"]


def test_the_part_that_judges_is_split_as_the_whole_pool_was() -> None:
    whole, entries = pool(), drawn()
    part = [row for row, entry in enumerate(whole) if entry.source != "mdi"]
    alone = split([entries[row] for row in part], thumbs(len(whole))[part], told_by(whole))
    judged = [entry for entry in whole if entry.source != "mdi"]
    assert [entry.split for entry in alone] == [entry.split for entry in judged]
    assert held_out(alone).keys() == held_out(whole).keys()


def test_styles_are_judged_by_names_that_training_met_and_by_names_that_it_did_not() -> None:
    entries = pool()
    sets = held_out(entries)
    assert len(sets["held-out pictures, 800"]) == 800
    assert len(sets["held-out concepts, 200"]) == 200
    trained = {entry.names[0] for entry in entries if entry.split == "train"}
    met = {entries[row].names[0] for row in sets["unseen style: twemoji, 200"]}
    new = {entries[row].names[0] for row in sets["unseen style and concept: twemoji, 200"]}
    assert met <= trained
    assert not new & trained


def test_categories_of_ten_pictures_are_too_small_to_be_compared() -> None:
    entries = [Entry("emojione", "emoji", "food" if row < 10 else "people", (letters(row),)) for row in range(30)]
    assert list(categorized(entries)["EmojiOne, by its categories"]) == list(range(10, 30))


def test_recall_counts_what_is_found_first_and_what_among_ten() -> None:
    pictures = np.eye(20, dtype=np.float32)
    names = [letters(row) for row in range(20)]
    assert recall(pictures, pictures, names) == (1.0, 1.0)
    # Every text lies nearest to the next picture, then to its own.
    texts = pictures + 2 * np.roll(pictures, 1, axis=1)
    assert recall(texts, pictures, names) == (0.0, 1.0)
    # The first of two pictures of one name answers for both.
    assert recall(pictures[[0, 0]], pictures[:2], ["same", "same"]) == (1.0, 1.0)


def test_precision_is_whole_where_categories_lie_apart_and_chance_is_their_share() -> None:
    categories = ["a"] * 11 + ["b"] * 11
    vectors = np.repeat(np.eye(2, dtype=np.float32), 11, axis=0)
    precision, chance = precision_at_10(vectors, categories)
    assert precision == 1.0
    assert chance == pytest.approx(10 / 21)
    mixed = np.roll(vectors, 5, axis=0)[np.arange(22) % 2 * 11 + np.arange(22) // 2]
    assert precision_at_10(mixed, categories)[0] < 0.7


def test_pairs_whose_names_share_a_word_or_mean_nearly_the_same_are_not_judged() -> None:
    shown = [("red car",), ("blue car",), ("automobile",), ("tree",), ("thing", "a car part")]
    found = pairs(np.full((1, 5), 0.3), [("car red",)], shown, np.array([[1.0, 0.5, 0.9, 0.1, 0.1]]))
    assert found.fits.tolist() == [[True, False, False, False, False]]
    assert np.isnan(found.cosines).tolist() == [[False, True, True, False, True]]


def test_a_good_model_gets_marks_by_which_right_pictures_are_strong_and_hardly_any_wrong_one() -> None:
    given = judged(noise=0.5)
    rows = {each.name: each for each in shares(given, calibration_of(calibrated(given)))}
    names = rows["names of held-out pictures"]
    assert names.right_maybe > 0.9
    assert names.wrong_strong < 0.1
    assert names.right_strong > 0.5
    nothing = rows["what no picture answers"]
    assert np.isnan(nothing.right_strong)
    assert nothing.wrong_strong < 0.1


def test_figures_come_back_from_the_card_as_they_went_in() -> None:
    given = judged(noise=1.5)
    measured = measure(given, calibration_of(calibrated(given)))
    text = told(measured)
    page = card(FACTS, given.entries, text)
    assert differences(text, page) == []
    at_10 = numbers(page)["held-out pictures: recall@10"]
    assert in_short(measured) == f"recall@10 {at_10:.2f} among 800 held-out drawings"
    assert numbers(page)["held-out pictures: pictures"] == 800
    assert 0 < numbers(page)["held-out pictures: recall@1"] < 1


def test_a_figure_that_differs_by_more_than_allowed_or_is_not_there_is_told() -> None:
    measured = (
        "| set | recall@1 |\n| --- | --: |\n| cats | 0.500 |\n| dogs | 0.500 |\n\nDigest of the pictures judged: `ab`."
    )
    assert differences(measured, measured.replace("0.500", "0.520")) == []
    assert differences(measured, measured.replace("cats | 0.500", "cats | 0.521")) == [
        "cats: recall@1 is 0.5, the card says 0.521."
    ]
    assert differences(measured, measured.replace("dogs", "birds")) == [
        "The card does not say: dogs: recall@1, which is 0.5."
    ]
    (sentence,) = differences(measured, measured.replace("`ab`", "`cd`"))
    assert sentence.startswith("Other pictures were judged")


def test_the_card_tells_licences_and_the_digest() -> None:
    page = card(FACTS, pool(), "")
    assert "ab" * 32 in page
    assert "| openclipart-png | public domain |" in page


def test_figures_are_put_between_the_marks_of_a_page() -> None:
    page = "before\n<!-- figures: written -->\nold\n<!-- end of figures -->\nafter\n"
    assert with_figures(page, "new") == page.replace("old", "new")
    with pytest.raises(ValueError, match="where its figures"):
        with_figures("nothing here", "new")
