"""Children that read files, and one whose decoder misbehaves."""

import os
from collections.abc import Iterator

import pytest

from tests.extract.extracting import MEMORY_BYTES, prompt_decoders
from tests.waiting import PATIENCE_S
from vexgui.extract.extractor import Extractor
from vexgui.extract.process import ExtractorProcess


@pytest.fixture(scope="module")
def extractor() -> Iterator[Extractor]:
    with prompt_decoders():
        process = ExtractorProcess(MEMORY_BYTES, PATIENCE_S, worker="prompt")
        yield process
        process.close()


@pytest.fixture
def misbehaving(monkeypatch: pytest.MonkeyPatch) -> Iterator[ExtractorProcess]:
    """A process whose decoder breaks as a file's name asks."""
    here = os.path.dirname(__file__)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([here, os.environ.get("PYTHONPATH", "")]).strip(os.pathsep))
    process = ExtractorProcess(MEMORY_BYTES, PATIENCE_S, worker="misbehaving")
    yield process
    process.close()
