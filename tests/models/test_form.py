"""The form is the quickest that is faithful, and it is measured once."""

import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import pytest

torch = pytest.importorskip("torch")

from vexgui.models.worker import measured as measured_module  # noqa: E402
from vexgui.models.worker.form import Form, choose  # noqa: E402
from vexgui.models.worker.measured import Measured  # noqa: E402
from vexgui.models.worker.runner import Runner  # noqa: E402

PROBE = torch.eye(32)
Result = Callable[[torch.Tensor], torch.Tensor]


class Clock:
    """Time that passes only while a forward pass runs."""

    def __init__(self) -> None:
        self.now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


class Machine:
    """Runs forms in the time a table gives: seconds a row, or what is raised.

    Args:
        row_s: Seconds a row takes by device and precision; a form that is missing is unknown to the machine.
        call_s: Seconds that each forward pass takes besides.
    """

    def __init__(self, row_s: dict[tuple[str, str], float], call_s: float = 0.0) -> None:
        self.row_s = row_s
        self.call_s = call_s
        self.clock = Clock()
        self.results: dict[tuple[str, str], Result] = {}
        self.made: list[Form] = []

    def make(self, form: Form) -> Result:
        self.made.append(form)
        name = (form.device, form.precision)

        def forward(rows: torch.Tensor) -> torch.Tensor:
            if name not in self.row_s:
                raise RuntimeError("\"layer\" not implemented for 'BFloat16'")
            self.clock.now_s += self.call_s + self.row_s[name] * len(rows)
            return self.results.get(name, lambda rows: rows)(rows)

        return forward

    def choose(self, *devices: str) -> Form:
        return choose(self.make, PROBE, self.clock, lambda: iter(devices))


def shifted(rows: torch.Tensor) -> torch.Tensor:
    return rows.roll(1, dims=1)


def nearly(cosine: float) -> Result:
    return lambda rows: cosine * rows + (1 - cosine**2) ** 0.5 * rows.roll(1, dims=1)


def test_the_short_format_is_chosen_where_it_is_quicker() -> None:
    assert Machine({("cpu", "float32"): 1.0, ("cpu", "bfloat16"): 0.5}).choose().precision == "bfloat16"
    assert Machine({("cpu", "float32"): 1.0, ("cpu", "bfloat16"): 1.5}).choose().precision == "float32"


def test_a_pass_that_something_else_slows_down_decides_nothing() -> None:
    machine = Machine({("cpu", "float32"): 1.0, ("cpu", "bfloat16"): 0.5})
    passes = 0

    def disturbed(rows: torch.Tensor) -> torch.Tensor:
        nonlocal passes
        passes += 1
        machine.clock.now_s += 100.0 if passes % 3 else 0.0
        return rows

    machine.results["cpu", "bfloat16"] = disturbed
    assert machine.choose().precision == "bfloat16"


def test_a_format_that_a_layer_does_not_know_is_passed_over() -> None:
    assert Machine({("cpu", "float32"): 1.0}).choose() == Form("cpu", "float32")


@pytest.mark.parametrize(
    ("result", "chosen"), [(nearly(0.9995), "bfloat16"), (nearly(0.998), "float32"), (shifted, "float32")]
)
def test_a_format_with_a_cosine_below_0_999_is_not_chosen_however_quick(result: Result, chosen: str) -> None:
    machine = Machine({("cpu", "float32"): 1.0, ("cpu", "bfloat16"): 0.1})
    machine.results["cpu", "bfloat16"] = result
    assert machine.choose().precision == chosen


def test_vectors_that_are_no_numbers_are_not_faithful() -> None:
    machine = Machine({("cpu", "float32"): 1.0, ("cpu", "bfloat16"): 0.1})
    machine.results["cpu", "bfloat16"] = lambda rows: rows * float("nan")
    assert machine.choose().precision == "float32"


def test_an_accelerator_is_chosen_where_it_is_quickest() -> None:
    machine = Machine({("cpu", "float32"): 1.0, ("cuda", "float32"): 0.2, ("cuda", "float16"): 0.1})
    assert (machine.choose("cuda").device, machine.choose("cuda").precision) == ("cuda", "float16")
    machine.row_s["cpu", "bfloat16"] = 0.05
    assert machine.choose("cuda").device == "cpu"


def test_the_batch_grows_as_long_as_that_is_quicker() -> None:
    assert Machine({("cpu", "float32"): 0.001}, call_s=0.5).choose().batch == 32
    assert Machine({("cpu", "float32"): 0.001}).choose().batch == 4


def test_where_a_batch_takes_long_larger_ones_are_not_tried() -> None:
    assert Machine({("cpu", "float32"): 0.1}, call_s=3.0).choose().batch == 4


