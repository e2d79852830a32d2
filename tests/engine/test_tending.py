"""An open engine measures once how quick scans are, remembers it, and keeps searches quick while it has time."""

import os
import threading
from pathlib import Path

import pytest

from vexgui.core.vectors import CodecName
from vexgui.engine.rating import Rating
from vexgui.engine.tending import Tending
from vexgui.store.planning.rates import Rates

RATES = Rates(61.0, 131.0, 11.0, 31.0, threads=2, speedup=1.8)


class FakeStore:
    def __init__(self) -> None:
        self.rates: list[Rates] = []
        self.tended = 0

    def use_rates(self, rates: Rates) -> None:
        self.rates.append(rates)

    def tend_graphs(self, stop: threading.Event, seconds: float) -> None:
        assert seconds > 0
        self.tended += 1


class FakeIndexer:
    idle = True


class FakeParts:
    def __init__(self) -> None:
        self.store = FakeStore()
        self.indexer = FakeIndexer()


def a_rating(tmp_path: Path, computer: str = "2 × a processor", *, quiet: bool = True) -> Rating:
    return Rating(os.fsencode(tmp_path / "cache"), lambda: computer, lambda: quiet)


def test_what_was_measured_is_known_from_then_on_for_this_codec_and_computer(tmp_path: Path) -> None:
    rating = a_rating(tmp_path)
    assert rating.known(CodecName.INT8) is None
    rates = rating.measured(CodecName.INT8)
    assert rates is not None
    known = a_rating(tmp_path).known(CodecName.INT8)
    assert known is not None
    assert known.codes_ns == pytest.approx(rates.codes_ns, abs=0.001)
    assert rating.known(CodecName.BIT) is None
    assert a_rating(tmp_path, "8 × another").known(CodecName.INT8) is None


def test_nothing_is_measured_while_other_programs_are_at_work(tmp_path: Path) -> None:
    assert a_rating(tmp_path, quiet=False).measured(CodecName.INT8) is None
    assert a_rating(tmp_path).known(CodecName.INT8) is None


def test_a_damaged_file_of_rates_is_as_good_as_none(tmp_path: Path) -> None:
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / "scan-rates.json").write_text('{"2 × a processor: int8": {"at_s": 99, "found": [1]}}')
    assert a_rating(tmp_path).known(CodecName.INT8) is None


def test_rates_are_measured_once_and_graphs_are_tended_whenever_nothing_else_is_to_do(tmp_path: Path) -> None:
    parts, tending, stop = FakeParts(), Tending(a_rating(tmp_path)), threading.Event()
    tending.begin(parts.store, CodecName.INT8)  # type: ignore[arg-type]
    assert parts.store.rates == []
    parts.indexer.idle = False
    tending.step(parts, stop)  # type: ignore[arg-type]
    assert (parts.store.rates, parts.store.tended) == ([], 0)
    parts.indexer.idle = True
    for _ in range(3):
        tending.step(parts, stop)  # type: ignore[arg-type]
    assert (len(parts.store.rates), parts.store.tended) == (1, 3)


def test_a_store_that_is_opened_goes_by_what_is_known(tmp_path: Path) -> None:
    measured = a_rating(tmp_path).measured(CodecName.INT8)
    parts, tending = FakeParts(), Tending(a_rating(tmp_path, quiet=False))
    tending.begin(parts.store, CodecName.INT8)  # type: ignore[arg-type]
    assert measured is not None
    assert [rates.threads for rates in parts.store.rates] == [measured.threads]
