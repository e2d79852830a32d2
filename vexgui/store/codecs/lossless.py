"""Floats without loss, compressed."""

import numpy as np
import zstandard
from typing_extensions import override

from vexgui.core.vectors import CodecName
from vexgui.store.codecs.floats import Float32Codec
from vexgui.store.codecs.protocol import CodesRefused, Encoded
from vexgui.store.format import CodecCode


class PackedFloat32Codec(Float32Codec):
    """Floats as they are, packed: the first bytes of all, then the second, third and fourth; all compressed with zstd.

    Only the bytes that hold sign and exponent are alike enough to become shorter. The scales are all 1 and left out.
    """

    name = CodecName.FLOAT32_PACKED
    code = CodecCode.FLOAT32_PACKED
    in_columns = False

    @override
    def packed_bytes(self, count: int, dim: int) -> int:
        size = count * self.row_bytes(dim)
        return size + (size >> 8) + 64  # ZSTD_compressBound

    @override
    def pack(self, encoded: Encoded) -> bytes:
        shuffled = encoded.codes.astype(self.dtype).reshape(-1, 1).view(np.uint8).T.tobytes()
        return zstandard.ZstdCompressor().compress(shuffled)

    @override
    def unpack(self, data: bytes | memoryview, count: int, dim: int) -> Encoded:
        size = count * self.row_bytes(dim)
        try:
            # The size that the data claims is what would be allocated.
            if zstandard.frame_content_size(data) != size:
                raise CodesRefused("The compressed vectors are not of the expected size.")
            shuffled = zstandard.ZstdDecompressor().decompress(data, allow_extra_data=False)
        except zstandard.ZstdError as error:
            raise CodesRefused("The compressed vectors are damaged.") from error
        codes = np.frombuffer(shuffled, np.uint8).reshape(self.dtype.itemsize, -1).T.copy().view(self.dtype)
        return Encoded(codes.reshape(count, dim), np.ones(count, np.float32))
