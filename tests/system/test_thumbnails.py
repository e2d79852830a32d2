"""Thumbnails lie where all programs of the desktop look for them, and say whose they are."""

import os
import stat
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from vexgui.system.thumbnails import Flavour, Original, ThumbnailCache, flavour_for, thumbnails_folder

pytestmark = pytest.mark.usefixtures("disk_has_room")


@pytest.fixture
def cache(tmp_path: Path) -> ThumbnailCache:
    return ThumbnailCache(os.fsencode(tmp_path / "cache" / "thumbnails"))


@pytest.fixture
def original(tmp_path: Path) -> Original:
    path = tmp_path / "a picture.jpg"
    path.write_bytes(b"pixels")
    return looked_at(path)


def looked_at(path: Path) -> Original:
    found = path.stat()
    return Original(os.fsencode(path), int(found.st_mtime), found.st_size)


def a_png(width: int = 200, height: int = 100, info: PngInfo | None = None) -> bytes:
    sink = BytesIO()
    Image.new("RGB", (width, height), "#204060").save(sink, "PNG", pnginfo=info)
    return sink.getvalue()


def kept(cache: ThumbnailCache, folder: str = "large") -> list[Path]:
    return sorted(Path(os.fsdecode(cache.root), folder).glob("*.png"))


def test_a_thumbnail_says_plainly_whose_it_is(cache: ThumbnailCache, original: Original) -> None:
    cache.write(original, a_png(), Flavour.LARGE)
    (file,) = kept(cache)
    raw = file.read_bytes()
    assert b"tEXtThumb::URI\0" in raw
    assert b"zTXt" not in raw
    with Image.open(file) as image:
        image.load()
        assert image.info["Thumb::URI"] == "file://" + os.fsdecode(original.path).replace(" ", "%20")
        assert image.info["Thumb::MTime"] == str(original.mtime_s)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_the_name_is_the_hash_of_the_uri() -> None:
    assert Original(b"/home/jens/photos/me.png", 1, 1).name == b"c6ee772d9e49320e97ec29a7eb5b1697.png"


def test_a_thumbnail_of_a_file_that_changed_since_is_not_used(cache: ThumbnailCache, original: Original) -> None:
    cache.write(original, a_png(), Flavour.LARGE)
    assert cache.read(original, Flavour.LARGE)
    os.utime(original.path, (1, 1))
    assert cache.read(looked_at(Path(os.fsdecode(original.path))), Flavour.LARGE) == b""


def test_what_another_program_made_is_used_whichever_way_it_wrote_its_texts(
    cache: ThumbnailCache, original: Original
) -> None:
    for compressed in (False, True):
        info = PngInfo()
        info.add_text("Thumb::URI", original.uri, zip=compressed)
        info.add_text("Thumb::MTime", str(original.mtime_s))
        folder = Path(os.fsdecode(cache.root), "normal")
        folder.mkdir(parents=True, exist_ok=True)
        (folder / os.fsdecode(original.name)).write_bytes(a_png(128, 64, info))
        assert cache.read(original, Flavour.NORMAL)


@pytest.mark.parametrize(
    "content", [b"", b"GIF89a", b"\x89PNG\r\n\x1a\n", b"\x89PNG\r\n\x1a\n\xff\xff\xff\xfftEXtThumb"]
)
def test_what_is_no_thumbnail_is_none(cache: ThumbnailCache, original: Original, content: bytes) -> None:
    cache.write(original, a_png(), Flavour.LARGE)
    kept(cache)[0].write_bytes(content)
    assert cache.read(original, Flavour.LARGE) == b""


def test_a_larger_thumbnail_serves_for_a_smaller_one(cache: ThumbnailCache, original: Original) -> None:
    cache.write(original, a_png(500, 400), Flavour.X_LARGE)
    assert cache.read(original, Flavour.LARGE)
    assert not cache.read(original, Flavour.XX_LARGE)


