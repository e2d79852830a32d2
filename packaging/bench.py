"""Measures the installed command on the sample files: start-up, indexing, searching, and how often it is right.

Usage: python packaging/bench.py [--json]
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
COMMAND = Path(sys.executable).with_name("vexgui")
REPEATS = 5


@dataclass(frozen=True, slots=True)
class Measurement:
    """One measured quantity."""

    what: str
    value: float
    unit: str


@dataclass(frozen=True, slots=True)
class Bench:
    """A copy of the sample files and a profile for it, both thrown away afterwards."""

    folder: Path

    def vexgui(self, *argv: str, text: str = "") -> str:
        """Run the command and return what it wrote."""
        command = [COMMAND, "--profile", self.folder / "profile", *argv]
        return subprocess.run(command, input=text, capture_output=True, text=True, check=True).stdout

    def seconds(self, *argv: str) -> float:
        """Return the median time that a command takes from its start to its end."""
        times = []
        for _ in range(REPEATS):
            begun = time.perf_counter()
            self.vexgui(*argv)
            times.append(time.perf_counter() - begun)
        return median(times)

    def measure(self) -> Iterator[Measurement]:
        """Yield the measurements."""
        samples = self.folder / "samples"
        yield Measurement("vexgui --help", self.seconds("--help"), "s")
        first = json.loads(self.vexgui("index", "--json", str(samples)))
        yield Measurement("files indexed", first["indexed"] / first["seconds"], "files/s")
        yield Measurement("index run with nothing to do", self.seconds("index", str(samples)), "s")
        self.vexgui("rebuild")
        yield Measurement("store made again from records", self.seconds("rebuild"), "s")
        yield Measurement("one search, start-up and model included", self.seconds("search", "boat"), "s")

        with (ROOT / "resources" / "questions.toml").open("rb") as file:
            questions = tomllib.load(file)["question"]
        asked = "".join(f"{question['text']}\n" for question in questions)
        begun = time.perf_counter()
        answers = [json.loads(line) for line in self.vexgui("search", "-", "-n", "3", text=asked).splitlines()]
        yield Measurement("further searches, each", (time.perf_counter() - begun) / len(questions) * 1e3, "ms")
        ranks = [
            _rank([hit["path"] for hit in hits], str(samples / question["file"]))
            for question, hits in zip(questions, answers, strict=True)
        ]
        yield Measurement("questions answered first", 100 * ranks.count(1) / len(ranks), "%")
        yield Measurement("questions answered among three", 100 - 100 * ranks.count(0) / len(ranks), "%")


def _rank(paths: list[str], path: str) -> int:
    """Return the place of a path among others from 1, 0 when it is not there."""
    return paths.index(path) + 1 if path in paths else 0


def main() -> None:
    """Print the measurements as a table or as JSON."""
    parser = argparse.ArgumentParser(description="Measures vexgui on the sample files.")
    parser.add_argument("--json", action="store_true", help="print JSON")
    as_json = parser.parse_args().json
    with tempfile.TemporaryDirectory(prefix="vexgui-bench-") as name:
        folder = Path(name)
        shutil.copytree(ROOT / "resources" / "samples", folder / "samples")
        measurements = list(Bench(folder).measure())
    if as_json:
        print(json.dumps([asdict(measurement) for measurement in measurements]))
        return
    for measurement in measurements:
        print(f"{measurement.what:<42} {measurement.value:>9.3g} {measurement.unit}")


if __name__ == "__main__":
    main()
