"""What is never indexed is chosen by a command, which asks first where much would be forgotten."""

import pytest

from tests.cli.runner import Runner
from vexgui.core.exclusions import Weight

COST = "That takes 120 files of 1,000 from the index. The files stay as they are;"


@pytest.mark.parametrize(
    ("argv", "typed", "asked", "code"),
    [
        ("*.iso *.img", "y", True, 0),
        ("*.iso *.img", "", True, 1),
        ("*.iso *.img", "no", True, 1),
        ("*.iso *.img --yes", "no", False, 0),
        ("*.iso *.img --yes", None, False, 0),
        ("*.iso *.img", None, False, 2),
    ],
)
def test_patterns_that_take_much_are_added_after_a_yes_only(
    vexgui: Runner, argv: str, typed: str | None, asked: bool, code: int
) -> None:
    vexgui.screen.typed = typed
    assert vexgui("exclude", "add", *argv.split()) == code
    assert ("[y/N]" in vexgui.screen.err) is asked
    assert (COST in vexgui.screen.err) is (asked or code == 2)
    assert ("--yes" in vexgui.screen.err) is (code == 2)
    assert ({"*.iso", "*.img"} <= set(vexgui.engine.patterns)) is (code == 0)


@pytest.mark.parametrize(
    ("forgotten", "known", "heavy"),
    [(101, 100_000, True), (100, 1_000, False), (100, 999, True), (11, 100, True), (11, 110, False), (10, 10, False)],
)
def test_more_than_a_hundred_files_or_a_tenth_of_all_are_much_but_not_a_handful(
    forgotten: int, known: int, heavy: bool
) -> None:
    assert Weight(forgotten, known).is_heavy is heavy
