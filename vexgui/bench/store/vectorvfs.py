"""The peer that keeps a vector in an attribute as ``torch.save`` writes it, as VectorVFS does (vectorvfs/cli.py)."""

import json
import subprocess
import sys
from dataclasses import dataclass

_SCRIPT = """
import io, json, sys, time, torch
rounds = int(sys.argv[2])
vector = torch.nn.functional.normalize(torch.rand(1, int(sys.argv[1])), dim=1).to(torch.float16)
buffer = io.BytesIO()
torch.save(vector, buffer)
value = buffer.getvalue()
times = []
for _ in range(rounds + 10):
    started = time.perf_counter()
    torch.load(io.BytesIO(value), weights_only=True)
    times.append(time.perf_counter() - started)
print(json.dumps({"value_bytes": len(value), "decode_us": sorted(times[10:])[rounds // 2] * 1e6}))
"""

OWN_DIM = 1024
"""Components of the vectors of its model."""


@dataclass(frozen=True, slots=True)
class Attribute:
    """What one of its attributes takes: bytes, and microseconds until the vector is ready."""

    value_bytes: int
    decode_us: float


def attribute(dim: int, rounds: int) -> Attribute:
    """Measure an attribute with a vector of so many components, in a process of its own: this one imports no torch."""
    command = [sys.executable, "-c", _SCRIPT, str(dim), str(rounds)]
    result = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - our own
    return Attribute(**json.loads(result.stdout))
