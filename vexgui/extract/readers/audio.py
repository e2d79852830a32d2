"""Sound recordings: who plays what on which album, how long it takes, and the words that are sung."""

from collections.abc import Mapping
from typing import Any, BinaryIO

import mutagen
from mutagen.id3 import ID3, ID3NoHeaderError

from vexgui.core.files import FileFacts
from vexgui.core.told import told
from vexgui.extract.contents import Contents, Section, Unreadable, clean, one_line
from vexgui.extract.moments import iso_moment

_NAMES = {
    "title": ("title", "tit2"),
    "artist": ("artist", "tpe1", "author", "albumartist", "album artist", "performer", "tpe2", "composer", "tcom"),
    "album": ("album", "talb", "wm/albumtitle"),
    "composer": ("composer", "tcom", "wm/composer"),
    "genre": ("genre", "tcon", "wm/genre"),
    "track": ("tracknumber", "track", "trck", "wm/tracknumber"),
    "date": ("date", "tdrc", "year", "wm/year", "originaldate"),
    "comment": ("comment", "description", "comm::eng", "comm"),
    "lyrics": ("lyrics", "unsyncedlyrics", "wm/lyrics", "\xa9lyr", "uslt"),
}
"""What families of tags call the same thing: Vorbis comments, ID3, APE, Windows Media; MP4 by mutagen's easy names."""

_UNKNOWN_TO_MUTAGEN = (b"RF64", b"BW64", b"RIFX")
"""Recordings of more than 4 GB (EBU Tech 3306), and those with the bytes the other way round, are not damaged."""

_BROKEN = (mutagen.MutagenError, ArithmeticError, LookupError, ValueError)
"""What mutagen raises on tags that break their own rules."""


def read_audio(file: BinaryIO) -> Contents:
    """Read what a recording says of itself.

    Raises:
        Unreadable: It is damaged.
    """
    if file.read(4) in _UNKNOWN_TO_MUTAGEN:
        return Contents()
    file.seek(0)
    try:
        found = mutagen.File(file, easy=True)
        said = _said(found.tags or {}) if found is not None else {}
        lyrics = said.pop("lyrics", None) or (_lyrics(file, found) if found is not None else None)
    except _BROKEN as error:
        raise Unreadable("The recording is damaged.") from error
    if found is None:
        return Contents()
    facts = FileFacts(
        title=said.pop("title", None),
        author=said.pop("artist", None),
        caption=said.pop("comment", None),
        created=_day(said.pop("date", "")),
        extra={**said, **_measures(found.info)} or None,
    )
    return Contents(facts, (Section(clean(lyrics), told("lyrics")),) if lyrics else ())


def _said(tags: Mapping[str, Any]) -> dict[str, str]:
    """Return what tags say, by our names."""
    told = {str(key).lower().rstrip(":"): value for key, value in tags.items()}
    found: dict[str, str] = {}
    for name, others in _NAMES.items():
        texts = (_text(told[key]) for key in others if key in told)
        text = next(filter(None, texts), None)
        if text:
            found[name] = text if name == "lyrics" else one_line(text, 300) or ""
    return found


def _text(value: Any) -> str:
    values = value if isinstance(value, list) else getattr(value, "text", value)
    return ", ".join(dict.fromkeys(map(str, values))) if isinstance(values, list) else str(values)


def _lyrics(file: BinaryIO, found: "mutagen.FileType") -> str | None:
    """Return the words of a song from the tags that mutagen's easy names leave out."""
    file.seek(0)
    if type(found).__name__ == "EasyMP4":
        return _said(mutagen.File(file).tags or {}).get("lyrics")
    try:
        frames = ID3(file).getall("USLT")  # type: ignore[no-untyped-call]
        return "\n\n".join(frame.text for frame in frames) or None
    except ID3NoHeaderError:
        return None


def _measures(info: Any) -> dict[str, int | float]:
    measured = {"duration_s": round(float(getattr(info, "length", 0) or 0), 1), "bitrate": getattr(info, "bitrate", 0)}
    return {name: value for name, value in measured.items() if value}


def _day(text: str) -> str | None:
    """Return a day or a year as ISO 8601 has it; tags say less than that as often as not."""
    year, month, day, *_ = [*text[:10].split("-"), "01", "01"]
    return iso_moment(f"{year}-{month}-{day}")
