"""A file system that does not answer keeps nobody waiting."""

import os
import threading
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from tests.waiting import PATIENCE_S, until
from vexgui.core.errors import ChildFailed
from vexgui.core.files import FileStat
from vexgui.system import remote as remote_module
from vexgui.system.frames import Frame
from vexgui.system.mounts import Mounts
from vexgui.system.remote import NotResponding, Remote, led


@pytest.fixture
def folder(tmp_path: Path) -> bytes:
    return os.fsencode(tmp_path)


@pytest.fixture
def remote(tmp_path: Path, folder: bytes, monkeypatch: pytest.MonkeyPatch) -> Iterator[Remote]:
    """One for which the test's folder is a remote file system."""
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([os.path.dirname(__file__), os.getcwd()]))
    for limit in ("_GLANCE_S", "_WAITING_S"):
        monkeypatch.setattr(remote_module, limit, PATIENCE_S)
    (tmp_path / "mountinfo").write_bytes(b"9 1 0:9 / %b rw - fuse.sshfs server: rw\n" % folder)
    with (
        closing(Mounts(os.fsencode(tmp_path / "mountinfo"))) as mounts,
        closing(Remote(mounts, "silent", answer_s=PATIENCE_S)) as made,
    ):
        yield made


def test_a_stat_is_the_one_that_a_look_from_here_gives(remote: Remote, folder: bytes) -> None:
    path = folder + b"/mountinfo"
    assert remote.lstat(path) == FileStat.of(os.lstat(path))


def test_what_is_missing_is_said_to_be(remote: Remote, folder: bytes) -> None:
    remote.lstat(folder)
    with pytest.raises(FileNotFoundError):
        remote.lstat(folder + b"/nothing")


def test_one_without_an_answer_is_left_alone_for_a_while(
    remote: Remote, folder: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    remote.lstat(folder)
    with monkeypatch.context() as patched:
        patched.setattr(remote, "_answer_s", 0.3)
        with pytest.raises(NotResponding):
            remote.lstat(folder + b"/silent")
    asked: list[Frame] = []
    with monkeypatch.context() as patched:
        patched.setattr(remote._line(folder).child, "call", lambda request, _timeout_s: asked.append(request))
        with pytest.raises(NotResponding):
            remote.lstat(folder)
    assert asked == []
    remote.retry()
    assert remote.lstat(folder) == FileStat.of(os.lstat(folder))


def test_what_is_near_is_looked_at_from_here(remote: Remote) -> None:
    assert remote.lstat(b"/") == FileStat.of(os.lstat("/"))
    assert not remote._lines


def test_whoever_waits_for_an_answer_is_let_go_at_the_close_and_nobody_asks_after_it(
    remote: Remote, folder: bytes
) -> None:
    remote.lstat(folder)
    ended = threading.Event()

    def ask() -> None:
        with suppress(NotResponding):
            remote.ask(folder, Frame({"do": "stat"}, (folder + b"/silent",)))
        ended.set()

    threading.Thread(target=ask, daemon=True).start()
    until(lambda: remote._line(folder).child.idle_s == 0, "it is asked")
    remote.close()
    assert ended.wait(PATIENCE_S / 2), "the answer is waited for"
    with pytest.raises(NotResponding):
        remote.lstat(folder)


def test_the_process_for_what_is_mounted_no_longer_goes(remote: Remote, folder: bytes, tmp_path: Path) -> None:
    remote.lstat(folder)
    child = remote._line(folder).child
    (tmp_path / "mountinfo").write_bytes(b"10 1 0:9 / %b rw - fuse.sshfs server: rw\n" % folder)
    remote._mounts._read()
    assert remote.lstat(folder) == FileStat.of(os.lstat(folder))
    with pytest.raises(ChildFailed):
        child.call(Frame({"do": "stat"}, (folder,)), 10)


@pytest.mark.parametrize(
    ("path", "follow", "leads"),
    [
        (b"a/plain", True, b"a/plain"),
        (b"a/../b/./", True, b"b"),
        (b"to_b/c", True, b"b/c"),
        (b"to_b", False, b"to_b"),
        (b"to_b", True, b"b"),
        (b"a/up/a", True, b"a"),
        (b"far/link/../x", True, b"far/link/../x"),
        (b"to_far/link", True, b"far/link"),
    ],
)
def test_where_a_path_leads_is_seen_without_a_look_at_what_is_remote(
    tmp_path: Path, path: bytes, follow: bool, leads: bytes
) -> None:
    top = os.path.realpath(os.fsencode(tmp_path))
    for name in ("a", "b", "far"):
        (tmp_path / name).mkdir()
    (tmp_path / "to_b").symlink_to(tmp_path / "b")
    (tmp_path / "to_far").symlink_to("far/")
    (tmp_path / "a/up").symlink_to("..")
    (tmp_path / "far/link").symlink_to(tmp_path / "b")
    assert led(top + b"/" + path, lambda each: each.startswith(top + b"/far"), follow=follow) == top + b"/" + leads


def test_links_in_a_circle_lead_to_one_of_them(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    assert led(os.fsencode(tmp_path / "a"), lambda _: False)[-1:] in (b"a", b"b")


def test_a_look_tells_the_real_path_and_its_stat(remote: Remote, folder: bytes, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("mountinfo")
    real, link = folder + b"/mountinfo", folder + b"/link"
    assert remote.look(link) == (real, FileStat.of(os.lstat(real)))
    assert remote.look(link, follow=False) == (link, FileStat.of(os.lstat(link)))
    with pytest.raises(FileNotFoundError):
        remote.look(folder + b"/nothing")


def test_who_waits_for_an_answer_does_not_wait_for_a_walk(remote: Remote, folder: bytes) -> None:
    assert remote._line(folder).child is not remote._line(folder, waiting=True).child
