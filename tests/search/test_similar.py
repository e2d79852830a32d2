"""Finding files like one file."""

import os

import pytest

from tests.search.conftest import Shelf
from vexgui.core.errors import ChildFailed

RED, BLUE = "#dc1414", "#1428dc"


def like(shelf: Shelf, name: str, limit: int = 10) -> list[str]:
    return shelf.names(shelf.searcher.similar(shelf.path(name), limit))


@pytest.fixture
def recipes(shelf: Shelf) -> Shelf:
    shelf.index(
        a_txt="boil the red lentil soup slowly",
        b_txt="boil the green lentil soup slowly",
        c_txt="the bees left their hive",
        one_png=RED,
        two_png=RED,
        three_png=BLUE,
    )
    return shelf


def test_the_files_most_alike_come_first_and_the_file_itself_is_left_out(recipes: Shelf) -> None:
    found = like(recipes, "a.txt")
    assert found[0] == "b.txt"
    assert "a.txt" not in found


def test_pictures_are_alike_by_what_they_show(recipes: Shelf) -> None:
    found = like(recipes, "one.png")
    assert found[0] == "two.png"
    assert "three.png" not in found


def test_a_file_that_is_not_indexed_is_read(recipes: Shelf) -> None:
    recipes.write("new.txt", "boil the red lentil soup quickly")
    recipes.extractor.read.clear()
    assert like(recipes, "new.txt")[0] == "a.txt"
    assert recipes.extractor.read == [recipes.path("new.txt")]
    recipes.write("new.png", BLUE)
    assert like(recipes, "new.png")[0] == "three.png"


def test_an_indexed_file_is_not_read_again(recipes: Shelf) -> None:
    recipes.extractor.read.clear()
    embedded = recipes.embedder.texts_embedded
    like(recipes, "a.txt")
    assert recipes.extractor.read == []
    assert recipes.embedder.texts_embedded == embedded


def test_a_changed_file_is_read_as_it_is_now_and_still_left_out(recipes: Shelf) -> None:
    recipes.write("a.txt", "the bees left their hive early")
    found = like(recipes, "a.txt")
    assert found[0] == "c.txt"
    assert "a.txt" not in found


def test_a_copy_elsewhere_is_found(recipes: Shelf) -> None:
    recipes.write("copy.txt", "boil the red lentil soup slowly")
    assert like(recipes, "copy.txt")[0] == "a.txt"


def test_a_file_with_nothing_in_it_is_known_by_its_name(shelf: Shelf) -> None:
    shelf.index(winter_holiday_txt="", **{"winter holiday_txt": "", "bees_txt": ""})
    assert like(shelf, "winter holiday.txt")[0] == "winter.holiday.txt"


def test_contents_count_where_there_are_any(shelf: Shelf) -> None:
    shelf.index(**{"note one_txt": "bees in a hive", "note two_txt": "soup of lentils", "x_txt": "bees in the hive"})
    assert like(shelf, "note one.txt")[0] == "x.txt"


def test_changed_files_are_not_answered(recipes: Shelf) -> None:
    recipes.write("b.txt", "something else")
    assert "b.txt" not in like(recipes, "a.txt")
    assert recipes.stale == [recipes.path("b.txt")]


def test_no_more_than_wanted_are_answered(shelf: Shelf) -> None:
    shelf.index(**{f"n{number}_txt": "soup of lentils" for number in range(9)})
    assert len(like(shelf, "n3.txt", 4)) == 4


def test_a_file_of_many_passages_is_compared_by_some_that_speak_for_all(shelf: Shelf) -> None:
    shelf.index(long_txt="\n\n".join(f"word{number} soup" for number in range(40)), a_txt="word7 soup", b_txt="bees")
    assert like(shelf, "long.txt")[0] == "a.txt"


def test_a_file_that_is_gone_is_an_error(recipes: Shelf) -> None:
    with pytest.raises(FileNotFoundError):
        like(recipes, "missing.txt")
    os.unlink(recipes.path("a.txt"))
    with pytest.raises(FileNotFoundError):
        like(recipes, "a.txt")


def test_a_stopped_model_is_an_error(recipes: Shelf) -> None:
    recipes.embedder.close()
    recipes.write("new.txt", "soup")
    with pytest.raises(ChildFailed):
        like(recipes, "new.txt")
