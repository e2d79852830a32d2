"""What is pasted becomes files: pictures get one of their own, which goes when the window does."""

import errno
import os
from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QMimeData
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from vexgui.core.errors import VexError
from vexgui.gui.files.pasting import Pasted, PastedPictures, pasted
from vexgui.gui.operations import Operations
from vexgui.gui.thumbnails.decoding import png_of


@pytest.fixture
def image(qapp: object) -> QImage:
    made = QImage(8, 4, QImage.Format.Format_RGB32)
    made.fill(QColor("#336699"))
    return made


def carrying(**formats: bytes) -> QMimeData:
    mime = QMimeData()
    for name, content in formats.items():
        mime.setData(name.replace("__", "/").replace("_", "-"), QByteArray(content))
    return mime


def test_files_go_before_pictures_and_pictures_before_words(image: QImage) -> None:
    png = png_of(image)
    everything = carrying(text__uri_list=b"file:///a\r\n", image__png=png, text__plain=b"words")
    assert pasted(everything) == Pasted(paths=(b"/a",))
    assert pasted(carrying(image__png=png, text__plain=b"words")) == Pasted(picture=png, suffix=b"png")
    assert pasted(carrying(text__plain=b" words \n")) == Pasted(words="words")


def test_the_address_of_a_page_is_words(qapp: object) -> None:
    assert pasted(carrying(text__uri_list=b"https://x/y", text__plain=b"https://x/y")).words == "https://x/y"


@pytest.mark.parametrize("as_bytes", [True, False])
def test_a_picture_is_kept_until_the_end_for_its_user_only(
    qtbot: QtBot, tmp_path: Path, image: QImage, as_bytes: bool
) -> None:
    operations = Operations()
    pictures = PastedPictures(operations, os.fsencode(tmp_path))
    kept: list[Sequence[bytes]] = []
    mime = carrying(image__png=png_of(image))
    if not as_bytes:
        mime = QMimeData()
        mime.setImageData(image)
    pictures.keep(pasted(mime), kept.append)
    qtbot.waitUntil(lambda: bool(kept))
    ((path,),) = kept
    assert QImage(os.fsdecode(path)).size() == image.size()
    (folder,) = tmp_path.iterdir()
    assert folder.stat().st_mode & 0o777 == 0o700
    pictures.close()
    assert list(tmp_path.iterdir()) == []
    operations.close()


def test_without_a_runtime_directory_there_is_the_temporary_one(qtbot: QtBot, image: QImage) -> None:
    operations = Operations()
    pictures = PastedPictures(operations, b"/nowhere")
    kept: list[Sequence[bytes]] = []
    pictures.keep(Pasted(picture=image, suffix=b"png"), kept.append)
    qtbot.waitUntil(lambda: bool(kept))
    assert os.path.exists(kept[0][0])
    pictures.close()
    assert not os.path.exists(kept[0][0])
    operations.close()


def test_files_are_handed_on(qapp: object) -> None:
    operations = Operations()
    kept: list[Sequence[bytes]] = []
    PastedPictures(operations, b"").keep(Pasted(paths=(b"/a", b"/b")), kept.append)
    assert kept == [(b"/a", b"/b")]
    operations.close()


def test_a_picture_that_can_be_kept_nowhere_is_told_of(
    qtbot: QtBot, tmp_path: Path, image: QImage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**_given: object) -> bytes:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("vexgui.gui.files.pasting.tempfile.mkdtemp", refuse)
    operations = Operations()
    pictures = PastedPictures(operations, os.fsencode(tmp_path))
    told: list[VexError] = []
    operations.trouble.connect(told.append)
    pictures.keep(Pasted(picture=image, suffix=b"png"), lambda _: pytest.fail("It was kept."))
    qtbot.waitUntil(lambda: bool(told))
    assert told[0].message == "The pasted picture could not be kept."
    operations.close()
