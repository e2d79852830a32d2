"""Damage is one sentence, and the remedy it names gives everything back without embedding anything twice."""

import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.end_to_end.conftest import RECORD, Program, manifest

NOTES = 12


def column(program: Program, name: str) -> Path:
    return next(program.store.glob(f"*/{name}"))


def flip(file: Path, offset: int) -> None:
    content = bytearray(file.read_bytes())
    content[offset] ^= 1
    file.write_bytes(content)


def without_log(program: Program) -> Path:
    """Return the catalog, rid of the two files that SQLite keeps beside it."""
    catalog = program.store / "catalog.db"
    for suffix in ("-wal", "-shm"):
        catalog.with_name(catalog.name + suffix).unlink(missing_ok=True)
    return catalog


def junk_catalog(program: Program) -> None:
    catalog = program.store / "catalog.db"
    size = catalog.stat().st_size
    without_log(program).write_bytes(b"junk" * (size // 4))


def junk_catalog_but_its_first_page(program: Program) -> None:
    program.run("compact")  # so that all of it is in the one file
    catalog = without_log(program)
    first = catalog.read_bytes()[:4096]
    catalog.write_bytes(first + b"\x55" * (catalog.stat().st_size - 4096))


def cut_catalog(program: Program) -> None:
    program.run("compact")
    os.truncate(without_log(program), 10_000)


def flip_header(program: Program) -> None:
    flip(column(program, "codes"), 9)


def truncate_columns(size: int) -> Callable[[Program], None]:
    def cut(program: Program) -> None:
        for name in ("codes", "scale", "owner", "checksum"):
            os.truncate(column(program, name), size)

    return cut


def lose_column(program: Program) -> None:
    column(program, "scale").unlink()


def file_for_folder(program: Program) -> None:
    folder = column(program, "codes").parent
    shutil.rmtree(folder)
    folder.write_text("not a folder")


DAMAGES: dict[str, Callable[[Program], None]] = {
    "junk for a catalog": junk_catalog,
    "junk behind the catalog's first page": junk_catalog_but_its_first_page,
    "a catalog cut short": cut_catalog,
    "a flipped bit in the codes' header": flip_header,
    "columns cut to nothing": truncate_columns(0),
    "columns cut behind their header": truncate_columns(65536),
    "a lost column": lose_column,
    "a file in place of the columns": file_for_folder,
}


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Program:
    """A profile with some notes, which every test leaves as it found it."""
    program = Program(tmp_path_factory.mktemp("damaged"))
    program.write_notes(NOTES)
    program.index(program.files)
    return program


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_store_names_its_remedy_which_embeds_nothing(indexed: Program, damage: str) -> None:
    embedded, before = indexed.embedded, manifest(indexed.files)
    DAMAGES[damage](indexed)
    for command in (["search", "harbour"], ["index"]):
        said = indexed.refused(*command, code=3)
        assert "`vexgui rebuild`" in said
    ran = indexed.run("rebuild", "--json")
    assert (ran.code, ran.json["reused"], ran.json["failed"]) == (0, NOTES, []), ran
    indexed.verified()
    assert indexed.embedded == embedded
    assert manifest(indexed.files) == before


def test_a_flipped_bit_among_the_vectors_is_named_and_mended_without_embedding(program: Program) -> None:
    program.write_notes(NOTES)
    program.index(program.files)
    embedded = program.embedded
    flip(column(program, "codes"), 65536 + 3)
    checked = program.run("verify")
    assert checked.code == 1
    assert re.search(r"note \d+\.txt are damaged in the store\.", checked.out)
    mended = program.run("verify", "--repair", "--json")
    assert (mended.code, mended.json["repaired"]) == (0, 1)
    assert program.embedded == embedded
    program.verified()


def test_broken_settings_name_their_file_and_are_left_alone(program: Program) -> None:
    program.write_notes(1)
    program.index(program.files)
    good = program.config.read_text()
    program.config.write_text("roots = [")
    for command in ("index", "status"):
        said = program.refused(command, code=2)
        assert os.fspath(program.config) in said
        assert "Mend or remove" in said
    assert program.config.read_text() == "roots = ["
    program.config.unlink()
    assert program.found("fog") == ["note 000.txt"]
    program.config.write_text(good)
    assert program.index()["unchanged"] == 1


def test_a_broken_key_is_made_anew_and_costs_one_embedding(program: Program) -> None:
    program.write_notes(NOTES)
    program.index(program.files)
    embedded = program.embedded
    key = program.profile / "config" / "record.key"
    os.truncate(key, 20)
    for command in (["index"], ["search", "fog"]):
        said = program.refused(*command, code=3)
        assert os.fspath(key) in said
        assert "Remove it" in said
    key.unlink()
    assert program.index()["unchanged"] == NOTES
    assert program.embedded == embedded
    checked = program.run("verify", "--json")
    assert (checked.code, len(checked.json["problems"])) == (1, NOTES)
    assert program.run("verify", "--repair").code == 0
    program.verified()
    assert program.embedded == embedded


def test_flipped_bits_in_records_are_named_and_mended_and_never_believed(program: Program) -> None:
    notes = program.write_notes(40)
    program.index(program.files)
    embedded = program.embedded
    good = {note: os.getxattr(note, RECORD) for note in notes}

    def spoil() -> None:
        """Flip one bit in each record, in each 37 bits further on."""
        for number, note in enumerate(notes):
            value = bytearray(good[note])
            place = number * 37 % (len(value) * 8)
            value[place // 8] ^= 1 << place % 8
            os.setxattr(note, RECORD, bytes(value))

    spoil()
    checked = program.run("verify", "--json")
    assert checked.code == 1
    assert sorted(checked.json["problems"]) == [f"{note}: the record is damaged." for note in notes]
    mended = program.run("verify", "--repair", "--json")
    assert (mended.code, mended.json["repaired"]) == (0, 40)
    program.verified()
    assert program.embedded == embedded

    spoil()
    shutil.rmtree(program.store)
    report = program.index()
    assert (report["indexed"], report["reused"], report["failed"]) == (40, 0, [])
    assert program.embedded == 2 * embedded
    program.verified()
    assert program.inspected(notes[0])["record_verified"]
