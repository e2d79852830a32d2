"""What is known of a file in readable words, as rows of label and value, by its kind."""

from collections.abc import Iterator
from datetime import datetime, time

from PySide6.QtCore import QLocale

from vexgui.core.durations import as_players_show
from vexgui.core.files import FileFacts, Kind
from vexgui.core.reports import Inspection
from vexgui.gui.language import tr, translated
from vexgui.gui.wording import date, date_and_time, digits, kind_word, moment, number, pixels, size, tenths

Row = tuple[str, str]

_CODE_LANGUAGES = {
    "text/x-python": "Python", "text/javascript": "JavaScript", "text/x-typescript": "TypeScript", "text/x-c": "C",
    "text/x-c++": "C++", "text/x-csharp": "C#", "text/x-java": "Java", "text/x-kotlin": "Kotlin", "text/x-go": "Go",
    "text/rust": "Rust", "text/x-ruby": "Ruby", "application/x-php": "PHP", "application/x-perl": "Perl",
    "application/x-shellscript": "Shell", "text/x-lua": "Lua", "text/x-r": "R", "text/x-julia": "Julia",
    "text/x-swift": "Swift", "text/x-objective-c": "Objective-C", "text/x-scala": "Scala", "text/x-haskell": "Haskell",
    "text/x-ocaml": "OCaml", "text/x-elixir": "Elixir", "text/x-erlang": "Erlang", "text/x-clojure": "Clojure",
    "text/x-lisp": "Lisp", "text/x-dart": "Dart", "text/x-zig": "Zig", "text/x-nim": "Nim", "text/x-d": "D",
    "text/x-pascal": "Pascal", "text/x-fortran": "Fortran", "text/x-asm": "Assembly", "text/x-verilog": "Verilog",
    "text/x-vhdl": "VHDL", "text/x-groovy": "Groovy", "text/x-basic": "Basic", "text/x-qml": "QML",
    "application/sql": "SQL", "text/css": "CSS", "text/x-vue": "Vue", "application/x-powershell": "PowerShell",
    "application/x-bat": "Batch", "application/json": "JSON", "application/yaml": "YAML", "application/toml": "TOML",
    "application/xml": "XML", "text/x-cmake": "CMake", "text/x-terraform": "Terraform", "text/x-nix": "Nix",
}  # fmt: skip
"""What people call the languages of programs, by media type; other types are not told."""

_MEGA = 1_000_000
_LEAST_MEGAPIXELS = 0.1
_EARTH_DECIMALS = 5
_SLOW_S = 0.3
"""Exposures at least as long as this are told as seconds, shorter ones as fractions, as cameras do."""


def rows_of(inspection: Inspection, kind: Kind) -> list[Row]:
    """Return what is known of a file that the engine has looked at."""
    mime = inspection.mime
    made = _day_and_time(inspection.birth)
    return [
        (tr("Kind"), f"{kind_word(kind)} ({mime})" if mime else kind_word(kind)),
        *stat_rows(inspection.size, inspection.mtime_ns),
        *([(tr("Made"), made)] if made else []),
        *fact_rows(inspection.facts, kind, mime, mapped=True),
    ]


def fact_rows(facts: FileFacts, kind: Kind, mime: str = "", *, mapped: bool = False) -> list[Row]:
    """Return what a file of a kind says of itself; with ``mapped`` a position and its place are left to a map."""
    on_map = mapped and has_position(facts)
    rows = [
        (tr("Dimensions"), _dimensions(facts)),
        (tr("Title"), facts.title),
        (tr("Artist") if kind is Kind.AUDIO else tr("Author"), facts.author),
        *_extra_rows(facts),
        (tr("Pages"), number(facts.pages) if facts.pages else None),
        (tr("Language"), _CODE_LANGUAGES.get(mime) if kind is Kind.CODE else _language(facts.language)),
        (tr("Caption"), facts.caption),
        (tr("Taken"), _day_and_time(facts.taken)),
        (tr("Recorded") if kind is Kind.AUDIO else tr("Written"), _day(facts.created)),
        (tr("Camera"), facts.camera),
        *_shot_rows(facts),
        (tr("Place"), None if on_map else _said(facts, "place")),
        (tr("Position"), None if on_map else _position(facts)),
        (tr("Encoding"), _encoding(facts.encoding)),
    ]
    return [(label, value) for label, value in rows if value]


def stat_rows(size_bytes: int, mtime_ns: int) -> list[Row]:
    """Return what stat tells."""
    return [(tr("Size"), size(size_bytes)), (tr("Modified"), moment(mtime_ns))]


