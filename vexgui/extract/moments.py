"""Moments as documents write them, in the one form that facts have: ISO 8601, local time, no zone."""

import re
from collections.abc import Callable
from datetime import datetime
from email.utils import parsedate_to_datetime

_PDF = re.compile(r"D?:?(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:(Z)|([+-]\d\d)'?(\d\d)?'?)?.*", re.DOTALL)
"""ISO 32000-1, 7.9.4; years alone and missing marks are seen too."""


def iso_moment(text: str | None) -> str | None:
    """Return a moment that is written as ISO 8601 has it, with a zone or without; None if it is none."""
    return _local(lambda: datetime.fromisoformat((text or "").strip()))


def mail_moment(text: str | None) -> str | None:
    """Return a moment that is written as in a message's head (RFC 5322); None if it is none."""
    return _local(lambda: parsedate_to_datetime(text or ""))


def pdf_moment(text: str) -> str | None:
    """Return a moment that is written as in a PDF, "D:20200517120000+02'00'"; None if it is none."""
    found = _PDF.fullmatch(text.strip())
    if found is None:
        return None
    year, month, day, hour, minute, second, utc, hours, minutes = found.groups()
    zone = "+00:00" if utc else f"{hours}:{minutes or '00'}" if hours else ""
    day_and_time = f"{year}-{month or '01'}-{day or '01'}T{hour or '00'}:{minute or '00'}:{second or '00'}"
    return iso_moment(day_and_time + zone)


def _local(read: Callable[[], datetime]) -> str | None:
    try:
        moment = read()
        moment = moment if moment.tzinfo is None else moment.astimezone().replace(tzinfo=None)
    except (ValueError, OverflowError, OSError, TypeError, LookupError):  # what the standard library raises on nonsense
        return None
    return moment.isoformat(timespec="seconds")
