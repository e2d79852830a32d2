"""Places by their names, offline: the towns of GeoNames, in ``resources/places`` (see there for source and licence)."""

import difflib
import re
from bisect import bisect_left
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
_WRITE = 'Name a town, one of several words in quotation marks, or write a position: near:"New York", near:48.2,16.37.'

# A small town that is called so in the first place is meant rather than a large one that is so called in another
# language, unless that is ten times larger: Bergen is in Norway and not Mons, Roma is Rome and not in Texas.
_OWN_NAME = 10

_LEAST_LIKE = 4
"""Letters of a name that another can be like."""

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
        path: A file of `packaging/places/build.py`, which says what is in it.
    """

    def __init__(self, path: Path) -> None:
        areas, towns, names = zstandard.decompress(path.read_bytes()).split(b"\n\n")
        self._areas = {name: code for code, *others in _cells(areas) for name in (code, *others)}
        self._towns = towns.split(b"\n")
        # In one piece and searched by halving: a dictionary of all names would take 60 MB and a second to build.
        self._names = names + b"\n"

    def find(self, name: str) -> Place | None:
        """Return the largest town of a name; its country, or its state in the USA, may follow a comma."""
        name, _, area = (part.strip() for part in folded(name).partition(","))
        areas = {self._areas.get(area), f"us-{area}"}
        found = [
            place
            for place in self._called(name)
            if not area or areas & {place.country, f"{place.country}-{place.region}"}
        ]
        return max(found, key=lambda place: place.people * (_OWN_NAME if place.name == name else 1), default=None)

    def begins(self, name: str) -> bool:
        """Tell whether some town's name begins so."""
        sought = folded(name).encode()
        return self._names.startswith(sought, self._first(sought))

    def closest(self, name: str) -> str | None:
        """Return the name of a town that is written nearly so."""
        sought = folded(name)
        if len(sought) < _LEAST_LIKE:
            return None
        start = sought[:2].encode()
        alike = self._names[self._first(start) : self._first(start + b"\xff")]
        known = [cells[0] for cells in _cells(alike.removesuffix(b"\n"))]
        found = difflib.get_close_matches(sought, dict.fromkeys(known), 1, 0.75)
        return found[0] if found else None

    def _called(self, name: str) -> list[Place]:
        sought = f"{name}\t".encode()
        found = []
        at = self._first(sought)
        while self._names.startswith(sought, at):
            end = self._names.index(b"\n", at)
            found.append(_place(self._towns[int(self._names[at + len(sought) : end])]))
            at = end + 1
        return found

    def _first(self, sought: bytes) -> int:
        """Return where the first line begins that does not come before what is sought."""
        at = bisect_left(range(len(self._names)), sought, key=self._line_over)
        return at if at == 0 else self._names.find(b"\n", at - 1) + 1

    def _line_over(self, at: int) -> bytes:
        """Return the line that a byte lies in."""
        return self._names[self._names.rfind(b"\n", 0, at) + 1 : self._names.find(b"\n", at)]


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


def _cells(lines: bytes) -> list[list[str]]:
    return [line.split("\t") for line in lines.decode().split("\n")]


def _place(line: bytes) -> Place:
    name, country, region, people, latitude, longitude = line.decode().split("\t")
    return Place(name, country, region, int(people), float(latitude), float(longitude))
