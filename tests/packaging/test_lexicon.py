"""Which words are English and can be seen, and what else a thing is called, from files as WordNet writes them."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "packaging" / "model"))

from lexicon import Lexicon

_DATA = """  1 This is the licence, which is indented.
00000001 05 n 01 animal 0 000 | a living thing
00000002 05 n 01 insect 0 001 @ 00000001 n 0000 | six legs
00000003 05 n 01 butterfly 0 001 @ 00000002 n 0000 | with wings
00000004 20 n 02 mushroom 0 toadstool 0 000 | with a cap
00000005 18 n 01 person 0 000 | somebody
00000006 18 n 02 monitor 0 proctor 0 001 @ 00000005 n 0000 | who watches
00000007 06 n 02 monitor 0 computer_screen 0 000 | a screen
00000008 12 n 01 happiness 0 000 | a feeling
00000009 05 n 02 seal 0 sea_dog 0 001 @ 00000001 n 0000 | in the sea
"""

_INDEX = """  1 This is the licence, which is indented.
animal n 1 0 1 0 00000001
insect n 1 1 @ 1 0 00000002
butterfly n 1 1 @ 1 0 00000003
mushroom n 1 0 1 0 00000004
toadstool n 1 0 1 0 00000004
person n 1 0 1 0 00000005
monitor n 2 1 @ 2 0 00000006 00000007
happiness n 1 0 1 0 00000008
seal n 1 1 @ 1 0 00000009
"""


@pytest.fixture
def lexicon(tmp_path: Path) -> Lexicon:
    (tmp_path / "wordnet").mkdir()
    (tmp_path / "dict").mkdir()
    (tmp_path / "wordnet" / "data.noun").write_text(_DATA)
    (tmp_path / "wordnet" / "index.noun").write_text(_INDEX)
    words = "animal insect butterfly mushroom toadstool person monitor happiness seal dog sea screen rain coat"
    (tmp_path / "dict" / "american-english").write_text("\n".join([*words.split(), "Paris", "it's"]))
    return Lexicon(tmp_path, {"umbrella": ("rain", "coat", "xyzzy")})


def test_english_words_are_those_of_the_list_and_of_the_nouns_but_no_names(lexicon: Lexicon) -> None:
    assert {"mushroom", "proctor", "umbrella"} <= lexicon.words
    assert not {"Paris", "paris", "it's", "xyzzy"} & lexicon.words


def test_a_text_shows_something_if_one_of_its_words_can_be_seen(lexicon: Lexicon) -> None:
    assert lexicon.shows("happiness with butterfly")
    assert lexicon.shows("umbrella")
    assert not lexicon.shows("happiness")


def test_synonyms_and_kinds_of_a_thing_are_told_plural_or_not(lexicon: Lexicon) -> None:
    assert lexicon.others("red mushrooms") == ("mushroom", "toadstool")
    assert lexicon.others("butterfly") == ("insect", "animal")


def test_a_word_for_people_is_taken_for_them_only_where_the_folder_is_about_people(lexicon: Lexicon) -> None:
    assert lexicon.others("monitor", "hardware") == ()
    assert "person" in lexicon.others("monitor", "people person")


def test_a_word_of_which_nobody_knows_what_it_names_has_no_synonyms_unless_the_context_says(lexicon: Lexicon) -> None:
    assert lexicon.others("seal") == ()
    assert "animal" in lexicon.others("seal", "animal")
