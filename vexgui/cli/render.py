"""Answers as text for people; every function returns lines with their line ends."""

import json
import re
import textwrap
from collections.abc import Iterable, Sequence
from datetime import datetime

from vexgui.core.care import CompactReport, StripReport, VerifyReport
from vexgui.core.events import Activity
from vexgui.core.exclusions import ExcludeReport, Exclusions, Verdict, Weight
from vexgui.core.files import FileFacts
from vexgui.core.hits import Answer, Hit, Why
from vexgui.core.labels import LabelReport, TagCount
from vexgui.core.paths import lies_in, shown
from vexgui.core.reports import Failure, Happening, IndexReport, Inspection, RebuildReport, RecordPlace, VectorFacts
from vexgui.core.vectors import Source

_BOLD, _NOT_BOLD = "\x1b[1m", "\x1b[22m"
_MATCHED = re.compile("\x02([^\x02\x03]*)\x03")
_REASON_WIDTH = 150
_PASSAGE_WIDTH = 100
_COPIES_NAMED = 3
_STAR = 2
_KIB = 1024
_ORIGINS = {Source.EMBEDDED: "embedded", Source.RECORD: "from a record", Source.COPY: "from a copy of the file"}

# Names and texts come from strangers: control characters and those that turn the direction of writing could make a
# terminal do or show something else. The marks around matched words vanish.
_UNSAFE = {
    **dict.fromkeys([*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)], "\ufffd"),
    0x02: None,
    0x03: None,
}


def clean(text: str) -> str:
    """Return text on one line that does nothing to a terminal but appear."""
    return " ".join(text.split()).translate(_UNSAFE)


def as_is(text: str) -> str:
    """Return text on one line, sign by sign: blanks for what parts lines or words, nothing that acts on a terminal."""
    return "".join(" " if sign.isspace() else sign for sign in text).translate(_UNSAFE)


def path_text(path: bytes, cwd: bytes = b"") -> str:
    """Return a path for people: relative where it lies in the current folder."""
    if cwd not in (b"", b"/", path) and lies_in(path, cwd):
        path = path[len(cwd) + 1 :]
    return shown(path)


def size_text(size_bytes: int) -> str:
    """Return a size in the unit that fits, for example "1.5 KiB"."""
    if size_bytes < _KIB:
        return f"{size_bytes} B"
    size = float(size_bytes)
    for unit in ("KiB", "MiB", "GiB"):
        size /= _KIB
        if size < _KIB:
            return f"{size:.1f} {unit}"
    return f"{size / _KIB:.1f} TiB"


def time_text(time_ns: int) -> str:
    """Return a moment in local time."""
    return datetime.fromtimestamp(time_ns / 1e9).astimezone().strftime("%Y-%m-%d %H:%M")


def activity_text(activity: Activity) -> str:
    """Return what the indexer is doing, as people say it."""
    return "reading for meaning" if activity is Activity.FILLING else activity.value


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: "1 file", "2,000 files"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def answer_text(answer: Answer, cwd: bytes, *, bold: bool) -> str:
    """Return hits, each with its rank, how sure it is, its path, and what speaks for it."""
    return "".join(_hit_text(rank, hit, cwd, bold=bold) for rank, hit in enumerate(answer.hits, 1))


def _hit_text(rank: int, hit: Hit, cwd: bytes, *, bold: bool) -> str:
    lines = [f"{rank:>3}  {_sure_text(hit)}{path_text(hit.path, cwd)}"]
    if hit.why:
        lines.append(f"{'':13}{_why_text(hit.why[0], bold=bold)}")
    if hit.copies:
        lines.append(f"{'':{5 if hit.is_listed else 13}}{_copies_text(hit.copies, cwd)}")
    return "".join(f"{line}\n" for line in lines)


def _sure_text(hit: Hit) -> str:
    if hit.is_listed:
        return ""
    return f"{hit.likeness.value:<11}  " if hit.likeness else f"{hit.band.value:<6}  "


def _copies_text(copies: Sequence[bytes], cwd: bytes) -> str:
    named = [path_text(path, cwd) for path in copies[:_COPIES_NAMED]]
    more = f" and {len(copies) - len(named):,} more" if len(copies) > len(named) else ""
    return f"and {'1 copy' if len(copies) == 1 else f'{len(copies):,} copies'}: {', '.join(named)}{more}"


def plan_text(answer: Answer) -> str:
    """Return how an answer was found, a line for each sentence."""
    exact = "Nothing was left out." if answer.exact else "Some passages may have been missed."
    told = (*answer.plan, f"{exact} It took {answer.seconds * 1000:.0f} ms.")
    return "".join(f"  {clean(sentence)}\n" for sentence in told)


