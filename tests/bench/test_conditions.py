"""A benchmark works in a folder of its own, and leaves nothing behind."""

import errno
import os
from pathlib import Path

import pytest

from vexgui.bench.conditions import working_folder
from vexgui.bench.profiles import text_profile
from vexgui.core.errors import DiskFull, PathProblem, PermissionProblem, WorldProblem
from vexgui.engine.models import Models
from vexgui.engine.settings_file import SettingsFile
from vexgui.models.fake import FakeEmbedder


def test_the_folder_is_empty_and_gone_afterwards_with_all_that_is_in_it(tmp_path: Path) -> None:
    with working_folder(os.fsencode(tmp_path)) as folder:
        assert os.path.dirname(folder) == os.fsencode(tmp_path)
        assert os.listdir(folder) == []
        os.mkdir(folder + b"/full")
    assert list(tmp_path.iterdir()) == []


def test_it_is_gone_after_a_failure_too(tmp_path: Path) -> None:
    with pytest.raises(WorldProblem), working_folder(os.fsencode(tmp_path)):
        raise WorldProblem("No.")
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_is_no_folder_is_told_with_the_remedy(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for place in ("missing", "file"):
        with pytest.raises(PathProblem) as caught, working_folder(os.fsencode(tmp_path / place)):
            pass
        assert "--folder" in caught.value.remedy


@pytest.mark.parametrize(
    ("code", "problem"), [(errno.ENOSPC, DiskFull), (errno.EDQUOT, DiskFull), (errno.EROFS, PermissionProblem)]
)
def test_what_the_disk_refuses_while_it_is_measured_is_told(
    tmp_path: Path, code: int, problem: type[WorldProblem]
) -> None:
    with pytest.raises(problem) as caught, working_folder(os.fsencode(tmp_path)):
        raise OSError(code, os.strerror(code))
    assert "--folder" in caught.value.remedy


def test_what_has_nothing_to_do_with_the_disk_stays_as_it_is(tmp_path: Path) -> None:
    with pytest.raises(ChildProcessError), working_folder(os.fsencode(tmp_path)):
        raise ChildProcessError(errno.ECHILD, "no child")


def test_an_embedder_without_a_model_stays_in_force_however_long_is_measured(tmp_path: Path) -> None:
    profile = text_profile(os.fsencode(tmp_path / "profile"))
    settings = SettingsFile(profile.config).load()
    models = Models(lambda *_: FakeEmbedder(), profile.cache, settings)
    assert not models.is_outdated(settings)
