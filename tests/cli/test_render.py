"""Values become text and JSON."""

import base64
import json
from dataclasses import replace
from datetime import datetime

import pytest

from tests.cli.fake_answers import BOAT, SEA, SPACE
from tests.cli.fake_engine import FakeEngine
from tests.cli.runner import Screen
from vexgui.cli import render, standing
from vexgui.cli.encode import as_json, event_as_json
from vexgui.cli.progress import ProgressLine, progress_text
from vexgui.cli.standing import duration_text
from vexgui.core.care import VerifyReport
from vexgui.core.events import Activity, IndexChanged, Progress, RootsChanged, Trouble
from vexgui.core.exclusions import Exclusions, Verdict
from vexgui.core.files import Kind
from vexgui.core.hits import Answer, Band, Hit, Likeness, Why
from vexgui.core.reports import Failure, Happening, IndexReport, RebuildReport, RootInfo, RootState, VectorFacts
from vexgui.core.vectors import CodecName, Source


def test_hits_show_rank_band_path_and_the_first_reason() -> None:
    assert render.answer_text(Answer((BOAT, SEA)), b"/pictures", bold=False) == (
        "  1  strong  boat \ufffd.jpg\n"
        "             words, page 3: a small boat at sea\n"
        "  2  maybe   sea.txt\n"
        "             name: sea.txt\n"
    )


def test_copies_are_counted_and_the_first_of_them_named() -> None:
    def told(*copies: bytes) -> str:
        return (
            render.answer_text(Answer((replace(BOAT, copies=copies),)), b"/pictures", bold=False)
            .splitlines()[-1]
            .strip()
        )

    assert told(b"/pictures/b", b"/a") == "and 2 copies: b, /a"
    assert told(b"/a") == "and 1 copy: /a"
    assert told(*[b"/pictures/%d" % number for number in range(5)]) == "and 5 copies: 0, 1, 2 and 2 more"


def test_matched_words_are_bold_on_a_screen() -> None:
    assert "small \x1b[1mboat\x1b[22m at sea" in render.answer_text(Answer((BOAT,)), b"/", bold=True)


def test_a_reason_without_words_says_where_it_comes_from() -> None:
    hit = Hit(b"/a.jpg", 0.5, Band.WEAK, (Why("aa", 1, ""),), Kind.IMAGE, 1, 0)
    told = render.answer_text(Answer((hit,)), b"/", bold=True)
    assert told == "  1  weak    /a.jpg\n             meaning: what it shows\n"


def test_names_and_texts_cannot_command_the_terminal() -> None:
    why = (Why("words", 0, "\x1b[2J\x02un\x1bsafe\x03 \u202egnp \x02unclosed"),)
    hit = Hit(b"/\x1b]0;x\x07\n.txt", 0.5, Band.WEAK, why, Kind.TEXT, 1, 0)
    text = render.answer_text(Answer((hit,)), b"/", bold=False)
    assert not {"\x1b", "\x07", "\u202e", "\x02", "\x03"} & set(text)
    assert text.count("\n") == 2


@pytest.mark.parametrize(
    ("path", "cwd", "text"),
    [
        (b"/a/b/c", b"/a/b", "c"),
        (b"/a/bc", b"/a/b", "/a/bc"),
        (b"/a/b", b"/a/b", "/a/b"),
        (b"/a", b"/", "/a"),
        (b"/\xff", b"", "/\ufffd"),
    ],
)
def test_a_path_is_relative_only_inside_the_current_folder(path: bytes, cwd: bytes, text: str) -> None:
    assert render.path_text(path, cwd) == text


@pytest.mark.parametrize(
    ("size", "text"), [(0, "0 B"), (1023, "1023 B"), (1536, "1.5 KiB"), (5 << 30, "5.0 GiB"), (1 << 41, "2.0 TiB")]
)
def test_sizes_take_the_unit_that_fits(size: int, text: str) -> None:
    assert render.size_text(size) == text


