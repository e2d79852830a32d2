"""Roots are added, removed and kept without records by commands."""

import os
from pathlib import Path

from tests.cli.runner import Runner


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
