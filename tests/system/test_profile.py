"""The four directories are found by XDG or below one folder, and are private."""

import os
import stat
from pathlib import Path

import pytest

from vexgui.core.errors import PathProblem, PermissionProblem
from vexgui.system.lock import WriterLock
from vexgui.system.profile import open_profile, recently_used_file


def test_all_four_directories_lie_below_a_chosen_folder_and_are_private(tmp_path: Path) -> None:
    base = os.fsencode(tmp_path / "p")
    profile = open_profile(base, {})
    folders = (profile.data, profile.config, profile.cache, profile.runtime)
    assert folders == (base + b"/data", base + b"/config", base + b"/cache", base + b"/runtime")
    assert {stat.S_IMODE(os.stat(folder).st_mode) for folder in folders} == {0o700}


def test_the_directories_follow_the_xdg_variables(tmp_path: Path) -> None:
    base = os.fsencode(tmp_path)
    environment = {
        b"HOME": base,
        b"XDG_DATA_HOME": base + b"/d",
        b"XDG_CONFIG_HOME": base + b"/c",
        b"XDG_CACHE_HOME": base + b"/k",
        b"XDG_RUNTIME_DIR": base,
    }
    profile = open_profile(None, environment)
    assert (profile.data, profile.config) == (base + b"/d/vexgui", base + b"/c/vexgui")
    assert (profile.cache, profile.runtime) == (base + b"/k/vexgui", base + b"/vexgui")


def test_relative_and_unset_variables_mean_the_defaults_in_the_home_folder(tmp_path: Path) -> None:
    base = os.fsencode(tmp_path)
    profile = open_profile(None, {b"HOME": base, b"XDG_DATA_HOME": b"relative", b"XDG_RUNTIME_DIR": base})
    assert profile.data == base + b"/.local/share/vexgui"
    assert profile.config == base + b"/.config/vexgui"
    assert profile.cache == base + b"/.cache/vexgui"


def test_without_a_runtime_folder_of_our_own_a_private_one_is_used(tmp_path: Path) -> None:
    missing = os.fsencode(tmp_path / "missing")
    profile = open_profile(None, {b"HOME": os.fsencode(tmp_path), b"XDG_RUNTIME_DIR": missing})
    assert profile.runtime == b"/tmp/vexgui-%d" % os.getuid()
    assert stat.S_IMODE(os.stat(profile.runtime).st_mode) == 0o700


def test_a_runtime_folder_open_to_others_is_closed_to_them(tmp_path: Path) -> None:
    (tmp_path / "runtime").mkdir(mode=0o755)
    profile = open_profile(os.fsencode(tmp_path), {})
    assert stat.S_IMODE(os.stat(profile.runtime).st_mode) == 0o700


def test_a_runtime_folder_that_is_a_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "runtime").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(PermissionProblem):
        open_profile(os.fsencode(tmp_path), {})


def test_a_file_in_place_of_the_profile_is_said_to_be_one(tmp_path: Path) -> None:
    (tmp_path / "p").write_text("")
    with pytest.raises(PathProblem, match="file lies in its place"):
        open_profile(os.fsencode(tmp_path / "p"), {})


def test_a_place_where_nothing_may_be_made_is_refused_with_a_remedy() -> None:
    with pytest.raises(PermissionProblem) as caught:
        open_profile(b"/proc/vexgui", {})
    assert "--profile" in caught.value.remedy


def test_profiles_that_share_a_runtime_folder_have_sockets_of_their_own(tmp_path: Path) -> None:
    base = os.fsencode(tmp_path)
    one, other = (
        open_profile(None, {b"HOME": base, b"XDG_RUNTIME_DIR": base, b"XDG_DATA_HOME": base + name})
        for name in (b"/one", b"/other")
    )
    assert one.runtime == other.runtime
    assert one.socket_name != other.socket_name


def test_only_one_holds_the_lock_until_it_lets_go(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path / "lock")
    with WriterLock(path) as first, WriterLock(path) as second:
        assert first.acquire()
        assert first.acquire()
        assert not second.acquire()
        first.release()
        assert second.acquire()
    assert os.path.exists(path)


def test_a_lock_that_cannot_be_written_is_told_with_a_remedy() -> None:
    with pytest.raises(PermissionProblem) as caught, WriterLock(b"/proc/lock") as lock:
        lock.acquire()
    assert "--profile" in caught.value.remedy


@pytest.mark.parametrize(
    ("environment", "path"),
    [
        ({b"HOME": b"/home/ann"}, b"/home/ann/.local/share/recently-used.xbel"),
        ({b"HOME": b"/home/ann", b"XDG_DATA_HOME": b"/data"}, b"/data/recently-used.xbel"),
        ({b"HOME": b"/home/ann", b"XDG_DATA_HOME": b"data"}, b"/home/ann/.local/share/recently-used.xbel"),
    ],
)
def test_the_desktops_list_of_recent_files_lies_where_the_specification_says(
    environment: dict[bytes, bytes], path: bytes
) -> None:
    assert recently_used_file(environment) == path
