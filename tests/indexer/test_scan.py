"""What cannot be looked at is not gone."""

import errno
import os
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from typing_extensions import override

from vexgui.core.files import FileStat
from vexgui.core.vectors import CodecName
from vexgui.indexer.drives import Drives
from vexgui.indexer.rules import Rules
from vexgui.indexer.scan import Outlook, Scanner, Work
from vexgui.indexer.tally import Tally
from vexgui.store.store import Store
from vexgui.system.mounts import Mounts
from vexgui.system.remote import Remote


class Failing(Remote):
    """Gives one answer to every question: an error."""

    code = 0

    @override
    def lstat(self, path: bytes) -> FileStat:
        raise OSError(self.code, os.strerror(self.code), path)


@pytest.fixture
def remote(tmp_path: Path) -> Iterator[Failing]:
    with closing(Mounts()) as mounts, closing(Failing(mounts, "")) as made:
        yield made


@pytest.mark.parametrize(
    ("code", "is_gone"),
    [
        (errno.ENOENT, True),
        (errno.ENOTDIR, True),
        (errno.EACCES, False),
        (errno.EIO, False),
        (errno.ESTALE, False),
        (errno.ENOTCONN, False),
    ],
)
def test_a_file_is_gone_only_where_nothing_is_at_its_path(
    remote: Failing, tmp_path: Path, code: int, is_gone: bool
) -> None:
    remote.code = code
    work, tally, path = Work(), Tally(), os.fsencode(tmp_path / "note.txt")
    with closing(Store(os.fsencode(tmp_path / "store"), CodecName.INT8, writable=True)) as store:
        Scanner(store.catalog, Rules(), (), Drives(remote=remote)).look_at([path], work, tally, force=False)
    assert work.gone == ([path] if is_gone else [])
    assert bool(tally.report().failed) is not is_gone


class Unreadable(Rules):
    """As a failing disk would, gives an error wherever something in one folder is looked at."""

    def __init__(self, folder: bytes, code: int) -> None:
        super().__init__()
        self._folder = folder
        self._code = code

    @override
    def allows(self, path: bytes, *, folder: bool) -> bool:
        if os.path.dirname(path) == self._folder:
            raise OSError(self._code, os.strerror(self._code), path)
        return super().allows(path, folder=folder)


@pytest.mark.parametrize(("code", "outlook"), [(errno.EIO, Outlook.BROKEN), (errno.EACCES, Outlook.WHOLE)])
def test_a_scan_is_whole_only_where_what_it_could_not_read_may_not_be_read(
    tmp_path: Path, code: int, outlook: Outlook
) -> None:
    top = tmp_path / "top"
    (top / "bad").mkdir(parents=True)
    for name in ("good.txt", "bad/note.txt"):
        (top / name).write_text("Fog over the harbour.")
    work, tally, root = Work(), Tally(), os.fsencode(top)
    with closing(Store(os.fsencode(tmp_path / "store"), CodecName.INT8, writable=True)) as store:
        scanner = Scanner(store.catalog, Unreadable(root + b"/bad", code), (), Drives())
        found = scanner.scan_folder(root, work, tally, threading.Event(), lambda _: None, force=False)
    assert found is outlook
    assert work.files == [root + b"/good.txt"]
    assert [failure.path for failure in tally.report().failed] == [root + b"/bad"]
