"""The desktop's list of recently used files is read as far as it can be trusted, and never written."""

import os
from pathlib import Path

import pytest

from vexgui.system.recent import Look, recently_used

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<xbel version="1.0" xmlns:bookmark="http://www.freedesktop.org/standards/desktop-bookmarks">
"""
TAIL = "</xbel>\n"
WHEN, WHEN_S = "2033-05-18T03:33:20Z", 2_000_000_000.0


def bookmark(href: str, *counts: object, visited: str = WHEN) -> str:
    applications = "".join(f'<bookmark:application name="a" exec="a %u" count="{count}"/>' for count in counts)
    return (
        f'<bookmark href="{href}" added="{WHEN}" visited="{visited}"><info><metadata owner="http://freedesktop.org">'
        f"<bookmark:applications>{applications}</bookmark:applications></metadata></info></bookmark>\n"
    )


def read(folder: Path, content: str | bytes) -> dict[bytes, Look]:
    file = folder / "recently-used.xbel"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    before = file.stat().st_mtime_ns
    looks = dict(recently_used(os.fsencode(file)))
    assert file.stat().st_mtime_ns == before
    return looks


def test_looks_of_all_programs_count_together(tmp_path: Path) -> None:
    looks = read(tmp_path, HEAD + bookmark("file:///home/ann/a%20tram.png", 3, 4) + bookmark("file:///b.txt", 1) + TAIL)
    assert looks == {b"/home/ann/a tram.png": Look(7, WHEN_S), b"/b.txt": Look(1, WHEN_S)}


@pytest.mark.parametrize(
    ("href", "path"),
    [
        ("file:///caf%E9.txt", b"/caf\xe9.txt"),
        ("file://localhost/a", b"/a"),
        ("file:///a%00b", None),
        ("https://example.org/a", None),
        ("file://elsewhere/a", None),
        ("recent:///a", None),
        ("", None),
    ],
)
def test_only_local_files_count(tmp_path: Path, href: str, path: bytes | None) -> None:
    assert list(read(tmp_path, HEAD + bookmark(href, 1) + TAIL)) == ([] if path is None else [path])


@pytest.mark.parametrize(
    ("count", "visited", "look"),
    [
        ("-3", WHEN, Look(1, WHEN_S)),
        ("many", WHEN, Look(1, WHEN_S)),
        ("9" * 5000, WHEN, Look(1, WHEN_S)),
        ("٣", WHEN, Look(1, WHEN_S)),
        ("2", "yesterday", Look(2, 0)),
        ("2", "", Look(2, 0)),
        ("2", "0001-01-01T00:00:00Z", Look(2, 0)),
        ("2", "2033-05-18T03:33:20", Look(2, WHEN_S)),
    ],
)
def test_odd_numbers_and_times_count_as_little_as_can_be(tmp_path: Path, count: str, visited: str, look: Look) -> None:
    assert read(tmp_path, HEAD + bookmark("file:///a", count, visited=visited) + TAIL) == {b"/a": look}


@pytest.mark.parametrize("rest", ["", "<bookmark href='file:///b'>", "<<<", "\x00", "</xbel>more"])
def test_what_came_before_damage_counts(tmp_path: Path, rest: str) -> None:
    assert read(tmp_path, HEAD + bookmark("file:///a", 1) + rest) == {b"/a": Look(1, WHEN_S)}


@pytest.mark.parametrize(
    "declaration",
    [
        '<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">',
        '<!ENTITY a SYSTEM "file:///etc/passwd">',
        '<!ENTITY % a SYSTEM "http://example.org/">',
    ],
)
def test_a_list_that_declares_entities_is_not_believed(tmp_path: Path, declaration: str) -> None:
    content = f'<?xml version="1.0"?><!DOCTYPE xbel [{declaration}]><xbel>{bookmark("file:///a", 1)}</xbel>'
    assert read(tmp_path, content.replace("bookmark:", "")) == {}


def test_bytes_that_are_no_text_are_no_list(tmp_path: Path) -> None:
    assert read(tmp_path, bytes(range(256))) == {}


def test_no_list_is_an_empty_one(tmp_path: Path) -> None:
    assert recently_used(os.fsencode(tmp_path / "none")) == {}
    assert recently_used(os.fsencode(tmp_path)) == {}
    assert recently_used(b"") == {}
