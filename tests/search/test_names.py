"""How names are compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vexgui.search.names import normal_name

ANYTHING = st.text(st.characters())


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Lentil_Soup-2.md", "lentil soup 2 md"),
        ("  Danke, Jürgen (copy)", "danke jurgen copy"),
        ("Danke\u0301", "danke"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("...", ""),
    ],
)
def test_names_are_compared_without_case_accents_and_separators(name: str, expected: str) -> None:
    assert normal_name(name) == expected


@given(ANYTHING)
def test_a_normal_name_is_its_own(name: str) -> None:
    assert normal_name(normal_name(name)) == normal_name(name)
