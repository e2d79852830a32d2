"""Codecs for vectors of any length, and what they say that vectors were."""

import pytest

from tests.store.builders import vectors
from vexgui.core.arrays import Vectors
from vexgui.core.vectors import CodecName
from vexgui.store.codecs import Codec, Encoded, codec_named, learn_basis


def codec_for(name: CodecName, dim: int) -> Codec:
    """Return a codec for vectors of so many dimensions; PRINCIPAL keeps all axes of evenly spread ones."""
    basis = learn_basis(vectors(2 * dim, dim, seed=9), kept=dim) if name is CodecName.PRINCIPAL else None
    return codec_named(name, basis)


def estimates(codec: Codec, encoded: Encoded, dim: int) -> Vectors:
    return codec.decode(encoded.codes, encoded.scale, dim)


each_name = pytest.mark.parametrize("name", CodecName)
each_fixed = pytest.mark.parametrize("name", [name for name in CodecName if name is not CodecName.FLOAT32_PACKED])
each_exact = pytest.mark.parametrize("name", [CodecName.FLOAT32, CodecName.FLOAT32_PACKED])
