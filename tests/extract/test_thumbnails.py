"""Whoever reads a picture's pixels leaves a thumbnail for all programs of the desktop."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from tests.extract.builders import ORIENTATION, two_colours
from tests.extract.extracting import prompt_decoders
from tests.waiting import PATIENCE_S
from vexgui.extract.process import ExtractorProcess
from vexgui.system.thumbnails import Flavour, Original, ThumbnailCache

pytestmark = pytest.mark.usefixtures("disk_has_room")


@pytest.fixture
def cache(tmp_path: Path) -> ThumbnailCache:
    return ThumbnailCache(os.fsencode(tmp_path / "thumbnails"))


@pytest.fixture
def extractor(cache: ThumbnailCache) -> Iterator[ExtractorProcess]:
    with prompt_decoders():
        process = ExtractorProcess(3 << 30, PATIENCE_S, readers=1, thumbnails=cache, worker="prompt")
        yield process
        process.close()


def test_a_picture_whose_pixels_were_read_has_a_valid_thumbnail(
    tmp_path: Path, cache: ThumbnailCache, extractor: ExtractorProcess
) -> None:
    path = tmp_path / "a b.jpg"
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    two_colours((900, 600)).save(path, exif=exif)
    seen = path.stat()
    original = Original(os.fsencode(path), int(seen.st_mtime), seen.st_size)
    folder = Path(os.fsdecode(cache.root), "large")

    extractor.extract(os.fsencode(path), 0)
    assert not folder.exists()

    found = extractor.extract(os.fsencode(path), 64)
    assert min(found.pictures[0].shape[:2]) == 256  # as much as the thumbnail is made of
    assert cache.read(original, Flavour.LARGE)
    (kept,) = folder.iterdir()
    with Image.open(kept) as image:
        assert image.size == (171, 256)
        red, green, blue = image.getpixel((80, 20))
        assert red > 180
        assert max(green, blue) < 60

    extractor.extract(os.fsencode(kept), 64)
    assert list(folder.iterdir()) == [kept]  # none is made of thumbnails
