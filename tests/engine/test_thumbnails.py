"""Pictures that are looked at have thumbnails, and a root that is forgotten takes its own with it."""

import os
import shutil
from functools import partial
from pathlib import Path

import pytest

from tests.engine.conftest import Desk
from tests.extract.builders import two_colours
from vexgui.core.settings import PictureModel, Settings
from vexgui.engine.engine import Engine
from vexgui.engine.settings_file import SettingsFile
from vexgui.models.fake import fake_embedder
from vexgui.system.thumbnails import Flavour, Original, ThumbnailCache

pytestmark = pytest.mark.usefixtures("disk_has_room")
A_MODEL = PictureModel("fake")


def thumbnail_of(cache: ThumbnailCache, path: Path) -> bytes:
    found = path.stat()
    return cache.read(Original(os.fsencode(path), int(found.st_mtime), found.st_size), Flavour.LARGE)


def test_thumbnails_come_and_go_with_what_is_indexed(desk: Desk, tmp_path: Path) -> None:
    desk.engine.close()
    SettingsFile(desk.profile.config).save(Settings(picture_model=A_MODEL))
    cache = ThumbnailCache(os.fsencode(tmp_path / "thumbnails"))
    kept, forgotten = tmp_path / "kept" / "a.jpg", tmp_path / "forgotten" / "b.jpg"
    for path in (kept, forgotten):
        path.parent.mkdir()
        two_colours((900, 600)).save(path)
    open_engine = partial(Engine, desk.profile, make_embedder=fake_embedder, thumbnails_folder=cache.root)
    with open_engine(writable=True) as engine:
        engine.index([os.fsencode(kept.parent), os.fsencode(forgotten.parent)])
        assert thumbnail_of(cache, kept)
        assert thumbnail_of(cache, forgotten)
        engine.remove_root(os.fsencode(forgotten.parent))
        assert thumbnail_of(cache, kept)
        assert not thumbnail_of(cache, forgotten)


def test_what_is_deleted_or_left_out_takes_its_thumbnail_with_it(desk: Desk, tmp_path: Path) -> None:
    desk.engine.close()
    SettingsFile(desk.profile.config).save(Settings(picture_model=A_MODEL))
    cache = ThumbnailCache(os.fsencode(tmp_path / "thumbnails"))
    names = ("kept.jpg", "deleted.jpg", "excluded.jpg", "gone/deep/a.jpg", "left/deep/a.jpg")
    pictures = [tmp_path / "pictures" / name for name in names]
    for path in pictures:
        path.parent.mkdir(parents=True, exist_ok=True)
        two_colours((900, 600)).save(path)
    open_engine = partial(Engine, desk.profile, make_embedder=fake_embedder, thumbnails_folder=cache.root)
    with open_engine(writable=True) as engine:
        engine.index([os.fsencode(tmp_path / "pictures")])
        made = [Original(os.fsencode(path), int(path.stat().st_mtime), path.stat().st_size) for path in pictures]
        assert all(cache.read(original, Flavour.LARGE) for original in made)
        pictures[1].unlink()
        shutil.rmtree(tmp_path / "pictures" / "gone")
        engine.index([])
        engine.exclude(add=["excluded.jpg", "left/"])
    assert [bool(cache.read(original, Flavour.LARGE)) for original in made] == [True, False, False, False, False]