def _why_text(why: Why, *, bold: bool) -> str:
    source = {"name": "name", "words": "words"}.get(why.space, "meaning")
    label = f"{source}, {clean(why.place)}" if why.place else source
    if not why.text:
        return f"{label}: what it shows" if source == "meaning" else label
    parts = _MATCHED.split(_short(" ".join(why.text.split()), _REASON_WIDTH))
    safe = [part.translate(_UNSAFE) for part in parts]
    if bold:
        safe[1::2] = [f"{_BOLD}{part}{_NOT_BOLD}" for part in safe[1::2]]
    return f"{label}: {''.join(safe)}"


def report_text(report: IndexReport, cwd: bytes) -> str:
    """Return what a run over files did."""
    restored = f"{report.restored:,} found by their records first, " if isinstance(report, RebuildReport) else ""
    counts = (
        f"{restored}{report.indexed:,} indexed, {report.reused:,} taken from records or copies, "
        f"{report.unchanged:,} unchanged, {report.skipped:,} skipped, {len(report.failed):,} failed"
    )
    return f"{counted(report.files, 'file')} in {report.seconds:.1f} s: {counts}.\n" + _failures(report.failed, cwd)


def _failures(failed: Iterable[Failure], cwd: bytes) -> str:
    return "".join(f"  {path_text(failure.path, cwd)}: {clean(failure.reason)}\n" for failure in failed)


def exclusions_text(exclusions: Exclusions) -> str:
    """Return what is not indexed: the user's patterns one a line, then the rest."""
    own = "".join(f"{as_is(pattern)}\n" for pattern in exclusions.patterns) or "No patterns of your own.\n"
    besides = "\n".join(textwrap.wrap(", ".join(exclusions.usual), _PASSAGE_WIDTH, break_on_hyphens=False))
    usual = f"Left out besides, where no pattern with a ! above takes it back:\n{textwrap.indent(besides, '  ')}"
    trees = "What a work tree's .gitignore names, what" if exclusions.gitignore else "What"
    others = "tools build, and all in folders with .nosearch, .nomedia or CACHEDIR.TAG in them is left out, too."
    return f"{own}{usual}\n{trees} {others}\n"


def weight_text(weight: Weight) -> str:
    """Return what patterns would take from the index."""
    return (
        f"That takes {counted(weight.forgotten, 'file')} of {weight.known:,} from the index. The files stay as they"
        " are; only what VexGUI wrote to their attributes goes."
    )


def excluded_text(report: ExcludeReport) -> str:
    """Return what a change of patterns did."""
    patterns = "".join(f"{as_is(pattern)}\n" for pattern in report.patterns)
    return f"{patterns}{counted(report.forgotten, 'file')} forgotten; the files themselves stay.\n"


def verdict_text(verdict: Verdict) -> str:
    """Return whether a file or folder is indexed, and why not."""
    reason = clean(verdict.reason)
    if verdict.indexed:
        return f"{path_text(verdict.path)} is indexed. {reason}".rstrip() + "\n"
    reason = reason or "Nothing is against it: it is taken in with the next look."
    return f"{path_text(verdict.path)} is not indexed. {reason}\n"


def inspection_text(inspection: Inspection) -> str:
    """Return all that is known of a file."""
    kind = inspection.kind.value if inspection.kind else "unknown"
    state = inspection.state.value if inspection.state else "not indexed"
    rows = [
        ("state", f"{state}: {clean(inspection.reason)}" if inspection.reason else state),
        ("kind", f"{kind} ({inspection.mime})" if inspection.mime else kind),
        ("size", size_text(inspection.size)),
        ("changed", time_text(inspection.mtime_ns)),
        ("mode", f"{inspection.mode & 0o7777:04o}"),
    ]
    if inspection.indexed_ns:
        rows.append(("indexed", f"{time_text(inspection.indexed_ns)}, {inspection.freshness.value}"))
    if labels := _labels(inspection.tags, inspection.rating):
        rows.append(("labels", ", ".join(labels)))
    rows += [(name, clean(str(value))) for name, value in _facts(inspection.facts)]
    rows.append(("record", _record(inspection)))
    rows += [("vectors", _vectors(facts)) for facts in inspection.vectors]
    rows += [("foreign", clean(name)) for name in inspection.foreign]
    for passage in inspection.passages:
        text = _short(clean(passage.text), _PASSAGE_WIDTH)
        place = f", {clean(passage.place)}" if passage.place else ""
        rows.append((f"passage {passage.ordinal}", f"{passage.kind}{place}{': ' if text else ''}{text}"))
    return f"{path_text(inspection.path)}\n{table(rows)}"


def history_text(path: bytes, happenings: Iterable[Happening]) -> str:
    """Return what happened to a file, a line each."""
    rows = [f"  {_happening(happening)}\n" for happening in happenings] or ["  Nothing is noted of it.\n"]
    return f"{path_text(path)}\n{''.join(rows)}"


def _happening(happening: Happening) -> str:
    parts = [f"{time_text(happening.at_ns)}  {clean(happening.event):<8}"]
    if happening.model:
        source = f", {happening.source.value}" if happening.source else ""
        parts.append(f"{clean(happening.model)}: {counted(happening.vectors, 'vector')}{source}")
    if happening.detail:
        parts.append(clean(_detail(happening)))
    return "  ".join(parts).rstrip()


