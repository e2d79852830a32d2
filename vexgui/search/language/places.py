"""Places by their names, offline: the towns of GeoNames, in ``resources/places`` (see there for source and licence)."""

import difflib
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import zstandard

from vexgui.core.filters import Filter, Near
from vexgui.search.language.values import Typed, Unreadable
from vexgui.store.catalog import folded
from vexgui.system.resources import resource

_DEFAULT_KM = 20.0
_KM = {"km": 1.0, "m": 0.001, "mi": 1.609344, "mile": 1.609344, "miles": 1.609344}
_NUMBER = r"\d{1,6}(?:[.,]\d{1,6})?"
_DISTANCE = re.compile(rf"(.*?)[\s,]+({_NUMBER})\s*(km|mi|miles?|m)", re.IGNORECASE | re.DOTALL)
_POSITION = re.compile(r"([+-]?\d{1,3}(?:\.\d{1,9})?)\s*[,;\s]\s*([+-]?\d{1,3}(?:\.\d{1,9})?)")
_BEGUN = re.compile(r"[+-]?[\d.]*[,;\s]?[\s+\-\d.]*")
_WRITE = "Name a town, or write a position in degrees: near:48.2,16.37."

# A small town that is called so in the first place is meant rather than a large one that is so called in another
# language, unless that is ten times larger: Bergen is in Norway and not Mons, Roma is Rome and not in Texas.
_OWN_NAME = 10

LONGER_PLACE = re.compile(
    rf"(?:\"[^\"]*\"|[^\s\")]+)\s+{_NUMBER}\s*(?:km|mi|miles?|m)(?=[\s)]|$)",
    re.IGNORECASE,
)
"""A place with a distance behind it."""


@dataclass(frozen=True, slots=True)
class Place:
    """A town.

    Attributes:
        name: Its own name, folded.
        country: ISO 3166-1, two letters, lower case.
        region: The code of the state or province, lower case.
        people: How many live there.
        latitude: Degrees, north positive.
        longitude: Degrees, east positive.
    """

    name: str
    country: str
    region: str
    people: int
    latitude: float
    longitude: float


class Gazetteer:
    """Towns by their names.

    Args:
        path: A file of `packaging/places/build.py`: countries and states, an empty line, towns.
    """

    def __init__(self, path: Path) -> None:
        countries, _, towns = zstandard.decompress(path.read_bytes()).partition(b"\n\n")
        # One piece of bytes is searched in two milliseconds; a dictionary of all names takes 60 MB.
        self._towns = b"\n" + towns
        self._countries: dict[str, str] = {}
        for line in countries.decode().splitlines():
            code, *names = line.split("|")
            self._countries |= dict.fromkeys((code, *names), code)

    def find(self, name: str) -> Place | None:
        """Return the largest town of a name; its country, or its state in the USA, may follow a comma."""
        name, _, area = (part.strip() for part in folded(name).partition(","))
        areas = {self._countries.get(area), f"us-{area}"}
        found = [
            (is_own, place)
            for is_own, place in self._called(name)
            if not area or areas & {place.country, f"{place.country}-{place.region}"}
        ]
        return max(found, key=lambda pair: pair[1].people * (_OWN_NAME if pair[0] else 1))[1] if found else None

    def begins(self, name: str) -> bool:
        """Tell whether some town's name begins so."""
        return f"|{folded(name)}".encode() in self._towns

    def closest(self, name: str) -> str | None:
        """Return the name of a town that is written nearly so."""
        start = re.escape(folded(name)[:2].encode())
        known = re.findall(rb"\n\|(" + start + rb"[^|\n]*)", self._towns)
        found = difflib.get_close_matches(folded(name), [one.decode() for one in known], 1, 0.75)
        return found[0] if found else None

    def _called(self, name: str) -> list[tuple[bool, Place]]:
        """Return the towns of a name, and for each whether it is its own name."""
        sought = f"|{name}|".encode() if name else b"\0"
        found = []
        at = self._towns.find(sought)
        while at >= 0:
            start, end = self._towns.rfind(b"\n", 0, at) + 1, self._towns.find(b"\n", at)
            found.append((at == start, _place(self._towns[start:end].decode())))
            at = self._towns.find(sought, end)
        return found


@lru_cache(1)
def gazetteer() -> Gazetteer:
    """Return the gazetteer that VexGUI comes with; read once."""
    return Gazetteer(resource("places") / "towns.zst")


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
    place = known.find(text)
    if place is None:
        grows = known.begins(text) or bool(_BEGUN.fullmatch(text))
        meant = None if grows else known.closest(text)
        remedy = f'Did you mean near:"{meant}"?' if meant else _WRITE
        raise Unreadable(f"No place called {text} is known.", remedy, grows=grows)
    return Near(place.latitude, place.longitude, km)


def _around(latitude: float, longitude: float, km: float) -> Filter:
    try:
        return Near(latitude, longitude, km)
    except ValueError as error:
        raise Unreadable(
            "There is no such position.", "Latitude goes from -90 to 90, longitude from -180 to 180: near:48.2,16.37."
        ) from error


def _place(line: str) -> Place:
    names, country, region, people, latitude, longitude = line.split("\t")
    return Place(names.split("|", 2)[1], country, region, int(people), float(latitude), float(longitude))
