"""How things stand, as text for people: the folders kept indexed, and the engine at a glance."""

from collections.abc import Iterable
from datetime import datetime

from vexgui.cli.render import activity_text, clean, counted, path_text, size_text, table
from vexgui.core.events import Activity, Progress
from vexgui.core.reports import RootInfo, SpaceInfo, Status

_MINUTE_S = 60
_HOUR_S = 3600


def roots_text(roots: Iterable[RootInfo]) -> str:
    """Return the folders kept indexed, one a line."""
    return "".join(f"{_root(root)}\n" for root in roots) or "No folder is kept indexed. Add one: vexgui roots add DIR\n"


def _root(root: RootInfo) -> str:
    failed = f", {root.failed:,} failed" if root.failed else ""
    absent = "" if root.present else ", not there now"
    unrecorded = "" if root.records else ", no records on files"
    return f"{path_text(root.path)}  ({counted(root.files, 'file')}{failed}{absent}{unrecorded})"


def _kept(root: RootInfo) -> str:
    """Return how a folder is kept, and up to when it is sure to be in the index, where that is known."""
    if not root.present:
        return ""
    since = f" as of {clock_text(root.current_ns)}" if root.current_ns else ""
    return f": {root.state.value}{since}"


def clock_text(time_ns: int) -> str:
    """Return a moment in local time to the second, with its day where that is not today."""
    when = datetime.fromtimestamp(time_ns / 1e9).astimezone()
    today = datetime.now().astimezone().date()
    return f"{when:%H:%M:%S}" if when.date() == today else f"{when:%Y-%m-%d %H:%M:%S}"


def status_text(status: Status) -> str:
    """Return the engine at a glance."""
    progress = status.progress
    rows = [
        ("version", status.version),
        ("profile", path_text(status.profile)),
        *(("root", f"{_root(root)}{_kept(root)}") for root in status.roots),
        ("files", f"{status.files:,}, {status.failed:,} of them unreadable, {counted(status.passages, 'passage')}"),
        *(("space", _space(info)) for info in status.spaces),
        *((("model", clean(status.model_note)),) if status.model_note else ()),
        ("indexer", f"{doing_text(progress)}; {status.queue:,} waiting"),
        *((("current", path_text(progress.current)),) if progress.current else ()),
        *((("waiting", _waiting(progress)),) if progress.waiting else ()),
        ("watches", f"{status.watches:,} of {status.watch_limit:,}"),
        *((("polled", clean(status.watch_note)),) if status.watch_note else ()),
        ("store", size_text(status.store_bytes) + (", being made anew" if status.rebuilding else "")),
        *(("damaged", clean(sentence)) for sentence in status.damage),
        *((("decoders", clean("; ".join(status.confinement))),) if status.confinement else ()),
        *(("open", clean(sentence)) for sentence in status.unconfined),
        *(("lacking", clean(sentence)) for sentence in status.unread),
        *(("failed", f"{path_text(failure.path)}: {clean(failure.reason)}") for failure in status.last_errors),
    ]
    return table(rows)


def doing_text(progress: Progress) -> str:
    """Return what the indexer is doing, and why: "paused until 15:20", "indexing (new files), 2 of 3, 8 min left"."""
    resting = progress.activity is Activity.PAUSED
    why = "" if not progress.why else f" {progress.why}" if resting else f" ({progress.why})"
    parts = [f"{activity_text(progress.activity)}{why}"]
    if progress.total:
        parts.append(f"{progress.done:,} of {progress.total:,}")
    return ", ".join([*parts, *pace_texts(progress)])


def pace_texts(progress: Progress) -> list[str]:
    """Return how fast the indexer is and how long it takes still, as far as that is known."""
    texts = [f"{progress.rate:.1f} a second"] if progress.rate > 0 else []
    if progress.eta_s is not None:
        texts.append(f"{duration_text(progress.eta_s)} left")
    return texts


def _waiting(progress: Progress) -> str:
    """Return what waits, by kind."""
    return ", ".join(f"{kind.value} {count:,}" for kind, count in progress.waiting)


def duration_text(duration_s: float) -> str:
    """Return a duration as people say it: "8 s", "5 min", "2 h 10 min"."""
    seconds = round(duration_s)
    if seconds < _MINUTE_S:
        return f"{seconds} s"
    if seconds < _HOUR_S:
        return f"{round(seconds / _MINUTE_S)} min"
    hours, rest = divmod(round(seconds / _MINUTE_S), _MINUTE_S)
    return f"{hours} h {rest} min"


def _space(info: SpaceInfo) -> str:
    space = info.space
    parts = [f"{clean(space.model)} ({space.modality.value}, {space.dim}): {counted(info.vectors, 'vector')}"]
    if info.files < info.wanted:
        parts.append(f"{info.files:,} of {info.wanted:,} files, {100 * info.files // info.wanted} %")
    if not info.active:
        parts.append("answers until its successor is complete" if info.answering else "not used any more")
    return ", ".join(parts)
