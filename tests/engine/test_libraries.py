"""A library that is installed later has the files read again that it is for."""

import os
from collections.abc import Callable

import pytest

from tests.engine.conftest import Desk
from tests.extract.builders import encoded, two_colours
from vexgui.core.errors import DiskFull
from vexgui.core.paths import name_of
from vexgui.engine.libraries import take_up
from vexgui.extract.available import OCR, VIDEO, Library


def but(*missing: Library) -> Callable[[Library], bool]:
    return lambda library: library not in missing


def filled(desk: Desk) -> None:
    desk.write("film.mp4", b"\0\0\0\x18ftypisom")
    desk.write("photo.jpg", encoded(two_colours(), "JPEG"))
    desk.write("notes.txt", "The old tram.")
    desk.engine.index([os.fsencode(desk.files)])


def marks(desk: Desk) -> dict[str, tuple[bool, bool]]:
    """Return of each file whether it is to be read again, and whether to be looked at."""
    store = desk.engine._parts.store
    rows = {os.fsdecode(name_of(row.path)): row for row in store.catalog.all_files()}
    return {name: (row.unread, row.unseen) for name, row in rows.items()}


def test_a_library_installed_later_has_its_files_read_again(desk: Desk) -> None:
    filled(desk)
    store, folder = desk.engine._parts.store, desk.profile.data
    take_up(store, folder, but(VIDEO))
    before = marks(desk)
    take_up(store, folder, but())
    assert marks(desk) == before | {"film.mp4": (True, False)}


def test_what_reads_text_in_pictures_has_them_looked_at_again_and_not_read(desk: Desk) -> None:
    filled(desk)
    store, folder = desk.engine._parts.store, desk.profile.data
    take_up(store, folder, but(OCR))
    take_up(store, folder, but())
    assert marks(desk) == {"film.mp4": (False, False), "photo.jpg": (False, True), "notes.txt": (False, False)}


def test_nothing_is_read_again_at_the_first_start_or_when_a_library_goes(desk: Desk) -> None:
    filled(desk)
    store, folder = desk.engine._parts.store, desk.profile.data
    before = marks(desk)
    os.unlink(os.path.join(folder, b"libraries.json"))
    take_up(store, folder, but(VIDEO))
    take_up(store, folder, but(VIDEO, OCR))
    assert marks(desk) == before


def test_a_damaged_memory_of_libraries_is_made_anew(desk: Desk) -> None:
    filled(desk)
    store, folder = desk.engine._parts.store, desk.profile.data
    path = os.path.join(folder, b"libraries.json")
    for content in (b"{", b'{"av": 1}', b"\xff"):
        with open(path, "wb") as file:
            file.write(content)
        take_up(store, folder, but(VIDEO))
        with open(path, "rb") as file:
            assert b"pillow_heif" in file.read()


def test_a_full_disk_keeps_nobody_from_searching(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(desk)

    def fail(*_: object) -> None:
        raise DiskFull("There is no room.")

    os.unlink(os.path.join(desk.profile.data, b"libraries.json"))
    with monkeypatch.context() as patch:
        patch.setattr("vexgui.engine.libraries.replace_file", fail)
        desk.reopen()
    assert desk.found("tram") == ["notes.txt"]
