"""A file lies in a work tree when the top of one is at its folder or above, within the root."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.waiting import until
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


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """What was looked for."""
    paths: list[bytes] = []
    lexists = os.path.lexists

    def noted(path: bytes) -> bool:
        paths.append(path)
        return lexists(path)

    monkeypatch.setattr(os.path, "lexists", noted)
    return paths


def test_a_folder_that_has_not_changed_is_looked_into_once(tmp_path: Path, looks: list[bytes]) -> None:
    trees = WorkTrees([os.fsencode(tmp_path)], b"/nowhere", settled_s=-60.0)
    assert not trees.hold(os.fsencode(tmp_path / "a.txt"))
    assert len(looks) == 5
    looks.clear()
    assert not trees.hold(os.fsencode(tmp_path / "b.txt"))
    assert not looks


def test_a_folder_that_has_just_changed_is_not_remembered(tmp_path: Path, looks: list[bytes]) -> None:
    trees = WorkTrees([os.fsencode(tmp_path)], b"/nowhere", settled_s=60.0)
    assert not trees.hold(os.fsencode(tmp_path / "a.txt"))
    looks.clear()
    assert not trees.hold(os.fsencode(tmp_path / "b.txt"))
    assert len(looks) == 5


@pytest.mark.parametrize("begun", ["", "sub"])
def test_version_control_that_begins_and_ends_meanwhile_is_noticed(tmp_path: Path, begun: str) -> None:
    (tmp_path / "sub").mkdir()
    file = os.fsencode(tmp_path / "sub/a.txt")
    trees = WorkTrees([os.fsencode(tmp_path)], b"/nowhere", settled_s=-60.0)
    assert not trees.hold(file)
    in_another_tick((tmp_path / begun / ".git").mkdir, tmp_path / begun)
    assert trees.hold(file)
    in_another_tick((tmp_path / begun / ".git").rmdir, tmp_path / begun)
    assert not trees.hold(file)


def in_another_tick(change: Callable[[], None], folder: Path) -> None:
    """Change a folder once the clock of its file system has gone on."""
    before_ns = folder.stat().st_ctime_ns

    def goes_on() -> bool:
        folder.chmod(0o755)
        return folder.stat().st_ctime_ns != before_ns

    until(goes_on, "the clock goes on")
    change()
