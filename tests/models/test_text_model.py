"""The two forward passes written here give what the model's own library gives."""

import json
import subprocess
import sys

import pytest

pytestmark = pytest.mark.model

_COMPARE = """
import json, sys
import numpy as np
from vexgui.models.worker.measured import Measured
from vexgui.models.worker.text_bulk import load_text_bulk
from vexgui.models.worker.text_query import load_text_query
from vexgui.models.worker.torchvision_operators import declare_operators
from vexgui.models.weights import text_folder
declare_operators()
from sentence_transformers import SentenceTransformer
texts = json.loads(sys.argv[1])
truth = SentenceTransformer(text_folder().decode(), device="cpu").encode(texts, normalize_embeddings=True)
query = np.stack([load_text_query().vector(text) for text in texts])
bulk = load_text_bulk(Measured(sys.argv[2].encode())).vectors(texts)
print(json.dumps({"query": (truth * query).sum(axis=1).tolist(), "bulk": (truth * bulk).sum(axis=1).tolist()}))
"""

TEXTS = [
    "red car",
    "",
    "A photograph of three people at the sea, taken in the evening.",
    "def parse(line: str) -> int:\n    return int(line, 16)",
    "😀 Übergröße naïve 漢字",
    "a\0b",
    "lorem ipsum dolor sit amet " * 400,
]


@pytest.fixture(scope="module")
def cosines(cache_dir: bytes) -> dict[str, list[float]]:
    command = [sys.executable, "-c", _COMPARE, json.dumps(TEXTS), cache_dir]
    ran = subprocess.run(command, check=True, capture_output=True)
    result: dict[str, list[float]] = json.loads(ran.stdout.splitlines()[-1])
    return result


def test_a_query_has_the_vector_that_the_models_own_library_gives(cosines: dict[str, list[float]]) -> None:
    assert min(cosines["query"]) >= 0.99999


def test_a_passage_has_the_vector_that_the_models_own_library_gives(cosines: dict[str, list[float]]) -> None:
    assert min(cosines["bulk"]) >= 0.999


def test_a_query_loads_no_torch() -> None:
    script = """
import sys
from vexgui.models.worker.requests import answer
from vexgui.system.frames import Frame
answer(Frame({"do": "text query", "text": "sea"}), b"/nowhere")
assert "torch" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", script], check=True)
