"""A store of version 1 is read whole, so that it can be written anew: golden/store-1 was written by that version."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from tests.store.builders import PICTURE, RECIPE, TEXT, a_stat
from vexgui.core.errors import StoreDamaged
from vexgui.core.files import FileFacts, FileState, Kind
from vexgui.core.vectors import Source, SpaceId
from vexgui.store.catalog import Catalog
from vexgui.store.catalog.upgrade import files_of_version_1, is_version_1, spaces_of_version_1
from vexgui.store.format import PAGE_BYTES_1
from vexgui.store.rows import FileUpdate

GOLDEN = Path(__file__).parent.parent / "golden" / "store-1"
TEXT_CODES = Path(f"{TEXT.id}.1") / "codes"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return shutil.copytree(GOLDEN, tmp_path / "store")


def read(folder: Path) -> dict[bytes, FileUpdate]:
    return {update.path: update for update in files_of_version_1(os.fsencode(folder))}


def held(folder: Path) -> dict[bytes, dict[SpaceId, list[int]]]:
    return {
        path: {part.space: part.ordinals.tolist() for part in update.vectors} for path, update in read(folder).items()
    }


WHOLE = {
    b"/g/renamed.txt": {TEXT.id: [0, 1, 2]},
    b"/g/b.jpg": {TEXT.id: [0], PICTURE.id: [1]},
    b"/g/\xff broken.pdf": {TEXT.id: [0]},
}


def test_its_files_come_back_with_their_passages_and_vectors(folder: Path) -> None:
    assert is_version_1(os.fsencode(folder))
    assert spaces_of_version_1(os.fsencode(folder)) == (TEXT, PICTURE)
    assert held(folder) == WHOLE
    torn = read(folder)[b"/g/\xff broken.pdf"]
    assert (torn.stat, torn.content_hash, torn.kind, torn.mime) == (a_stat(), b"h" * 16, Kind.TEXT, "text/plain")
    assert (torn.state, torn.reason, torn.recipe) == (FileState.FAILED, "The PDF is damaged.", RECIPE)
    assert (torn.facts, torn.unread) == (FileFacts(title="A title"), True)
    assert [passage.text for passage in read(folder)[b"/g/renamed.txt"].passages] == [
        "the first",
        "the second",
        "the third",
    ]


def test_its_vectors_are_of_unit_length_and_say_that_a_codec_came_between(folder: Path) -> None:
    for update in read(folder).values():
        for part in update.vectors:
            np.testing.assert_allclose(np.linalg.norm(part.vectors, axis=1), 1, atol=1e-5)
            assert part.vectors.dtype == np.float32
            assert part.source is Source.EMBEDDED
            assert part.confidence == 0.9999


def test_it_is_read_without_a_change_to_its_files(folder: Path) -> None:
    names = [path.relative_to(GOLDEN) for path in GOLDEN.rglob("*") if path.is_file()]
    assert len(names) == 9
    read(folder)
    for name in names:
        assert (folder / name).read_bytes() == (GOLDEN / name).read_bytes()


def _flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[PAGE_BYTES_1 + 3 * TEXT.dim] ^= 1
    path.write_bytes(content)


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: PAGE_BYTES_1 + 3 * TEXT.dim])


def _cut_in_header(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:20])


def _spoil_header(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[:8] + b"\xff" + content[9:])


@pytest.mark.parametrize(
    ("harm", "left"),
    [
        (_flip, {b"/g/renamed.txt": {TEXT.id: [0, 2]}}),
        (_cut, {b"/g/renamed.txt": {TEXT.id: [0]}, b"/g/b.jpg": {PICTURE.id: [1]}, b"/g/\xff broken.pdf": {}}),
        (_cut_in_header, {b"/g/renamed.txt": {}, b"/g/b.jpg": {PICTURE.id: [1]}, b"/g/\xff broken.pdf": {}}),
        (_spoil_header, {b"/g/renamed.txt": {}, b"/g/b.jpg": {PICTURE.id: [1]}, b"/g/\xff broken.pdf": {}}),
        (Path.unlink, {b"/g/renamed.txt": {}, b"/g/b.jpg": {PICTURE.id: [1]}, b"/g/\xff broken.pdf": {}}),
    ],
)
def test_damaged_vectors_are_left_out(folder: Path, harm: Callable[[Path], None], left: dict[bytes, object]) -> None:
    harm(folder / TEXT_CODES)
    assert held(folder) == {**WHOLE, **left}


def test_a_catalog_of_version_1_is_refused_where_one_of_version_2_is_meant(folder: Path) -> None:
    for writable in (True, False):
        with pytest.raises(StoreDamaged, match="older"):
            Catalog(os.fsencode(folder / "catalog.db"), writable=writable)


def test_what_is_not_of_version_1_is_told(tmp_path: Path) -> None:
    assert not is_version_1(os.fsencode(tmp_path))
    Catalog(os.fsencode(tmp_path / "catalog.db"), writable=True).close()
    assert not is_version_1(os.fsencode(tmp_path))
    (tmp_path / "catalog.db").write_bytes(b"something else" * 100)
    assert not is_version_1(os.fsencode(tmp_path))


def test_a_damaged_catalog_of_version_1_is_told(folder: Path) -> None:
    path = folder / "catalog.db"
    path.write_bytes(path.read_bytes()[:8192])
    with pytest.raises(StoreDamaged):
        read(folder)
