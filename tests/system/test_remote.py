"""A file system that does not answer keeps nobody waiting."""

import os
import threading
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from vexgui.core.errors import ChildFailed
from vexgui.core.files import FileStat
from vexgui.system.frames import Frame
from vexgui.system.mounts import Mounts
from vexgui.system.remote import NotResponding, Remote


@pytest.fixture
def folder(tmp_path: Path) -> bytes:
    return os.fsencode(tmp_path)


@pytest.fixture
def remote(tmp_path: Path, folder: bytes, monkeypatch: pytest.MonkeyPatch) -> Iterator[Remote]:
    """One for which the test's folder is a remote file system."""
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([os.path.dirname(__file__), os.getcwd()]))
    (tmp_path / "mountinfo").write_bytes(b"9 1 0:9 / %b rw - fuse.sshfs server: rw\n" % folder)
    with (
        closing(Mounts(os.fsencode(tmp_path / "mountinfo"))) as mounts,
        closing(Remote(mounts, "silent", answer_s=1.0)) as made,
    ):
        yield made


def warm(remote: Remote, path: bytes) -> FileStat:
    """Ask until the child runs: starting it takes longer than the tests wait for an answer."""
    remote._line(path).child.call(Frame({"do": "stat"}, (path,)), 60)
    return remote.lstat(path)


def test_a_stat_is_the_one_that_a_look_from_here_gives(remote: Remote, folder: bytes) -> None:
    path = folder + b"/mountinfo"
    assert warm(remote, path) == FileStat.of(os.lstat(path))


def test_what_is_missing_is_said_to_be(remote: Remote, folder: bytes) -> None:
    warm(remote, folder)
    with pytest.raises(FileNotFoundError):
        remote.lstat(folder + b"/nothing")


def test_one_without_an_answer_is_left_alone_for_a_while(remote: Remote, folder: bytes) -> None:
    warm(remote, folder)
    with pytest.raises(NotResponding):
        remote.lstat(folder + b"/silent")
    began_s = time.process_time()
    with pytest.raises(NotResponding):
        remote.lstat(folder)
    assert time.process_time() - began_s < 0.1, "nobody is asked"
    remote.retry()
    assert warm(remote, folder) == FileStat.of(os.lstat(folder))


def test_what_is_near_is_looked_at_from_here(remote: Remote) -> None:
    assert remote.lstat(b"/") == FileStat.of(os.lstat("/"))
    assert not remote._lines


def test_whoever_waits_for_an_answer_is_let_go_at_the_close_and_nobody_asks_after_it(
    remote: Remote, folder: bytes
) -> None:
    warm(remote, folder)
    remote._answer_s = 60.0
    ended = threading.Event()

    def ask() -> None:
        with suppress(NotResponding):
            remote.ask(folder, Frame({"do": "stat"}, (folder + b"/silent",)))
        ended.set()

    threading.Thread(target=ask, daemon=True).start()
    while remote._line(folder).child.idle_s:  # until it is asked
        time.sleep(0.01)
    remote.close()
    assert ended.wait(20)
    with pytest.raises(NotResponding):
        remote.lstat(folder)


def test_the_process_for_what_is_mounted_no_longer_goes(remote: Remote, folder: bytes, tmp_path: Path) -> None:
    warm(remote, folder)
    child = remote._line(folder).child
    (tmp_path / "mountinfo").write_bytes(b"10 1 0:9 / %b rw - fuse.sshfs server: rw\n" % folder)
    remote._mounts._read()
    assert warm(remote, folder) == FileStat.of(os.lstat(folder))
    with pytest.raises(ChildFailed):
        child.call(Frame({"do": "stat"}, (folder,)), 10)
