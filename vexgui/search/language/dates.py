"""Dates as people write them: ``2024-03``, ``5 March 2024``, ``last week``, ``3 days ago``."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from vexgui.search.language.values import Range, Typed, Unreadable

_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "ten": 10}
_SPANS = ("day", "week", "month", "year")

_COUNT = rf"(?:\d{{1,5}}|{'|'.join(_NUMBERS)})"
_UNIT = r"(?:minute|hour|day|week|month|year)s?"
_MONTH = rf"(?:{'|'.join(f'{name[:3]}(?:{name[3:]})?' for name in _MONTHS)}|sept)\.?"
_WEEKDAY = rf"(?:{'|'.join(f'{name[:3]}(?:{name[3:]})?' for name in _WEEKDAYS)})"
_CLOCK = r"(?:[T ](?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?)?"

_NUMERIC = re.compile(
    rf"(?P<year>\d{{4}})(?:[-/.](?P<month>\d{{1,2}})(?:[-/.](?P<day>\d{{1,2}}){_CLOCK})?)?", re.IGNORECASE
)
_COMPACT = re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})")
_GERMAN = re.compile(rf"(?P<day>\d{{1,2}})\.\s?(?P<month>\d{{1,2}})\.\s?(?P<year>\d{{4}}){_CLOCK}")
_ISO_WEEK = re.compile(r"(?P<year>\d{4})-?w(?P<week>\d{1,2})", re.IGNORECASE)
_DECADE = re.compile(r"(?P<year>\d{3}0)s", re.IGNORECASE)
_NAMED = re.compile(
    rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.)?\s?)?(?P<month>{_MONTH})"
    rf"(?:\s?(?P<day_behind>\d{{1,2}})(?:st|nd|rd|th)?(?!\d))?(?:,?\s?(?P<year>\d{{4}}))?",
    re.IGNORECASE,
)
_AGO = re.compile(rf"(?P<count>{_COUNT})\s?(?P<unit>{_UNIT})\s?ago", re.IGNORECASE)
_PAST = re.compile(rf"(?:last|past)?\s?(?P<count>{_COUNT})\s?(?P<unit>{_UNIT})", re.IGNORECASE)
_SPAN = re.compile(rf"(?P<which>this|last|past|previous)\s?(?P<span>{'|'.join(_SPANS)}|{_WEEKDAY})", re.IGNORECASE)
_DAY = re.compile(rf"today|yesterday|{_WEEKDAY}", re.IGNORECASE)

_BEGUN = re.compile(r"\d{0,3}|\d{4}[-/.](?:[01]|(?:0?[1-9]|1[0-2])[-/.][0-3]?)?")
_DAY_BEGUN = re.compile(r"\d{1,2}[ .].*|(?:last|past) .*", re.IGNORECASE)
"""What more may follow to make a date; `_PHRASES` are those without a number."""
_PHRASES = (
    *("today", "yesterday", *_WEEKDAYS, *_MONTHS),
    *(f"{which} {span}" for which in ("this", "last", "past", "previous") for span in (*_SPANS, *_WEEKDAYS)),
    *(f"{count} {unit}s ago" for count in _NUMBERS for unit in _SPANS),
)

LONGER_DATE = re.compile(
    rf"(?:[<>=≤≥]{{1,2}}\s*)?(?:{_COUNT}\s{_UNIT}(?:\sago)?|(?:last|past)\s{_COUNT}\s{_UNIT}"
    rf"|(?:this|last|past|previous)\s(?:{'|'.join(_SPANS)}|{_WEEKDAY})"
    rf"|(?:\d{{1,2}}(?:st|nd|rd|th|\.)?\s)?{_MONTH}(?:\s\d{{1,2}}(?:st|nd|rd|th)?(?!\d))?(?:,?\s\d{{4}})?"
    r"|today|yesterday|\d{4}-\d{1,2}-\d{1,2}(?:\s\d{1,2}:\d{2})?)(?=[\s)]|$)",
    re.IGNORECASE,
)
"""A date of several words, or behind the sign of comparison."""

_WRITE = 'Write it like this: 2024, 2024-03, 2024-03-05, "last week", "3 days ago", 2019..2021.'


@dataclass(frozen=True, slots=True)
class Times:
    """All moments from one up to, not including, another, by the clock on the wall; None: however far."""

    start: datetime | None
    end: datetime | None


def read_date(value: Typed, now: datetime) -> Times:
    """Read a date, which is the whole day, month or year that it names.

    Args:
        value: What was typed.
        now: The time on the wall; its zone is not looked at.

    Raises:
        Unreadable: It is no date, or there is none such.
    """
    text = " ".join(value.text.split())
    wall = now.replace(tzinfo=None)
    try:
        for pattern, reader in _READERS:
            if match := pattern.fullmatch(text):
                return reader(match, wall)
    except (ValueError, OverflowError) as error:
        grows = bool(_BEGUN.fullmatch(text))
        raise Unreadable(f"There is no date {text}.", _WRITE, grows=grows) from error
    begun = text.casefold()
    grows = any(pattern.fullmatch(text) for pattern in (_BEGUN, _DAY_BEGUN)) or any(
        phrase.startswith(begun) or phrase.replace(" ", "").startswith(begun) for phrase in _PHRASES
    )
    raise Unreadable(f"“{text}” is not a date.", _WRITE, grows=grows)


def iso_range(times: Times) -> Range[str]:
    """Return times as texts whose order is that of times, ISO 8601 without a zone."""
    return Range(_iso(times.start), _iso(times.end))


def ns_range(times: Times, zone: datetime) -> Range[int]:
    """Return times as nanoseconds since 1970, by the clocks of a moment's zone."""
    return Range(_ns(times.start, zone), _ns(times.end, zone))


