"""The precision is the quicker one, as long as it is faithful."""

from collections.abc import Callable

import pytest

torch = pytest.importorskip("torch")

from vexgui.models.worker.precision import quicker  # noqa: E402

PROBE = torch.eye(3)


class Clock:
    """Time that passes only while a forward pass runs."""

    def __init__(self) -> None:
        self.now_s = 0.0

    def __call__(self) -> float:
        return self.now_s

    def forward(self, seconds: float, result: Callable[[torch.Tensor], torch.Tensor]) -> Callable[..., torch.Tensor]:
        def run(batch: torch.Tensor) -> torch.Tensor:
            self.now_s += seconds
            return result(batch)

        return run


def same(batch: torch.Tensor) -> torch.Tensor:
    return batch


def other(batch: torch.Tensor) -> torch.Tensor:
    return batch.roll(1, dims=1)


def failing(batch: torch.Tensor) -> torch.Tensor:
    raise RuntimeError("\"layer\" not implemented for 'BFloat16'")


@pytest.mark.parametrize(
    ("short_s", "result", "chosen"),
    [(0.5, same, "short"), (2.0, same, "exact"), (0.5, other, "exact"), (0.5, failing, "exact")],
)
def test_the_short_format_is_chosen_where_it_is_quicker_and_faithful_and_works(
    short_s: float, result: Callable[[torch.Tensor], torch.Tensor], chosen: str
) -> None:
    clock = Clock()
    forwards = {"exact": clock.forward(1.0, same), "short": clock.forward(short_s, result)}
    assert quicker(forwards["exact"], forwards["short"], PROBE, clock) is forwards[chosen]
