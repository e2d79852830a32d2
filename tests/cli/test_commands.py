"""Commands answer in text and JSON, with their exit codes."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.fake_engine import Runner
from vexgui import app
from vexgui.core.errors import ProfileBusy, StoreDamaged, StoreTooNew
from vexgui.engine.api import EngineApi
from vexgui.system.lock import WriterLock


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


OFFER = "ViT-B-32: 600.0 MiB, licence MIT. Nothing about your files is sent.\n"


@pytest.mark.parametrize(
    ("argv", "typed", "told", "asked", "code"),
    [
        ("ViT-B-32", "y", OFFER, True, 0),
        ("vit-b-32", "YES ", OFFER, True, 0),
        ("ViT-B-32", "", OFFER, True, 1),
        ("ViT-B-32", "no", OFFER, True, 1),
        ("ViT-B-32 --yes", "no", OFFER, False, 0),
        ("ViT-B-32", None, OFFER, False, 0),
        ("vit-l-14", None, "ViT-L-14 is not in the list: its size and licence are unknown.\n", False, 0),
        ("Little", "no", "", False, 0),
    ],
)
def test_a_download_says_what_it_costs_and_asks_where_somebody_can_be_asked(
    vexgui: Runner, argv: str, typed: str | None, told: str, asked: bool, code: int
) -> None:
    vexgui.screen.typed = typed
    assert vexgui("models", "download", *argv.split()) == code
    assert vexgui.screen.err.startswith(told)
    assert ("[y/N]" in vexgui.screen.err) is asked
    assert [call[0] for call in vexgui.engine.calls] == ([] if code else ["download_model"])


def test_nobody_is_asked_whether_to_download_what_does_not_exist(vexgui: Runner) -> None:
    vexgui.screen.typed = "y"
    assert vexgui("models", "download", "quux") == 2
    assert vexgui.screen.err == "vexgui: There is no picture model called quux. See the list: vexgui models\n"


def test_a_folder_that_is_taken_for_a_name_is_told_how_to_be_named(vexgui: Runner, tmp_path: Path) -> None:
    told = "vexgui: There is no picture model called nonsense."
    vexgui("models", "use", "nonsense")
    assert vexgui.screen.err == f"{told} See the list: vexgui models\n"
    vexgui.screen.cwd = bytes(tmp_path)
    (tmp_path / "nonsense").mkdir()
    vexgui("models", "use", "nonsense")
    assert vexgui.screen.err.endswith(f"{told} For the folder of that name run: vexgui models use ./nonsense\n")


def test_a_model_that_cannot_be_fetched_is_told_with_its_remedy(vexgui: Runner) -> None:
    vexgui("models", "download", "ViT-H-14")
    assert vexgui.screen.err.endswith("vexgui: The hub cannot be reached. Connect this computer.\n")


def test_models_are_measured_one_by_one(vexgui: Runner) -> None:
    assert vexgui("models", "measure") == 0
    assert [call for call in vexgui.engine.calls if call[0] == "measure_models"] == [
        ("measure_models", ("Little",)),
        ("measure_models", ("ViT-B-32",)),
    ]
    assert vexgui.screen.err == "Measuring Little, 1 of 2.\nMeasuring ViT-B-32, 2 of 2.\n"


@pytest.mark.parametrize(("argv", "stopped", "code"), [("", False, 0), ("", True, 3), (" Little", False, 3)])
def test_a_model_that_cannot_be_measured_hinders_no_other(vexgui: Runner, argv: str, stopped: bool, code: int) -> None:
    vexgui.unmeasurable = "Little"
    if stopped:
        vexgui.screen.stop.set()
    assert vexgui(*f"models measure{argv}".split()) == code
    assert "Little is broken. Fetch it again." in vexgui.screen.err
    assert (("measure_models", ("ViT-B-32",)) in vexgui.engine.calls) is (code == 0)


def test_a_removal_that_was_stopped_is_said(vexgui: Runner) -> None:
    vexgui.screen.stop.set()
    assert vexgui("models", "remove", "Little") == 1
    assert vexgui.screen.err.startswith("Stopped before the end.")


def test_nothing_found_is_said_on_standard_error(vexgui: Runner) -> None:
    vexgui("search", "nothing")
    assert (vexgui.screen.out, vexgui.screen.err) == ("", "Nothing found.\n")


def test_a_search_is_asked_again_until_meaning_is_in_it(vexgui: Runner) -> None:
    assert vexgui("search", "loading", "-n", "5") == 0
    assert vexgui.engine.calls == [("search", "loading", 5)] * 3


def test_a_mistake_is_a_sentence_with_its_place_in_the_query(vexgui: Runner) -> None:
    vexgui("search", "boat", "sise:3")
    assert vexgui.screen.out == ""
    assert vexgui.screen.err == (
        "vexgui: There is no field called sise. Did you mean size:?\n  boat sise:3\n       ^^^^\n"
    )


def test_what_is_unfinished_is_told_beside_the_answer(vexgui: Runner) -> None:
    vexgui("search", "--json", "boat", "type:")
    assert len(json.loads(vexgui.screen.out)) == 2
    assert vexgui.screen.err.startswith("It is not said which type.")


def test_a_query_may_name_files_relative_to_where_it_is_asked(vexgui: Runner) -> None:
    vexgui("search", "boat")
    assert vexgui.engine.asked_in == [b"/pictures"]


def test_an_answer_is_explained_when_that_is_asked_for(vexgui: Runner) -> None:
    vexgui("search", "--explain", "boat")
    assert "  All were compared.\n  Nothing was left out. It took 0 ms.\n" in vexgui.screen.out
    vexgui.screen.out = ""
    vexgui("search", "--explain", "--json", "boat")
    answer = json.loads(vexgui.screen.out)
    assert (answer["plan"], answer["exact"], answer["mistakes"]) == (["All were compared."], True, [])
    assert len(answer["hits"]) == 2


def test_each_line_of_input_gets_one_line_of_json(vexgui: Runner) -> None:
    vexgui.screen.lines = ["boat", "", "senseless", "nothing", "-n a boat"]
    assert vexgui("search", "-", "-n", "1") == 0
    answers = [json.loads(line) for line in vexgui.screen.out.splitlines()]
    assert [len(answer) for answer in answers] == [1, 0, 0, 0, 1]
    assert len(vexgui.engines) == 1
    assert "quotation marks" in vexgui.screen.err


def test_lines_that_find_nothing_end_with_1(vexgui: Runner) -> None:
    vexgui.screen.lines = ["nothing"]
    assert vexgui("search", "-") == 1


def test_an_error_is_a_sentence_with_its_remedy(vexgui: Runner) -> None:
    assert vexgui("roots", "add", "/missing") == 2
    assert vexgui.screen.err == "vexgui: There is no such folder. Check the spelling.\n"


def test_what_the_command_line_cannot_mean_is_told_without_an_engine(vexgui: Runner) -> None:
    assert vexgui("frobnicate") == 2
    assert vexgui.screen.err.startswith("vexgui: ")
    assert not vexgui.engines


def test_an_engine_that_cannot_be_opened_is_told(vexgui: Runner) -> None:
    vexgui.problem = StoreTooNew("The store is of a newer VexGUI.", "Install that one.")
    assert vexgui("status") == 3
    assert vexgui("index") == 3
    assert vexgui.screen.err == "vexgui: The store is of a newer VexGUI. Install that one.\n" * 2


def test_our_own_mistake_is_one_sentence_and_a_traceback_in_the_log(vexgui: Runner) -> None:
    assert vexgui("search", "broken") == 3
    log = vexgui.profile / "data" / "vexgui.log"
    assert vexgui.screen.err == f"vexgui: Something went wrong inside VexGUI. {log} has the details.\n"
    assert "RuntimeError: unforeseen" in log.read_text()


def test_a_profile_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    vexgui = Runner(tmp_path / "file")
    assert vexgui("status") == 2
    assert "a file lies in its place" in vexgui.screen.err


def test_help_needs_no_profile(vexgui: Runner) -> None:
    assert vexgui("search", "--help") == 0
    assert vexgui.screen.out.startswith("usage: vexgui search")
    assert not vexgui.profile.exists()


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


def test_several_roots_are_removed_together_or_not_at_all(vexgui: Runner) -> None:
    assert vexgui("roots", "remove", "/pictures", "/other") == 2
    assert vexgui.engine.folders == [b"/pictures"]


def test_a_root_can_be_removed_by_the_link_it_was_added_by(vexgui: Runner, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("/pictures")
    assert vexgui("roots", "remove", os.fspath(tmp_path / "link")) == 0
    assert vexgui.engine.folders == []


def test_a_folder_without_records_is_listed_as_such(vexgui: Runner) -> None:
    vexgui("roots", "add", "--no-records", "/a")
    assert vexgui.screen.out == "/pictures  (1 file)\n/a  (1 file, no records on files)\n"


def test_switching_records_off_says_that_those_on_files_stay(vexgui: Runner) -> None:
    vexgui("roots", "records", "off", "/pictures")
    assert "no records on files" in vexgui.screen.out
    assert "stay until they are removed: vexgui strip" in vexgui.screen.err


def test_switching_records_on_says_no_more_than_the_list(vexgui: Runner) -> None:
    vexgui("roots", "records", "on", "/pictures")
    assert (vexgui.screen.out, vexgui.screen.err) == ("/pictures  (1 file)\n", "")


def test_removing_records_says_where_they_are_written_again(vexgui: Runner) -> None:
    vexgui("strip", "/pictures/a")
    assert "again in: /pictures. To end that: vexgui roots records off" in vexgui.screen.out


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


def test_without_a_command_the_window_opens_and_the_engine_watches(vexgui: Runner) -> None:
    assert vexgui() == 0
    assert vexgui("gui", "--query", "boat") == 0
    assert [shown["query"] for shown in vexgui.shown] == ["", "boat"]
    assert [(engine.watching, engine.writable, engine.closed) for engine in vexgui.engines] == [(True, True, 1)] * 2


def test_an_owner_that_does_not_answer_hinders_only_those_that_write(
    vexgui: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "_LOCK_PATIENCE_S", 0.0)
    assert vexgui("roots") == 0
    with WriterLock(os.fsencode(vexgui.profile / "data" / "lock")) as lock:
        assert lock.acquire()
        assert vexgui("roots", "add", "/a") == 3
        assert "does not answer" in vexgui.screen.err
        assert vexgui("roots") == 0


def test_a_window_whose_engine_does_not_open_lets_go_of_the_profile_until_it_tries_again(vexgui: Runner) -> None:
    problem = StoreDamaged("The store is damaged.", "Run vexgui rebuild.")

    def run_window(open_engine: Callable[[], EngineApi], **_options: object) -> int:
        vexgui.problem = problem
        with pytest.raises(StoreDamaged):
            open_engine()
        vexgui.problem = None
        assert vexgui("rebuild") == 0
        with WriterLock(os.fsencode(vexgui.profile / "data" / "lock")) as lock:
            assert lock.acquire()
            with pytest.raises(ProfileBusy):
                open_engine()
        engine = open_engine()
        assert engine.roots()
        engine.close()
        return 5

    vexgui.run_window = run_window  # type: ignore[method-assign]
    assert vexgui("gui") == 5
    assert [engine.closed for engine in vexgui.engines] == [1, 1]
