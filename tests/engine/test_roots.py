"""Which folders are kept indexed, and to whose files vectors are written."""

import os

import pytest

from tests.engine.conftest import Desk
from vexgui.core.errors import PathProblem, UsageProblem
from vexgui.core.settings import Settings
from vexgui.engine.roots import recording_roots, with_records, with_roots, without_root


def always(_top: bytes, _folder: bytes) -> bool:
    return True


def never(_top: bytes, _folder: bytes) -> bool:
    return False


def test_a_root_inside_another_is_kept_already_and_one_around_takes_its_place() -> None:
    settings = with_roots(Settings(), [b"/a/b", b"/c"], records=True, reaches=always)
    assert with_roots(settings, [b"/a/b/d"], records=True, reaches=always) == settings
    assert with_roots(settings, [b"/a"], records=True, reaches=always).roots == (b"/c", b"/a")


def test_a_root_that_another_does_not_reach_is_one_of_its_own_whichever_comes_first() -> None:
    settings = with_roots(Settings(), [b"/a"], records=True, reaches=never)
    assert with_roots(settings, [b"/a/drive"], records=True, reaches=never).roots == (b"/a", b"/a/drive")
    assert with_roots(settings, [b"/a"], records=True, reaches=never) == settings
    settings = with_roots(Settings(), [b"/a/drive"], records=True, reaches=never)
    assert with_roots(settings, [b"/a"], records=True, reaches=never).roots == (b"/a/drive", b"/a")


def test_what_is_said_of_a_roots_records_stays_when_one_around_it_goes_or_is_given_records() -> None:
    settings = Settings(roots=(b"/a", b"/a/drive"), unrecorded=(b"/a", b"/a/drive", b"/a/x"))
    assert without_root(settings, b"/a") == Settings(roots=(b"/a/drive",), unrecorded=(b"/a/drive",))
    assert with_records(settings, b"/a", records=True).unrecorded == (b"/a/drive",)
    assert with_records(settings, b"/a/drive", records=True).unrecorded == (b"/a", b"/a/x")


def test_what_is_said_of_a_folders_records_outlives_a_root_around_it_and_goes_with_it() -> None:
    settings = with_roots(Settings(), [b"/a/b"], records=False, reaches=always)
    wider = with_roots(settings, [b"/a"], records=True, reaches=always)
    assert (wider.roots, wider.unrecorded) == ((b"/a",), (b"/a/b",))
    assert with_records(wider, b"/a", records=True).unrecorded == ()
    assert without_root(wider, b"/a").unrecorded == ()


@pytest.mark.parametrize(
    ("paths", "roots"),
    [([b"/a"], (b"/a",)), ([b"/a/x"], (b"/a",)), ([b"/"], (b"/a",)), ([b"/b"], ()), ([b"/elsewhere"], ())],
)
def test_roots_that_record_are_those_around_a_path_or_in_it(paths: list[bytes], roots: tuple[bytes, ...]) -> None:
    settings = Settings(roots=(b"/a", b"/b"), unrecorded=(b"/b",))
    assert recording_roots(settings, paths) == roots
    assert recording_roots(Settings(roots=(b"/a",), write_records=False), paths) == ()


def test_a_root_without_records_leaves_its_files_alone(desk: Desk) -> None:
    path = desk.write("secret/note.txt", "Fog over the water.")
    other = desk.write("open/note.txt", "Fog over the land.")
    desk.engine.add_roots([desk.path("secret")], records=False)
    desk.engine.add_roots([desk.path("open")])
    desk.engine.index([])
    assert (os.listxattr(path), os.listxattr(other)) == ([], ["user.vexgui"])
    assert {root.path: root.records for root in desk.engine.roots()} == {
        desk.path("secret"): False,
        desk.path("open"): True,
    }
    assert len(desk.found("fog")) == 2
    desk.reopen()
    assert not next(root for root in desk.engine.roots() if root.path == desk.path("secret")).records


def test_switching_records_off_keeps_those_there_are_and_writes_no_more(desk: Desk) -> None:
    path = desk.write("note.txt", "Fog over the water.")
    root = desk.path("").rstrip(b"/")
    desk.engine.index([root])
    before = os.getxattr(path, "user.vexgui")
    desk.engine.set_records(root, records=False)
    assert os.getxattr(path, "user.vexgui") == before
    desk.write("note.txt", "Rye bread.")
    desk.engine.index([])
    assert os.getxattr(path, "user.vexgui") == before
    assert desk.found("rye") == ["note.txt"]
    report = desk.engine.strip([root])
    assert (report.stripped, report.recording) == (1, ())


def test_switching_records_on_writes_them_without_embedding(desk: Desk) -> None:
    path = desk.write("note.txt", "Fog over the water.")
    root = desk.path("").rstrip(b"/")
    desk.engine.add_roots([root], records=False)
    desk.engine.index([])
    embedded = desk.embedded
    desk.engine.set_records(root, records=True)
    assert desk.engine.inspect(path).record_verified
    assert desk.engine.strip([path]).recording == (root,)
    assert desk.embedded == embedded


def test_records_are_switched_for_roots_only_and_not_where_none_are_written_at_all(desk: Desk) -> None:
    with pytest.raises(PathProblem, match="not kept indexed"):
        desk.engine.set_records(desk.path("elsewhere"), records=False)
    root = desk.path("").rstrip(b"/")
    desk.engine.add_roots([root])
    config = os.path.join(os.fsdecode(desk.profile.config), "config.toml")
    with open(config, "a", encoding="utf-8") as settings:
        settings.write("write_records = false\n")
    engine = desk.reopen()
    assert not engine.roots()[0].records
    with pytest.raises(UsageProblem, match="No vectors are written"):
        engine.set_records(root, records=True)
