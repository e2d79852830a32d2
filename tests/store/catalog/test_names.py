"""Files are found by any stretch of their names."""

import pytest

from tests.store.builders import a_file
from tests.store.catalog.keeping import ODD, keep, named
from vexgui.core.paths import joined
from vexgui.store.catalog import Catalog, folded


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("report 100%.txt", "100%"),
        ("100 percent.txt", "100"),
        ("a_b.txt", "a_b"),
        ("back\\slash.txt", "k\\s"),
        ('quo"te.txt', 'o"t'),
        ("it's.txt", "t's"),
        ("(1) AND (2).txt", ") AND ("),
        ("Ärger.txt", "ÄRGER"),
        ("ÄRGER.TXT", "ärger"),
        ("A\u0308rger.txt", "\u00e4rg"),
        ("Café.txt", "cafe"),
        ("Straße.txt", "STRASSE"),
        ("Ñandú.txt", "ñA"),
        ("ab.txt", "B"),
        ("%.txt", "%"),
        ("_.txt", "_"),
        ("\\.txt", "\\"),
        ("漢字.txt", "字"),
        ("photo-2024.jpg", "-20"),
    ],
)
def test_a_name_is_found_by_any_stretch_of_it(catalog: Catalog, name: str, part: str) -> None:
    keep(catalog, a_file(joined(b"/d", name.encode())), a_file(b"/d/something else entirely"))
    assert named(catalog, part) == [joined(b"/d", name.encode())]


@pytest.mark.parametrize("part", ["%", "_", "a%c", "a_c", "100%", "\\", "*", "^", '"', "NEAR"])
def test_signs_with_a_meaning_elsewhere_stand_for_themselves(catalog: Catalog, part: str) -> None:
    keep(catalog, a_file(b"/d/abc 1000"))
    assert named(catalog, part) == []


def test_every_part_must_be_in_the_name(catalog: Catalog) -> None:
    keep(catalog, a_file(b"/d/summer at sea.jpg"), a_file(b"/d/summer.jpg"), a_file(b"/d/sea.jpg"))
    assert named(catalog, "summer", "sea") == [b"/d/summer at sea.jpg"]
    assert named(catalog, "summer", "at") == [b"/d/summer at sea.jpg"]
    assert named(catalog, "su", "se") == [b"/d/summer at sea.jpg"]


def test_the_shortest_names_come_first_up_to_a_limit(catalog: Catalog) -> None:
    keep(catalog, *[a_file(b"/d/x" + b"y" * number) for number in (3, 1, 2)])
    assert named(catalog, "x", limit=2) == [b"/d/xy", b"/d/xyy"]


def test_parts_without_letters_find_nothing(catalog: Catalog) -> None:
    keep(catalog, a_file(b"/d/a"))
    assert named(catalog) == named(catalog, "") == named(catalog, "\u0301") == []


def test_a_name_that_is_not_text_is_found_by_what_is_text_in_it(catalog: Catalog) -> None:
    keep(catalog, a_file(ODD))
    assert named(catalog, ".txt") == [ODD]


def test_only_the_name_counts_not_the_folder(catalog: Catalog) -> None:
    keep(catalog, a_file(b"/folder/file"))
    assert named(catalog, "folder") == []


def test_folding_is_the_same_for_all_spellings_of_a_name() -> None:
    assert {folded(name) for name in ("CAFÉ", "café", "cafe\u0301", "Cafe", "CAFE\u0301")} == {"cafe"}
    assert folded("\u2121\u1e9eİ") == "telssi"
