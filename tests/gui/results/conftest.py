"""Results that are shown."""

import os
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from tests.gui.results.shown import Shown
from vexgui.gui.operations import Operations
from vexgui.gui.thumbnails.loader import ThumbnailLoader
from vexgui.system.thumbnails import ThumbnailCache


@pytest.fixture
def shown(qtbot: QtBot, tmp_path: object) -> Iterator[Shown]:
    operations = Operations()
    loader = ThumbnailLoader(ThumbnailCache(os.fsencode(str(tmp_path))), lambda _path, _px: b"")
    made = Shown(qtbot, operations, loader)
    yield made
    made.page.close()
    operations.close()
    loader.close()
