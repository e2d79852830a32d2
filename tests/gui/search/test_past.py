"""What was in the field comes back step by step."""

from vexgui.gui.search.past import Past
from vexgui.gui.search.tokens import Draft, Token

IMAGE = Token("type:image", "type", "image")


def typed(past: Past, text: str) -> None:
    for end in range(1, len(text) + 1):
        past.note(Draft((), text[:end], end))


def test_the_letters_of_a_word_are_one_step() -> None:
    past = Past()
    typed(past, "red tram")
    steps = []
    while (draft := past.undo()) is not None:
        steps.append(draft.typed)
    assert steps == ["red ", "red", ""]


def test_a_chip_that_was_made_is_a_step() -> None:
    past = Past()
    past.note(Draft((), "type:image ", 11))
    past.note(Draft((IMAGE,), "", 0))
    assert past.undo() == Draft((), "type:image ", 11)
    assert past.redo() == Draft((IMAGE,), "", 0)
    assert past.redo() is None


def test_what_is_typed_after_going_back_leaves_nothing_to_go_forth_to() -> None:
    past = Past()
    typed(past, "cat")
    past.undo()
    typed(past, "d")
    assert past.redo() is None
    assert past.undo() == Draft()


def test_letters_that_were_taken_away_one_by_one_come_back_together() -> None:
    past = Past()
    past.note(Draft((), "tram", 4))
    for end in (3, 2, 1):
        past.note(Draft((), "tram"[:end], end))
    assert past.undo() == Draft((), "tram", 4)


def test_moving_the_cursor_is_no_step() -> None:
    past = Past()
    past.note(Draft((), "tram", 4))
    past.note(Draft((), "tram", 0))
    assert past.undo() == Draft()
