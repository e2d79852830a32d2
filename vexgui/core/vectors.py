"""Spaces of vectors and how vectors are kept."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

SpaceId = NewType("SpaceId", str)
"""16 lower-case hex digits: the first 8 bytes of SHA-256 over weights digest and preprocessing."""


class Modality(StrEnum):
    """What a space's passages are."""

    TEXT = "text"
    PICTURE = "picture"


class CodecName(StrEnum):
    """How a vector is kept."""

    FLOAT32 = "float32"
    FLOAT32_PACKED = "float32-packed"
    """Lossless: bytes shuffled, then compressed. For records alone, because vectors differ in length."""
    FLOAT16 = "float16"
    INT8 = "int8"
    INT4 = "int4"
    BIT = "bit"
    """One bit a component after a random rotation, with a correction factor (RaBitQ)."""
    TRUNCATED = "truncated"
    """The first components alone, as int8: for models trained so that these say the most (Matryoshka)."""
    PRINCIPAL = "principal"
    """The principal components learnt from the space, as int8."""


class Source(StrEnum):
    """Where a vector in the store came from."""

    EMBEDDED = "embedded"
    RECORD = "record"
    COPY = "copy"


@dataclass(frozen=True, slots=True)
class Marks:
    """Scores at which a passage is hardly worth naming, maybe right, strong, and as sure as can be; ascending."""

    nothing: float
    maybe: float
    strong: float
    sure: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """What the scores of a space are worth, as measured for its model.

    Attributes:
        likeness: Marks for the cosine of two passages.
        cosines: Marks for the cosine of a passage with a query, or None: at what level it lies says nothing.
        deviations: Marks for how many standard deviations that cosine stands out over those of the other passages, or
            None: that is not asked. Where there are both kinds of marks the weaker result counts.
        spread: How far apart the cosines of a query with passages that do not fit it usually lie, a standard deviation;
            used with ``deviations`` alone.
    """

    likeness: Marks
    cosines: Marks | None = None
    deviations: Marks | None = None
    spread: float = 0.0


@dataclass(frozen=True, slots=True)
class Space:
    """The vectors of one model with one preprocessing.

    Attributes:
        id: Hash of weights and preprocessing.
        model: The model's name as the user knows it.
        modality: Whether its passages are texts or pictures; queries are always text.
        dim: Length of a vector.
        picture_px: Short side of the pictures the model wants, pixels; 0 for text.
        queries: The space whose query vectors it is searched with; None: its own.
        calibration: What its scores mean; None: the usual for its modality.

    The last two are known to the embedder alone: the store leaves them out, so spaces are compared by their ids.
    """

    id: SpaceId
    model: str
    modality: Modality
    dim: int
    picture_px: int = 0
    queries: SpaceId | None = None
    calibration: Calibration | None = None

    @property
    def failure(self) -> str:
        """Why a file failed that shows what its model fails at; the store knows such files by this sentence."""
        return (
            f"{self.model} ({self.id}) fails at this picture; it is tried again when the picture or the model changes."
        )
