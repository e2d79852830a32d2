"""A file with a content, times and a mode of its own, and what writes records to it."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.store.builders import KEY
from vexgui.core.vectors import CodecName
from vexgui.store.record.keeper import RecordKeeper
from vexgui.system import attributes


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "photo.jpg"
    file.write_bytes(b"content")
    file.chmod(0o640)
    os.utime(file, ns=(1_000_000_000, 2_000_000_000))
    return file


@pytest.fixture
def descriptor(path: Path) -> Iterator[int]:
    opened = attributes.open_for_attributes(os.fsencode(path))
    yield opened
    os.close(opened)


@pytest.fixture
def keeper() -> RecordKeeper:
    return RecordKeeper(KEY, CodecName.INT8, enabled=True)
