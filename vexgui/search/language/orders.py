"""Orders of hits."""

import re

from vexgui.core.query import Order, SortBy
from vexgui.search.language.suggestions import begins, closest
from vexgui.search.language.values import Typed, Unreadable

ORDERS = {by.value: Order(by) for by in SortBy} | {
    "best": Order(SortBy.RELEVANCE),
    "date": Order(SortBy.MODIFIED),
    "kind": Order(SortBy.KIND),
    "newest": Order(SortBy.MODIFIED, descending=True),
    "latest": Order(SortBy.MODIFIED, descending=True),
    "recent": Order(SortBy.MODIFIED, descending=True),
    "oldest": Order(SortBy.MODIFIED),
    "largest": Order(SortBy.SIZE, descending=True),
    "biggest": Order(SortBy.SIZE, descending=True),
    "smallest": Order(SortBy.SIZE),
}
"""What orders are called."""
_UP = ("asc", "ascending", "up")
_DOWN = ("desc", "descending", "down", "reverse", "reversed")
_ORDER = re.compile(rf"(?P<turned>-?)(?P<word>\w+)(?:[\s-](?P<way>{'|'.join((*_UP, *_DOWN))}))?", re.IGNORECASE)

LONGER_ORDER = re.compile(rf"-?\w+\s(?:{'|'.join((*_UP, *_DOWN))})(?=[\s)]|$)", re.IGNORECASE)
"""An order with its direction behind it."""


def read_order(value: Typed) -> tuple[Order, ...]:
    """Read orders with commas between them: ``name``, ``-modified``, ``size desc``, ``newest``.

    Raises:
        Unreadable: There is no such order.
    """
    return tuple(_one(part) for part in value.listed())


def turned(order: Order) -> Order:
    """Return an order the other way round."""
    return Order(order.by, not order.descending)


def _one(value: Typed) -> Order:
    match = _ORDER.fullmatch(value.text)
    order = ORDERS.get(match["word"].casefold()) if match else None
    if match is None or order is None:
        meant = closest(value.text.strip("-"), ORDERS)
        raise Unreadable(
            f"Hits cannot be sorted by {value.text}.",
            "" if meant else f"There are: {', '.join(by.value for by in SortBy)}.",
            meant=f"sort:{meant}" if meant else "",
            grows=begins(value.text.lstrip("-"), ORDERS),
        )
    is_down = (match["way"] or "").casefold() in _DOWN
    return turned(order) if is_down != bool(match["turned"]) else order
