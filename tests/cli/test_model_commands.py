"""Models are downloaded, chosen, measured and removed by commands."""

from pathlib import Path

import pytest

from tests.cli.runner import Runner

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
