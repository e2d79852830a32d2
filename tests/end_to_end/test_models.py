"""With the real models: a refused choice leaves the old one in force, and questions are answered by meaning."""

import json
import os
import random
from pathlib import Path

import pytest

from tests.end_to_end.conftest import Program
from tests.waiting import output_of

pytestmark = pytest.mark.model

CHOSEN = '[picture_model]\narchitecture = "ViT-S-32-alt"\ncheckpoint = "/somewhere/chosen.pt"\n'


def test_a_refused_model_leaves_the_old_one_in_force(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")  # the discard port, where nobody listens
    (tmp_path / "other").mkdir()
    download = Program(tmp_path / "other").start("models", "download", "ViT-B-32-256")
    program.write_notes(3)
    program.index(program.files)
    program.config.write_text(program.config.read_text() + CHOSEN)
    before = program.run("models", "--json").json
    assert [model["name"] for model in before if model["active"]] == ["fake text", "fake picture"]
    settings = program.config.read_bytes()
    junk = tmp_path / "junk.pt"
    junk.write_bytes(random.Random(4).randbytes(100_000))

    said = program.refused("models", "use", "ViT-B-32-256", "--checkpoint", junk, code=2)
    assert "junk.pt" in said
    said = program.refused("models", "use", "ViT-B-32-256", "--checkpoint", tmp_path / "nowhere.pt", code=2)
    assert "There is nothing at" in said
    said = program.refused("models", "use", "ViT-B-32-265", code=2)
    assert "Did you mean ViT-B-32-256" in said
    _, err = output_of(download, "the download is given up")
    # It is told what would be fetched, and why it is not.
    assert (download.returncode, err.count(b"\n"), b"Connect to a network" in err) == (3, 2, True)

    assert program.config.read_bytes() == settings
    assert program.run("models", "--json").json == before
    assert program.index()["unchanged"] == 3


def test_questions_are_answered_by_meaning_and_a_rebuilt_store_answers_the_same(tmp_path: Path) -> None:
    program = Program(tmp_path, module="vexgui")
    program.write("a.txt", "The ferry to the island leaves at eight from the second pier.")
    program.write("b.txt", "Knead the dough, let it rest over night, bake it until the crust is brown.")
    program.write("c.txt", "The invoice for the dentist is due at the end of the month.")
    assert program.index(program.files)["indexed"] == 3
    questions = {"a boat trip": "a.txt", "making bread": "b.txt", "a bill from the doctor": "c.txt"}
    asked = "\n".join(questions).encode()

    def answers() -> list[str]:
        ran = program.run("search", "-", "-n", "1", stdin=asked)
        assert ran.err == "", ran
        return [os.path.basename(json.loads(line)[0]["path"]) for line in ran.out.splitlines()]

    assert answers() == list(questions.values())
    rebuilt = program.run("rebuild", "--json")
    assert (rebuilt.json["reused"], rebuilt.json["indexed"]) == (3, 0)
    assert answers() == list(questions.values())
    program.verified()
