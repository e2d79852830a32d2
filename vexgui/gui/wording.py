"""How values are put into words: numbers, sizes, dates, kinds, bands."""

import os
import re
import time
from collections.abc import Iterator, Sequence
from datetime import datetime
from html import escape

from PySide6.QtCore import QDate, QLocale, Qt, QTime
from PySide6.QtGui import QGuiApplication, QKeySequence

from vexgui.core.events import Activity, ModelProgress, Progress
from vexgui.core.files import Kind
from vexgui.core.hits import Band, Why
from vexgui.core.paths import name_of, shown
from vexgui.core.reports import Freshness, RecordPlace
from vexgui.gui.language import tr, translated, trn

_MINUTE_S, _HOUR_S = 60, 3600


def kind_word(kind: Kind) -> str:
    """Return what a file of a kind is called."""
    return {
        Kind.IMAGE: tr("Picture"),
        Kind.DOCUMENT: tr("Document"),
        Kind.TEXT: tr("Text"),
        Kind.CODE: tr("Code"),
        Kind.AUDIO: tr("Audio"),
        Kind.VIDEO: tr("Video"),
        Kind.ARCHIVE: tr("Archive"),
    }.get(kind, tr("File"))


def kind_plural(kind: Kind) -> str:
    """Return what the files of a kind are called together."""
    return {
        Kind.IMAGE: tr("Pictures"),
        Kind.DOCUMENT: tr("Documents"),
        Kind.TEXT: tr("Text"),
        Kind.CODE: tr("Code"),
        Kind.AUDIO: tr("Audio"),
        Kind.VIDEO: tr("Videos"),
        Kind.ARCHIVE: tr("Archives"),
    }.get(kind, tr("Other"))


def kind_counted(kind: Kind, count: int) -> str:
    """Return so many files of a kind within a sentence: "1 picture", "1,204 pictures"."""
    words = {
        Kind.IMAGE: trn("{count} picture", "{count} pictures", count),
        Kind.DOCUMENT: trn("{count} document", "{count} documents", count),
        Kind.TEXT: trn("{count} text", "{count} texts", count),
        Kind.CODE: trn("{count} program text", "{count} program texts", count),
        Kind.AUDIO: trn("{count} recording", "{count} recordings", count),
        Kind.VIDEO: trn("{count} video", "{count} videos", count),
        Kind.ARCHIVE: trn("{count} archive", "{count} archives", count),
    }.get(kind, trn("{count} other file", "{count} other files", count))
    return words.format(count=number(count))


def band_word(band: Band) -> str:
    """Return the name of a band."""
    return {Band.STRONG: tr("Strong"), Band.MAYBE: tr("Maybe"), Band.WEAK: tr("Weak")}[band]


def band_sentence(band: Band) -> str:
    """Return how well a file of a band answers."""
    return {
        Band.STRONG: tr("Strong match"),
        Band.MAYBE: tr("Possible match"),
        Band.WEAK: tr("Weak match"),
    }[band]


def place_words(place: RecordPlace) -> str:
    """Return where a file's vectors lie."""
    return {
        RecordPlace.INODE: tr("On the file, in its inode"),
        RecordPlace.BLOCK: tr("On the file, in its attribute block"),
        RecordPlace.ATTRIBUTES: tr("On the file, in its attributes"),
        RecordPlace.SPLIT: tr("On the file, over several attributes"),
        RecordPlace.STORE_ONLY: tr("In VexGUI's store only"),
    }[place]


def freshness_words(freshness: Freshness) -> str:
    """Return whether what is kept of a file describes it as it is."""
    return {
        Freshness.FRESH: tr("Up to date"),
        Freshness.STALE: tr("Out of date"),
        Freshness.ABSENT: tr("Not indexed"),
    }[freshness]


def number(value: int) -> str:
    """Return a whole number as the user's language groups its digits."""
    return _locale().toString(value)


def digits(value: float) -> str:
    """Return a number in the language's digits, in one piece, as years and apertures are written."""
    locale = _locale()
    locale.setNumberOptions(QLocale.NumberOption.OmitGroupSeparator)
    return locale.toString(value) if isinstance(value, int) else locale.toString(value, "g", 6)


def pixels(width: int, height: int) -> str:
    """Return how large a picture is, width by height."""
    return f"{digits(width)} × {digits(height)}"