def _iso(moment: datetime | None) -> str | None:
    if moment is None:
        return None
    return moment.date().isoformat() if moment.time() == time() else moment.isoformat()


def _ns(moment: datetime | None, zone: datetime) -> int | None:
    if moment is None:
        return None
    epoch = datetime(1970, 1, 1, tzinfo=zone.tzinfo).replace(tzinfo=None)
    offset = moment.replace(tzinfo=zone.tzinfo).utcoffset() or timedelta()
    # Whole microseconds: a float of seconds would be off by some hundred nanoseconds.
    return (moment - epoch - offset) // timedelta(microseconds=1) * 1000


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())


def _after(start: datetime, **step: int) -> datetime | None:
    """Return a moment so much later, None past the year 9999."""
    try:
        return start + timedelta(**step)
    except OverflowError:
        return None


def _next_month(start: datetime, months: int = 1) -> datetime | None:
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return datetime(year, month + 1, 1) if year <= date.max.year else None  # noqa: DTZ001 - the clock on the wall


def _numeric(match: re.Match[str], _now: datetime) -> Times:
    found = match.groupdict()
    year, month = int(found["year"]), int(found["month"]) if found["month"] else None
    if not found["day"]:
        return _months(year, month)
    start = _midnight(date(year, month or 0, int(found["day"])))
    if not found.get("hour"):
        return Times(start, _after(start, days=1))
    hour, minute, second = int(found["hour"]), int(found["minute"]), int(found["second"] or 0)
    start = start.replace(hour=hour, minute=minute, second=second)
    return Times(start, _after(start, seconds=1) if found["second"] else _after(start, minutes=1))


def _months(year: int, month: int | None = None) -> Times:
    """Return a month, or the year where none is named."""
    start = _midnight(date(year, 1 if month is None else month, 1))
    return Times(start, _next_month(start, 12 if month is None else 1))


def _iso_week(match: re.Match[str], _now: datetime) -> Times:
    start = _midnight(date.fromisocalendar(int(match["year"]), int(match["week"]), 1))
    return Times(start, _after(start, weeks=1))


