"""A process that bounds its memory fails to take more, and nothing else comes of it."""

import subprocess
import sys

import pytest

from vexgui.system.memory import available_bytes

_TAKING = """
from vexgui.system.memory import bound_memory
bound_memory({share}, {least})
try:
    taken = bytearray({wanted})
except MemoryError:
    print("refused")
else:
    print("granted")
"""


@pytest.mark.parametrize(
    ("share", "least", "wanted", "said"),
    [
        (0.0, 64 << 20, 256 << 20, "refused"),
        (0.0, 64 << 20, 8 << 20, "granted"),
        (0.0, 512 << 20, 256 << 20, "granted"),
        (1.0, 0, 256 << 20, "granted"),
    ],
)
def test_more_than_the_share_or_the_least_is_refused(share: float, least: int, wanted: int, said: str) -> None:
    code = _TAKING.format(share=share, least=least, wanted=wanted)
    result = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, timeout=60)
    assert result.stdout.strip() == said


def test_the_kernel_tells_how_much_there_is_to_spare() -> None:
    assert available_bytes() > 1 << 20
