"""Which pictures are held out, how finding them is counted, and how figures are compared with the card's."""

import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "packaging" / "model"))

from bands import calibrated, pairs, shares
from captions import concept, is_english, is_telling, phrased, words_of
from card import Facts, card, named_in, with_figures
from evaluation import precision_at_10, recall
from product import Judged
from quality import differences, in_short, measure, numbers, told
from splits import Entry, categorized, held_out, named_in_training, split

from vexgui.models.calibration import calibration_of

FACTS = Facts("pictures-9", "net", 3_900_000, 384, 160, 7_800_000, "ab" * 32, 4300, 128)


def letters(number: int) -> str:
    """Return a number as a word, each number as another."""
    return "".join("abcdefghij"[int(digit)] for digit in f"{number:04}")


def pool() -> list[Entry]:
    """Return 500 clip arts and emoji of which 400 each can be held out, and what else there is of the same things."""
    clip_art = [
        Entry("openclipart", "clip art", f"folder {row % 5}", (f"drawn{letters(row)}",), "candidate")
        for row in range(500)
    ]
    noto = [Entry("noto", "emoji", "", (f"face{letters(row)}",), "candidate") for row in range(500)]
    others = [
        Entry(source, kind, category, (f"face{letters(row)}",))
        for source, kind, category in (
            ("emojione", "emoji", "people"),
            ("twemoji", "emoji", ""),
            ("openmoji", "emoji", ""),
            ("fluent-emoji-flat", "emoji", ""),
            ("mdi", "icon", ""),
        )
        for row in range(700)
    ]
    return split([*clip_art, *noto, *others])


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


def test_the_bare_name_is_among_its_phrasings_once() -> None:
    found = phrased(["red car"], "emoji")
    assert found[0] == "red car"
    assert len(set(found)) == len(found)
    assert "a picture of red car" in found


def test_word_order_articles_and_plurals_do_not_make_another_concept() -> None:
    assert concept("The cats of Rome") == concept("rome cat")
    assert concept("cat") != concept("dog")


def test_four_hundred_of_each_are_held_out_and_no_other_set_trains_on_them() -> None:
    entries = pool()
    held = [entry for entry in entries if entry.split in ("clip art", "emoji")]
    assert [sum(entry.split == part for entry in held) for part in ("clip art", "emoji")] == [400, 400]
    concepts = {concept(entry.names[0]) for entry in held}
    assert not any(concept(entry.names[0]) in concepts for entry in entries if entry.split == "train")
    assert sum(entry.split == "left out" for entry in entries) == 400  # the icons of the same things


def test_the_split_does_not_hang_on_sets_that_judge_or_are_trained_on_beside() -> None:
    whole = [entry.names for entry in pool() if entry.split in ("clip art", "emoji")]
    alone = [Entry(each.source, each.kind, each.category, each.names, "candidate") for each in pool()[:1000]]
    assert [entry.names for entry in split(alone) if entry.split in ("clip art", "emoji")] == whole


def test_styles_are_judged_by_names_that_training_met_and_by_names_that_it_did_not() -> None:
    entries = pool()
    sets = held_out(entries)
    assert len(sets["held-out concepts, 800"]) == 800
    assert len(sets["unseen style: twemoji, 200"]) == 200
    trained = {entry.names[0] for entry in entries if entry.split == "train"}
    new = {entries[row].names[0] for row in sets["unseen style and concept: twemoji, 200"]}
    assert len(new) == 200
    assert not new & trained


def test_names_that_training_met_by_a_keyword_are_told_and_left_out_of_a_set_of_their_own() -> None:
    entries = pool()
    name = next(entry.names[0] for entry in entries if entry.split == "emoji")
    assert named_in_training(entries) == ()
    more = [*entries, Entry("noto", "emoji", "", ("something else", "of", "a", name), "train")]
    assert named_in_training(more) == (name,)
    assert len(held_out(more, (name,))["of these, named nowhere in training, 799"]) == 799


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
    names = rows["names of held-out concepts"]
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
    at_10 = numbers(page)["held-out concepts: recall@10"]
    assert in_short(measured) == f"recall@10 {at_10:.2f} among 800 held-out drawings"
    assert numbers(page)["held-out concepts: pictures"] == 800
    assert 0 < numbers(page)["held-out concepts: recall@1"] < 1


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


def test_the_card_tells_licences_digest_and_which_held_out_names_training_met() -> None:
    entries = pool()
    name = next(entry.names[0] for entry in entries if entry.split == "emoji")
    page = card(FACTS, [*entries, Entry("scenes", "scene", "", (name,))], "")
    assert "ab" * 32 in page
    assert "| openclipart-png | public domain |" in page
    assert named_in(page) == (name,)
    assert named_in(card(FACTS, entries, "")) == ()


def test_figures_are_put_between_the_marks_of_a_page() -> None:
    page = "before\n<!-- figures: written -->\nold\n<!-- end of figures -->\nafter\n"
    assert with_figures(page, "new") == page.replace("old", "new")
    with pytest.raises(ValueError, match="where its figures"):
        with_figures("nothing here", "new")
