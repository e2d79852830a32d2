"""Thumbnails are shared with the desktop, made in the background, and never made twice."""

import gc
import os
import weakref
from collections.abc import Callable
from pathlib import Path
from threading import Event as Flag

import pytest
from PIL import Image
from PySide6.QtCore import QEvent
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Bench
from tests.gui.fake_engine import FakeEngine, FakeFile
from vexgui.core.files import Kind
from vexgui.gui.application import EngineHolder
from vexgui.gui.thumbnails.loader import ThumbnailLoader, Wanted
from vexgui.system.thumbnails import ThumbnailCache

pytestmark = pytest.mark.usefixtures("disk_has_room")
Draw = Callable[..., bytes]


@pytest.fixture
def cache(tmp_path: Path) -> ThumbnailCache:
    return ThumbnailCache(os.fsencode(tmp_path / "cache" / "thumbnails"))


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


def test_nothing_that_was_made_or_waits_keeps_a_closed_loader(
    qtbot: QtBot, cache: ThumbnailCache, picture: Draw, qapp: QApplication
) -> None:
    loader = ThumbnailLoader(cache, lambda path, px: b"")
    paths = [picture(f"{number}.jpg") for number in range(8)]
    with qtbot.waitSignal(loader.arrived):
        for path in paths:
            loader.pixmap(wanted(path))
    loader.close()
    held = weakref.ref(loader)
    loader.deleteLater()
    del loader
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()
    assert held() is None


def test_a_picture_whose_making_fails_unforeseen_is_none(
    qtbot: QtBot, cache: ThumbnailCache, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    document = tmp_path / "a.pdf"
    document.write_bytes(b"%PDF")

    def page(_path: bytes, _px: int) -> bytes:
        raise RuntimeError("unforeseen")

    loader = ThumbnailLoader(cache, page)
    thumbnail = wanted(os.fsencode(document), Kind.DOCUMENT)
    loader.pixmap(thumbnail)
    qtbot.waitUntil(lambda: not loader.busy)
    assert loader.pixmap(thumbnail) is None
    assert "unforeseen" in caplog.text
    caplog.clear()
    loader.close()


def test_a_page_that_is_wanted_before_the_engine_is_there_comes_when_it_is(
    qtbot: QtBot, cache: ThumbnailCache, tmp_path: Path
) -> None:
    page, document = tmp_path / "page.png", tmp_path / "a.pdf"
    an_image().save(str(page))
    document.write_bytes(b"%PDF")
    engine = FakeEngine([FakeFile(os.fsencode(document), "")])
    engine.png = page.read_bytes()
    holder = EngineHolder(lambda: engine)
    loader = ThumbnailLoader(cache, holder.thumbnail)
    thumbnail = wanted(os.fsencode(document), Kind.DOCUMENT)
    assert loader.pixmap(thumbnail) is None
    qtbot.waitUntil(lambda: not loader.busy)
    assert kept(cache, "fail/vexgui-1") == []
    holder.open(Flag())
    loader.try_again()
    assert loader.pixmap(thumbnail) is None
    qtbot.waitUntil(lambda: loader.pixmap(thumbnail) is not None)
    loader.close()


def test_thumbnails_arrive_in_the_grid(bench: Bench, library: FakeEngine) -> None:
    window = bench.open(library)
    bench.ask("water at dusk")
    for hit in window.found.model.hits:
        assert window.results._pixmap_of(hit, 180) is not None
    middle = window.results.visualRect(window.found.model.index(0)).center()
    image = window.results.viewport().grab().toImage()
    color = image.pixelColor(middle.x(), window.results.visualRect(window.found.model.index(0)).top() + 40)
    assert abs(color.red() - 0x33) + abs(color.green() - 0x66) + abs(color.blue() - 0x99) < 24
