"""What the product promises about files: vectors travel with them, and nothing else about them ever changes."""

import os
import shutil
import subprocess

from tests.end_to_end.conftest import PATIENCE_S, RECORD, Program, manifest


def test_a_copied_folder_and_a_lost_store_cost_no_embedding(program: Program) -> None:
    notes = program.write_notes(20, "old")
    program.index(program.files)
    embedded = program.embedded
    subprocess.run(["cp", "-a", program.files / "old", program.files / "new"], check=True, timeout=PATIENCE_S)
    report = program.index()
    assert (report["reused"], report["indexed"], report["unchanged"]) == (20, 0, 20)
    shutil.rmtree(program.profile / "data")
    missed = program.run("search", "harbour")
    assert (missed.code, missed.out, missed.err) == (1, "", "Nothing found.\n")
    report = program.index()
    assert (report["reused"], report["indexed"], program.embedded) == (40, 0, embedded)
    assert "new/note 007.txt" in program.found("harbour number 7")
    program.verified()
    assert os.getxattr(notes[7], RECORD) == os.getxattr(program.files / "new" / "note 007.txt", RECORD)


def test_contents_times_permissions_and_others_attributes_stay_over_every_command(program: Program) -> None:
    for number, note in enumerate(program.write_notes(6)):
        os.setxattr(note, "user.mine", bytes(range(number, 200)))
        os.setxattr(note, "user.vexguitar", b"not ours")
        note.chmod(0o400 + number)
        os.utime(note, ns=(10**18 + number, 10**18 + number))
    link = program.files / "link.txt"
    link.symlink_to("note 000.txt")
    before = manifest(program.files)
    for command in ("index", "rebuild", "verify", "compact", "strip"):
        argv = [command, program.files] if command in ("index", "strip") else [command]
        assert program.run(*argv).code == 0
        assert manifest(program.files) == before
        carried = [note for note in program.files.glob("note*") if RECORD in os.listxattr(note)]
        assert len(carried) == (0 if command == "strip" else 6)
    assert os.readlink(link) == "note 000.txt"
    program.run("index", program.files)
    assert program.run("roots", "remove", program.files).code == 0
    assert manifest(program.files) == before
    assert not any(RECORD in os.listxattr(note) for note in program.files.iterdir())
