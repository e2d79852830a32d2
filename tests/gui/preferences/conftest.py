"""The window of preferences over a library, and what a user does in it."""

from tests.gui.conftest import Bench
from tests.gui.fake_engine import FakeEngine
from vexgui.gui.preferences.model_card import ModelCard
from vexgui.gui.preferences.window import PreferencesWindow
from vexgui.gui.question import Question


def opened(bench: Bench, library: FakeEngine) -> PreferencesWindow:
    window = bench.open(library)
    window.menu.preferences_asked.emit()
    window.preferences.tabs[1].click()
    bench.settle()
    # A layout shows a widget that it is given when it comes to it.
    bench.qtbot.waitUntil(lambda: all(made.isVisible() for made in window.preferences.models.cards.values()))
    return window.preferences


def card(bench: Bench, name: str) -> ModelCard:
    return bench.window.preferences.models.cards[name]


def answer(bench: Bench, button: str) -> None:
    """Press a button of the question that is open."""
    (box,) = (box for box in bench.window.findChildren(Question) if box.isVisible())
    next(found for found in (box.yes, box.no) if found.text() == button).click()
    bench.settle()
