"""The text model in torch, for many passages at once."""

from collections.abc import Sequence
from functools import cache

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812 - torch's own name for it

from vexgui.core.arrays import Vectors
from vexgui.models.weights import TEXT_DIGEST, text_weights
from vexgui.models.worker.form import Form, Forward
from vexgui.models.worker.measured import Measured
from vexgui.models.worker.runner import Runner
from vexgui.models.worker.text_query import EPSILON, HEADS, LAYERS, read_weights
from vexgui.models.worker.tokens import Tokens

_PROBE_SHAPE = (32, 128)
"""As many texts as the largest batch that is tried, of half the length there may be."""


@cache
def load_text_bulk(measured: Measured) -> "TextBulk":
    """Return the model, loaded once.

    Raises:
        ModelUnavailable: The weights are missing or not the known ones.
    """
    return TextBulk(Tokens(), measured)


class TextBulk:
    """Embeds passages by the batch, in the form that is quickest here.

    Args:
        tokens: The tokenizer.
        measured: The forms known.
    """

    def __init__(self, tokens: Tokens, measured: Measured) -> None:
        self._tokens = tokens
        weights = {name: torch.from_numpy(tensor.copy()) for name, tensor in read_weights(text_weights()).items()}
        probe = torch.randint(1000, 20_000, _PROBE_SHAPE, generator=torch.Generator().manual_seed(0))

        def made(form: Form) -> Forward:
            bert = _Bert(weights, form)
            return lambda ids: bert.forward(ids.to(form.device)).cpu()

        self._runner = Runner(made, probe, TEXT_DIGEST, measured)

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of texts, shape [len(texts), 384], unit rows."""
        ids = [self._tokens.of(text) for text in texts]
        order = sorted(range(len(ids)), key=lambda index: len(ids[index]))  # so that little is padded
        result = np.empty((len(ids), 384), np.float32)
        step = self._runner.batch
        for first in range(0, len(order), step):
            batch = order[first : first + step]
            padded = torch.nn.utils.rnn.pad_sequence([torch.tensor(ids[index]) for index in batch], batch_first=True)
            result[batch] = self._runner.vectors(padded).numpy()
        return result


class _Bert:
    """The forward pass; `TextQuery` is the same for one text, with more words."""

    def __init__(self, weights: dict[str, torch.Tensor], form: Form) -> None:
        self._weights = {name: tensor.to(form.device, form.dtype) for name, tensor in weights.items()}

    def forward(self, ids: torch.Tensor) -> torch.Tensor:
        """Return unit vectors, float32, shape [n, 384], for tokens of shape [n, length] padded with 0."""
        w = self._weights
        seen = ids != 0
        x = w["embeddings.word_embeddings.weight"][ids] + w["embeddings.position_embeddings.weight"][: ids.shape[1]]
        x = self._normed(x + w["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm")
        for layer in range(LAYERS):
            at = f"encoder.layer.{layer}"
            x = self._normed(x + self._attended(x, seen, f"{at}.attention"), f"{at}.attention.output.LayerNorm")
            inner = F.gelu(self._linear(x, f"{at}.intermediate.dense"))
            x = self._normed(x + self._linear(inner, f"{at}.output.dense"), f"{at}.output.LayerNorm")
        return F.normalize((x.float() * seen[:, :, None]).sum(dim=1), dim=1)

    def _attended(self, x: torch.Tensor, seen: torch.Tensor, at: str) -> torch.Tensor:
        query, key, value = (
            self._linear(x, f"{at}.self.{part}").unflatten(2, (HEADS, -1)).transpose(1, 2)
            for part in ("query", "key", "value")
        )
        mixed = F.scaled_dot_product_attention(query, key, value, attn_mask=seen[:, None, None, :])
        return self._linear(mixed.transpose(1, 2).flatten(2), f"{at}.output.dense")

    def _linear(self, x: torch.Tensor, at: str) -> torch.Tensor:
        return F.linear(x, self._weights[f"{at}.weight"], self._weights[f"{at}.bias"])

    def _normed(self, x: torch.Tensor, at: str) -> torch.Tensor:
        return F.layer_norm(x, x.shape[-1:], self._weights[f"{at}.weight"], self._weights[f"{at}.bias"], EPSILON)
