"""Settings come back as they were saved; what cannot be meant is refused by name, never guessed at."""

import math
import os
from dataclasses import replace
from pathlib import Path

import pytest

from vexgui.core.errors import PermissionProblem, UsageProblem
from vexgui.core.settings import EMBEDDED, KeyChoice, PictureModel, SavedSearch, Settings
from vexgui.core.vectors import CodecName
from vexgui.engine.settings_file import SettingsFile, changed

FULL = Settings(
    roots=(b"/home/ann", b"/caf\xe9\n"),
    codec=CodecName.FLOAT16,
    page_bytes=4096,
    write_records=False,
    unrecorded=(b"/home/ann/secret", b"/caf\xe9"),
    records_in_work_trees=True,
    exclude=("*.iso",),
    gitignore=False,
    picture_model=PictureModel("ViT-B-32-256", checkpoint="/models/one.pt"),
    former_models=(EMBEDDED, PictureModel("ViT-B-32", "openai")),
    extractor_timeout_s=5,
    extractor_memory_bytes=1 << 30,
    model_idle_s=60.5,
    work_on_battery=True,
    most_memory_stall=0.25,
    most_disk_stall=0,
    paused_until_s=math.inf,
    searches=(SavedSearch("Boats", 'type:image "red boat"'), SavedSearch("", "x")),
    keys=(KeyChoice("search", ("Ctrl+K", "F3")), KeyChoice("tags", ("Ctrl+J",)), KeyChoice("quit", ())),
)


@pytest.fixture
def file(tmp_path: Path) -> SettingsFile:
    return SettingsFile(os.fsencode(tmp_path))


@pytest.mark.parametrize("settings", [Settings(), FULL, replace(FULL, picture_model=None)])
def test_settings_come_back_as_they_were_saved(file: SettingsFile, settings: Settings) -> None:
    file.save(settings)
    assert file.load() == settings


def test_without_a_file_all_is_as_by_default(file: SettingsFile) -> None:
    assert file.load() == Settings()


def test_a_file_that_names_no_picture_model_has_the_embedded_one(file: SettingsFile, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('roots = ["/home/ann"]\n')
    assert file.load().picture_model == EMBEDDED


def test_keys_stand_in_a_table_by_themselves_or_as_a_list(file: SettingsFile, tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text('[keys]\nsearch = "Ctrl+K"\ntags = ["Ctrl+J", "F3"]\nquit = []\nmine = 7\n')
    chosen = file.load().keys
    assert chosen == (
        KeyChoice("search", ("Ctrl+K",)),
        KeyChoice("tags", ("Ctrl+J", "F3")),
        KeyChoice("quit", ()),
        KeyChoice("mine", ("7",)),
    )
    file.save(Settings(keys=chosen))
    assert config.read_text().startswith('[keys]\nsearch = "Ctrl+K"\n')


def test_what_the_program_does_not_know_is_kept(file: SettingsFile, tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text("mine = 7\nwrite_records = false\n")
    file.save(replace(file.load(), roots=(b"/a",)))
    assert "mine = 7" in config.read_text()
    assert file.load() == Settings(roots=(b"/a",), write_records=False)


@pytest.mark.parametrize(
    "content",
    [
        b"roots = [",
        b"roots = 5",
        b'roots = "/home"',
        b'roots = ["home"]',
        b'unrecorded = ["home"]',
        b"roots = [5]",
        b"codec = 7",
        b"page_bytes = 5000",
        b'page_bytes = "4096"',
        b'codec = "zip"',
        b'exclude = "*.iso"',
        b'write_records = "false"',
        b'extractor_timeout_s = "soon"',
        b"extractor_memory_bytes = 1.5",
        b'picture_model = "ViT"',
        b'picture_model = {name = "ViT"}',
        b"picture_model = 5",
        b"former_models = {}",
        b'former_models = ["ViT"]',
        b'former_models = [{name = "ViT"}]',
        b'keys = "Ctrl+F"',
        b"keys = 5",
        b'[[keys]]\nsearch = "Ctrl+K"',
        b"\x00\xff",
    ],
)
def test_what_cannot_be_meant_is_refused_and_left_alone(file: SettingsFile, tmp_path: Path, content: bytes) -> None:
    config = tmp_path / "config.toml"
    config.write_bytes(content)
    with pytest.raises(UsageProblem, match="Mend or remove") as refused:
        file.load()
    assert os.fspath(config) in refused.value.message
    assert config.read_bytes() == content


def test_a_folder_in_place_of_the_file_cannot_be_read(file: SettingsFile, tmp_path: Path) -> None:
    (tmp_path / "config.toml").mkdir()
    with pytest.raises(PermissionProblem, match="cannot be read"):
        file.load()


def test_settings_are_changed_by_their_names_and_the_others_stay() -> None:
    searches = (SavedSearch("Boats", "boat"),)
    assert changed(FULL, {"searches": searches, "write_records": True, "codec": CodecName.INT8}) == replace(
        FULL, searches=searches, write_records=True, codec=CodecName.INT8
    )
    assert changed(FULL, {}) == FULL


@pytest.mark.parametrize(
    "given",
    [
        {"colour": "red"},
        {"roots": (b"/a",)},
        {"picture_model": None},
        {"write_records": "yes"},
        {"page_bytes": 5},
        {"searches": ("boat",)},
        {"searches": ({"name": "a"},)},
        {"codec": "float1"},
        {"keys": (("search", "Ctrl+K"),)},
    ],
)
def test_what_cannot_be_set_is_refused(given: dict[str, object]) -> None:
    with pytest.raises(UsageProblem):
        changed(FULL, given)
