"""What cannot be looked at is not gone."""

import errno
import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from typing_extensions import override

from vexgui.core.files import FileStat
from vexgui.core.vectors import CodecName
from vexgui.indexer.drives import Drives
from vexgui.indexer.rules import Rules
from vexgui.indexer.scan import Scanner, Work
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
