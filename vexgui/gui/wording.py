"""How values are put into words: numbers, sizes, dates, kinds, bands."""

import time
from collections.abc import Iterator
from datetime import datetime

from PySide6.QtCore import QLocale

from vexgui.core.durations import as_players_show
from vexgui.core.events import Activity, ModelProgress, Progress
from vexgui.core.files import FileFacts, Kind
from vexgui.core.hits import Band, Why
from vexgui.core.paths import name_of, shown
from vexgui.core.reports import Freshness, RecordPlace

KIND_WORDS = {
    Kind.IMAGE: "Picture",
    Kind.DOCUMENT: "Document",
    Kind.TEXT: "Text",
    Kind.CODE: "Code",
    Kind.AUDIO: "Audio",
    Kind.VIDEO: "Video",
    Kind.ARCHIVE: "Archive",
    Kind.OTHER: "File",
}
KIND_PLURALS = {
    Kind.IMAGE: "Pictures",
    Kind.DOCUMENT: "Documents",
    Kind.TEXT: "Text",
    Kind.CODE: "Code",
    Kind.AUDIO: "Audio",
    Kind.VIDEO: "Videos",
    Kind.ARCHIVE: "Archives",
    Kind.OTHER: "Other",
}
WAITING_WORDS = {
    Kind.IMAGE: ("picture", "pictures"),
    Kind.DOCUMENT: ("document", "documents"),
    Kind.TEXT: ("text", "texts"),
    Kind.CODE: ("program text", "program texts"),
    Kind.AUDIO: ("recording", "recordings"),
    Kind.VIDEO: ("video", "videos"),
    Kind.ARCHIVE: ("archive", "archives"),
    Kind.OTHER: ("other file", "other files"),
}
BAND_WORDS = {Band.STRONG: "Strong", Band.MAYBE: "Maybe", Band.WEAK: "Weak"}
BAND_SENTENCES = {
    Band.STRONG: "Strong match",
    Band.MAYBE: "Possible match",
    Band.WEAK: "Weak match",
}
PLACE_WORDS = {
    RecordPlace.INODE: "On the file, in its inode",
    RecordPlace.BLOCK: "On the file, in its attribute block",
    RecordPlace.ATTRIBUTES: "On the file, in its attributes",
    RecordPlace.SPLIT: "On the file, over several attributes",
    RecordPlace.STORE_ONLY: "In VexGUI's store only",
}
FRESHNESS_WORDS = {
    Freshness.FRESH: "Up to date",
    Freshness.STALE: "Out of date",
    Freshness.ABSENT: "Not indexed",
}
_MINUTE_S, _HOUR_S = 60, 3600
_EARTH_DECIMALS = 5


def number(value: int) -> str:
    """Return a whole number as the user's language groups its digits."""
    return _locale().toString(value)


def counted(value: int, one: str, many: str) -> str:
    """Return a number with its noun: "1 file", "1,204 files"."""
    return f"{number(value)} {one if value == 1 else many}"


def size(value: int) -> str:
    """Return a number of bytes in the unit a person would use."""
    return _locale().formattedDataSize(value, 1, QLocale.DataSizeFormat.DataSizeTraditionalFormat)


def moment(ns: int) -> str:
    """Return a time since the epoch as a local date and time."""
    try:
        when = datetime.fromtimestamp(ns / 1e9).astimezone()
    except (OverflowError, ValueError, OSError):
        return ""
    return f"{when.day} {when:%b %Y, %H:%M}"


def span(seconds: float) -> str:
    """Return a length of time roughly, as one says it: "40 s", "8 min", "2 h 5 min"."""
    whole = round(seconds)
    if whole < _MINUTE_S:
        return f"{max(1, whole)} s"
    if whole < _HOUR_S:
        return f"{round(whole / _MINUTE_S)} min"
    hours, rest = divmod(whole, _HOUR_S)
    return f"{hours} h {rest // _MINUTE_S} min"


def took(seconds: float) -> str:
    """Return how long an answer took."""
    return f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.1f} s"


def progress_line(progress: Progress) -> str:
    """Return what the indexer is doing, in one line without the file in hand."""
    match progress.activity:
        case Activity.IDLE:
            return "Up to date"
        case Activity.PAUSED:
            left = progress.total - progress.done
            rests = f"Paused {progress.why}".rstrip()
            return f"{rests}, {counted(left, 'file', 'files')} waiting" if left > 0 else rests
        case Activity.STOPPED:
            return ""
        case Activity.SCANNING if progress.total == 0:
            return "Looking for files"
        case _:
            return " · ".join(_steps(progress))