@pytest.mark.parametrize(("seconds", "text"), [(8.4, "8 s"), (300, "5 min"), (7800, "2 h 10 min")])
def test_durations_are_said_as_people_say_them(seconds: float, text: str) -> None:
    assert duration_text(seconds) == text


def test_a_report_counts_and_lists_the_failures() -> None:
    report = IndexReport(files=1, indexed=0, failed=(Failure(b"/a/x", "It is\ncut short."),), seconds=0.04)
    assert render.report_text(report, b"/a") == (
        "1 file in 0.0 s: 0 indexed, 0 taken from records or copies, 0 unchanged, 0 skipped, 1 failed.\n"
        "  x: It is cut short.\n"
    )


def test_a_rebuild_tells_how_many_were_found_before_their_texts_were_read() -> None:
    assert "2 found by their records first, 0 indexed" in render.report_text(RebuildReport(files=3, restored=2), b"/")


def test_what_could_not_be_repaired_is_told_apart() -> None:
    report = VerifyReport(7, 3, ("A is damaged.", "B is damaged."), 1, ("B is damaged.",))
    assert render.verify_text(report) == (
        "7 vectors and 3 records checked: 2 problems, 1 repaired.\n"
        "  A is damaged.\n"
        "  B is damaged.\n"
        "Not repaired:\n"
        "  B is damaged.\n"
        "  `vexgui rebuild` makes the store again from the files and their records.\n"
    )


@pytest.mark.parametrize(
    ("progress", "text"),
    [
        (Progress(Activity.RESTORING, 1200, 0, b"/a", 400.0), "restoring: 1,200 files, 400.0 a second, /a"),
        (Progress(Activity.COMPACTING, 37, 100), "compacting: 37 %"),
        (Progress(Activity.SCANNING, 0, 12), "scanning: 0 of 12"),
        (Progress(Activity.FILLING, 2, 12), "reading for meaning: 2 of 12"),
    ],
)
def test_progress_counts_what_there_is_to_count(progress: Progress, text: str) -> None:
    assert progress_text(progress) == text


def test_vectors_tell_where_they_came_from() -> None:
    facts = VectorFacts(SPACE, 2, CodecName.INT8, 800, 0, None, Source.RECORD, 0.99987, 1_700_000_000_000_000_000)
    inspection = replace(FakeEngine().inspect(b"/a"), vectors=(facts,))
    when = render.time_text(facts.made_ns)
    assert f"(int8, 800 B, from a record, 0.9999 like the model's, {when})" in render.inspection_text(inspection)


def test_a_damaged_or_unfinished_store_is_shown_in_the_status() -> None:
    status = replace(FakeEngine().status(), rebuilding=True, damage=("The vectors of /a are damaged.",))
    text = standing.status_text(status)
    assert "1.5 KiB, being made anew" in text
    assert "damaged     The vectors of /a are damaged." in text


def test_what_is_left_out_is_listed_with_the_users_own_patterns_first() -> None:
    text = render.exclusions_text(Exclusions((".*", "*.iso"), ("*.key", "id_rsa"), gitignore=True))
    assert text.splitlines()[:4] == [
        ".*",
        "*.iso",
        "Left out besides, where no pattern with a ! above takes it back:",
        "  *.key, id_rsa",
    ]
    assert ".gitignore" in text
    assert ".gitignore" not in render.exclusions_text(Exclusions((), (), gitignore=False))


@pytest.mark.parametrize(
    ("verdict", "text"),
    [
        (Verdict(b"/a", True, ""), "/a is indexed.\n"),
        (Verdict(b"/a", False, "It is a symbolic link."), "/a is not indexed. It is a symbolic link.\n"),
        (Verdict(b"/a", False, ""), "/a is not indexed. Nothing is against it: it is taken in with the next look.\n"),
    ],
)
def test_a_verdict_is_one_sentence_and_its_reason(verdict: Verdict, text: str) -> None:
    assert render.verdict_text(verdict) == text


