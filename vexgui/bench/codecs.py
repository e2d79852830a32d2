"""Codecs: how small, how quick and how true each one is with given vectors, and which one suits them best."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from vexgui.bench.figure import Figure, median_s
from vexgui.core.arrays import Vectors
from vexgui.core.vectors import CodecName
from vexgui.store.codecs import Codec, Encoded, codec_named, learn_basis

BEST = 10
"""How many of the nearest are to be found."""

ENOUGH = 0.98
"""The share of them that a codec must find to be chosen for its size."""

_ROUNDS = 5
_ERROR_DIGITS = 12
_NEAR_ENOUGH = 1e-6
"""What rounding may do to a cosine of two float32 vectors: such two are equally near."""


@dataclass(frozen=True, slots=True)
class CodecFigures:
    """What a codec does to some vectors.

    Attributes:
        name: The codec.
        bytes: What a vector takes, its scale included; the axes of PRINCIPAL, which all vectors share, are not.
        encoded_s: Vectors encoded and packed in a second.
        decoded_s: Vectors unpacked and decoded in a second.
        scored_s: Vectors scored against a query in a second.
        cosine_error: One less the mean cosine of a decoded with the given vector.
        recall: Share of a query's ten nearest vectors among the ten best scores, over all queries.
        in_columns: Whether a store can be kept so; else only records.
    """

    name: CodecName
    bytes: float
    encoded_s: float
    decoded_s: float
    scored_s: float
    cosine_error: float
    recall: float
    in_columns: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """The codec that suits the measured vectors best, and why: a sentence."""

    codec: CodecFigures
    why: str


def measure(vectors: Vectors, queries: Vectors) -> Iterator[Figure]:
    """Yield the figures of each codec, and last the one that is chosen.

    Args:
        vectors: As the model gives them, at least one, float32 [n, dim].
        queries: At least one, float32 [m, dim].
    """
    measured: list[CodecFigures] = []
    for name in CodecName:
        codec = codec_figures(name, vectors, queries)
        measured.append(codec)
        yield from _figures(codec, measured[0])
    choice = chosen(measured)
    yield Figure(choice.why, choice.codec.bytes, "bytes a vector")


def codec_figures(name: CodecName, vectors: Vectors, queries: Vectors) -> CodecFigures:
    """Return what a codec does to vectors [n, dim], each at least one, found by queries [m, dim]."""
    count, dim = vectors.shape
    codec = codec_named(name, learn_basis(vectors) if name is CodecName.PRINCIPAL else None)
    encoded = codec.encode(vectors)
    packed = codec.pack(encoded)
    return CodecFigures(
        name=name,
        bytes=len(packed) / count,
        encoded_s=count / median_s(lambda: codec.pack(codec.encode(vectors)), _ROUNDS),
        decoded_s=count / median_s(lambda: _decoded(codec, codec.unpack(packed, count, dim), dim), _ROUNDS),
        scored_s=count / median_s(lambda: codec.scores(encoded.codes, encoded.scale, queries[0]), _ROUNDS),
        cosine_error=_cosine_error(_decoded(codec, encoded, dim), vectors),
        recall=_recall(codec, encoded, vectors, queries),
        in_columns=codec.in_columns,
    )


def chosen(measured: Sequence[CodecFigures]) -> Choice:
    """Choose a codec for a store: the smallest that finds enough, else the one that finds the most."""
    candidates = [codec for codec in measured if codec.in_columns]
    enough = [codec for codec in candidates if codec.recall >= ENOUGH]
    if enough:
        best = min(enough, key=lambda codec: (codec.bytes, -codec.recall))
        reason = f"the smallest that finds at least {ENOUGH:.0%} of the {BEST} nearest"
    else:
        best = max(candidates, key=lambda codec: (codec.recall, -codec.bytes))
        reason = f"none finds {ENOUGH:.0%} of the {BEST} nearest, and it finds the most"
    return Choice(best, f"{best.name.value} would be chosen: {reason} ({best.recall:.1%})")


def _decoded(codec: Codec, encoded: Encoded, dim: int) -> Vectors:
    return codec.decode(encoded.codes, encoded.scale, dim)


def _cosine_error(decoded: Vectors, vectors: Vectors) -> float:
    """Return one less the mean cosine of the rows, as exactly as float32 can tell."""
    ours, given = decoded.astype(np.float64), vectors.astype(np.float64)
    cosines = np.vecdot(ours, given) / np.sqrt(np.vecdot(ours, ours) * np.vecdot(given, given))
    return round(1 - float(cosines.mean()), _ERROR_DIGITS)


def _recall(codec: Codec, encoded: Encoded, vectors: Vectors, queries: Vectors) -> float:
    """Return the share of the best scores that are as near to the queries as their nearest are."""
    wanted = min(BEST, len(vectors))
    found = 0
    for query in queries:
        exact = vectors @ query
        least = np.partition(exact, -wanted)[-wanted] - _NEAR_ENOUGH
        scores = codec.scores(encoded.codes, encoded.scale, query)
        found += int(np.count_nonzero(exact[np.argpartition(scores, -wanted)[-wanted:]] >= least))
    return found / (wanted * len(queries))


def _figures(codec: CodecFigures, beside: CodecFigures) -> Iterator[Figure]:
    name = codec.name.value

    def peer(value: float) -> dict[str, float]:
        return {} if codec is beside else {beside.name.value: value}

    yield Figure(f"{name}: size of a vector", codec.bytes, "bytes", peer(beside.bytes))
    yield Figure(
        f"{name}: encoded and packed", codec.encoded_s, "vectors/s", peer(beside.encoded_s), more_is_better=True
    )
    yield Figure(
        f"{name}: unpacked and decoded", codec.decoded_s, "vectors/s", peer(beside.decoded_s), more_is_better=True
    )
    yield Figure(f"{name}: scored", codec.scored_s, "vectors/s", peer(beside.scored_s), more_is_better=True)
    yield Figure(f"{name}: cosine error", codec.cosine_error, "")
    yield Figure(f"{name}: recall@{BEST} against float32", codec.recall, "", more_is_better=True)
