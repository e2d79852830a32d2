"""Text in pictures (RapidOCR, whose models come in its wheel), where it is installed and a picture looks written on."""

import logging
import math
import os
import re
import time
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from vexgui.extract.available import OCR, is_installed
from vexgui.extract.contents import clean

if TYPE_CHECKING:
    from rapidocr_onnxruntime import RapidOCR

_log = logging.getLogger(__name__)

WRITTEN_PX = 1600
"""Longest side of a picture that is read: more pixels make it slower and hardly better."""

_LEAST_PX = 100
_LEAST_SCORE = 0.6
_LEAST_LETTERS = 3
_LINES_AT_ONCE = 6
_INK = 50
_GAP, _GAP_OF_PITCH = 0.2, 0.55
"""Between words nothing is written for a fifth of a line's height and half a letter's width: tuned on six typefaces."""

_IDEOGRAPH = re.compile("[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_MONOTONOUS = re.compile(r"\W*(\w)(?:\1|\W)*|\W*")
"""What a pattern is read as: one character over and over, or none that is a letter or digit."""
_LOOKING = 100.0
"""What it takes to find the lines in a picture, as an effort."""

# What looks written on: blocks whose pixels mostly are of one shade, the paper, and the rest far from it, three or more
# side by side on the same paper; besides there are empty blocks, unless most are so. Tuned on photographs, drawings,
# scans and screenshots; see decision 30.
LOOKED_AT_PX = 480
"""As many pixels of the longest side are enough to tell whether a picture looks written on."""

_NEARLY = 1.1
"""A photo is often decoded to a little more: shrinking that takes as long as looking at it."""
_BLOCK_PX = 12
_EDGE = 24
_LEAST_EDGES = 0.08
_PAPER_WITHIN = 16
_SAME_PAPER_WITHIN = 12
_LIKE_MOST_WITHIN = 24
_LEAST_PAPER = 0.4
_LEAST_CONTRAST = 60
_SHADES = 8
_NO_PAPER = -1000
_LEAST_WRITTEN = 0.025
_DENSELY_WRITTEN = 0.5
_LEAST_EMPTY = 0.25


@cache
def _is_installed() -> bool:
    """Tell whether lines can be read here; looked for once, because it takes longer than many a picture's facts."""
    return is_installed(OCR)


def _due_s() -> float:
    """Return until when, by the clock on the wall, what is read of a file has to be told.

    A decoder at idle priority may miss any such time on a busy computer. It is ended then, and one at normal priority
    reads the file, which has to keep to it: else the file would be given up with what was read.
    """
    return math.inf if os.sched_getscheduler(0) == os.SCHED_IDLE else time.monotonic() + 12.0


@dataclass(slots=True)
class Effort:
    """How much more of a file is read: lines differ in length, and computers in speed. What was read by then is kept.

    Attributes:
        left: Of the length of lines, counted in their heights: some sixty lines across a page, and none where what
            reads them is not installed.
        longest_s: After so many seconds of the processor it ends at the latest.
        clock: Seconds of the processor.
        due_s: When it ends at the latest, as `time.monotonic` counts.
        until_s: When it ends, by ``clock``.
    """

    left: float = field(default_factory=lambda: 3000.0 if _is_installed() else 0.0)
    longest_s: float = 10.0
    clock: Callable[[], float] = time.process_time
    due_s: float = field(default_factory=_due_s)
    until_s: float = field(init=False)

    def __post_init__(self) -> None:
        self.until_s = self.clock() + self.longest_s

    @property
    def is_spent(self) -> bool:
        """Whether nothing more is read."""
        return self.left <= 0 or self.clock() > self.until_s or time.monotonic() > self.due_s


def looks_written(image: Image.Image) -> bool:
    """Tell whether there may be text in a picture of 250 pixels or more; takes a millisecond or two."""
    grey = image.convert("L")
    if max(grey.size) > LOOKED_AT_PX * _NEARLY:
        grey.thumbnail((LOOKED_AT_PX, LOOKED_AT_PX), Image.Resampling.BOX)
    pixels = np.asarray(grey)
    height, width = (side // _BLOCK_PX for side in pixels.shape)
    if min(height, width) < 3:  # noqa: PLR2004 - three blocks side by side are looked for
        return False
    pixels = pixels[: height * _BLOCK_PX, : width * _BLOCK_PX]
    steps = np.zeros(pixels.shape, np.bool_)
    steps[:, 1:] = np.abs(np.diff(pixels.astype(np.int16), axis=1)) > _EDGE
    edges = steps.reshape(height, _BLOCK_PX, width, _BLOCK_PX).mean((1, 3))
    blocks = pixels.reshape(height, _BLOCK_PX, width, _BLOCK_PX).swapaxes(1, 2).reshape(height, width, -1)
    papers = np.full((height, width), _NO_PAPER, np.int16)
    busy = edges >= _LEAST_EDGES
    papers[busy] = _papers(blocks[busy])
    like_most = (papers >= 0) & (np.abs(papers - _commonest(papers[papers >= 0])) <= _LIKE_MOST_WITHIN)
    alike = np.abs(np.diff(papers, axis=1)) < _SAME_PAPER_WITHIN
    rows = like_most[:, :-2] & like_most[:, 1:-1] & like_most[:, 2:] & alike[:, :-1] & alike[:, 1:]
    least_empty = 0.0 if rows.mean() >= _DENSELY_WRITTEN else _LEAST_EMPTY
    return bool(rows.mean() >= _LEAST_WRITTEN and (edges == 0).mean() >= least_empty)


def _papers(blocks: NDArray[np.uint8]) -> NDArray[np.int16]:
    """Return the shade of the paper of each block, [n, pixels]: [n]; a number below zero where there is no writing."""
    ordered = np.sort(blocks, axis=1, kind="stable").astype(np.int16)

    def at(share: float) -> NDArray[np.int16]:
        found: NDArray[np.int16] = ordered[:, int(ordered.shape[1] * share)]
        return found

    is_light = at(0.80) - at(0.5) < at(0.5) - at(0.2)
    paper = np.where(is_light, at(0.75), at(0.25))
    contrast = np.where(is_light, paper - at(0.03), at(0.97) - paper)
    covered = (np.abs(ordered - paper[:, None]) < _PAPER_WITHIN).mean(1)
    return np.where((contrast >= _LEAST_CONTRAST) & (covered >= _LEAST_PAPER), paper, _NO_PAPER).astype(np.int16)


def _commonest(papers: NDArray[np.int16]) -> int:
    """Return the shade that most papers have, or nearly."""
    counts = np.bincount(papers // _SHADES, minlength=256 // _SHADES)
    return int(np.convolve(counts, [1, 1, 1], "same").argmax()) * _SHADES + _SHADES // 2


def text_in(image: Image.Image, effort: Effort) -> str:
    """Return the text in a picture, a line for each line; "" if there is none, or no effort is left."""
    if effort.is_spent or min(image.size) < _LEAST_PX:
        return ""
    effort.left -= _LOOKING
    try:
        return _text_in(image, effort)
    except Exception:  # noqa: BLE001 - of a picture that breaks it there is still the picture
        _log.warning("text in a picture could not be read", exc_info=True)
        return ""


def _text_in(image: Image.Image, effort: Effort) -> str:
    image = image.convert("RGB")
    image.thumbnail((WRITTEN_PX, WRITTEN_PX), Image.Resampling.BICUBIC, reducing_gap=3.0)
    pixels = np.ascontiguousarray(np.asarray(image)[:, :, ::-1])  # blue first, as the models were trained
    engine = _engine()
    boxes, _ = engine.text_det(pixels)
    if boxes is None or not len(boxes):
        return ""
    boxes = engine.sorted_boxes(boxes)
    lines = _read(engine, engine.get_crop_img_list(pixels, boxes), effort)
    sure = [(box, text) for box, (text, score) in zip(boxes, lines, strict=False) if score >= _LEAST_SCORE]
    text = _joined([(box, text) for box, text in sure if not _MONOTONOUS.fullmatch(text)])
    return text if sum(map(str.isalpha, text)) >= _LEAST_LETTERS else ""


def _read(engine: "RapidOCR", lines: Sequence[Any], effort: Effort) -> Iterator[tuple[str, float]]:
    """Yield what pictures of lines say and how certain that is, until enough effort was made."""
    for first in range(0, len(lines), _LINES_AT_ONCE):
        if effort.is_spent:
            return
        some = lines[first : first + _LINES_AT_ONCE]
        effort.left -= sum(max(1.0, line.shape[1] / line.shape[0]) for line in some)
        found, _ = engine.text_rec(some, True)  # noqa: FBT003 - with the columns of the characters
        for line, (text, score, (length, _, columns, *_)) in zip(some, found, strict=True):
            yield _spaced(line, str(text), [column / length for group in columns for column in group]), float(score)


def _spaced(line: NDArray[np.uint8], text: str, places: Sequence[float]) -> str:
    """Return a line's text with a space in each gap that is wide enough for one: the models leave many out.

    They were trained on Chinese, and lines in it are left as they are.

    Args:
        line: The picture of the line, [height, width, 3].
        text: What it says.
        places: Where each character is, in shares of its width.
    """
    if not text or _IDEOGRAPH.search(text) or len(places) != len(text):
        return text
    grey = line.mean(2)
    height, width = grey.shape
    inked = (np.abs(grey - np.median(grey)) > _INK).any(0)
    least = max(_GAP * height, _GAP_OF_PITCH * width * float(np.median(np.diff(places))) if len(places) > 1 else 0)
    parts: list[str] = []
    for character, place, before in zip(text, places, (places[0], *places), strict=False):
        between = inked[int(before * width) : int(place * width) + 1]
        if parts and " " not in (parts[-1], character) and _widest_gap(between) >= least:
            parts.append(" ")
        parts.append(character)
    return unicodedata.normalize("NFKC", "".join(parts))


def _widest_gap(inked: NDArray[np.bool_]) -> int:
    """Return how many columns without ink follow one another."""
    marks = np.flatnonzero(inked)
    return int(np.diff(np.concatenate(([-1], marks, [len(inked)]))).max()) - 1


def _joined(lines: Sequence[tuple[NDArray[np.float32], str]]) -> str:
    """Return lines as text; boxes that stand beside each other are one line. A box is its corners, [4, 2]."""
    parts: list[str] = []
    last = None
    for box, text in lines:
        middle, height = float(box[:, 1].mean()), float(np.ptp(box[:, 1]))
        if last is not None:
            parts.append(" " if abs(middle - last) < height / 2 else "\n")
        parts.append(text)
        last = middle
    return clean("".join(parts)).strip()


@cache
def _engine() -> "RapidOCR":
    """Return the models, loaded once: half a second."""
    # Else ONNX Runtime numbers this computer, writes that below the home, and tells Microsoft what it does.
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import cv2
    from rapidocr_onnxruntime import RapidOCR

    cv2.setNumThreads(1)
    return RapidOCR(intra_op_num_threads=1, inter_op_num_threads=1)
