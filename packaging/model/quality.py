"""Measures the embedded picture model again: `python packaging/model/quality.py [FOLDER]`, or `make quality`.

The pictures held out are fetched and drawn as for training, and go through the product's own reader and model process.
What comes out is printed, and compared with what the model's card says. Exit status 1: they differ.
"""

import argparse
import hashlib
import json
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pool
import sources
from bands import Shares, shares
from evaluation import Result, figures, precision_at_10
from product import TARGET, Judged, Product
from splits import UNSEEN, Told, categorized

from vexgui.core.vectors import Calibration
from vexgui.models.directory import read_directory

DEBIAN = (
    "openclipart-png", "openclipart-svg", "wamerican", "fonts-noto-color-emoji", "unicode-cldr-core", "ruby-gemojione",
    "oxygen-icon-theme", "wordnet-base",
)  # fmt: skip
"""What evaluation needs of `sources.DEBIAN`."""

ICONIFY = tuple(name for name in UNSEEN if name in sources.ICONIFY)
ALLOWED = 0.02
"""By so much a figure may differ from the card's."""

HELD_OUT = Path(__file__).parent / "held_out.json"
"""What the whole pool said when the model was trained: a `Told`."""

_DRAWING = tuple(
    f"{name}.py"
    for name in ("captions", "drawings", "emoji", "icons", "lexicon", "openclipart", "pool", "sources", "splits")
)
_FINGERPRINT = re.compile(r"^Digest of the pictures judged: `(\w+)`", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Precision:
    """What share of the ten pictures most like each is of its category, and what share would be by chance."""

    name: str
    pictures: int
    at_10: float
    by_chance: float


@dataclass(frozen=True, slots=True)
class Measured:
    """All figures of a model."""

    recalls: Sequence[Result]
    precisions: Sequence[Precision]
    shares: Sequence[Shares]
    fingerprint: str


def main() -> int:
    """Print what is measured, and compare it with the card."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path, nargs="?", default=Path("build/quality"), help="where pictures are kept")
    parser.add_argument("--model", type=Path, default=TARGET, help="the model's directory")
    options = parser.parse_args()
    started_s = time.monotonic()
    try:
        found = sources.fetch(options.folder, DEBIAN, ICONIFY, weights=False)
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"The pictures cannot be fetched: {error}. It takes a network, apt-get (after apt-get update) and npm.")
        return 3
    pictures, entries = pool.load(_drawn(found, options.folder / "pool"))
    card = (options.model / "README.md").read_text("utf-8")
    with Product(options.model) as product:
        calibration = read_directory(bytes(options.model)).calibration
        assert calibration is not None
        measured = measure(Judged(pictures, entries, product), calibration)
    text = told(measured)
    print(f"{text}\nMeasured in {time.monotonic() - started_s:.0f} s.")
    different = differences(text, card)
    print("\n".join(different) if different else f"The card says the same, within {ALLOWED}.")
    return 1 if different else 0


def measure(judged: Judged, calibration: Calibration) -> Measured:
    """Return all figures of the model that judged pictures were embedded by."""
    precisions: list[Precision] = []
    for name, rows in categorized(judged.entries).items():
        categories = [judged.entries[row].category for row in rows]
        precisions.append(Precision(name, len(rows), *precision_at_10(judged.pictures(rows), categories)))
    return Measured(
        recalls=figures(judged.sets, judged.pictures, judged.entries, judged.texts),
        precisions=precisions,
        shares=shares(judged, calibration),
        fingerprint=judged.fingerprint(),
    )


def told(measured: Measured) -> str:
    """Return figures as the card has them: tables in Markdown."""
    recalls = [(each.name.rpartition(",")[0], each.pictures, each.at_1, each.at_10) for each in measured.recalls]
    precisions = [(each.name, each.pictures, each.at_10, each.by_chance) for each in measured.precisions]
    bands = [
        (each.name, each.rows, each.right_strong, each.right_maybe, each.wrong_strong, each.wrong_maybe)
        for each in measured.shares
    ]
    return "\n".join(
        [
            "Text to picture: the share of names that find a picture of that name first, and among the first ten.\n",
            _table(("set", "pictures", "recall@1", "recall@10"), recalls),
            "\nPicture to picture: the share of the ten most like each that are of its category.\n",
            _table(("set", "pictures", "precision@10", "by chance"), precisions),
            "\nBands: how often the best picture that fits, and the best that does not, is strong, at least maybe.\n",
            _table(("asked", "number", "right, strong", "right, maybe", "wrong, strong", "wrong, maybe"), bands),
            f"\nDigest of the pictures judged: `{measured.fingerprint}`.",
        ]
    )


def in_short(measured: Measured) -> str:
    """Return the figure that stands for all where there is room for one."""
    first = measured.recalls[0]
    return f"recall@10 {first.at_10:.2f} among {first.pictures} held-out drawings"


def numbers(page: str) -> dict[str, float]:
    """Return the figures in a page's tables, each by its row's and its column's name."""
    found: dict[str, float] = {}
    columns: list[str] = []
    for line in page.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")] if line.startswith("|") else []
        if not cells or not columns:
            columns = cells
            continue
        for column, cell in zip(columns[1:], cells[1:], strict=False):
            if re.fullmatch(r"\d+(\.\d+)?", cell):
                found[f"{cells[0]}: {column}"] = float(cell)
    return found


def differences(measured: str, card: str) -> list[str]:
    """Return a sentence for every figure that a card does not have, or that is another there."""
    here, there = (_FINGERPRINT.search(page) for page in (measured, card))
    sentences: list[str] = []
    if here is None or there is None or here[1] != there[1]:
        sentences.append("Other pictures were judged than for the card: the packages here are of another release.")
    known = numbers(card)
    for name, value in numbers(measured).items():
        if name not in known:
            sentences.append(f"The card does not say: {name}, which is {value:g}.")
        elif not abs(known[name] - value) <= ALLOWED + 1e-9:
            sentences.append(f"{name} is {value:g}, the card says {known[name]:g}.")
    return sentences


def _table(header: Sequence[str], rows: Sequence[Sequence[str | float]]) -> str:
    lines = [header, ["---"] + ["--:"] * (len(header) - 1), *([_cell(value) for value in row] for row in rows)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _cell(value: str | float) -> str:
    if isinstance(value, float):
        return "" if np.isnan(value) else f"{value:.3f}"
    return str(value)


def _drawn(found: sources.Sources, folder: Path) -> Path:
    """Draw the pool, anew where it was drawn by other code, and return its folder."""
    told = HELD_OUT.read_bytes()
    code = told + b"".join((HELD_OUT.parent / name).read_bytes() for name in _DRAWING)
    digest, stamp = hashlib.sha256(code).hexdigest(), folder / "code"
    if not stamp.exists() or stamp.read_text() != digest:
        shutil.rmtree(folder, ignore_errors=True)
        pool.build(found, folder, Told(**json.loads(told)))
        stamp.write_text(digest)
    return folder


if __name__ == "__main__":
    sys.exit(main())
