"""The towns of the world, offline: those of GeoNames, in ``resources/places`` (see there for source and licence)."""

import difflib
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import cos, degrees, pi, radians, sqrt
from pathlib import Path

import zstandard

from vexgui.core.places import RADIUS_KM, distance_km, latitudes_within
from vexgui.system.resources import resource

# A small town that is called so in the first place is meant rather than a large one that is so called in another
# language, unless that is ten times larger: Bergen is in Norway and not Mons, Roma is Rome and not in Texas.
_OWN_NAME = 10

_LEAST_LIKE = 4
"""Letters of a name that another can be like."""

_FARTHEST_KM = 30.0
"""No town is named that lies farther away than this."""
_REACHES_KM = (_FARTHEST_KM, 150.0, 800.0, 4000.0)
"""The nearest town is looked for so far away, one after the other: no place on the Earth is farther from all."""
_PEOPLE_PER_KM2 = 2000.0
"""How densely large towns are built: so a town of half a million reaches 9 km from its middle."""
_NEAR_POLES = 0.01
"""Cosine of a latitude beyond which nobody lives."""
_COUNTRY_OF_STATES = "us"
"""Its towns are told apart by their states."""


@dataclass(frozen=True, slots=True)
class Town:
    """A town.

    Attributes:
        title: Its own name, as it is written.
        name: The same, folded.
        country: ISO 3166-1, two letters, lower case.
        region: The code of the state or province, lower case.
        people: How many live there.
        latitude: Degrees, north positive.
        longitude: Degrees, east positive.
    """

    title: str
    name: str
    country: str
    region: str
    people: int
    latitude: float
    longitude: float

    @property
    def reach_km(self) -> float:
        """How far it reaches from its middle, about."""
        return sqrt(self.people / _PEOPLE_PER_KM2 / pi)


class Towns:
    """Towns by their positions.

    Args:
        areas: Countries and states, a line each: code, name as it is written, names folded.
        towns: A line each, by latitude from the south, see `Town`.
    """

    def __init__(self, areas: bytes, towns: bytes) -> None:
        self._titles = {code: title for code, title, *_ in _cells(areas)}
        self._towns = towns.split(b"\n")

    def __getitem__(self, number: int) -> Town:
        """Return the town on a line."""
        return _town(self._towns[number])

    def weight(self, number: int, start: bytes) -> int:
        """Return how many people live in the town on a line, ten times that where its own name begins so."""
        _, name, rest = self._towns[number].split(b"\t", 2)
        return int(rest.rsplit(b"\t", 3)[1]) * (_OWN_NAME if name.startswith(start) else 1)

    def country_of(self, town: Town) -> str:
        """Return the name of the country that a town lies in, as it is written; "" where that is not known."""
        return self._titles.get(town.country, "")

    def around(self, latitude: float, longitude: float) -> tuple[str, ...]:
        """Return in words where a position is: the nearest town, the city that reaches there, state and country.

        For example "Belém", "Lisbon", "Portugal"; nothing where no town is near.
        """
        near = sorted(self._near(latitude, longitude, _FARTHEST_KM), key=lambda found: found[0])
        if not near:
            return ()
        nearest = near[0][1]
        city = max((town for km, town in near if km <= town.reach_km), key=lambda town: town.people, default=nearest)
        state = f"{nearest.country}-{nearest.region}" if nearest.country == _COUNTRY_OF_STATES else ""
        names = (nearest.title, city.title, self._titles.get(state), self._titles.get(nearest.country))
        return tuple(dict.fromkeys(filter(None, names)))

    def nearest(self, latitude: float, longitude: float) -> tuple[float, Town]:
        """Return the town that is nearest to a position, and how far away its middle is in kilometres.

        Raises:
            LookupError: There is none on this side of the Earth.
        """
        for reach_km in _REACHES_KM:
            if near := min(self._near(latitude, longitude, reach_km), key=lambda found: found[0], default=None):
                return near
        raise LookupError(f"no town is near {latitude}, {longitude}")

    def _near(self, latitude: float, longitude: float, reach_km: float) -> Iterator[tuple[float, Town]]:
        """Yield the towns that are near, and how far away in kilometres."""
        south, north = latitudes_within(latitude, reach_km)
        first, end = (bisect_left(self._towns, edge, key=_latitude) for edge in (south, north))
        across = degrees(reach_km / RADIUS_KM) / max(cos(radians(max(abs(south), abs(north)))), _NEAR_POLES)
        for line in self._towns[first:end]:
            if abs((_longitude(line) - longitude + 180) % 360 - 180) > across:
                continue
            town = _town(line)
            km = distance_km(latitude, longitude, town.latitude, town.longitude)
            if km <= reach_km:
                yield km, town


