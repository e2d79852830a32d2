"""A walk sees what is there, once, in order, and never leaves the root."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typing_extensions import override

from tests.descriptors import open_files
from tests.namespaces import as_root
from vexgui.indexer.rules import Rules
from vexgui.indexer.walk import Folder, walk
from vexgui.system.attributes import stat_path

EVERYTHING = Rules()


def paths_of(folders: Iterator[Folder]) -> list[str]:
    return [os.fsdecode(folder.path + b"/" + entry.name) for folder in folders for entry in folder.files]


def make(root: Path, *names: str) -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(name.encode())


def only(folders: Iterator[Folder]) -> Folder:
    (folder,) = folders
    return folder


def test_all_files_are_seen_once_in_the_same_order_parents_first(tmp_path: Path) -> None:
    make(tmp_path, "b/2", "b/10", "b/c/x", "a/z", "top")
    root = os.fsencode(tmp_path)
    assert paths_of(walk(root, EVERYTHING)) == [str(tmp_path / n) for n in ("top", "a/z", "b/10", "b/2", "b/c/x")]
    assert [folder.folders for folder in walk(root, EVERYTHING)] == [(b"a", b"b"), (), (b"c",), ()]


def test_an_entry_carries_the_stat_of_its_file(tmp_path: Path) -> None:
    make(tmp_path, "file")
    (entry,) = only(walk(os.fsencode(tmp_path), EVERYTHING)).files
    assert entry.stat == stat_path(os.fsencode(tmp_path / "file"))


def test_names_are_bytes_of_any_kind(tmp_path: Path) -> None:
    root = os.fsencode(tmp_path)
    for name in (b"\xff\xfe", b"two\nlines", b" ", b"-rf", "é".encode()):
        os.close(os.open(root + b"/" + name, os.O_CREAT | os.O_WRONLY))
    assert [entry.name for entry in only(walk(root, EVERYTHING)).files] == [
        b" ",
        b"-rf",
        b"two\nlines",
        "é".encode(),
        b"\xff\xfe",
    ]


def test_excluded_files_and_folders_are_counted_and_not_entered(tmp_path: Path) -> None:
    make(tmp_path, "kept", "gone~", ".git/objects/1", "sub/.hidden", "sub/kept")
    folders = list(walk(os.fsencode(tmp_path), Rules((".*", "*~"))))
    assert paths_of(iter(folders)) == [str(tmp_path / "kept"), str(tmp_path / "sub/kept")]
    assert [folder.skipped for folder in folders] == [2, 1]


def test_the_rules_do_not_hold_for_the_root_itself(tmp_path: Path) -> None:
    make(tmp_path, ".notes/one")
    assert paths_of(walk(os.fsencode(tmp_path / ".notes"), Rules((".*",)))) == [str(tmp_path / ".notes/one")]


def test_links_fifos_and_sockets_are_skipped_and_links_not_followed(tmp_path: Path) -> None:
    root = tmp_path / "root"
    make(tmp_path, "outside/file", "root/file")
    (root / "to_folder").symlink_to(tmp_path / "outside")
    (root / "to_file").symlink_to(root / "file")
    (root / "to_nothing").symlink_to("nothing")
    (root / "loop").symlink_to(root)
    os.mkfifo(root / "fifo")
    with socket.socket(socket.AF_UNIX) as bound:
        here = os.open(root, os.O_RDONLY)  # the address of a socket is short; tmp_path need not be
        try:
            bound.bind(f"/proc/self/fd/{here}/socket")
        finally:
            os.close(here)
        folder = only(walk(os.fsencode(root), EVERYTHING))
    assert [entry.name for entry in folder.files] == [b"file"]
    assert folder.skipped == 6


def test_folders_to_skip_are_left_out_with_all_beneath(tmp_path: Path) -> None:
    make(tmp_path, "profile/store", "profile/deep/store", "profile2/file", "file")
    found = paths_of(walk(os.fsencode(tmp_path), EVERYTHING, skip=[os.fsencode(tmp_path / "profile")]))
    assert found == [str(tmp_path / "file"), str(tmp_path / "profile2/file")]


@pytest.mark.parametrize("kind", ["missing", "file", "link"])
def test_a_root_that_is_no_folder_is_a_problem_and_has_no_files(tmp_path: Path, kind: str) -> None:
    make(tmp_path, "file", "folder/file")
    (tmp_path / "link").symlink_to(tmp_path / "folder")
    folder = only(walk(os.fsencode(tmp_path / kind), EVERYTHING))
    assert folder.problem.endswith(".")
    assert folder.files == ()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read anything")
@pytest.mark.parametrize("mode", [0o000, 0o300, 0o600])
def test_a_folder_that_may_not_be_read_or_entered_is_a_problem_and_the_rest_is_walked(
    tmp_path: Path, mode: int
) -> None:
    make(tmp_path, "a/file", "locked/file", "z/file")
    locked = tmp_path / "locked"
    locked.chmod(mode)
    try:
        folders = {folder.path: folder for folder in walk(os.fsencode(tmp_path), EVERYTHING)}
    finally:
        locked.chmod(0o700)
    assert folders[os.fsencode(locked)].problem == "You may not read this folder."
    assert not folders[os.fsencode(tmp_path)].problem
    assert len(folders[os.fsencode(tmp_path / "z")].files) == 1


def test_a_folder_that_vanishes_during_the_walk_is_left_out(tmp_path: Path) -> None:
    make(tmp_path, "a/file", "b/file", "c/file")
    found = walk(os.fsencode(tmp_path), EVERYTHING)
    assert next(found).folders == (b"a", b"b", b"c")
    shutil.rmtree(tmp_path / "b")
    assert [os.path.basename(folder.path) for folder in found] == [b"a", b"c"]


def test_a_folder_replaced_by_a_file_during_the_walk_is_left_out(tmp_path: Path) -> None:
    make(tmp_path, "a/file", "b/file")
    found = walk(os.fsencode(tmp_path), EVERYTHING)
    next(found)
    shutil.rmtree(tmp_path / "a")
    make(tmp_path, "a")
    assert [os.path.basename(folder.path) for folder in found] == [b"b"]


def test_a_root_that_vanishes_during_the_walk_ends_it_with_a_problem(tmp_path: Path) -> None:
    root = tmp_path / "drive"
    make(root, "a/file", "b/file")
    found = walk(os.fsencode(root), EVERYTHING)
    next(found)
    root.rename(tmp_path / "elsewhere")
    root.mkdir()  # like the empty mount point that an unmounted drive leaves
    assert only(found) == Folder(os.fsencode(root), problem="The folder is not there.")


def test_a_file_that_vanishes_between_listing_and_stat_is_left_out(
    tmp_path: Path,
) -> None:
    make(tmp_path, "a", "b")

    class Racing(Rules):
        @override
        def allows(self, path: bytes, *, folder: bool) -> bool:
            (tmp_path / "a").unlink(missing_ok=True)
            return True

    assert [entry.name for entry in only(walk(os.fsencode(tmp_path), Racing())).files] == [b"b"]


def test_another_file_system_mounted_beneath_is_not_entered(tmp_path: Path) -> None:
    make(tmp_path, "file", "mounted/hidden")
    code = (
        "import os, sys; from vexgui.indexer.walk import walk; from vexgui.indexer.rules import Rules\n"
        "print([(f.path, len(f.files), f.skipped) for f in walk(os.fsencode(sys.argv[1]), Rules())])"
    )
    script = 'mount -t tmpfs none "$1/mounted" && touch "$1/mounted/file" && echo mounted && exec "$2" -c "$3" "$1"'
    done = as_root("sh", "-c", script, "sh", str(tmp_path), sys.executable, code, able="mounted")
    assert done.stdout.splitlines() == ["mounted", repr([(os.fsencode(tmp_path), 1, 1)])], done.stderr


@pytest.fixture
def chain(tmp_path: Path) -> Iterator[Callable[[str, int], bytes]]:
    """Make folders each in the one before, too many for Python's own ways of making and removing them."""
    top = tmp_path / "chain"
    top.mkdir()

    def make_chain(name: str, depth: int) -> bytes:
        here = os.open(top, os.O_RDONLY)
        for _ in range(depth):
            os.mkdir(name, dir_fd=here)
            inner = os.open(name, os.O_RDONLY, dir_fd=here)
            os.close(here)
            here = inner
        os.close(here)
        return os.fsencode(top)

    yield make_chain
    subprocess.run(["rm", "-rf", str(top)], check=True)


def test_a_very_deep_tree_is_walked_without_recursion(chain: Callable[[str, int], bytes]) -> None:
    assert sum(1 for _ in walk(chain("d", 1200), EVERYTHING)) == 1201


def test_a_path_too_long_for_the_system_is_a_problem_of_that_folder(chain: Callable[[str, int], bytes]) -> None:
    *_, last = walk(chain("d" * 250, 20), EVERYTHING)
    assert last.problem


def test_walking_leaves_no_descriptor_behind_when_it_is_given_up(tmp_path: Path) -> None:
    make(tmp_path, *(f"{n}/file" for n in range(20)))
    before = open_files()
    found = walk(os.fsencode(tmp_path), EVERYTHING)
    next(found)
    next(found)
    assert open_files() == before


def test_the_system_root_can_be_walked() -> None:
    first = next(walk(b"/", Rules(("*",))))
    assert (first.path, first.files, first.problem) == (b"/", (), "")
