"""Where the tests of the query language ask from: a Sunday in Vienna."""

from datetime import datetime
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from vexgui.core.query import Query
from vexgui.search.language import Surroundings, parse
from vexgui.search.language.values import Typed

NOW = datetime(2026, 11, 22, 10, 30, 15, tzinfo=ZoneInfo("Europe/Vienna"))
HERE = Surroundings(NOW, folder=b"/home/ana/desk", home=b"/home/ana", offline=(b"/media/stick", b"/mnt/nas"))

ANYTHING = st.text(st.characters())


def asked(typed: str) -> Query:
    """Return what is asked there."""
    return parse(typed, HERE)


def unquoted(text: str) -> Typed:
    """Return a value that was typed without quotation marks."""
    return Typed(text, text, text)
