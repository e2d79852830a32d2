"""A file in words: what its name, its folder and its facts say, as short text that can be embedded and shown."""

import os
import re
from collections.abc import Mapping
from datetime import datetime

from vexgui.core.durations import as_players_show
from vexgui.core.files import FileFacts, Passage, PassageKind
from vexgui.core.paths import folder_of, name_of
from vexgui.extract.contents import clean
from vexgui.extract.formats import BY_SUFFIX

PLACE = "place"
"""Where a picture was taken, in words: its name among the extra facts of a file."""

_FOLDERS = 3
_MONTHS = [
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
]  # fmt: skip

_PERSONAL = re.compile(rb"^/(?:home/[^/]+|(?:run/)?media/[^/]+|root|mnt|tmp|var|usr|opt)(?=/|$)")
"""Folders every path of a machine starts with: they say nothing about a file."""

_PARTICULARS = {
    "album": "from the album {}",
    "genre": "{}",
    "columns": "columns {}",
    "keywords": "keywords {}",
    "files": "{} files",
    "messages": "{} messages",
}
"""What is said of a file by facts of its own format, in this order."""

_BREAKS = re.compile(
    r"""
    [\W_]+                                  # punctuation and spaces
    | (?<=[a-zß-öø-ÿ0-9])(?=[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ])   # holidayPhoto
    | (?<=[a-zß-öø-ÿ])(?=[A-ZÀ-ÖØ-Þ]{2})              # theURL
    | (?<=[A-ZÀ-ÖØ-Þ])(?=[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ]{2})   # URLParser
    | (?<=[^\W\d_]{2})(?=\d{2})             # Photo2021, not h264
    | (?<=\d{2})(?=[^\W\d_]{3})             # 2021trip, not 80D
    """,
    re.VERBOSE,
)


def about(path: bytes, format_words: str, facts: FileFacts) -> str:
    """Return a file in words.

    For example: "IMG 2041. Picture in Travel, Lisbon. Old tram climbing a steep street. Taken 14 July 2021 with Canon
    EOS 80D."

    Args:
        path: Absolute path; its name and its last folders are used.
        format_words: The format's name in words, "picture".
        facts: What was read out of the file.
    """
    folders = ", ".join(_folders(path))
    sentences = (
        name_in_words(name_of(path)),
        format_words[:1].upper() + format_words[1:] + (f" in {folders}" if folders else ""),
        _work(facts),
        _particulars(facts.extra or {}),
        facts.caption or "",
        _taking(facts),
    )
    return " ".join(sentence if sentence[-1] in ".!?…" else f"{sentence}." for sentence in sentences if sentence)


def embedded_text(path: bytes, passage: Passage) -> str:
    """Return what is embedded for a passage: a stretch of text has the name of its file in front.

    So a stretch that never says what the whole file is about is still found by it; measured in
    docs/decisions/0003-fusion-by-strength.md.
    """
    if passage.kind is PassageKind.ABOUT:
        return passage.text
    return f"{name_in_words(name_of(path))}. {passage.text}"


def name_in_words(name: bytes) -> str:
    """Return a name split into words, without a known suffix: b"holidayPhoto_2021.jpg" gives "holiday Photo 2021"."""
    text = clean(os.fsdecode(name))
    stem, dot, suffix = text.rpartition(".")
    if dot and stem and suffix.lower() in BY_SUFFIX:
        text = stem
    return " ".join(_BREAKS.sub(" ", text).split()) or text.strip()


def date_in_words(moment: str) -> str:
    """Return an ISO 8601 moment as a day in words: "14 July 2021"."""
    day = datetime.fromisoformat(moment)
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def position_in_words(latitude: float, longitude: float) -> str:
    """Return a position in words: "38.7° north, 9.1° west"."""
    ns = "north" if latitude >= 0 else "south"
    ew = "east" if longitude >= 0 else "west"
    return f"{abs(latitude):.1f}° {ns}, {abs(longitude):.1f}° {ew}"


def _folders(path: bytes) -> list[str]:
    names = _PERSONAL.sub(b"", folder_of(path)).split(b"/")
    words = (" ".join(clean(os.fsdecode(name)).replace("_", " ").split()) for name in names)
    return [word for word in words if word][-_FOLDERS:]


def _work(facts: FileFacts) -> str:
    """Return the sentence on title and author."""
    by = f"by {facts.author}" if facts.author else ""
    return f"{facts.title or ''} {by}".strip()


def _particulars(extra: Mapping[str, str | int | float]) -> str:
    """Return the sentence on what formats say of themselves by names of their own: an album, how long a film takes."""
    parts = [phrase.format(extra[name]) for name, phrase in _PARTICULARS.items() if name in extra]
    if "duration_s" in extra:
        parts.append(f"{as_players_show(float(extra['duration_s']))} long")
    sentence = ", ".join(parts)
    return sentence[:1].upper() + sentence[1:]


def _taking(facts: FileFacts) -> str:
    """Return the sentence on how a picture was taken."""
    parts = []
    if facts.taken:
        parts.append(date_in_words(facts.taken))
    if place := (facts.extra or {}).get(PLACE):
        parts.append(f"near {place}")
    elif facts.latitude is not None and facts.longitude is not None:
        parts.append(f"at {position_in_words(facts.latitude, facts.longitude)}")
    if facts.camera:
        parts.append(f"with {facts.camera}")
    return f"Taken {' '.join(parts)}" if parts else ""
