"""Sizes and other amounts as people write them, as half-open ranges of whole numbers."""

import re
from decimal import Decimal

from vexgui.search.language.values import Range, Typed, Unreadable

_STEPS = "kmgtp"
_UNITS = {"": 1, "b": 1, "byte": 1, "bytes": 1} | {
    step + end: base ** (power + 1)
    for power, step in enumerate(_STEPS)
    for end, base in (("", 1000), ("b", 1000), ("i", 1024), ("ib", 1024))
}
"""SI: a kB has 1000 bytes; IEC 80000-13: a KiB has 1024."""

_NUMBER = r"\d{1,15}(?:[.,]\d{1,9})?|[.,]\d{1,9}"
_SIZE = re.compile(rf"({_NUMBER})\s*([a-z]*)", re.IGNORECASE)
_BEGUN = re.compile(r"\d{0,15}[.,]?")
_WHOLE = re.compile(r"(\d{1,15})\s*([a-z]*)", re.IGNORECASE)
_STARS = re.compile(r"([0-5](?:[.,][05])?)\s*(?:stars?|\*|★)?", re.IGNORECASE)
_DRAWN_STARS = re.compile(r"[*★]{1,5}")

LONGER_SIZE = re.compile(
    rf"(?:[<>=≤≥]{{1,2}}\s*)?(?:{_NUMBER})\s+(?:bytes?|[kmgtp]?i?b|[kmgtp])(?=[\s)]|$)", re.IGNORECASE
)
"""A size with a blank before its unit, or behind the sign of comparison."""


def exact_size(value: Typed) -> Range[int]:
    """Read a size in bytes.

    Raises:
        Unreadable: It is none.
    """
    number, unit, _ = _size(value)
    size = int(number * unit)
    return Range(size, size + 1)


def about_size(value: Typed) -> Range[int]:
    """Read a size as what is rounded to it: 10MB is all from 9.5 to 10.5 MB, 1.2GB all from 1.15 to 1.25 GB.

    Raises:
        Unreadable: It is none.
    """
    number, unit, step = _size(value)
    if number == 0 or unit * step < 2:  # noqa: PLR2004 - nothing is rounded to it but itself
        return exact_size(value)
    half = step / 2
    return Range(int((number - half) * unit), int((number + half) * unit))


def whole_number(value: Typed, *units: str) -> Range[int]:
    """Read a whole number, with one of some units or without.

    Raises:
        Unreadable: It is none.
    """
    if (match := _WHOLE.fullmatch(value.text)) and match[2].casefold() in ("", *units):
        return Range(int(match[1]), int(match[1]) + 1)
    raise Unreadable(f"“{value.text}” is not a whole number.", "Write it in digits, for example 12.")


def stars(value: Typed) -> Range[int]:
    """Read a rating in stars, as the desktop keeps it: two for each star.

    Raises:
        Unreadable: It is none.
    """
    if _DRAWN_STARS.fullmatch(value.text):
        kept = 2 * len(value.text)
    elif match := _STARS.fullmatch(value.text):
        kept = int(2 * _decimal(match[1]))
    else:
        kept = 11
    if kept > 10:  # noqa: PLR2004 - five stars
        raise Unreadable(f"“{value.text}” is not a rating.", "Ratings go from 0 to 5 stars: rating:>=4.")
    return Range(kept, kept + 1)


def _size(value: Typed) -> tuple[Decimal, int, Decimal]:
    """Return a size's number, what its unit counts, and the last place that the number was given to."""
    if value.text.casefold() == "empty":
        return Decimal(0), 1, Decimal(1)
    match = _SIZE.fullmatch(value.text)
    unit = _UNITS.get(match[2].casefold()) if match else None
    if match is None or unit is None:
        grows = bool(_BEGUN.fullmatch(value.text)) or "empty".startswith(value.text.casefold())
        raise Unreadable(
            f"“{value.text}” is not a size.", "Write a number and a unit: 500kB, 10MB, 1.5GiB.", grows=grows
        )
    places = len(re.split("[.,]", match[1])[1]) if re.search("[.,]", match[1]) else 0
    return _decimal(match[1]), unit, Decimal(10) ** -places


def _decimal(number: str) -> Decimal:
    return Decimal(number.replace(",", "."))