def lowered(words: str) -> str:
    """Return words as they stand within a sentence: small, but in languages that write nouns with a capital as is."""
    return words if _locale().language() == QLocale.Language.German else words.lower()


def begun(sentence: str) -> str:
    """Return a sentence as it goes on behind a colon: small at first, but in languages where it begins as any other."""
    return sentence if _locale().language() == QLocale.Language.German else f"{sentence[:1].lower()}{sentence[1:]}"


def keys(names: str) -> str:
    """Return keys as the language's keyboards name them: "Strg+F"."""
    return QKeySequence(names).toString(QKeySequence.SequenceFormat.NativeText)


def with_keys(words: str, keys: str) -> str:
    """Return what a button does with the keys that do the same, if there are any: "Folders (F9)"."""
    return tr("{name} ({keys})").format(name=words, keys=keys) if keys else words


def percent(share: float) -> str:
    """Return a share of 0 to 1 in percent."""
    return tr("{number} %").format(number=number(round(100 * share)))


def tenths(value: float) -> str:
    """Return a number with one digit after the point."""
    return decimals(value, 1)


def decimals(value: float, places: int) -> str:
    """Return a number with so many digits after the point."""
    return _locale().toString(value, "f", places)


def size(value: int) -> str:
    """Return a number of bytes in the unit a person would use."""
    return _locale().formattedDataSize(value, 1, QLocale.DataSizeFormat.DataSizeTraditionalFormat)


def moment(ns: int) -> str:
    """Return a time since the epoch as a local date and time."""
    when = _local(ns)
    return "" if when is None else date_and_time(when)


def date_and_time(when: datetime) -> str:
    """Return a date with its time of the day."""
    return tr("{date}, {time}").format(date=date(when), time=_clock(when))


def date(when: datetime) -> str:
    """Return a date as it is written short and without doubt which number is the month."""
    return _locale().toString(QDate(when.year, when.month, when.day), tr("d MMM yyyy"))


