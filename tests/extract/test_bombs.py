"""Hostile files, damaged ones and odd ones: each is read as far as may be or refused, and the files beside are read."""

import os
import random
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from tests.extract.bombs import BOMBS
from tests.extract.builders import docx, encoded, epub, opendocument, package, pdf, pptx, two_colours, xlsx
from tests.extract.extracting import prompt_decoders
from tests.waiting import PATIENCE_S
from vexgui.core.errors import ChildFailed
from vexgui.core.files import Extraction, PassageKind
from vexgui.extract.breaker import Breaker
from vexgui.extract.process import ExtractorProcess

MEMORY_BYTES = 2 << 30
MOST_S = 10.0
"""No decoder may have to be ended because a hostile file keeps it busy."""
MUTATED, MUTATED_SLOWLY = 60, 1000


@pytest.fixture(scope="module")
def extractor() -> Iterator[ExtractorProcess]:
    """Decoders as the program has them, but for their priority, and for resting when too many die."""
    hours = count(0.0, 3600.0)
    breaker = Breaker(lambda: next(hours))
    with prompt_decoders():
        process = ExtractorProcess(MEMORY_BYTES, timeout_s=PATIENCE_S, readers=1, breaker=breaker, worker="prompt")
        yield process
        process.close()


def extracted(process: ExtractorProcess, path: Path) -> Extraction:
    return process.extract(os.fsencode(path), 224)


def said(extraction: Extraction) -> str:
    return "\n".join(passage.text for passage in extraction.passages)


def insist_on_a_neighbour(process: ExtractorProcess, folder: Path) -> None:
    (folder / "neighbour.txt").write_text("Fog over the harbour.")
    assert "Fog over the harbour." in said(extracted(process, folder / "neighbour.txt"))


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_does_no_harm(extractor: ExtractorProcess, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(BOMBS[name]())
    began_s = time.process_time()
    found = extracted(extractor, path)
    assert time.process_time() - began_s < MOST_S
    assert found.passages[0].kind is PassageKind.ABOUT
    assert "The decoder" not in found.problem, "a decoder died or stalled"
    assert "root:" not in said(found)
    assert "\x1b" not in said(found)
    insist_on_a_neighbour(extractor, tmp_path)


@pytest.mark.parametrize(
    "suffix", ["txt", "csv", "png", "jpg", "pdf", "zip", "tar", "docx", "mp4", "mp3", "svg", "mbox"]
)
def test_a_file_of_a_terabyte_of_nothing_is_not_read_to_its_end(
    extractor: ExtractorProcess, tmp_path: Path, suffix: str
) -> None:
    with (tmp_path / f"sparse.{suffix}").open("wb") as file:
        file.truncate(1 << 40)
    found = extracted(extractor, tmp_path / f"sparse.{suffix}")
    assert found.stat.size == 1 << 40
    assert "The decoder" not in found.problem


@pytest.mark.parametrize(
    "name",
    [b"two\nlines.txt", b"\x1b[31mred.txt", b"\xff\xfe.txt", b"-rf.txt", b"$(id).txt", b"x" * 251 + b".txt", b" "],
)
def test_a_file_with_an_odd_name_is_read(extractor: ExtractorProcess, tmp_path: Path, name: bytes) -> None:
    path = os.path.join(os.fsencode(tmp_path), name)
    with open(path, "wb") as file:
        file.write(b"Fog over the harbour.")
    found = extractor.extract(path, 224)
    assert "Fog over the harbour." in said(found)
    assert "\n" not in found.passages[0].text
    assert "\x1b" not in found.passages[0].text


def wholes() -> dict[str, bytes]:
    """Return small sound files by their suffixes."""
    picture = two_colours((160, 120))
    text = "Fog over the harbour."
    return {
        **{form: encoded(picture, form.upper()) for form in ("png", "jpeg", "gif", "webp", "tiff", "bmp", "avif")},
        "pdf": pdf([text, encoded(picture, "JPEG")]),
        "zip": package({"a.txt": text, "b/c.txt": text * 20}),
        "docx": docx([text] * 5, "Fog", "Somebody"),
        "xlsx": xlsx("Fog", [[text, 1.0], [text, 2.0]]),
        "pptx": pptx([text, text]),
        "odt": opendocument("text", f"<text:p>{text}</text:p>"),
        "epub": epub([text], "Fog", "Somebody"),
        "svg": f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text>{text}</text></svg>'.encode(),
        "rtf": b"{\\rtf1\\ansi{\\fonttbl\\f0 Serif;}\\f0 " + text.encode() + b"\\par}",
        "eml": b"Subject: fog\nFrom: a@b\nContent-Type: text/html; charset=utf-8\n\n<p>" + text.encode(),
        "ipynb": b'{"cells": [{"cell_type": "code", "source": ["' + text.encode() + b'"]}]}',
    }


WHOLES = wholes()


def mutated(seed: int) -> tuple[str, bytes]:
    """Return a damaged file and its suffix: cut off, bytes changed, stretches doubled, removed or filled."""
    chance = random.Random(seed)
    suffix = sorted(WHOLES)[seed % len(WHOLES)]
    data = bytearray(WHOLES[suffix])
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(data))
        size = chance.randint(1, 32)
        chance.choice(MUTATIONS)(data, at, size, chance)
    return suffix, bytes(data)


def _cut(data: bytearray, at: int, _size: int, _chance: random.Random) -> None:
    del data[max(1, at) :]


def _flip(data: bytearray, at: int, size: int, chance: random.Random) -> None:
    for place in range(at, min(len(data), at + size)):
        data[place] ^= 1 << chance.randrange(8)


def _fill(data: bytearray, at: int, size: int, chance: random.Random) -> None:
    data[at : at + size] = bytes([chance.choice((0, 0x7F, 0xFF))]) * size


def _double(data: bytearray, at: int, size: int, _chance: random.Random) -> None:
    data[at:at] = data[at : at + size]


def _swap(data: bytearray, at: int, size: int, chance: random.Random) -> None:
    other = chance.randrange(len(data))
    data[at : at + size], data[other : other + size] = data[other : other + size], data[at : at + size]


MUTATIONS: tuple[Callable[[bytearray, int, int, random.Random], None], ...] = (_cut, _flip, _fill, _double, _swap)


def read_mutated(process: ExtractorProcess, folder: Path, seeds: range) -> None:
    for seed in seeds:
        suffix, data = mutated(seed)
        path = folder / f"{seed}.{suffix}"
        path.write_bytes(data)
        try:
            found = extracted(process, path)
        except (OSError, ChildFailed) as error:
            raise AssertionError(f"damaged file {seed}") from error
        assert found.stat.size == len(data)
        assert found.passages[0].kind is PassageKind.ABOUT
        path.unlink()


def test_damaged_files_do_no_harm(extractor: ExtractorProcess, tmp_path: Path) -> None:
    read_mutated(extractor, tmp_path, range(MUTATED))
    insist_on_a_neighbour(extractor, tmp_path)


@pytest.mark.slow
def test_very_many_damaged_files_do_no_harm(extractor: ExtractorProcess, tmp_path: Path) -> None:
    read_mutated(extractor, tmp_path, range(MUTATED_SLOWLY))
    insist_on_a_neighbour(extractor, tmp_path)