def _decade(match: re.Match[str], _now: datetime) -> Times:
    start = _midnight(date(int(match["year"]), 1, 1))
    return Times(start, _next_month(start, 120))


def _named(match: re.Match[str], now: datetime) -> Times:
    """Read a date with its month in words; without a year it is the last there was."""
    month = [name[:3] for name in _MONTHS].index(match["month"][:3].casefold()) + 1
    if match["day"] and match["day_behind"]:
        raise ValueError("two days")
    named = match["day"] or match["day_behind"]
    day = int(named) if named else None
    year = int(match["year"] or now.year)
    if not match["year"] and (month, day or 1) > (now.month, now.day):
        year -= 1
    if day is None:
        return _months(year, month)
    start = _midnight(date(year, month, day))
    return Times(start, _after(start, days=1))


def _ago(match: re.Match[str], now: datetime) -> Times:
    """Read ``3 days ago``: the day, week, month, year, hour or minute that was then."""
    unit = match["unit"].casefold().rstrip("s")
    return _whole(_back(now, _counted(match["count"]), unit), unit)


def _past(match: re.Match[str], now: datetime) -> Times:
    """Read ``3 days``, ``last 3 days``: from then until the end of today."""
    unit = match["unit"].casefold().rstrip("s")
    start = _back(now, _counted(match["count"]), unit)
    if unit not in ("minute", "hour"):
        start = _midnight(start.date())
    return Times(start, _after(_midnight(now.date()), days=1))


def _span(match: re.Match[str], now: datetime) -> Times:
    which, span = match["which"].casefold(), match["span"].casefold()
    if span not in _SPANS:
        # "This Monday" may be today, "last Monday" is before it.
        return _weekday(span, now if which == "this" else now - timedelta(days=1))
    return _whole(now if which == "this" else _back(now, 1, span), span)


def _day(match: re.Match[str], now: datetime) -> Times:
    word = match[0].casefold()
    if word in ("today", "yesterday"):
        return _whole(now - timedelta(days=word == "yesterday"), "day")
    return _weekday(word, now)


def _weekday(word: str, until: datetime) -> Times:
    """Return the last such day of the week up to a moment's."""
    wanted = [name[:3] for name in _WEEKDAYS].index(word[:3])
    return _whole(until - timedelta(days=(until.weekday() - wanted) % 7), "day")


def _whole(moment: datetime, unit: str) -> Times:
    """Return the day, week (from Monday), month, year, hour or minute around a moment."""
    day = _midnight(moment.date())
    match unit:
        case "minute":
            start = moment.replace(second=0, microsecond=0)
            return Times(start, _after(start, minutes=1))
        case "hour":
            start = moment.replace(minute=0, second=0, microsecond=0)
            return Times(start, _after(start, hours=1))
        case "day":
            return Times(day, _after(day, days=1))
        case "week":
            start = day - timedelta(days=day.weekday())
            return Times(start, _after(start, weeks=1))
        case _:
            return _months(moment.year, moment.month if unit == "month" else None)


def _back(now: datetime, count: int, unit: str) -> datetime:
    """Return the moment so many units before, of a shorter month its last day."""
    if unit in ("month", "year"):
        year, month = divmod(now.year * 12 + now.month - 1 - count * (12 if unit == "year" else 1), 12)
        for day in range(now.day, now.day - 4, -1):
            try:
                return now.replace(year=year, month=month + 1, day=day)
            except ValueError:
                continue
        raise ValueError("before the year 1")
    return now - timedelta(**{f"{unit}s": count})


def _counted(count: str) -> int:
    return _NUMBERS[count.casefold()] if count.casefold() in _NUMBERS else int(count)


_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], datetime], Times]], ...] = (
    (_NUMERIC, _numeric),
    (_COMPACT, _numeric),
    (_GERMAN, _numeric),
    (_ISO_WEEK, _iso_week),
    (_DECADE, _decade),
    (_DAY, _day),
    (_SPAN, _span),
    (_AGO, _ago),
    (_PAST, _past),
    (_NAMED, _named),
)
