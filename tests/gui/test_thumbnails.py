"""Thumbnails are shared with the desktop, made in the background, and never made twice."""

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Bench
from tests.gui.fake_engine import FakeEngine
from vexgui.core.files import Kind
from vexgui.gui.thumbnails.cache import Flavour, Original, ThumbnailCache, default_root, flavour_for
from vexgui.gui.thumbnails.loader import ThumbnailLoader, Wanted

Draw = Callable[..., bytes]


@pytest.fixture
def cache(tmp_path: Path) -> ThumbnailCache:
    return ThumbnailCache(os.fsencode(tmp_path / "cache" / "thumbnails"))


def looked_at(path: bytes) -> Original:
    found = os.stat(path)
    return Original(path, int(found.st_mtime), found.st_size)


def an_image(width: int = 200, height: int = 100) -> QImage:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("#204060"))
    return image


def kept(cache: ThumbnailCache, folder: str = "large") -> list[Path]:
    return sorted(Path(os.fsdecode(cache.root), folder).glob("*.png"))


def wanted(path: bytes, kind: Kind = Kind.IMAGE, px: int = 256) -> Wanted:
    return Wanted(path, os.stat(path).st_mtime_ns, kind, px)


class Waiting:
    """A loader that is waited for, with the paths that the engine was asked for."""

    def __init__(self, qtbot: QtBot, cache: ThumbnailCache, png: bytes = b"") -> None:
        self.asked: list[bytes] = []
        self.qtbot = qtbot
        self.png = png
        self.loader = ThumbnailLoader(cache, self._page)

    def get(self, thumbnail: Wanted) -> tuple[int, int] | None:
        self.loader.pixmap(thumbnail)
        self.qtbot.waitUntil(lambda: not self.loader.busy)
        pixmap = self.loader.pixmap(thumbnail)
        return None if pixmap is None else (pixmap.width(), pixmap.height())

    def _page(self, path: bytes, _px: int) -> bytes:
        self.asked.append(path)
        return self.png


def test_a_thumbnail_says_plainly_whose_it_is(cache: ThumbnailCache, picture: Draw) -> None:
    path = picture("a picture.jpg")
    cache.write(looked_at(path), an_image(), Flavour.LARGE)
    (file,) = kept(cache)
    raw = file.read_bytes()
    assert b"tEXtThumb::URI\0" in raw
    assert b"zTXt" not in raw
    with Image.open(file) as image:
        assert image.info["Thumb::URI"] == "file://" + os.fsdecode(path).replace(" ", "%20")
        assert image.info["Thumb::MTime"] == str(int(os.stat(path).st_mtime))
        assert image.mode == "RGBA"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_the_name_is_the_hash_of_the_uri() -> None:
    assert Original(b"/home/jens/photos/me.png", 1, 1).name == b"c6ee772d9e49320e97ec29a7eb5b1697.png"


def test_a_thumbnail_of_a_file_that_changed_since_is_not_used(cache: ThumbnailCache, picture: Draw) -> None:
    path = picture("a.jpg")
    cache.write(looked_at(path), an_image(), Flavour.LARGE)
    assert cache.read(looked_at(path), Flavour.LARGE) is not None
    os.utime(path, (1, 1))
    assert cache.read(looked_at(path), Flavour.LARGE) is None


def test_a_larger_thumbnail_serves_for_a_smaller_one(cache: ThumbnailCache, picture: Draw) -> None:
    path = picture("a.jpg")
    cache.write(looked_at(path), an_image(500, 400), Flavour.X_LARGE)
    assert cache.read(looked_at(path), Flavour.LARGE) is not None
    assert cache.read(looked_at(path), Flavour.XX_LARGE) is None


@pytest.mark.parametrize(("px", "flavour"), [(1, Flavour.NORMAL), (129, Flavour.LARGE), (9999, Flavour.XX_LARGE)])
def test_the_smallest_flavour_that_suffices_is_taken(px: int, flavour: Flavour) -> None:
    assert flavour_for(px) is flavour


def test_forgetting_a_folder_removes_our_thumbnails_of_it_and_no_others(cache: ThumbnailCache, tmp_path: Path) -> None:
    inside, outside = Original(b"/root/a.jpg", 1, 1), Original(b"/root2/a.jpg", 1, 1)
    for original in (inside, outside):
        cache.write(original, an_image(), Flavour.LARGE)
    cache.write_failed(Original(b"/root/b.jpg", 1, 1))
    foreign = kept(cache)[0].with_name("foreign.png")
    an_image().save(str(foreign))
    assert cache.forget(b"/root") == 2
    assert cache.read(inside, Flavour.LARGE) is None
    assert cache.read(outside, Flavour.LARGE) is not None
    assert foreign.exists()