class Gazetteer:
    """Towns by their names.

    Args:
        path: A file of `packaging/places/build.py`, which says what is in it.
    """

    def __init__(self, path: Path) -> None:
        areas, towns, names = _parts(path)
        self._areas = {name: code for code, _, *others in _cells(areas) for name in (code, *others)}
        self._towns = Towns(areas, towns)
        # In one piece and searched by halving: a dictionary of all names would take 60 MB and a second to build.
        self._names = names + b"\n"

    def find(self, name: str, area: str = "") -> Town | None:
        """Return the largest town of a name, both folded; its country, or its state in the USA, can be told."""
        areas = {self._areas.get(area), f"us-{area}"}
        found = [
            town for town in self._called(name) if not area or areas & {town.country, f"{town.country}-{town.region}"}
        ]
        return max(found, key=lambda town: town.people * (_OWN_NAME if town.name == name else 1), default=None)

    def beginning(self, name: str, most: int) -> tuple[tuple[str, str], ...]:
        """Return the names of the largest towns whose names begin like a folded one, each with its country's.

        What a town is called in the first place counts more here, too.
        """
        start = _written(name)
        lines = self._names[self._first(start) : self._first(start + b"\xff")].split(b"\n")
        numbers = {int(line[line.index(b"\t") + 1 :]) for line in lines if line}
        found = sorted(numbers, key=lambda number: self._towns.weight(number, start), reverse=True)
        titles: dict[str, str] = {}
        for town in map(self._towns.__getitem__, found):
            titles.setdefault(town.title, self._towns.country_of(town))
            if len(titles) == most:
                break
        return tuple(titles.items())

    def begins(self, name: str) -> bool:
        """Tell whether some town's name begins like a folded one."""
        sought = _written(name)
        return self._names.startswith(sought, self._first(sought))

    def closest(self, name: str) -> str | None:
        """Return the name of a town that is written nearly like a folded one."""
        if len(name) < _LEAST_LIKE:
            return None
        start = _written(name[:2])
        alike = self._names[self._first(start) : self._first(start + b"\xff")]
        known = [cells[0] for cells in _cells(alike.removesuffix(b"\n"))]
        found = difflib.get_close_matches(name, dict.fromkeys(known), 1, 0.75)
        return found[0] if found else None

    def _called(self, name: str) -> list[Town]:
        sought = _written(f"{name}\t")
        found = []
        at = self._first(sought)
        while self._names.startswith(sought, at):
            end = self._names.index(b"\n", at)
            found.append(self._towns[int(self._names[at + len(sought) : end])])
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
    """Return the names that VexGUI comes with; read once."""
    return Gazetteer(_table())


@lru_cache(1)
def towns() -> Towns:
    """Return the towns that VexGUI comes with, without what they are called in other languages; read once."""
    areas, lines, _ = _parts(_table())
    return Towns(areas, lines)


def _table() -> Path:
    return resource("places") / "towns.zst"


def _parts(path: Path) -> list[bytes]:
    return zstandard.decompress(path.read_bytes()).split(b"\n\n")


def _cells(lines: bytes) -> list[list[str]]:
    return [line.split("\t") for line in lines.decode().split("\n")]


def _written(name: str) -> bytes:
    """Return a name as the table has it; what cannot be written there is part of no name."""
    return name.encode(errors="replace")


def _latitude(line: bytes) -> float:
    return float(line.split(b"\t")[-2])


def _longitude(line: bytes) -> float:
    return float(line[line.rindex(b"\t") :])


def _town(line: bytes) -> Town:
    title, name, country, region, people, latitude, longitude = line.decode().split("\t")
    return Town(title, name, country, region, int(people), float(latitude), float(longitude))
