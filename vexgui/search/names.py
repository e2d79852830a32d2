"""How names are compared. Pure."""

import re

from vexgui.store.catalog import folded

_BETWEEN = re.compile(r"[\s_\-.,()\[\]+]+")


def normal_name(name: str) -> str:
    """Return a name as it is compared: case and accents away, separators as single spaces."""
    return " ".join(_BETWEEN.split(folded(name))).strip()
