"""Commands answer in text and JSON, with their exit codes."""

import json
import os

import pytest

from tests.cli.runner import Runner


@pytest.mark.parametrize(
    ("argv", "code"),
    [
        ("roots", 0),
        ("roots add /a", 0),
        ("roots add /missing", 2),
        ("roots remove /pictures", 0),
        ("roots remove /a", 2),
        ("roots records off /pictures", 0),
        ("roots records off /a", 2),
        ("exclude", 0),
        ("exclude add *.iso", 0),
        ("exclude remove .*", 0),
        ("exclude remove *.iso", 2),
        ("exclude why /a", 0),
        ("exclude why /missing", 2),
        ("index /a", 0),
        ("index /unreadable", 1),
        ("search boat", 0),
        ("search nothing", 1),
        ("search senseless", 2),
        ("search broken", 3),
        ("search boat sise:3", 2),
        ("search boat type:", 0),
        ("search --explain nothing", 1),
        ("similar /a.txt", 0),
        ("similar /a.png", 1),
        ("inspect /a", 0),
        ("inspect /missing", 2),
        ("inspect --history /a", 0),
        ("inspect --history /missing", 2),
        ("status", 0),
        ("verify", 1),
        ("verify --repair", 0),
        ("rebuild", 0),
        ("compact", 0),
        ("strip /a", 0),
        ("strip /unreadable", 1),
        ("tag", 0),
        ("tag /a", 0),
        ("tag /a --add red --remove blue", 0),
        ("tag /a /unreadable --add red", 1),
        ("rate /a 4", 0),
        ("rate /a /unreadable 0", 1),
        ("models", 0),
        ("models use ViT-B-32", 0),
        ("models use ./folder", 0),
        ("models download ViT-B-32", 0),
        ("models download ViT-H-14", 3),
        ("models download nonsense", 2),
        ("models use nonsense", 2),
        ("models remove Little", 0),
        ("models remove MiniLM", 2),
        ("models measure", 0),
    ],
)
def test_each_command_ends_with_its_exit_code(vexgui: Runner, argv: str, code: int) -> None:
    assert vexgui(*argv.split()) == code
    assert [engine.closed for engine in vexgui.engines] == [1]


@pytest.mark.parametrize(
    ("argv", "writable"),
    [("search boat", False), ("roots", False), ("verify", False), ("roots add /a", True), ("verify --repair", True)],
)
def test_only_commands_that_write_open_the_engine_for_writing(vexgui: Runner, argv: str, writable: bool) -> None:
    vexgui(*argv.split())
    assert vexgui.engine.writable is writable


@pytest.mark.parametrize(
    ("argv", "keys"),
    [
        ("status", {"version", "roots", "files", "spaces", "queue", "watches", "store_bytes", "last_errors"}),
        ("inspect /a", {"path", "path_b64", "state", "mtime", "facts", "vectors", "record_place", "freshness"}),
        ("index /a", {"files", "indexed", "reused", "unchanged", "skipped", "failed", "seconds"}),
        ("exclude", {"patterns", "usual", "gitignore"}),
        ("exclude add *.iso", {"patterns", "forgotten"}),
        ("exclude why /a", {"path", "path_b64", "indexed", "reason"}),
        ("rebuild", {"files", "indexed", "reused", "unchanged", "skipped", "failed", "seconds"}),
        ("verify", {"slots", "records", "problems", "repaired"}),
        ("compact", {"before_bytes", "after_bytes"}),
        ("strip /a", {"files", "stripped", "failed"}),
        ("tag /a --add red", {"files", "labelled", "failed"}),
        ("rate /a 3", {"files", "labelled", "failed"}),
        ("models use ViT-B-32", {"name", "modality", "active", "installed", "detail", "space", "vectors"}),
        ("models use Little", {"size_bytes", "licence", "languages", "quality", "quality_source", "pictures_per_s"}),
    ],
)
def test_reports_in_json_have_their_members(vexgui: Runner, argv: str, keys: set[str]) -> None:
    vexgui(*argv.split(), "--json")
    assert json.loads(vexgui.screen.out).keys() >= keys


