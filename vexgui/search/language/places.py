"""Places that files are looked for around: a town by its name, or a position."""

import re

from vexgui.core.filters import Filter, Near
from vexgui.search.language.values import Typed, Unreadable
from vexgui.store.catalog import folded
from vexgui.system.towns import Town, gazetteer

_DEFAULT_KM = 20.0
_KM = {"km": 1.0, "m": 0.001, "mi": 1.609344, "mile": 1.609344, "miles": 1.609344}
_NUMBER = r"\d{1,6}(?:[.,]\d{1,6})?"
_DISTANCE = re.compile(rf"(.*?)[\s,]+({_NUMBER})\s*(km|mi|miles?|m)", re.IGNORECASE | re.DOTALL)
_POSITION = re.compile(r"([+-]?\d{1,3}(?:\.\d{1,9})?)\s*[,;\s]\s*([+-]?\d{1,3}(?:\.\d{1,9})?)")
_BEGUN = re.compile(r"[+-]?[\d.]*[,;\s]?[\s+\-\d.]*")
_WRITE = 'Name a town, one of several words in quotation marks, or write a position: near:"New York", near:48.2,16.37.'

LONGER_PLACE = re.compile(
    rf"(?:\"[^\"]*\"|[^\s\")]+)\s+{_NUMBER}\s*(?:km|mi|miles?|m)(?=[\s)]|$)",
    re.IGNORECASE,
)
"""A place with a distance behind it."""


def read_near(value: Typed) -> Filter:
    """Read a place and how far from it: a town's name or a position, and a distance where 20 km is not meant.

    Raises:
        Unreadable: There is no such place.
    """
    text, km = " ".join(value.text.split()), _DEFAULT_KM
    if match := _DISTANCE.fullmatch(text):
        text, km = match[1].strip(), float(match[2].replace(",", ".")) * _KM[match[3].casefold()]
    if position := _POSITION.fullmatch(text):
        return _around(float(position[1]), float(position[2]), km)
    known = gazetteer()
    place = town_called(text)
    if place is None:
        grows = known.begins(folded(text)) or bool(_BEGUN.fullmatch(text))
        meant = None if grows else known.closest(folded(text))
        raise Unreadable(
            f"No place called {text} is known.",
            "" if meant else _WRITE,
            meant=f'near:"{meant}"' if meant else "",
            grows=grows,
        )
    return Near(place.latitude, place.longitude, km)


def town_called(text: str) -> Town | None:
    """Return the largest town of a name; its country, or its state in the USA, may follow a comma."""
    name, _, area = (part.strip() for part in folded(text).partition(","))
    return gazetteer().find(name, area)


def _around(latitude: float, longitude: float, km: float) -> Filter:
    try:
        return Near(latitude, longitude, km)
    except ValueError as error:
        raise Unreadable(
            "There is no such position.", "Latitude goes from -90 to 90, longitude from -180 to 180: near:48.2,16.37."
        ) from error