@pytest.mark.parametrize(("px", "flavour"), [(1, Flavour.NORMAL), (129, Flavour.LARGE), (9999, Flavour.XX_LARGE)])
def test_the_smallest_flavour_that_suffices_is_taken(px: int, flavour: Flavour) -> None:
    assert flavour_for(px) is flavour


def test_a_failure_is_remembered_until_the_file_changes(cache: ThumbnailCache, original: Original) -> None:
    assert not cache.failed(original)
    cache.write_failed(original)
    assert cache.failed(original)
    with Image.open(kept(cache, "fail/vexgui-1")[0]) as dot:
        assert (dot.size, dot.mode, dot.getpixel((0, 0))) == ((1, 1), "RGBA", (0, 0, 0, 0))
    assert not cache.failed(Original(original.path, original.mtime_s + 1, original.size))


def test_forgetting_a_folder_removes_our_thumbnails_of_it_and_no_others(cache: ThumbnailCache) -> None:
    inside, outside = Original(b"/root/a.jpg", 1, 1), Original(b"/root2/a.jpg", 1, 1)
    for original in (inside, outside):
        cache.write(original, a_png(), Flavour.LARGE)
    cache.write_failed(Original(b"/root/b.jpg", 1, 1))
    foreign = kept(cache)[0].with_name("foreign.png")
    foreign.write_bytes(a_png())
    assert cache.forget(b"/root") == 2
    assert not cache.read(inside, Flavour.LARGE)
    assert cache.read(outside, Flavour.LARGE)
    assert foreign.exists()


def test_forgetting_files_removes_our_thumbnails_of_them_and_no_others(cache: ThumbnailCache) -> None:
    gone, failed, kept_one = (Original(path, 1, 1) for path in (b"/root/a.jpg", b"/root/b.jpg", b"/root/c.jpg"))
    for original in (gone, kept_one):
        cache.write(original, a_png(), Flavour.LARGE)
    cache.write(gone, a_png(), Flavour.NORMAL)
    cache.write_failed(failed)
    foreign = Path(os.fsdecode(cache.root)) / "x-large" / os.fsdecode(gone.name)
    foreign.parent.mkdir()
    foreign.write_bytes(a_png())
    cache.forget_files([gone.path, failed.path, b"/root/never seen.jpg"])
    assert not cache.read(gone, Flavour.NORMAL)
    assert not cache.failed(failed)
    assert cache.read(kept_one, Flavour.LARGE)
    assert foreign.exists()


def test_forgetting_a_folder_spares_those_in_it_that_stay(cache: ThumbnailCache) -> None:
    outer, inner = Original(b"/root/a.jpg", 1, 1), Original(b"/root/drive/a.jpg", 1, 1)
    for original in (outer, inner):
        cache.write(original, a_png(), Flavour.LARGE)
    assert cache.forget(b"/root", spared=[b"/root/drive"]) == 1
    assert cache.read(inner, Flavour.LARGE)


def test_a_cache_that_cannot_be_written_is_no_trouble(tmp_path: Path, original: Original) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    ThumbnailCache(os.fsencode(blocked)).write(original, a_png(), Flavour.LARGE)
    assert blocked.read_text() == "not a folder"


def test_a_disk_that_is_nearly_full_gets_no_thumbnails(
    cache: ThumbnailCache, original: Original, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vexgui.system.thumbnails._LEAST_FREE", 1.0)
    cache.write(original, a_png(), Flavour.LARGE)
    assert cache.read(original, Flavour.LARGE) == b""


def test_thumbnails_lie_where_the_desktop_looks_for_them() -> None:
    assert thumbnails_folder({b"XDG_CACHE_HOME": b"/c"}) == b"/c/thumbnails"
    assert thumbnails_folder({b"XDG_CACHE_HOME": b"relative", b"HOME": b"/h"}) == b"/h/.cache/thumbnails"
