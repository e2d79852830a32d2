"""Files that are read in child processes, and calls to these that nobody answers."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from vexgui.core.files import Extraction, PassageKind
from vexgui.extract.extractor import Extractor
from vexgui.system.child import Child
from vexgui.system.frames import Frame

MEMORY_BYTES = 1 << 30
HURRIED_S = 0.5


def extracted(extractor: Extractor, path: Path, data: bytes, picture_px: int = 64) -> Extraction:
    path.write_bytes(data)
    return extractor.extract(os.fsencode(path), picture_px)


def texts(extraction: Extraction) -> list[tuple[str, str]]:
    return [(passage.text, passage.place) for passage in extraction.passages if passage.kind is PassageKind.TEXT]


@contextmanager
def prompt_decoders() -> Iterator[None]:
    """Have decoders be found that can be had as the worker "prompt"."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", os.path.dirname(__file__))
        yield


def hurry(
    monkeypatch: pytest.MonkeyPatch, is_hurried: Callable[[Child, Frame], bool], hurried_s: float = HURRIED_S
) -> None:
    """Have some calls given up soon, as those are that nobody ever answers; all others have their time."""
    call = Child.call

    def hurried(child: Child, request: Frame, timeout_s: float, *rest: Any) -> Frame:
        return call(child, request, hurried_s if is_hurried(child, request) else timeout_s, *rest)

    monkeypatch.setattr(Child, "call", hurried)