def test_a_cache_that_cannot_be_written_is_no_trouble(tmp_path: Path, picture: Draw) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    cache = ThumbnailCache(os.fsencode(blocked))
    cache.write(looked_at(picture("a.jpg")), an_image(), Flavour.LARGE)
    assert blocked.read_text() == "not a folder"


def test_thumbnails_lie_where_the_desktop_looks_for_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "/c")
    assert default_root() == b"/c/thumbnails"
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    monkeypatch.setenv("HOME", "/h")
    assert default_root() == b"/h/.cache/thumbnails"


def test_a_picture_is_made_small_and_kept(qtbot: QtBot, cache: ThumbnailCache, picture: Draw) -> None:
    waiting = Waiting(qtbot, cache)
    assert waiting.get(wanted(picture("a.jpg", 1600, 800))) == (256, 128)
    assert len(kept(cache)) == 1
    assert waiting.asked == []
    waiting.loader.close()


def test_a_small_picture_is_not_blown_up(qtbot: QtBot, cache: ThumbnailCache, picture: Draw) -> None:
    waiting = Waiting(qtbot, cache)
    assert waiting.get(wanted(picture("a.jpg", 40, 30))) == (40, 30)
    waiting.loader.close()


def test_a_turned_photo_is_shown_upright(qtbot: QtBot, cache: ThumbnailCache, tmp_path: Path) -> None:
    path = tmp_path / "turned.jpg"
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (800, 400)).save(path, exif=exif)
    waiting = Waiting(qtbot, cache)
    assert waiting.get(wanted(os.fsencode(path))) == (128, 256)
    waiting.loader.close()


def test_a_name_that_is_not_utf8_has_a_thumbnail(qtbot: QtBot, cache: ThumbnailCache, picture: Draw) -> None:
    waiting = Waiting(qtbot, cache)
    assert waiting.get(wanted(picture(b"caf\xe9.jpg"))) == (256, 160)
    assert len(kept(cache)) == 1
    waiting.loader.close()


def test_the_engine_is_asked_for_pages_of_documents(
    qtbot: QtBot, cache: ThumbnailCache, tmp_path: Path, picture: Draw
) -> None:
    page = tmp_path / "page.png"
    an_image(180, 256).save(str(page))
    document = tmp_path / "a.pdf"
    document.write_bytes(b"%PDF")
    waiting = Waiting(qtbot, cache, page.read_bytes())
    assert waiting.get(wanted(os.fsencode(document), Kind.DOCUMENT)) == (180, 256)
    assert waiting.asked == [os.fsencode(document)]
    waiting.loader.close()


def test_a_picture_that_cannot_be_read_is_tried_once(qtbot: QtBot, cache: ThumbnailCache, tmp_path: Path) -> None:
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"\xff\xd8\xff no picture")
    for _ in range(2):
        waiting = Waiting(qtbot, cache)
        assert waiting.get(wanted(os.fsencode(broken))) is None
        waiting.loader.close()
    assert waiting.asked == []
    assert len(kept(cache, "fail/vexgui-1")) == 1


def test_files_of_other_kinds_ask_for_nothing(qtbot: QtBot, cache: ThumbnailCache, tmp_path: Path) -> None:
    text = tmp_path / "a.txt"
    text.write_text("hello")
    waiting = Waiting(qtbot, cache)
    assert waiting.get(wanted(os.fsencode(text), Kind.TEXT)) is None
    assert waiting.asked == []
    waiting.loader.close()


def test_a_file_that_has_gone_has_no_thumbnail(qtbot: QtBot, cache: ThumbnailCache) -> None:
    waiting = Waiting(qtbot, cache)
    assert waiting.get(Wanted(b"/nowhere/a.jpg", 1, Kind.IMAGE, 256)) is None
    waiting.loader.close()


def test_thumbnails_arrive_in_the_grid(bench: Bench, library: FakeEngine) -> None:
    window = bench.open(library)
    bench.ask("water at dusk")
    for hit in window.found.model.hits:
        assert window.results._pixmap_of(hit) is not None
    middle = window.results.visualRect(window.found.model.index(0)).center()
    image = window.results.viewport().grab().toImage()
    color = image.pixelColor(middle.x(), window.results.visualRect(window.found.model.index(0)).top() + 40)
    assert abs(color.red() - 0x33) + abs(color.green() - 0x66) + abs(color.blue() - 0x99) < 24
