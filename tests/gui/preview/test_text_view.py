"""A text is shown at what was found in it, whichever comes first, the text or the view's size."""

from pytestqt.qtbot import QtBot

from vexgui.gui.preview.passages import FoundText
from vexgui.gui.preview.text_view import TextView, Writing

_LINES = "".join(f"line {number}\n" for number in range(500))
_AT = _LINES.index("line 300")
_FOUND = FoundText(_LINES, (_AT, _AT + len("line 300")))


def shown(qtbot: QtBot, *heights: int) -> TextView:
    """Return a view that was given the text at the first of its heights."""
    view = TextView()
    qtbot.addWidget(view)
    view.resize(400, heights[0])
    view.show()
    view.show_text(_FOUND, Writing.PROSE)
    for height in heights[1:]:
        view.resize(400, height)
    return view


def test_a_text_that_came_before_the_size_is_shown_at_the_same_place(qtbot: QtBot) -> None:
    at = shown(qtbot, 600).verticalScrollBar().value()
    assert at > 0
    assert shown(qtbot, 60, 600).verticalScrollBar().value() == at
    assert shown(qtbot, 900, 600).verticalScrollBar().value() == at


def test_whoever_has_scrolled_stays_there(qtbot: QtBot) -> None:
    view = shown(qtbot, 600)
    view.verticalScrollBar().setValue(30)
    view.resize(400, 300)
    assert view.verticalScrollBar().value() == 30