def has_position(facts: FileFacts) -> bool:
    """Tell whether a file says where it was made."""
    return facts.latitude is not None and facts.longitude is not None


def position(latitude: float, longitude: float) -> str:
    """Return a position as maps write it: "38.70830° N, 9.13610° W"."""
    north = tr("N") if latitude >= 0 else tr("S")
    east = tr("E") if longitude >= 0 else tr("W")
    return f"{abs(latitude):.{_EARTH_DECIMALS}f}° {north}, {abs(longitude):.{_EARTH_DECIMALS}f}° {east}"


def _position(facts: FileFacts) -> str | None:
    if facts.latitude is None or facts.longitude is None:
        return None
    return position(facts.latitude, facts.longitude)


def colours_of(facts: FileFacts) -> tuple[str, ...]:
    """Return the main colours of a picture as "#rrggbb", the most frequent first."""
    return tuple((_said(facts, "colours") or "").split())


def _extra_rows(facts: FileFacts) -> Iterator[tuple[str, str | None]]:
    """Yield what formats say of themselves by names of their own."""
    yield tr("Album"), _said(facts, "album")
    yield tr("Composer"), _said(facts, "composer")
    yield tr("Track"), _said(facts, "track")
    yield tr("Genre"), _said(facts, "genre")
    seconds = _number(facts, "duration_s")
    yield tr("Length"), None if seconds is None else as_players_show(seconds)
    bits = _number(facts, "bitrate")
    yield tr("Bit rate"), None if bits is None else tr("{number} kbit/s").format(number=number(round(bits / 1000)))
    fps = _number(facts, "fps")
    yield tr("Frames"), None if fps is None else tr("{number} a second").format(number=digits(fps))
    yield tr("Video format"), (_said(facts, "codec") or "").upper()
    for label, name in ((tr("Lines"), "lines"), (tr("Files"), "files"), (tr("Messages"), "messages")):
        count = _number(facts, name)
        yield label, None if count is None else number(round(count))
    yield tr("Columns"), _said(facts, "columns")
    yield tr("Keywords"), _said(facts, "keywords")
    yield (
        tr("Written with"),
        ", ".join(dict.fromkeys(filter(None, (_said(facts, "creator"), _said(facts, "producer"))))),
    )


def _shot_rows(facts: FileFacts) -> Iterator[tuple[str, str | None]]:
    """Yield how a picture was taken."""
    yield tr("Lens"), _said(facts, "lens")
    aperture, iso, focal = (_number(facts, name) for name in ("aperture", "iso", "focal_mm"))
    parts = (
        _exposure(_number(facts, "exposure_s")),
        f"f/{digits(aperture)}" if aperture else None,
        f"ISO {digits(iso)}" if iso else None,
        f"{digits(focal)} mm" if focal else None,
    )
    yield tr("Exposure"), ", ".join(filter(None, parts))
    yield tr("Software"), _said(facts, "software")
    # Not the desktop's rating, which stands above: what a photo program wrote into the picture.
    yield tr("Stars"), _said(facts, "stars")


def _exposure(seconds: float | None) -> str | None:
    if not seconds:
        return None
    return f"{digits(seconds)} s" if seconds >= _SLOW_S else f"{digits(1)}/{digits(round(1 / seconds))} s"


def _dimensions(facts: FileFacts) -> str | None:
    if not facts.width or not facts.height:
        return None
    megapixels = facts.width * facts.height / _MEGA
    shape = pixels(facts.width, facts.height)
    if megapixels < _LEAST_MEGAPIXELS:
        return shape
    return tr("{shape}, {number} megapixels").format(shape=shape, number=tenths(megapixels))


def _language(code: str | None) -> str | None:
    if not code:
        return None
    known = QLocale.codeToLanguage(code)
    return code if known is QLocale.Language.AnyLanguage else translated(QLocale.languageToString(known))


def _encoding(name: str | None) -> str | None:
    return name.upper() if name else None


def _day_and_time(text: str | None) -> str | None:
    """Return an ISO 8601 moment as it is told of files; text that is none stays as it is."""
    when = _when(text)
    return text or None if when is None else date_and_time(when)


def _day(text: str | None) -> str | None:
    """Return the day of an ISO 8601 moment, without a time that nobody told."""
    when = _when(text)
    return date(when) if when is not None and when.time() == time() else _day_and_time(text)


def _when(text: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(text or "")
    except ValueError:
        return None


def _said(facts: FileFacts, name: str) -> str | None:
    value = (facts.extra or {}).get(name)
    return None if value is None else str(value)


def _number(facts: FileFacts, name: str) -> float | None:
    value = (facts.extra or {}).get(name)
    return float(value) if isinstance(value, int | float) else None
