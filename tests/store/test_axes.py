"""Principal axes keep the share of a space that was asked for, and a damaged basis is none."""

import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.store.builders import unit, vectors
from tests.store.coding import estimates
from vexgui.core.vectors import CodecName
from vexgui.store.codecs import CodesRefused, codec_named, learn_basis

# Principal axes


def test_the_axes_of_a_flat_space_keep_all_of_it() -> None:
    rows = unit(vectors(500, 5) @ vectors(5, 64, seed=1))
    codec = codec_named(CodecName.PRINCIPAL, learn_basis(rows, share=0.9999))
    assert codec.width(64) == 5
    assert codec.fidelity == pytest.approx(1, abs=1e-4)
    np.testing.assert_allclose(estimates(codec, codec.encode(rows), 64), rows, atol=0.01)


@pytest.mark.parametrize("share", [0.5, 0.9])
def test_axes_keep_the_share_that_was_asked_for(share: float) -> None:
    rows = vectors(2000, 64)
    codec = codec_named(CodecName.PRINCIPAL, learn_basis(rows, share=share))
    cosines = np.einsum("nd,nd->n", estimates(codec, codec.encode(rows), 64), rows)
    assert np.square(cosines).mean() == pytest.approx(share, abs=0.02)
    assert codec.fidelity**2 == pytest.approx(share, abs=0.02)
    assert codec.width(64) < 64


def test_a_space_without_vectors_has_all_axes() -> None:
    codec = codec_named(CodecName.PRINCIPAL, learn_basis(np.empty((0, 4), np.float32)))
    assert codec.width(4) == 4


def test_every_damaged_bit_of_a_basis_is_found() -> None:
    basis = learn_basis(vectors(9, 3), kept=2)
    for bit in range(8 * len(basis)):
        damaged = bytearray(basis)
        damaged[bit // 8] ^= 1 << bit % 8
        with pytest.raises(CodesRefused):
            codec_named(CodecName.PRINCIPAL, bytes(damaged))


@given(st.one_of(st.none(), st.binary(max_size=60), st.binary(max_size=60).map(lambda tail: b"VexB\1\0" + tail)))
def test_random_bytes_are_no_basis(basis: bytes | None) -> None:
    with pytest.raises(CodesRefused):
        codec_named(CodecName.PRINCIPAL, basis)


def test_a_basis_of_a_newer_version_is_refused_as_such() -> None:
    newer = b"VexB" + struct.pack("<H", 2) + learn_basis(vectors(9, 3), kept=2)[6:]
    with pytest.raises(CodesRefused, match="newer"):
        codec_named(CodecName.PRINCIPAL, newer)
