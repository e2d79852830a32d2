"""Towns as they are typed."""

import pytest
from hypothesis import given, settings

from tests.search.language.asking import ANYTHING
from vexgui.search.language.places import town_called


@pytest.mark.parametrize(
    ("name", "own", "country"),
    [
        ("Vienna", "vienna", "at"),
        ("wien", "vienna", "at"),
        ("Βιέννη", "vienna", "at"),
        ("東京", "tokyo", "jp"),
        ("München", "munich", "de"),
        ("munchen", "munich", "de"),
        ("NYC", "new york city", "us"),
        ("Vienna, VA", "vienna", "us"),
        ("Vienna, Virginia", "vienna", "us"),
        ("Vienna, USA", "vienna", "us"),
        ("Vienna , austria", "vienna", "at"),
        ("Cambridge", "cambridge", "gb"),
        ("Cambridge, Massachusetts", "cambridge", "us"),
    ],
)
def test_a_town_is_known_in_many_languages_and_by_its_country(name: str, own: str, country: str) -> None:
    place = town_called(name)
    assert place is not None
    assert (place.name, place.country) == (own, country)


def test_the_own_name_of_a_town_counts_more_than_a_larger_town_in_another_language() -> None:
    bergen, roma = town_called("Bergen"), town_called("Roma")
    assert bergen is not None
    assert roma is not None
    assert (bergen.country, roma.country) == ("no", "it")


@pytest.mark.parametrize("name", ["", ",", "Vienna, France", "zzyzx qq", "wei ye na", "\n", "a\tb", "\uffff"])
def test_what_is_no_town_is_not_found(name: str) -> None:
    assert town_called(name) is None


@settings(deadline=None)
@given(ANYTHING)
def test_any_name_is_looked_up(name: str) -> None:
    town_called(name)