def test_an_inspection_tells_everything() -> None:
    text = render.inspection_text(FakeEngine().inspect(b"/a.pdf"))
    for part in (
        "/a.pdf\n",
        "state       indexed",
        "document (application/pdf)",
        "4.9 KiB",
        "0644",
        "fresh",
        "title       Boats",
        "700 B, in: inode, verified",
        "MiniLM: 2 in the store (int8, 800 B), 2 in the record (float16)",
        "foreign     user.vectorvfs",
        "passage 0   about: boat.pdf",
        "passage 1   text, page 1: Of boats. Of boats.",
    ):
        assert part in text
    assert max(map(len, text.splitlines())) < 140


def test_the_status_tells_everything() -> None:
    text = standing.status_text(FakeEngine().status())
    for part in (
        "1.2.3",
        "/pictures  (3 files, 1 failed, not there now)",
        "MiniLM (text, 384): 7 vectors",
        "indexing, 2 of 3; 1 waiting",
        "4 of 8,192",
        "1.5 KiB",
        "/pictures/bad.png: It is cut short.",
    ):
        assert part in text


@pytest.mark.parametrize(
    ("progress", "line"),
    [
        (Progress(Activity.IDLE), "idle; 1 waiting"),
        (Progress(Activity.PAUSED, 2, 3, why="until 15:20"), "paused until 15:20, 2 of 3; 1 waiting"),
        (
            Progress(Activity.FILLING, 12, 1000, rate=2.5, eta_s=395.2, why="new files"),
            "reading for meaning (new files), 12 of 1,000, 2.5 a second, 7 min left; 1 waiting",
        ),
    ],
)
def test_the_status_tells_what_is_done_and_why(progress: Progress, line: str) -> None:
    text = standing.status_text(replace(FakeEngine().status(), progress=progress))
    assert f"indexer     {line}\n" in text


def test_the_status_tells_the_file_in_hand_and_what_waits_by_kind() -> None:
    progress = Progress(Activity.INDEXING, current=b"/a b.txt", waiting=((Kind.IMAGE, 1200), (Kind.TEXT, 3)))
    text = standing.status_text(replace(FakeEngine().status(), progress=progress))
    assert "current     /a b.txt\n" in text
    assert "waiting     image 1,200, text 3\n" in text


def test_the_status_tells_since_when_a_folder_is_current_and_what_is_amiss() -> None:
    noon = datetime(2024, 5, 4, 12, 0, 7).astimezone()
    roots = (
        RootInfo(b"/a", 1, 0, present=True, state=RootState.CURRENT, current_ns=int(noon.timestamp() * 1e9)),
        RootInfo(b"/b", 1, 0, present=True, state=RootState.NOT_RESPONDING),
    )
    status = replace(
        FakeEngine().status(),
        roots=roots,
        confinement=("seccomp", "bounds"),
        unconfined=("No Landlock.",),
        unread=("No.",),
        watch_note="Not all are watched.",
    )
    text = standing.status_text(status)
    for part in (
        "polled      Not all are watched.",
        "/a  (1 file): current as of 2024-05-04 12:00:07",
        "/b  (1 file): not responding",
        "decoders    seccomp; bounds",
        "open        No Landlock.",
        "lacking     No.",
    ):
        assert part in text


def test_hits_in_json_have_exactly_the_promised_members() -> None:
    (hit,) = json.loads(as_json((BOAT,)))
    assert hit == {
        "path": "/pictures/boat \ufffd.jpg",
        "path_b64": base64.b64encode(BOAT.path).decode(),
        "score": 0.75,
        "band": "strong",
        "why": [
            {"space": "words", "passage": 2, "text": "a small boat at\nsea"},
            {"space": "00112233445566aa", "passage": 1, "text": "sailing"},
        ],
        "kind": "image",
        "size": 2048,
        "mtime": 1_700_000_000.5,
        "copies": [],
    }


def test_hits_in_json_say_what_is_odd_about_their_files_where_something_is() -> None:
    (hit,) = json.loads(as_json((replace(BOAT, offline=True, stale=True, gone=True),)))
    assert (hit["offline"], hit["stale"]) == (True, True)
    assert "gone" not in hit


