"""A file lies in a work tree when the top of one is at its folder or above, within the root."""

import os
from pathlib import Path

import pytest

from vexgui.system.work_trees import WorkTrees


def hold(path: Path, *roots: Path, home: Path | None = None) -> bool:
    trees = WorkTrees([os.fsencode(root) for root in roots], os.fsencode(home or "/nowhere"))
    return trees.hold(os.fsencode(path))


@pytest.mark.parametrize("top", [".git", ".hg", ".svn", ".jj", ".bzr"])
def test_a_folder_of_version_control_makes_a_work_tree_of_all_around_and_beneath(tmp_path: Path, top: str) -> None:
    (tmp_path / "code" / top).mkdir(parents=True)
    (tmp_path / "code/src").mkdir()
    assert hold(tmp_path / "code/a.c", tmp_path)
    assert hold(tmp_path / "code/src/a.c", tmp_path)
    assert hold(tmp_path / "code/src/a.c", tmp_path / "code")
    assert not hold(tmp_path / "letter.txt", tmp_path)


def test_a_file_that_points_to_the_repository_does_as_well(tmp_path: Path) -> None:
    (tmp_path / ".git").write_text("gitdir: elsewhere\n")
    assert hold(tmp_path / "a.c", tmp_path)


def test_what_lies_above_the_root_does_not_count(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "docs").mkdir()
    assert not hold(tmp_path / "docs/a.txt", tmp_path / "docs")
    assert hold(tmp_path / "docs/a.txt")


def test_a_home_under_version_control_is_no_work_tree(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    assert not hold(tmp_path / "a.txt", tmp_path, home=tmp_path)
    assert hold(tmp_path / "a.txt", tmp_path)
