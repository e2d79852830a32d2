"""The towns that VexGUI comes with, by their names and by their positions."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vexgui.core.places import distance_km
from vexgui.system.towns import Towns, gazetteer, towns


@pytest.mark.parametrize(
    ("name", "area", "own", "country"),
    [
        ("vienna", "", "Vienna", "at"),
        ("wien", "", "Vienna", "at"),
        ("东京", "", "Tokyo", "jp"),
        ("munchen", "", "Munich", "de"),
        ("nyc", "", "New York City", "us"),
        ("vienna", "va", "Vienna", "us"),
        ("vienna", "virginia", "Vienna", "us"),
        ("vienna", "usa", "Vienna", "us"),
        ("vienna", "austria", "Vienna", "at"),
        ("cambridge", "", "Cambridge", "gb"),
        ("cambridge", "massachusetts", "Cambridge", "us"),
    ],
)
def test_a_town_is_known_in_many_languages_and_by_its_country(name: str, area: str, own: str, country: str) -> None:
    town = gazetteer().find(name, area)
    assert town is not None
    assert (town.title, town.country) == (own, country)


@pytest.mark.parametrize(
    ("position", "words"),
    [
        ((38.7083, -9.1361), ("Baixa", "Lisbon", "Portugal")),
        ((48.2, 16.37), ("Vienna", "Austria")),
        ((30.27, -97.74), ("Austin", "Texas", "United States")),
        ((47.42, 10.98), ("Garmisch-Partenkirchen", "Germany")),
        ((1.29, 103.85), ("Singapore",)),
        ((0.0, -30.0), ()),
        ((90.0, 0.0), ()),
        ((-90.0, 180.0), ()),
    ],
)
def test_a_position_is_told_by_the_towns_around_it(position: tuple[float, float], words: tuple[str, ...]) -> None:
    assert towns().around(*position) == words


def test_towns_beyond_the_date_line_are_near() -> None:
    few = Towns(b"fj\tFiji\tfiji", b"Edge\tedge\tfj\t\t5000\t-16.8\t179.95")
    assert few.around(-16.8, -179.98) == ("Edge", "Fiji")


@given(
    st.lists(st.tuples(st.floats(-89, 89), st.floats(-180, 180)), min_size=1),
    st.floats(-0.4, 0.4),
    st.floats(-0.4, 0.4),
)
def test_the_nearest_town_is_named_first(places: list[tuple[float, float]], north: float, east: float) -> None:
    lines = [f"{number}\t\t\t\t0\t{lat!r}\t{lon!r}" for number, (lat, lon) in enumerate(sorted(places))]
    here = (places[0][0] + north, places[0][1] + east)
    found = Towns(b"fj\tFiji", "\n".join(lines).encode()).around(*here)
    nearest = min(distance_km(*here, *place) for place in places)
    if found:
        assert distance_km(*here, *sorted(places)[int(found[0])]) == pytest.approx(nearest)
    else:
        assert nearest > 29.99


def test_far_out_at_sea_the_nearest_town_is_known_all_the_same() -> None:
    km, town = towns().nearest(-50.0, -120.0)
    assert town.title == "Hanga Roa"
    assert km == pytest.approx(2695.5, abs=0.1)


def test_where_no_town_is_on_this_side_of_the_earth_none_is_nearest() -> None:
    far = Towns(b"fj\tFiji\tfiji", b"Edge\tedge\tfj\t\t5000\t-16.8\t179.95")
    with pytest.raises(LookupError):
        far.nearest(51.0, 0.0)


def test_the_beginning_of_a_name_is_known_as_one() -> None:
    assert gazetteer().begins("salzbur")
    assert not gazetteer().begins("qqz")


def test_a_misspelt_town_is_recognised() -> None:
    assert gazetteer().closest("salzburgg") == "salzburg"
    assert gazetteer().closest("qqzzqq") is None


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=8))
def test_any_name_is_looked_up(name: str) -> None:
    known = gazetteer()
    if known.find(name):
        assert known.begins(name)
    known.closest(name)


def test_towns_are_named_whose_names_begin_so_the_largest_first_and_by_their_own_names() -> None:
    assert gazetteer().beginning("vien", 3)[0] == ("Vienna", "Austria")
    assert gazetteer().beginning("mun", 1) == (("Munich", "Germany"),)
    assert gazetteer().beginning("wie", 20).count(("Vienna", "Austria")) == 1
    assert gazetteer().beginning("no town is called so", 3) == ()
    assert gazetteer().beginning("\ud800", 3) == ()
