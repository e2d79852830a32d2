"""Finding files like one file."""

import os

import pytest

from tests.search.conftest import Shelf, asked
from vexgui.core.errors import ChildFailed
from vexgui.core.hits import Likeness

RED, BLUE = "#dc1414", "#1428dc"


def like(shelf: Shelf, name: str, limit: int = 10) -> list[str]:
    return shelf.names(shelf.searcher.similar([shelf.path(name)], limit))


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


# The same, nearly the same, related

STRIPES = "#101010 #eeeeee #303030 #c0c0c0 #505050 #a0a0a0 #202020 #808080"
"""A picture that becomes lighter and darker in turn."""

LIGHTER = "#202020 #ffffff #404040 #d0d0d0 #606060 #b0b0b0 #303030 #909090"
OTHER_STRIPES = "#eeeeee #101010 #c0c0c0 #303030 #a0a0a0 #505050 #808080 #202020"

SENTENCES = [f"word{number} tells of thing{number} and of deed{number} in year{number}." for number in range(30)]
REPORT = " ".join(SENTENCES)
PART = " ".join(SENTENCES[:9])
EDITED = " ".join([*SENTENCES[:12], "One sentence is quite another one now.", *SENTENCES[13:]])


def likeness(shelf: Shelf, *names: str) -> list[tuple[str, Likeness | None]]:
    answer = shelf.searcher.similar([shelf.path(name) for name in names], 20)
    return list(zip(shelf.names(answer), [hit.likeness for hit in answer.hits], strict=True))


def test_the_same_come_before_the_nearly_same_and_these_before_the_related(shelf: Shelf) -> None:
    shelf.index(a_txt=REPORT, edited_txt=EDITED, related_txt=PART, bees_txt="bees")
    shelf.write("copy.txt", REPORT)
    assert likeness(shelf, "copy.txt") == [
        ("a.txt", Likeness.SAME),
        ("edited.txt", Likeness.NEARLY_SAME),
        ("related.txt", Likeness.RELATED),
    ]


def test_scores_fall_with_the_order_and_the_best_is_certain(shelf: Shelf) -> None:
    shelf.index(a_txt=REPORT, edited_txt=EDITED, related_txt=PART)
    shelf.write("copy.txt", REPORT)
    scores = [hit.score for hit in shelf.searcher.similar([shelf.path("copy.txt")], 20).hits]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] == 1.0


def test_pictures_that_look_the_same_are_told_from_those_of_the_same_colours(shelf: Shelf) -> None:
    shelf.index(a_png=STRIPES, lighter_png=LIGHTER, other_png=OTHER_STRIPES)
    assert likeness(shelf, "a.png") == [("lighter.png", Likeness.NEARLY_SAME), ("other.png", Likeness.RELATED)]


def test_a_picture_that_looks_the_same_is_found_whatever_its_vector_is(shelf: Shelf) -> None:
    red = "#500000 #ff2020 #600000 #e01010 #700000 #d01010 #550000 #b00000"
    blue = "#000050 #2020ff #000060 #1010e0 #000070 #1010d0 #000055 #0000b0"
    shelf.index(red_png=red, blue_png=blue)
    assert not shelf.searcher.search(asked(f"like:{os.fsdecode(shelf.path('red.png'))}"), 9, meaning=False).hits
    assert likeness(shelf, "red.png") == [("blue.png", Likeness.NEARLY_SAME)]


def test_a_copy_is_found_although_many_files_mean_the_same(shelf: Shelf) -> None:
    shelf.index(**{f"n{number}_txt": "soup of lentils" for number in range(150)})
    copy = shelf.write("far/away.txt", (shelf.folder / "n140.txt").read_text())
    assert likeness(shelf, "far/away.txt")[0] == ("n140.txt", Likeness.SAME)
    shelf.index_files(copy)
    assert likeness(shelf, "n140.txt")[0] == ("far/away.txt", Likeness.SAME)


def test_copies_of_one_another_stand_once(shelf: Shelf) -> None:
    for name in ("a.txt", "b/a.txt", "c/a.txt"):
        shelf.index_files(shelf.write(name, REPORT))
    (hit,) = shelf.searcher.similar([shelf.path("a.txt")], 20).hits
    assert (hit.likeness, {hit.path, *hit.copies}) == (Likeness.SAME, {shelf.path("b/a.txt"), shelf.path("c/a.txt")})


def test_files_like_several_are_like_any_of_them(shelf: Shelf) -> None:
    shelf.index(a_txt=REPORT, edited_txt=EDITED, one_png=STRIPES, lighter_png=LIGHTER, bees_txt="bees")
    assert likeness(shelf, "a.txt", "one.png") == [
        ("lighter.png", Likeness.NEARLY_SAME),
        ("edited.txt", Likeness.NEARLY_SAME),
    ]


def test_files_that_were_asked_for_are_left_out_even_where_they_are_like_each_other(shelf: Shelf) -> None:
    shelf.index(a_txt=REPORT, edited_txt=EDITED, related_txt=PART)
    assert likeness(shelf, "a.txt", "edited.txt") == [("related.txt", Likeness.RELATED)]


def test_empty_files_are_no_copies_of_each_other(shelf: Shelf) -> None:
    shelf.index(**{"bees one_txt": "", "bees two_txt": ""})
    shelf.write("bees one.txt", "")
    shelf.index_files(shelf.write("bees two.txt", ""), shelf.path("bees one.txt"))
    assert likeness(shelf, "bees one.txt") == [("bees two.txt", Likeness.RELATED)]


def test_an_example_in_a_query_with_words_tells_likeness_and_keeps_the_order_of_the_question(shelf: Shelf) -> None:
    shelf.index(a_txt=REPORT, edited_txt=EDITED, bees_txt="bees in a hive")
    answer = shelf.search(f'bees like:"{os.fsdecode(shelf.path("a.txt"))}"')
    told = dict(zip(shelf.names(answer), [hit.likeness for hit in answer.hits], strict=True))
    assert told == {"bees.txt": Likeness.RELATED, "edited.txt": Likeness.NEARLY_SAME}


def test_conditions_hold_for_the_same_and_the_nearly_same(shelf: Shelf) -> None:
    shelf.index(a_txt=REPORT, edited_txt=EDITED, one_png=STRIPES, lighter_png=LIGHTER)
    copy = shelf.write("sub/copy.txt", REPORT)
    shelf.index_files(copy)
    like = f'like:"{os.fsdecode(shelf.path("a.txt"))}"'
    assert shelf.found(f"{like} in:sub") == ["sub/copy.txt"]
    assert shelf.found(f'like:"{os.fsdecode(shelf.path("one.png"))}" -type:image') == []


def test_a_picture_that_nobody_has_looked_at_is_looked_at(shelf: Shelf) -> None:
    shelf.index(a_png=STRIPES, lighter_png=LIGHTER)
    with shelf.store.catalog.writing() as db:
        db.execute("UPDATE files SET extra = NULL")
    shelf.extractor.read.clear()
    assert likeness(shelf, "a.png") == [("lighter.png", Likeness.NEARLY_SAME)]
    assert shelf.extractor.read == [shelf.path("a.png"), shelf.path("lighter.png")]