def test_a_batch_for_which_there_is_no_room_is_not_chosen() -> None:
    def crowded(rows: torch.Tensor) -> torch.Tensor:
        if len(rows) > 8:
            raise torch.OutOfMemoryError("no room")
        return rows

    machine = Machine({("cpu", "float32"): 0.001}, call_s=0.5)
    machine.results["cpu", "float32"] = crowded
    assert machine.choose().batch == 8


def never() -> Form:
    raise AssertionError("it was measured a second time")


def test_a_form_is_measured_once_and_remembered(tmp_path: Path) -> None:
    form = Form("cpu", "bfloat16", 16)
    assert Measured(bytes(tmp_path)).form("aa", lambda: form) == form
    assert Measured(bytes(tmp_path)).form("aa", never) == form


def test_a_form_is_measured_again_where_that_is_asked_for(tmp_path: Path) -> None:
    busy, idle = Form("cpu", "bfloat16", 4), Form("cpu", "bfloat16", 16)
    Measured(bytes(tmp_path)).form("aa", lambda: busy)
    assert Measured(bytes(tmp_path), anew=True).form("aa", lambda: idle) == idle
    assert Measured(bytes(tmp_path)).form("aa", never) == idle


def test_forms_are_remembered_by_weights_torch_and_hardware(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    measured = Measured(bytes(tmp_path))
    first, other = Form("cpu", "bfloat16", 16), Form("cpu", "float32", 8)
    measured.form("aa", lambda: first)
    assert measured.form("bb", lambda: other) == other
    with monkeypatch.context() as patch:
        patch.setattr(torch, "__version__", "99.0")
        assert measured.form("aa", lambda: other) == other
    with monkeypatch.context() as patch:
        patch.setattr(measured_module, "processor", lambda: "another")
        assert measured.form("aa", lambda: other) == other
    assert measured.form("aa", never) == first


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"{",
        b"[1]",
        b"\xff" * 100,
        b"[" * 100_000,
    ],
)
def test_a_damaged_file_is_measured_anew(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / "measured.json").write_bytes(damage)
    form = Form("cpu", "bfloat16", 16)
    assert Measured(bytes(tmp_path)).form("aa", lambda: form) == form
    assert Measured(bytes(tmp_path)).form("aa", never) == form


@pytest.mark.parametrize(
    "entry",
    [
        7,
        {"device": "cuda:99", "precision": "float32", "batch": 4},
        {"device": "cpu", "precision": "save", "batch": 4},
        {"device": "cpu", "precision": "float32", "batch": 0},
        {"device": "cpu", "precision": "float32", "batch": "4"},
        {"device": "cpu", "precision": "float32"},
    ],
)
def test_a_form_that_cannot_be_run_here_is_measured_anew(tmp_path: Path, entry: object) -> None:
    measured = Measured(bytes(tmp_path))
    measured.form("aa", Form)
    forms = json.loads((tmp_path / "measured.json").read_text())
    assert [kept["found"] for kept in forms.values()] == [asdict(Form())]
    kept = {name: {**kept, "found": entry} for name, kept in forms.items()}
    (tmp_path / "measured.json").write_text(json.dumps(kept))
    form = Form("cpu", "bfloat16", 16)
    assert measured.form("aa", lambda: form) == form


def test_a_form_that_cannot_be_written_down_is_used_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    form = Form("cpu", "bfloat16", 16)
    assert Measured(bytes(tmp_path / "file" / "models")).form("aa", lambda: form) == form


def test_a_model_for_which_room_runs_out_is_measured_anew_and_that_is_not_remembered(tmp_path: Path) -> None:
    measured = Measured(bytes(tmp_path))
    machine = Machine({("cpu", "float32"): 0.001})
    crowded = Form("cpu", "bfloat16", 32)
    measured.form("aa", lambda: crowded)
    full = False

    def taken(rows: torch.Tensor) -> torch.Tensor:
        if full:
            raise torch.OutOfMemoryError("no room")
        return rows

    machine.row_s["cpu", "bfloat16"] = 0.001
    machine.results["cpu", "bfloat16"] = taken
    runner = Runner(machine.make, PROBE, "aa", measured)
    assert runner.batch == 32
    full = True
    assert torch.equal(runner.vectors(PROBE), PROBE)
    assert machine.made[-1].precision == "float32"
    assert measured.form("aa", never) == crowded


def test_any_number_of_rows_goes_through_a_model_by_the_batch(tmp_path: Path) -> None:
    seen: list[int] = []

    def make(form: Form) -> Result:
        def forward(rows: torch.Tensor) -> torch.Tensor:
            seen.append(len(rows))
            return rows

        return forward

    measured = Measured(bytes(tmp_path))
    measured.form("aa", lambda: Form(batch=12))
    assert torch.equal(Runner(make, PROBE, "aa", measured).vectors(PROBE), PROBE)
    assert seen == [12, 12, 8]