def test_a_report_in_json_has_exactly_the_promised_members() -> None:
    assert json.loads(as_json(IndexReport(files=1, failed=(Failure(b"/x", "No."),), seconds=0.5))) == {
        "files": 1,
        "indexed": 0,
        "reused": 0,
        "unchanged": 0,
        "skipped": 0,
        "failed": [{"path": "/x", "path_b64": "L3g=", "reason": "No."}],
        "seconds": 0.5,
    }


def test_a_value_takes_one_line_of_json() -> None:
    assert as_json((BOAT, SEA)).count("\n") == 1


def test_an_event_in_json_names_its_kind() -> None:
    assert json.loads(event_as_json(IndexChanged(3))) == {"event": "IndexChanged", "files": 3}


STEP = Progress(Activity.INDEXING, 1, 4000, b"/a/boat.jpg", 2.0, 75.0)


def test_progress_is_one_changing_line_on_a_screen_and_gone_at_the_end() -> None:
    screen, now = Screen(columns=50), [0.0]
    line = ProgressLine(screen.terminal, lambda: now[0])
    line.hear(STEP)
    line.hear(STEP)
    assert screen.err == "\r\x1b[Kindexing: 1 of 4,000, 2.0 a second, 1 min left, /"
    now[0] = 1.0
    line.hear(STEP)
    line.close()
    assert screen.err.count("indexing") == 2
    assert screen.err.endswith("\r\x1b[K")
    assert "\n" not in screen.err


def test_progress_is_a_line_now_and_then_elsewhere() -> None:
    screen, now = Screen(), [0.0]
    line = ProgressLine(screen.terminal, lambda: now[0])
    for now[0] in (0.0, 5.0, 10.0, 15.0, 20.0):
        line.hear(STEP)
    line.close()
    assert screen.err.count("\n") == screen.err.count("indexing") == 2


def test_trouble_is_told_at_once_and_idleness_is_not() -> None:
    screen = Screen()
    line = ProgressLine(screen.terminal, lambda: 0.0)
    line.hear(Trouble("A watch is missing.", "Raise the limit."))
    line.hear(Progress(Activity.IDLE))
    line.hear(RootsChanged())
    line.close()
    assert screen.err == "A watch is missing. Raise the limit.\n"


@pytest.mark.parametrize(
    ("event", "detail", "told"),
    [
        (
            "vectors",
            {"replaced": {"vectors": 3, "source": "embedded", "made_s": 0, "hash": "00"}},
            "in place of 3 vectors, embedded,",
        ),
        ("content", {"replaced": "00ff"}, "the content is another one"),
        ("facts", {"title": "Old", "author": None}, "title was Old, author was not said"),
        ("renamed", {"path": "/old/a.txt"}, "it was /old/a.txt"),
        ("failed", {"reason": "It is cut short."}, "It is cut short."),
        ("unheard of", {"a": 1}, '{"a": 1}'),
    ],
)
def test_a_history_is_told_in_words(event: str, detail: object, told: str) -> None:
    assert told in render.history_text(b"/a", [Happening(0, event, detail=json.dumps(detail))])


def test_files_like_others_say_how_they_are_like_them() -> None:
    hits = tuple(
        Hit(b"/%d" % number, 0.9, Band.STRONG, (), Kind.TEXT, 1, 0, likeness=like)
        for number, like in enumerate(Likeness)
    )
    assert render.answer_text(Answer(hits), b"/", bold=False).splitlines() == [
        "  1  same         /0",
        "  2  nearly same  /1",
        "  3  related      /2",
    ]
    assert [hit["likeness"] for hit in json.loads(as_json(hits))] == ["same", "nearly same", "related"]


def test_files_that_were_only_listed_are_not_said_to_be_sure() -> None:
    hits = (
        Hit(b"/a", 1, Band.STRONG, (), Kind.TEXT, 1, 0),
        Hit(b"/b", 1, Band.STRONG, (), Kind.TEXT, 1, 0, copies=(b"/c",)),
    )
    assert render.answer_text(Answer(hits), b"/", bold=False).splitlines() == [
        "  1  /a",
        "  2  /b",
        "     and 1 copy: /c",
    ]
