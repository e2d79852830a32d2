"""A walk by another process sees the same, and never takes silence for emptiness."""

import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from typing_extensions import override

from vexgui.indexer.remote_walk import MODULE, NO_ANSWER, walk_remotely
from vexgui.indexer.remote_worker import Walker
from vexgui.indexer.rules import Rules
from vexgui.indexer.walk import Folder, walk
from vexgui.system.frames import Frame
from vexgui.system.mounts import Mounts
from vexgui.system.remote import Remote

RULES = Rules(["*.bak"], usual=["node_modules"])


@pytest.fixture
def top(tmp_path: Path) -> bytes:
    for name in (b"a/note.txt", b"a/b/line\nbreak", b"a/b/\xff\xfe", b"a/old.bak", b"node_modules/x", b"empty/.keep"):
        path = tmp_path / os.fsdecode(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(name)
    (tmp_path / "link").symlink_to(tmp_path)
    return os.fsencode(tmp_path)


@pytest.fixture
def remote() -> Iterator[Remote]:
    with closing(Mounts()) as mounts, closing(Remote(mounts, MODULE, answer_s=60)) as remote:
        yield remote


def seen(folders: Iterator[Folder]) -> list[object]:
    return [
        (folder.path, [(entry.name, entry.stat) for entry in folder.files], folder.folders, folder.skipped)
        for folder in folders
    ]


def test_another_process_sees_what_is_seen_from_here(remote: Remote, top: bytes) -> None:
    assert seen(walk_remotely(remote, top, RULES, [top + b"/empty"])) == seen(walk(top, RULES, [top + b"/empty"]))


def test_two_walks_at_once_do_not_take_each_others_folders(remote: Remote, top: bytes) -> None:
    first = walk_remotely(remote, top, RULES, ())
    begun = next(first)
    assert seen(walk_remotely(remote, top + b"/a", RULES, ())) == seen(walk(top + b"/a", RULES))
    assert seen(iter([begun, *first])) == seen(walk(top, RULES))


def test_a_folder_that_is_missing_is_told_as_such(remote: Remote, top: bytes) -> None:
    (folder,) = walk_remotely(remote, top + b"/nothing", RULES, ())
    assert folder.problem == "The folder is not there."


def test_a_walk_whose_process_ended_is_not_at_its_end(remote: Remote, top: bytes) -> None:
    with pytest.raises(KeyError):
        Walker().answered(Frame({"do": "next", "name": "another process's"}))
    remote.close()
    assert [folder.problem for folder in walk_remotely(Killed(remote), top, RULES, ())] == [NO_ANSWER]


class Killed(Remote):
    """Asks a process that is killed after each answer."""

    def __init__(self, remote: Remote) -> None:
        super().__init__(remote._mounts, MODULE, answer_s=60)

    @override
    def ask(self, path: bytes, request: Frame) -> Frame:
        answer = super().ask(path, request)
        self._line(path).child.unload()
        return answer
