"""Any name a file can have goes through the whole command line, byte for byte."""

import base64
import json
import os

from tests.end_to_end.conftest import Program

NAMES = [
    b"caf\xe9 in latin-1.txt",
    b"two\nlines.txt",
    b"--json",
    b"-n.txt",
    b"-",
    b" spaces  around .txt ",
    b"tab\tand \x1b[31mred\x1b[0m.txt",
    b"\xff\xfe\xfd",
    "Zürich – 日本語 \U0001f41f.txt".encode(),
    b"quote ' \" ` $HOME %s \\.txt",
    b"\xe2\x80\xaegnp.txt",
    b"n" * 255,
]


def test_odd_names_come_back_byte_for_byte(program: Program) -> None:
    for number, name in enumerate(NAMES):
        program.write(name, f"Fog over harbour number {number}.")
    folder = os.fsencode(program.files)
    report = program.index(program.files)
    assert (report["indexed"], report["failed"]) == (len(NAMES), [])
    hits = program.run("search", "--json", "harbour").json
    assert {base64.b64decode(hit["path_b64"]) for hit in hits} == {os.path.join(folder, name) for name in NAMES}
    assert all(json.dumps(hit["path"]).isprintable() for hit in hits)
    text = program.run("search", "harbour").out
    assert len(text.splitlines()) == 2 * len(NAMES)
    assert not any(character in text for character in "\x1b\t\u202e")


def test_odd_names_can_be_given(program: Program) -> None:
    for number, name in enumerate(NAMES):
        program.write(name, f"Fog over the harbour {number}.")
    report = program.run("index", "--json", "--", *NAMES, cwd=program.files)
    assert (report.code, report.json["files"]) == (0, len(NAMES))
    for name in NAMES[:3]:
        inspected = program.run("inspect", "--json", "--", name, cwd=program.files)
        assert inspected.code == 0
        assert base64.b64decode(inspected.json["path_b64"]) == os.path.join(os.fsencode(program.files), name)
        assert inspected.json["record_verified"]
    alike = program.run("similar", "-n", "3", "--json", "--", b"-n.txt", cwd=program.files)
    assert (alike.code, len(alike.json)) == (0, 3)
    stripped = program.run("strip", "--", *NAMES, cwd=program.files)
    assert (stripped.code, f"{len(NAMES)} records removed" in stripped.out) == (0, True)


def test_each_line_of_standard_input_is_answered_with_one_line_of_json(program: Program) -> None:
    program.write("fog.txt", "Fog over the harbour.")
    program.write("bread.txt", "A recipe for rye bread.")
    program.index(program.files)
    lines = [b"harbour", b"", b"rye bread", b"--help", b"caf\xe9 \x00 '", b'size:"', b"x" * 5000, b"harbour"]
    ran = program.run("search", "-", "-n", "1", stdin=b"\n".join(lines))
    answers = [json.loads(line) for line in ran.out.splitlines()]
    assert (ran.code, len(answers)) == (0, len(lines))
    named = [os.path.basename(hits[0]["path"]) if hits else "" for hits in answers]
    assert (named[0], named[1], named[2], named[-1]) == ("fog.txt", "", "bread.txt", "fog.txt")
    nothing = program.run("search", "-", stdin=b"zzzzqqqq\n")
    assert (nothing.code, nothing.out) == (1, "[]\n")
