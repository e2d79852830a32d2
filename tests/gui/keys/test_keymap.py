"""The keys in force are those of the table and those that were chosen, and no two commands have the same."""

from collections import Counter

import pytest

from vexgui.core.errors import VexError
from vexgui.core.settings import KeyChoice
from vexgui.gui.keys.combination import Combination, read
from vexgui.gui.keys.commands import Command, sections
from vexgui.gui.keys.keymap import Keymap, resolved

ROWS = tuple(row for section in sections() for row in section.rows)


def choice(command: Command, *keys: str) -> KeyChoice:
    return KeyChoice(command.value, keys)


def test_every_command_has_one_line_in_the_table() -> None:
    assert Counter(row.command for row in ROWS) == Counter(Command)
    assert len({row.words for row in ROWS}) == len(ROWS)


def test_the_keys_of_the_table_are_written_as_they_are_read_and_none_stands_twice() -> None:
    keys = [key for row in ROWS for key in row.keys]
    assert [read(key) for key in keys] == keys
    assert len(set(keys)) == len(keys)


def test_chosen_keys_take_the_place_of_the_usual_ones() -> None:
    keys, mistakes = resolved([choice(Command.SEARCH, "Ctrl+K", "F3"), choice(Command.QUIT)], ROWS)
    assert (keys[Command.SEARCH], keys[Command.QUIT], keys[Command.GRID]) == (("Ctrl+K", "F3"), (), ("Ctrl+1",))
    assert not mistakes


def test_two_commands_may_exchange_their_keys() -> None:
    keys, mistakes = resolved([choice(Command.GRID, "Ctrl+2"), choice(Command.LIST, "Ctrl+1")], ROWS)
    assert (keys[Command.GRID], keys[Command.LIST]) == (("Ctrl+2",), ("Ctrl+1",))
    assert not mistakes


def test_keys_that_a_command_has_by_default_may_be_chosen_for_it() -> None:
    keys, mistakes = resolved([choice(Command.COPY_FILE, "Ctrl+C", "F7"), choice(Command.TRASH, "Delete")], ROWS)
    assert (keys[Command.COPY_FILE], keys[Command.TRASH]) == (("Ctrl+C", "F7"), ("Del",))
    assert not mistakes


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (KeyChoice("serach", ("Ctrl+K",)), "There is nothing called serach that has keys."),
        (choice(Command.SEARCH, "Ctrl+Foo"), "“Ctrl+Foo” is no combination of keys."),
        (choice(Command.SEARCH, "Ctrl+K", ""), "“” is no combination of keys."),
        (choice(Command.SEARCH, "s"), "S is typed into the search: take it together with Ctrl or Alt."),
        (choice(Command.SEARCH, "Ctrl+C"), "Ctrl+C is needed to edit text: take others."),
        (choice(Command.SEARCH, "Ctrl+O"), "Ctrl+O already stands for “Add a folder”: take others."),
    ],
)
def test_a_choice_that_cannot_be_meant_is_told_and_the_usual_keys_hold(given: KeyChoice, told: str) -> None:
    keys, mistakes = resolved([given, choice(Command.GRID, "F4")], ROWS)
    assert [(mistake.name, mistake.sentence) for mistake in mistakes] == [(given.command, told)]
    assert keys[Command.SEARCH] == ("Ctrl+F", "Ctrl+L")
    assert keys[Command.GRID] == ("F4",)


def test_of_two_choices_of_the_same_keys_the_first_holds() -> None:
    keys, mistakes = resolved([choice(Command.GRID, "F4"), choice(Command.LIST, "F4")], ROWS)
    assert (keys[Command.GRID], keys[Command.LIST]) == (("F4",), ("Ctrl+2",))
    assert [mistake.name for mistake in mistakes] == ["list"]


def test_a_choice_whose_way_out_fails_fails_with_it() -> None:
    # The list may not have the keys of the menu, keeps its own, and so the grid cannot have those.
    chosen = [choice(Command.GRID, "Ctrl+2"), choice(Command.LIST, "F10")]
    keys, mistakes = resolved(chosen, ROWS)
    assert (keys[Command.GRID], keys[Command.LIST]) == (("Ctrl+1",), ("Ctrl+2",))
    assert [mistake.name for mistake in mistakes] == ["list", "grid"]


def test_mistakes_are_told_once_with_what_to_do(qapp: object) -> None:
    keymap, told = Keymap(), list[VexError]()
    keymap.mistaken.connect(told.append)
    keymap.take([choice(Command.SEARCH, "Foo")])
    keymap.take([choice(Command.SEARCH, "Foo")])
    (mistake,) = told
    assert mistake.message == "“Foo” is no combination of keys."
    assert "search under [keys] in config.toml" in mistake.remedy


def test_what_is_chosen_last_takes_the_place_of_what_was_chosen_before(qapp: object) -> None:
    keymap = Keymap()
    keymap.take([choice(Command.SEARCH, "F3"), KeyChoice("mine", ("7",))])
    assert keymap.choosing(Command.SEARCH, (Combination("F4"),)) == (
        KeyChoice("mine", ("7",)),
        choice(Command.SEARCH, "F4"),
    )
    assert keymap.choosing(Command.SEARCH, keymap.default(Command.SEARCH)) == (KeyChoice("mine", ("7",)),)
