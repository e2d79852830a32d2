"""A calibration in a model's configuration file: what is read, and what is refused."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vexgui.core.errors import CheckpointProblem
from vexgui.core.vectors import Calibration, Marks
from vexgui.models.calibration import calibration_of

COSINES, DEVIATIONS, LIKENESS = [0.1, 0.2, 0.3, 0.5], [2, 3, 4.5, 7], [0.5, 0.6, 0.8, 0.95]
WHOLE: dict[str, Any] = {
    "query": {"cosines": COSINES, "deviations": DEVIATIONS, "spread": 0.09},
    "likeness": LIKENESS,
}


def test_all_of_it_is_read() -> None:
    read = calibration_of(json.loads(json.dumps(WHOLE)))
    assert read == Calibration(Marks(*LIKENESS), Marks(*COSINES), Marks(*DEVIATIONS), 0.09)


def test_one_kind_of_marks_is_enough_for_queries() -> None:
    by_cosine = calibration_of({"query": {"cosines": COSINES}, "likeness": LIKENESS})
    assert (by_cosine.cosines, by_cosine.deviations) == (Marks(*COSINES), None)
    by_deviation = calibration_of({"query": {"deviations": DEVIATIONS, "spread": 0.1}, "likeness": LIKENESS})
    assert (by_deviation.cosines, by_deviation.deviations, by_deviation.spread) == (None, Marks(*DEVIATIONS), 0.1)


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        (None, "no table"),
        ([], "no table"),
        ({"query": WHOLE["query"]}, "four numbers"),
        ({"likeness": LIKENESS}, "no table"),
        ({**WHOLE, "bands": 1}, "no part called bands"),
        ({"query": {}, "likeness": LIKENESS}, "cosines or deviations"),
        ({"query": COSINES, "likeness": LIKENESS}, "no table"),
        ({"query": {"deviations": DEVIATIONS}, "likeness": LIKENESS}, "belong together"),
        ({"query": {"cosines": COSINES, "spread": 0.1}, "likeness": LIKENESS}, "belong together"),
        ({"query": {"deviations": DEVIATIONS, "spread": 0}, "likeness": LIKENESS}, "more than nothing"),
        ({**WHOLE, "likeness": LIKENESS[:3]}, "four numbers"),
        ({**WHOLE, "likeness": [0.1, 0.2, 0.2, 0.3]}, "ascend"),
        ({**WHOLE, "likeness": [0.1, 0.2, 0.3, float("inf")]}, "no sensible number"),
        ({**WHOLE, "likeness": [0.1, 0.2, float("nan"), 0.4]}, "no sensible number"),
        ({**WHOLE, "likeness": [0.1, 0.2, 0.3, 10**400]}, "no sensible number"),
        ({**WHOLE, "likeness": [0.1, 0.2, "0.3", 0.4]}, "no sensible number"),
        ({**WHOLE, "likeness": [False, 0.2, 0.3, 0.4]}, "no sensible number"),
    ],
)
def test_anything_else_is_refused_with_the_reason(broken: object, reason: str) -> None:
    with pytest.raises(CheckpointProblem, match=reason):
        calibration_of(broken)


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["query", "likeness", "spread"]), inner)
    ),
    max_leaves=8,
)


@given(JSON)
def test_no_json_whatever_does_more_harm_than_being_refused(value: object) -> None:
    with pytest.raises(CheckpointProblem):
        calibration_of(value)
