"""A run of the tests that has passed passes again."""

import importlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st


def drawn() -> list[tuple[int, str]]:
    """Return the examples that a test is given."""
    seen: list[tuple[int, str]] = []

    @given(st.integers(), st.text())
    def note(number: int, text: str) -> None:
        seen.append((number, text))

    note()
    return seen


@pytest.mark.skipif(not settings().derandomize, reason="other examples are asked for")
def test_the_same_examples_are_drawn_whatever_was_loaded_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = drawn()
    (tmp_path / "numbers_and_texts.py").write_text(
        f"NUMBERS = {[*range(1_000_000, 1_000_100)]}\nTEXT = 'of a module'\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    importlib.import_module("numbers_and_texts")
    assert drawn() == before