def test_labels_are_told_of_each_file(vexgui: Runner) -> None:
    vexgui("tag", "/pictures/a", "/b\x1b", "/unreadable", "--add", "red", "--add", "Été")
    assert vexgui.screen.out.splitlines() == [
        "a: boat, red, Été",
        "/b\ufffd: boat, red, Été",
        "  /unreadable: It is read-only.",
    ]
    assert vexgui.engine.calls == [("tag", (b"/pictures/a", b"/b\x1b", b"/unreadable"), ("red", "Été"), ())]
    vexgui("rate", "/a", "3.5")
    assert vexgui.screen.out.endswith("/a: rated 3.5 stars\n")
    vexgui("rate", "/a", "none")
    assert vexgui.screen.out.endswith("/a: no labels\n")
    assert vexgui.engine.calls == [("rate", (b"/a",), None)]


def test_tags_are_told_with_their_files(vexgui: Runner) -> None:
    vexgui("tag")
    assert vexgui.screen.out == "boat  (1 file)\nÉté  (2 files)\n"
    vexgui("tag", "--json")
    assert json.loads(vexgui.screen.out.splitlines()[-1]) == [{"tag": "boat", "files": 1}, {"tag": "Été", "files": 2}]


@pytest.mark.parametrize(
    ("argv", "count"),
    [
        ("roots", 1),
        ("models list", 3),
        ("models measure ViT-B-32", 3),
        ("search boat", 2),
        ("search boat -n 1", 1),
        ("search x", 0),
        ("similar /a.txt", 1),
    ],
)
def test_lists_in_json_are_arrays(vexgui: Runner, argv: str, count: int) -> None:
    vexgui(*argv.split(), "--json")
    assert len(json.loads(vexgui.screen.out)) == count


def test_text_goes_out_and_messages_go_to_standard_error(vexgui: Runner) -> None:
    vexgui("search", "loading")
    assert vexgui.screen.out.startswith("  1  strong  boat")
    assert vexgui.screen.err == "No picture model.\n"


def test_progress_goes_to_standard_error(vexgui: Runner) -> None:
    vexgui.screen.columns = 80
    vexgui("index", "/a", "--json")
    json.loads(vexgui.screen.out)
    assert "indexing: 1 of 4" in vexgui.screen.err


def test_an_index_run_that_is_stopped_tells_what_was_done(vexgui: Runner) -> None:
    vexgui.screen.stop.set()
    assert vexgui("index", "/endless") == 1
    assert vexgui.screen.out.startswith("6 files")
    assert vexgui.screen.err.startswith("Stopped before the end.")


def test_watching_ends_in_good_order_when_stopped(vexgui: Runner) -> None:
    vexgui.screen.stop.set()
    assert vexgui("watch") == 0
    assert vexgui.engine.watching
    assert vexgui.screen.err.startswith("A watch is missing. Raise the limit.\n")


def test_watching_in_json_writes_events(vexgui: Runner) -> None:
    vexgui.screen.stop.set()
    assert vexgui("watch", "--json") == 0
    assert json.loads(vexgui.screen.out)["event"] == "Trouble"


def test_a_history_tells_events_the_latest_first(vexgui: Runner) -> None:
    vexgui("inspect", "--history", "/a.pdf")
    path, first, second = vexgui.screen.out.splitlines()
    assert path == "/a.pdf"
    assert first.endswith("vectors   MiniLM: 2 vectors, record")
    assert second.endswith("failed    It is cut short.")


def test_a_history_in_json_has_its_members(vexgui: Runner) -> None:
    vexgui("inspect", "--history", "--json", "/a.pdf")
    first, _ = json.loads(vexgui.screen.out)
    assert set(first) == {"at", "event", "model", "vectors", "source", "content", "detail"}
    assert (first["at"], first["source"], first["content"]) == (1_700_000_002, "record", "ab" * 16)


def test_a_compaction_that_is_stopped_says_so_and_ends_with_1(vexgui: Runner) -> None:
    vexgui.screen.stop.set()
    assert vexgui("compact") == 1
    assert "Stopped before the end." in vexgui.screen.err


def test_bytes_of_paths_arrive_unchanged(vexgui: Runner) -> None:
    vexgui("inspect", os.fsdecode(b"caf\xe9"))
    vexgui("models", "use", "ViT-B-32", "--checkpoint", "w.bin")
    assert vexgui.engines[0].calls == [("inspect", b"/pictures/caf\xe9")]
    assert vexgui.engines[1].calls == [("use_model", "ViT-B-32", b"/pictures/w.bin")]
