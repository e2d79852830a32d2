"""The content hash sees every change of a small file, and edges and samples of a large one."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from vexgui.system.fingerprint import WHOLE_BELOW_BYTES, content_hash, sampled_ranges


def hash_of(path: Path) -> bytes:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        return content_hash(descriptor, os.fstat(descriptor).st_size)
    finally:
        os.close(descriptor)


@pytest.fixture
def large(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "large"
    with path.open("wb") as file:
        file.truncate(WHOLE_BELOW_BYTES + 12_345_678)
    yield path
    path.unlink()


def poke(path: Path, offset: int) -> None:
    with path.open("r+b") as file:
        file.seek(offset)
        file.write(b"\x01")


@pytest.mark.parametrize("content", [b"", b"a", b"word " * 500_000])
def test_a_small_file_is_hashed_whole(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    assert hash_of(path) == hashlib.blake2b(content, digest_size=16).digest()


def test_the_position_of_the_descriptor_stays(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"0123456789")
    with path.open("rb", buffering=0) as file:
        file.seek(3)
        content_hash(file.fileno(), 10)
        assert file.tell() == 3


def test_a_change_at_either_edge_or_in_a_sample_of_a_large_file_is_seen(large: Path) -> None:
    size = large.stat().st_size
    seen = {hash_of(large)}
    for offset, length in sampled_ranges(size)[:: len(sampled_ranges(size)) // 4]:
        poke(large, offset + length - 1)
        seen.add(hash_of(large))
    poke(large, size - 1)
    seen.add(hash_of(large))
    assert len(seen) == len(sampled_ranges(size)[:: len(sampled_ranges(size)) // 4]) + 2


def test_a_large_file_that_grew_by_a_byte_has_another_hash(large: Path) -> None:
    before = hash_of(large)
    with large.open("r+b") as file:
        file.truncate(large.stat().st_size + 1)
    assert hash_of(large) != before


def test_samples_lie_in_order_inside_the_file_and_do_not_overlap() -> None:
    for size in (WHOLE_BELOW_BYTES + 1, 1 << 40):
        end = 0
        for offset, length in sampled_ranges(size):
            assert offset >= end
            end = offset + length
        assert end == size


def test_a_file_that_shrank_meanwhile_gives_a_hash_and_no_endless_loop(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"short")
    descriptor = os.open(path, os.O_RDONLY)
    try:
        assert content_hash(descriptor, 1000) == hashlib.blake2b(b"short", digest_size=16).digest()
    finally:
        os.close(descriptor)