def _steps(progress: Progress) -> Iterator[str]:
    share = f"{number(progress.done)} of {number(progress.total)}"
    match progress.activity:
        case Activity.RESTORING:
            yield f"Reading the vectors on files, {number(progress.done)} so far"
        case Activity.COMPACTING:
            yield f"Tidying the store, {progress.done} %"
        case Activity.FILLING:
            yield f"Adding vectors, {share}"
        case Activity.FORGETTING:
            yield f"Removing vectors, {share}"
        case _:
            yield f"Indexing {share}"
    if progress.rate > 0:
        yield f"{progress.rate:.0f} files/s" if progress.rate >= 1 else f"{progress.rate:.1f} files/s"
    if progress.eta_s is not None:
        yield f"{span(progress.eta_s)} left"


def waiting_line(progress: Progress) -> str:
    """Return what waits, by kind, and why it is done: "New files: 70 pictures and 18 documents waiting"."""
    kinds = [f"{number(count)} {WAITING_WORDS[kind][count != 1]}" for kind, count in progress.waiting]
    if not kinds:
        return ""
    listed = " and ".join(filter(None, [", ".join(kinds[:-1]), kinds[-1]]))
    why = "" if progress.activity is Activity.PAUSED else progress.why
    return f"{f'{why[:1].upper()}{why[1:]}: ' if why else ''}{listed} waiting"


def fetched(progress: ModelProgress) -> str:
    """Return how much of a model has been downloaded."""
    if not progress.total_bytes:
        return f"{size(progress.done_bytes)} so far"
    return f"{size(progress.done_bytes)} of {size(progress.total_bytes)}"


def is_busy(progress: Progress) -> bool:
    """Tell whether the indexer is at work."""
    return progress.activity not in {Activity.IDLE, Activity.PAUSED, Activity.STOPPED}


def folder_shown(path: bytes, home: bytes) -> str:
    """Return a folder with the user's home shortened to a tilde."""
    if home and path == home:
        return "~"
    if home and path.startswith(home.rstrip(b"/") + b"/"):
        return "~" + shown(path[len(home.rstrip(b"/")) :])
    return shown(path)


def root_name(path: bytes) -> str:
    """Return what to call a root: its last component."""
    return shown(name_of(path)) or "/"


def copies_line(copies: int) -> str:
    """Return how many files have the same content as one: "and 2 copies"."""
    return f"and {counted(copies, 'copy', 'copies')}"


def source(why: Why, models: dict[str, str]) -> str:
    """Return where a reason comes from; ``models`` gives the model's name for a space id."""
    match why.space:
        case "name":
            return "Name"
        case "words":
            return "Words"
        case _:
            return f"Meaning, {models[why.space]}" if why.space in models else "Meaning"


def facts_rows(facts: FileFacts) -> list[tuple[str, str]]:
    """Return the facts that a file states, as label and value."""
    rows: list[tuple[str, str | None]] = [
        ("Dimensions", f"{facts.width} × {facts.height}" if facts.width and facts.height else None),
        ("Title", facts.title),
        ("Author", facts.author),
        ("Album", _said(facts, "album")),
        ("Genre", _said(facts, "genre")),
        ("Length", _length(facts)),
        ("Pages", number(facts.pages) if facts.pages else None),
        ("Caption", facts.caption),
        ("Taken", _taken(facts.taken)),
        ("Camera", facts.camera),
        ("Place", _said(facts, "place")),
        ("Position", _position(facts.latitude, facts.longitude)),
        ("Stars", _said(facts, "stars")),
        ("Encoding", facts.encoding),
    ]
    return [(label, value) for label, value in rows if value]


def ago(ns: int) -> str:
    """Return how long ago a moment was, or its date when that is clearer."""
    passed = time.time() - ns / 1e9
    if 0 <= passed < _MINUTE_S:
        return "just now"
    if 0 <= passed < _HOUR_S * 24:
        return f"{span(passed)} ago"
    return moment(ns)


def _taken(text: str | None) -> str | None:
    if not text:
        return None
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        return text
    return f"{when.day} {when:%b %Y, %H:%M}"


def _length(facts: FileFacts) -> str | None:
    """Return how long a recording takes."""
    seconds = (facts.extra or {}).get("duration_s")
    return as_players_show(seconds) if isinstance(seconds, int | float) else None


def _said(facts: FileFacts, name: str) -> str | None:
    value = (facts.extra or {}).get(name)
    return None if value is None else str(value)


def _position(latitude: float | None, longitude: float | None) -> str | None:
    if latitude is None or longitude is None:
        return None
    north = "N" if latitude >= 0 else "S"
    east = "E" if longitude >= 0 else "W"
    return f"{abs(latitude):.{_EARTH_DECIMALS}f}° {north}, {abs(longitude):.{_EARTH_DECIMALS}f}° {east}"


def _locale() -> QLocale:
    locale = QLocale()
    # The C locale, of a system without a language, does not group digits.
    return QLocale(QLocale.Language.English) if locale.language() == QLocale.Language.C else locale