def span(seconds: float) -> str:
    """Return a length of time roughly, as one says it: "40 s", "8 min", "2 h 5 min"."""
    whole = round(seconds)
    if whole < _MINUTE_S:
        return tr("{number} s").format(number=number(max(1, whole)))
    if whole < _HOUR_S:
        return tr("{number} min").format(number=number(round(whole / _MINUTE_S)))
    hours, rest = divmod(whole, _HOUR_S)
    return tr("{hours} h {minutes} min").format(hours=number(hours), minutes=number(rest // _MINUTE_S))


def rate(per_s: float) -> str:
    """Return how many of something there are a second, with the digits it deserves."""
    return number(round(per_s)) if per_s >= 1 else tenths(per_s)


def isolated(path: str) -> str:
    """Return a path that stands among other words: its slashes keep their places where one writes to the left."""
    return f"\N{LEFT-TO-RIGHT ISOLATE}{path}\N{POP DIRECTIONAL ISOLATE}" if path and _is_rightwards() else path


def set_apart(words: str) -> str:
    """Return a user's words that stand among others: they keep their own direction where one writes to the left."""
    return f"\N{FIRST STRONG ISOLATE}{words}\N{POP DIRECTIONAL ISOLATE}" if words and _is_rightwards() else words


def _is_rightwards() -> bool:
    return QGuiApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft


def took(seconds: float) -> str:
    """Return how long an answer took."""
    if seconds < 1:
        return tr("{number} ms").format(number=number(round(seconds * 1000)))
    return tr("{number} s").format(number=tenths(seconds))


def progress_line(progress: Progress) -> str:
    """Return what the indexer is doing, in one line without the file in hand."""
    match progress.activity:
        case Activity.IDLE:
            return tr("Up to date")
        case Activity.PAUSED:
            left = progress.total - progress.done
            rests = tr("Paused {why}").format(why=translated(progress.why)) if progress.why else tr("Paused")
            if left <= 0:
                return rests
            told = trn("{paused}, {count} file waiting", "{paused}, {count} files waiting", left)
            return told.format(paused=rests, count=number(left))
        case Activity.STOPPED:
            return ""
        case Activity.SCANNING if progress.total == 0:
            return tr("Looking for files")
        case _:
            return " · ".join(_steps(progress))


def _steps(progress: Progress) -> Iterator[str]:
    done, total = number(progress.done), number(progress.total)
    match progress.activity:
        case Activity.RESTORING:
            yield tr("Reading the vectors on files, {done} so far").format(done=done)
        case Activity.COMPACTING:
            yield tr("Tidying the store, {done} %").format(done=done)
        case Activity.FILLING:
            yield tr("Reading for meaning, {done} of {total}").format(done=done, total=total)
        case Activity.FORGETTING:
            yield tr("Removing vectors, {done} of {total}").format(done=done, total=total)
        case _:
            yield tr("Indexing {done} of {total}").format(done=done, total=total)
    if progress.rate > 0:
        yield tr("{number} files/s").format(number=rate(progress.rate))
    if progress.eta_s is not None:
        yield tr("{time} left").format(time=span(progress.eta_s))


def waiting_line(progress: Progress) -> str:
    """Return what waits, by kind, and why it is done: "New files: 70 pictures and 18 documents waiting"."""
    kinds = [kind_counted(kind, count) for kind, count in progress.waiting]
    if not kinds:
        return ""
    why = "" if progress.activity is Activity.PAUSED else translated(progress.why)
    waiting = tr("{files} waiting").format(files=listed(kinds))
    return tr("{why}: {what}").format(why=f"{why[:1].upper()}{why[1:]}", what=waiting) if why else waiting


def listed(parts: Sequence[str]) -> str:
    """Return parts as a sentence lists them: "a, b and c"."""
    if len(parts) < 2:  # noqa: PLR2004 - a list of one
        return "".join(parts)
    *others, last = parts
    return tr("{others} and {last}").format(others=tr(", ").join(others), last=last)


def fetched(progress: ModelProgress) -> str:
    """Return how much of a model has been downloaded."""
    if not progress.total_bytes:
        return tr("{size} so far").format(size=size(progress.done_bytes))
    return tr("{done} of {total}").format(done=size(progress.done_bytes), total=size(progress.total_bytes))


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


def known_as(path: bytes) -> str:
    """Return a path as the user knows it: their home is a tilde."""
    return folder_shown(path, os.environb.get(b"HOME", b""))


def query_shown(query: str, home: bytes) -> str:
    """Return a query with the user's home shortened to a tilde, where one of its paths begins with it."""
    begins = re.escape(shown(home.rstrip(b"/")))
    return re.sub(rf'(?<=[:"]){begins}(?=[/"\s]|$)', "~", query) if begins else query


def query_known_as(query: str) -> str:
    """Return a query as the user knows it: their home is a tilde."""
    return query_shown(query, os.environb.get(b"HOME", b""))


def root_name(path: bytes) -> str:
    """Return what to call a root: its last component."""
    return shown(name_of(path)) or "/"


def copies_line(copies: int) -> str:
    """Return how many files have the same content as one: "and 2 copies"."""
    return trn("and {count} copy", "and {count} copies", copies).format(count=number(copies))


def source(why: Why, models: dict[str, str]) -> str:
    """Return where a reason comes from; ``models`` gives the model's name for a space id."""
    match why.space:
        case "name":
            return tr("Name")
        case "words":
            return tr("Words")
        case _:
            return tr("Meaning, {model}").format(model=models[why.space]) if why.space in models else tr("Meaning")


def ago(ns: int) -> str:
    """Return how long ago a moment was, or its date when that is clearer."""
    passed = time.time() - ns / 1e9
    if 0 <= passed < _MINUTE_S:
        return tr("just now")
    if 0 <= passed < _HOUR_S * 24:
        return tr("{time} ago").format(time=span(passed))
    return moment(ns)


def since(ns: int) -> str:
    """Return a moment since when something is so: a time of today, or a date."""
    when = datetime.fromtimestamp(ns / 1e9).astimezone()
    return _clock(when) if when.date() == datetime.now().astimezone().date() else date(when)


def _local(ns: int) -> datetime | None:
    try:
        return datetime.fromtimestamp(ns / 1e9).astimezone()
    except (OverflowError, ValueError, OSError):
        return None


def _clock(when: datetime) -> str:
    return _locale().toString(QTime(when.hour, when.minute), "HH:mm")


def _locale() -> QLocale:
    locale = QLocale()
    # The C locale, of a system without a language, does not group digits.
    return QLocale(QLocale.Language.English) if locale.language() == QLocale.Language.C else locale


def tip_text(text: str) -> str:
    """Return what a tool tip has to be given to show a text as it is: what looks like HTML Qt takes for HTML."""
    return f"<p>{escape(text).replace(chr(10), '<br>')}</p>" if "<" in text else text
