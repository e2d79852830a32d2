"""How many files are from which month."""

import re

from vexgui.core.looking import MonthCount
from vexgui.store.catalog import CatalogView

_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")


def timeline(catalog: CatalogView) -> tuple[MonthCount, ...]:
    """Return the months that any file is from, the earliest first."""
    changed, taken = catalog.months_changed(), catalog.months_taken()
    months = sorted({month for month in (*changed, *taken) if _MONTH.fullmatch(month) and month >= "0001"})
    return tuple(
        MonthCount(int(month[:4]), int(month[5:]), changed.get(month, 0), taken.get(month, 0)) for month in months
    )