def _detail(happening: Happening) -> str:
    """Return what a happening replaced or how it came about, in words."""
    detail = json.loads(happening.detail)
    match happening.event, detail:
        case "vectors", {"replaced": {"vectors": int(vectors), "source": str(source), "made_s": int(made_s)}}:
            return f"in place of {counted(vectors, 'vector')}, {source}, {time_text(made_s * 10**9)}"
        case "content", _:
            return "the content is another one"
        case "facts", dict():
            return ", ".join(f"{name} was {'not said' if value is None else value}" for name, value in detail.items())
        case "renamed", {"path": str(path)}:
            return f"it was {path}"
        case "failed", {"reason": str(reason)}:
            return reason
        case _:
            return happening.detail


def _facts(facts: FileFacts) -> Iterable[tuple[str, object]]:
    if facts.width is not None and facts.height is not None:
        yield "picture", f"{facts.width} x {facts.height}"
    if facts.latitude is not None and facts.longitude is not None:
        yield "position", f"{facts.latitude:.5f}, {facts.longitude:.5f}"
    for name in ("taken", "camera", "caption", "title", "author", "pages", "language", "created", "encoding"):
        value = getattr(facts, name)
        if value is not None:
            yield name, value
    yield from (facts.extra or {}).items()


def _record(inspection: Inspection) -> str:
    if inspection.record_place is RecordPlace.STORE_ONLY:
        text = "none, the vectors are in the store only" if inspection.vectors else "none"
    else:
        verified = "verified" if inspection.record_verified else "not verified"
        text = f"{size_text(inspection.record_bytes)}, in: {inspection.record_place.value}, {verified}"
    return f"{text} ({clean(inspection.record_note)})" if inspection.record_note else text


def _vectors(facts: VectorFacts) -> str:
    recorded = f"{facts.recorded:,} in the record"
    if facts.record_codec:
        recorded += f" ({facts.record_codec.value})"
    stored = f"{facts.passages:,} in the store ({facts.codec.value}, {size_text(facts.bytes)}{_origin(facts)})"
    return f"{clean(facts.space.model)}: {stored}, {recorded}"


def _origin(facts: VectorFacts) -> str:
    if facts.source is None:
        return ""
    exact = "" if facts.confidence >= 1 else f", {facts.confidence:.4f} like the model's"
    when = f", {time_text(facts.made_ns)}" if facts.made_ns else ""
    return f", {_ORIGINS[facts.source]}{exact}{when}"


def verify_text(report: VerifyReport) -> str:
    """Return what an integrity check found."""
    problems = "".join(f"  {clean(problem)}\n" for problem in report.problems)
    found = f"{counted(len(report.problems), 'problem')}, {report.repaired:,} repaired"
    left = "".join(f"  {clean(problem)}\n" for problem in report.unrepaired)
    checked = f"{counted(report.slots, 'vector')} and {counted(report.records, 'record')} checked: {found}.\n{problems}"
    remedy = "  `vexgui rebuild` makes the store again from the files and their records.\n"
    return f"{checked}Not repaired:\n{left}{remedy}" if left else checked


def compact_text(report: CompactReport) -> str:
    """Return how much the store shrank."""
    return f"The store took {size_text(report.before_bytes)} and takes {size_text(report.after_bytes)} now.\n"


def strip_text(report: StripReport, cwd: bytes) -> str:
    """Return from how many files records were removed."""
    outcome = f"{counted(report.stripped, 'record')} removed, {len(report.failed):,} failed"
    told = f"{counted(report.files, 'file')} looked at: {outcome}.\n{_failures(report.failed, cwd)}"
    if not report.recording:
        return f"{told}Nothing is written to these files any more.\n"
    roots = ", ".join(path_text(root) for root in report.recording)
    return f"{told}Files that change get records again in: {roots}. To end that: vexgui roots records off DIR.\n"


def tags_text(tags: Iterable[TagCount]) -> str:
    """Return tags with the number of their files, one a line."""
    return "".join(f"{clean(tag.tag)}  ({counted(tag.files, 'file')})\n" for tag in tags) or "No file has a tag.\n"


def labels_text(report: LabelReport, cwd: bytes) -> str:
    """Return the labels of files, a line each."""
    lines = (
        f"{path_text(file.path, cwd)}: {', '.join(_labels(file.tags, file.rating)) or 'no labels'}\n"
        for file in report.labelled
    )
    return "".join(lines) + _failures(report.failed, cwd)


def _labels(tags: Sequence[str], rating: int | None) -> list[str]:
    stars = [] if rating is None else [f"rated {rating / 2:g} {'star' if rating == _STAR else 'stars'}"]
    return [*map(clean, tags), *stars]


def _short(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1].rstrip() + "…"


def table(rows: Iterable[tuple[str, str]]) -> str:
    """Return names and what belongs to them, a line each."""
    return "".join(f"  {name:<10}  {text}\n" for name, text in rows)
