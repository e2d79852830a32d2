"""Quantization: unit vectors to codes and a scale, and scores from codes."""

from vexgui.core.vectors import CodecName
from vexgui.store.codecs.bits import BitCodec
from vexgui.store.codecs.floats import Float16Codec, Float32Codec
from vexgui.store.codecs.integers import Int4Codec, Int8Codec
from vexgui.store.codecs.lossless import PackedFloat32Codec
from vexgui.store.codecs.products import sign_products
from vexgui.store.codecs.protocol import LENGTH_TOLERANCE, Codec, Codes, CodesRefused, Encoded, Scale
from vexgui.store.codecs.reduced import PrincipalCodec, TruncatedCodec, learn_basis

__all__ = [
    "LENGTH_TOLERANCE",
    "Codec",
    "Codes",
    "CodesRefused",
    "Encoded",
    "Scale",
    "codec_coded",
    "codec_named",
    "learn_basis",
    "sign_products",
]

_CODECS: tuple[Codec, ...] = (
    Float32Codec(),
    PackedFloat32Codec(),
    Float16Codec(),
    Int8Codec(),
    Int4Codec(),
    BitCodec(),
    TruncatedCodec(),
)
"""All but PRINCIPAL, which is another one for each basis."""


def codec_named(name: CodecName, basis: bytes | None = None) -> Codec:
    """Return the codec of a name.

    Args:
        name: Its name.
        basis: What it learnt from the space: for PRINCIPAL, which needs it.

    Raises:
        CodesRefused: The basis is missing, damaged or of a newer version.
    """
    if name is CodecName.PRINCIPAL:
        return PrincipalCodec(basis or b"")
    return next(codec for codec in _CODECS if codec.name is name)


def codec_coded(code: int) -> Codec | None:
    """Return the codec written as a number in a record, or None for one that this version does not know there."""
    return next((codec for codec in _CODECS if codec.code == code and codec.in_records), None)
