"""Asks the sample questions about what pictures show, their names hidden, and says which pictures were found.

Run it as ``python packaging/samples/ask_pictures.py VEXGUI [--profile DIR]``: what follows is the command that has the
samples indexed.
"""

import json
import subprocess
import sys
import tomllib
from pathlib import Path

RESOURCES = Path(__file__).parents[2] / "resources"
_FIRST_FEW = 3


def main(vexgui: list[str]) -> None:
    """Ask all questions at once and print a line for each, then how many pictures were found."""
    table = tomllib.loads((RESOURCES / "picture_questions.toml").read_text(encoding="utf-8"))
    questions = [(question["text"], question["file"]) for question in table["question"]]
    asked = "".join(f"space:pictures {text}\n" for text, _ in questions)
    command = [*vexgui, "search", "-", "-n", str(_FIRST_FEW)]
    answers = subprocess.run(command, input=asked, stdout=subprocess.PIPE, text=True, check=False).stdout.splitlines()
    ranks = [_rank(json.loads(answer), file) for answer, (_, file) in zip(answers, questions, strict=False)]
    for rank, (text, file) in zip(ranks, questions, strict=False):
        print(f"{rank or '-':>3}  {text:<40} {file}")
    first, few = ranks.count(1), sum(rank > 0 for rank in ranks)
    print(f"\nThe right picture of {len(questions)}: first {first}, among the first {_FIRST_FEW} {few}.")


def _rank(hits: list[dict[str, str]], file: str) -> int:
    """Return the place of a sample among hits, from 1; 0 if it is not there."""
    paths = [hit["path"] for hit in hits]
    return next((rank for rank, path in enumerate(paths, 1) if path.endswith(f"/{file}")), 0)


if __name__ == "__main__":
    main(sys.argv[1:])
