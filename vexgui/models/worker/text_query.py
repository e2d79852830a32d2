"""The text model in numpy, for queries: ready in a fifth of a second, where torch takes seconds to load.

See docs/decisions/0002-queries-without-torch.md. The model is BERT (arXiv:1810.04805) with 6 layers.
"""

import json
from functools import cache

import numpy as np
from numpy.typing import NDArray

from vexgui.core.arrays import Vectors
from vexgui.models.weights import text_weights
from vexgui.models.worker.tokens import Tokens

LAYERS = 6
HEADS = 12
EPSILON = 1e-12
"""Keeps the normalisation of a constant row finite; from the model's config.json."""

Matrix = NDArray[np.float32]


@cache
def load_text_query() -> "TextQuery":
    """Return the model, loaded once.

    Raises:
        ModelUnavailable: The weights are missing or not the known ones.
    """
    return TextQuery(read_weights(text_weights()), Tokens())


def read_weights(path: bytes) -> dict[str, Matrix]:
    """Return the float32 tensors of a safetensors file by name, read-only, mapped instead of read.

    The format: u64 little-endian length of a JSON header, the header, the data.
    """
    # The digest was checked, so nothing in the file needs doubting.
    raw = np.memmap(path, np.uint8, "r")
    start = 8 + int(raw[:8].view("<u8")[0])
    header = json.loads(raw[8:start].tobytes())
    tensors = {}
    for name, entry in header.items():
        if entry.get("dtype") == "F32":
            first, end = entry["data_offsets"]
            tensors[name] = np.asarray(raw[start + first : start + end]).view("<f4").reshape(entry["shape"])
    return tensors


class TextQuery:
    """Embeds one text at a time.

    Args:
        weights: Tensors by their name in the checkpoint.
        tokens: The tokenizer.
    """

    def __init__(self, weights: dict[str, Matrix], tokens: Tokens) -> None:
        self._weights = weights
        self._tokens = tokens

    def vector(self, text: str) -> Vectors:
        """Return the vector of a text, shape [384], unit length: the mean over the tokens."""
        mean = self._encoded(self._tokens.of(text)).mean(axis=1)
        unit: Vectors = mean / np.linalg.norm(mean)
        return unit

    # A column is a token: so the large weights are read in the order they lie in, a third quicker for a few tokens.

    def _encoded(self, ids: list[int]) -> Matrix:
        w = self._weights
        rows = w["embeddings.word_embeddings.weight"][ids] + w["embeddings.position_embeddings.weight"][: len(ids)]
        x = np.ascontiguousarray((rows + w["embeddings.token_type_embeddings.weight"][0]).T)
        x = self._normed(x, "embeddings.LayerNorm")
        for layer in range(LAYERS):
            at = f"encoder.layer.{layer}"
            x = self._normed(x + self._attended(x, f"{at}.attention"), f"{at}.attention.output.LayerNorm")
            inner = _gelu(self._linear(x, f"{at}.intermediate.dense"))
            x = self._normed(x + self._linear(inner, f"{at}.output.dense"), f"{at}.output.LayerNorm")
        return x

    def _attended(self, x: Matrix, at: str) -> Matrix:
        query, key, value = (
            self._linear(x, f"{at}.self.{part}").reshape(HEADS, -1, x.shape[1]) for part in ("query", "key", "value")
        )
        scores = key.swapaxes(1, 2) @ query / np.sqrt(np.float32(query.shape[1]))
        weights = np.exp(scores - scores.max(axis=1, keepdims=True))
        weights /= weights.sum(axis=1, keepdims=True)
        return self._linear((value @ weights).reshape(x.shape), f"{at}.output.dense")

    def _linear(self, x: Matrix, at: str) -> Matrix:
        product: Matrix = self._weights[f"{at}.weight"] @ x
        return product + self._weights[f"{at}.bias"][:, None]

    def _normed(self, x: Matrix, at: str) -> Matrix:
        x = x - x.mean(axis=0)
        x /= np.sqrt(np.square(x).mean(axis=0) + np.float32(EPSILON))
        return x * self._weights[f"{at}.weight"][:, None] + self._weights[f"{at}.bias"][:, None]


def _gelu(x: Matrix) -> Matrix:
    return x * np.float32(0.5) * (1 + _erf(x * np.float32(0.5**0.5)))


def _erf(x: Matrix) -> Matrix:
    """Return the error function, off by at most 1.5e-7: Abramowitz and Stegun, 7.1.26."""
    size = np.abs(x)
    t = 1 / (1 + np.float32(0.3275911) * size)
    series = np.zeros_like(t)
    for factor in (1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592):
        series = (series + np.float32(factor)) * t
    result: Matrix = np.copysign(1 - series * np.exp(-size * size), x)
    return result
