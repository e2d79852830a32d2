"""The model's card and the page on its quality: everything in them that is a fact of a training run."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sources import DEBIAN, ICONIFY, WEIGHTS
from splits import Entry

_FIGURES = re.compile(r"(<!-- figures: .*?-->\n).*(<!-- end of figures -->)", re.DOTALL)

_CARD = """# {name}

The picture model that comes with VexGUI: a small network that puts a picture where all-MiniLM-L6-v2 puts the words
for it, so that one query finds documents and pictures. It is an ordinary open_clip directory,
`open_clip.create_model_and_transforms("local-dir:resources/model")`; queries are encoded by all-MiniLM-L6-v2 itself,
and the part for words that open_clip insists on is an empty placeholder. How and why:
`docs/decisions/0021-how-the-embedded-model-is-trained.md`; what the figures mean: `docs/QUALITY.md`.

| | |
|---|---|
| network | {architecture}, {parameters:.1f} million parameters, and a linear head to {dim} dimensions |
| looks at | {side} × {side} pixels, squeezed to a square |
| weights | `open_clip_model.safetensors`, float16, {megabytes:.1f} MB |
| their SHA-256 | `{digest}` |
| licence | GPL-3.0-or-later, as VexGUI; made from weights under Apache 2.0 (see below) |

This page is written by `packaging/model/export.py`. `make quality` measures its figures again.

## Limits

Drawings, clip art, icons and emoji are what it knows. Photographs it recognizes roughly: it began as a classifier of
photographs and was kept from forgetting that, but it learnt hardly any names from them, and how well it finds them is
not measured here. It reads no writing, counts badly, knows no persons, places or brands, and does not tell who does
what to whom. Queries are English. What it was taught are the names that people gave their drawings, with their habits
and prejudices. Nothing important should hang on what it says.

## Data

{trained:,} pictures, each with its names, keywords or captions in several phrasings:

| kind | pictures |
|---|---|
{kinds}

None of them is in this repository: `packaging/model/sources.py` fetches them as packages, those of Debian 12 and of
npm. The drawn scenes are made by `packaging/model/scenes`. {out:,} more pictures were left out of training because they
show what is held out: the same drawing, or by their names the same concept.

| package | licence of its pictures |
|---|---|
{debian}
{iconify}

These were never trained on, they judge what the model makes of a style it has not seen:

| package | licence of its pictures |
|---|---|
{judges}

The network began with `{weights}`, EfficientNet-Lite0 as trained by its authors on ImageNet, Apache 2.0. ImageNet's
photographs were not used here and are not contained; they belong to whoever took them, and ImageNet hands them out
for research and education only. What that means for weights is for each user to judge; the authors published theirs
without such a condition.

## Training

{steps:,} steps of {batch} pictures, `make model`: contrast with captions, nearness to the own caption, and remembering
what the pretrained classifier saw. The stem and the first blocks stayed as they were. Every picture was placed in
front of white, a colour, a photograph or a pattern, turned, recoloured, blurred, pixelated, or reduced to its edges
at random; in the last two fifths of the steps those of every second batch were mixed with each other. The weights are
the average of those of the last steps. Seeds are fixed.

## Figures

Measured through VexGUI's own reader and model process, from the weights beside this page.

{figures}
"""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a card says of a model besides its figures.

    Attributes:
        name: The model's name.
        architecture: Its network.
        parameters: How many it has.
        dim: Length of its vectors.
        side: Side of the pictures it looks at, pixels.
        size_bytes: Size of its weights.
        digest: Their SHA-256, hex.
        steps: Training's.
        batch: Pictures in each.
    """

    name: str
    architecture: str
    parameters: int
    dim: int
    side: int
    size_bytes: int
    digest: str
    steps: int
    batch: int


def card(facts: Facts, entries: Sequence[Entry], figures: str) -> str:
    """Return a model's card.

    Args:
        facts: What is known of it.
        entries: The pool, scenes included.
        figures: Tables of its figures.
    """
    kinds = Counter(entry.kind for entry in entries if entry.split == "train")
    licences = {**DEBIAN, **{f"@iconify-json/{name} {each.version}": each.licence for name, each in ICONIFY.items()}}
    judges = {name: licence for name, licence in licences.items() if "evaluation only" in licence}
    return _CARD.format(
        name=facts.name,
        architecture=facts.architecture,
        parameters=facts.parameters / 1e6,
        dim=facts.dim,
        side=facts.side,
        megabytes=facts.size_bytes / 1e6,
        digest=facts.digest,
        steps=facts.steps,
        batch=facts.batch,
        trained=kinds.total(),
        out=sum(entry.split == "left out" for entry in entries),
        kinds=_rows({kind: f"{count:,}" for kind, count in kinds.most_common()}),
        debian=_rows({name: licence for name, licence in DEBIAN.items() if name not in judges}),
        iconify=_rows({name: licences[name] for name in licences if name not in judges and name not in DEBIAN}),
        judges=_rows(judges),
        weights=WEIGHTS,
        figures=figures,
    )


def with_figures(page: str, figures: str) -> str:
    """Return a page with other figures between its marks.

    Raises:
        ValueError: It has no marks.
    """
    if not _FIGURES.search(page):
        raise ValueError("the page does not say where its figures stand")
    return _FIGURES.sub(lambda marks: f"{marks[1]}{figures}\n{marks[2]}", page)


def _rows(cells: Mapping[str, str]) -> str:
    return "\n".join(f"| {name} | {text} |" for name, text in cells.items())
