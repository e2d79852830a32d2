"""What is said of a model, and what can be done with it."""

from dataclasses import replace

import pytest

from tests.gui.fake_engine import EMBEDDED, FORMER, RECOMMENDED
from vexgui.core.reports import ModelInfo
from vexgui.gui.preferences.desk import NONE, Deed
from vexgui.gui.preferences.model_words import Standing, cost, deeds, facts, picture_models, standing

MEASURED = replace(RECOMMENDED, pictures_per_s=51.4, hours=0.5, disk_bytes=7 << 20)
NOTHING = ModelInfo("bare", "picture", False, False, "", "", 0)


@pytest.mark.parametrize(
    ("model", "expected"),
    [
        (EMBEDDED, Standing.IN_USE),
        (FORMER, Standing.ANSWERING),
        (replace(FORMER, answering=False), Standing.INSTALLED),
        (RECOMMENDED, Standing.RECOMMENDED),
        (replace(RECOMMENDED, recommended=False), Standing.OFFERED),
        (replace(EMBEDDED, active=False, answering=False, installed=False), Standing.MISSING),
    ],
)
def test_a_model_stands_in_one_way(model: ModelInfo, expected: Standing) -> None:
    assert standing(model) is expected


@pytest.mark.parametrize(
    ("model", "expected"),
    [
        (EMBEDDED, (Deed.MEASURE,)),
        (FORMER, (Deed.MEASURE, Deed.FORGET, Deed.USE)),
        (replace(FORMER, vectors=0), (Deed.MEASURE, Deed.FORGET, Deed.USE)),
        (replace(EMBEDDED, active=False, vectors=0), (Deed.MEASURE, Deed.USE)),
        (replace(EMBEDDED, active=False), (Deed.MEASURE, Deed.FORGET, Deed.USE)),
        (RECOMMENDED, (Deed.MEASURE, Deed.DOWNLOAD)),
        (replace(RECOMMENDED, vectors=9), (Deed.MEASURE, Deed.FORGET, Deed.DOWNLOAD)),
        (replace(EMBEDDED, modality="text"), ()),
        (replace(EMBEDDED, active=False, installed=False, vectors=0), ()),
    ],
)
def test_only_what_makes_sense_is_offered(model: ModelInfo, expected: tuple[Deed, ...]) -> None:
    assert deeds(model) == expected


@pytest.mark.parametrize(
    ("model", "expected"),
    [
        (RECOMMENDED, "Not measured yet"),
        (replace(RECOMMENDED, disk_bytes=7 << 20), "7.0 MB of vectors for all, not measured yet"),
        (MEASURED, "51 pictures a second, 30 min for the pictures it has not seen, 7.0 MB of vectors for all"),
        (replace(MEASURED, hours=0.0, disk_bytes=None), "51 pictures a second"),
        (replace(MEASURED, pictures_per_s=0.42, hours=None, disk_bytes=None), "0.4 pictures a second"),
    ],
)
def test_what_a_model_costs_here_is_told_in_words(model: ModelInfo, expected: str) -> None:
    assert cost(model) == expected


def test_what_is_not_known_of_a_model_is_not_told() -> None:
    assert facts(NOTHING) == [("Cost here", "Not measured yet")]
    assert ("", "open_clip, docs/openclip_results.csv") in facts(MEASURED)


@pytest.mark.parametrize(("active", "chosen"), [(True, False), (False, True)])
def test_no_model_is_a_choice_too(active: bool, chosen: bool) -> None:
    none = picture_models([replace(EMBEDDED, active=active)])[-1]
    assert (none.name, none.active) == (NONE, chosen)
    assert deeds(none) == (() if chosen else (Deed.USE,))


def test_a_model_that_is_missing_is_not_the_choice_of_none() -> None:
    none = ModelInfo(NONE, "picture", False, True, "", "", 0)
    assert not picture_models([replace(EMBEDDED, active=False, installed=False), none])[-1].active
