"""What a model's scores are worth, as its configuration file says it. Pure."""

from collections.abc import Iterable
from itertools import pairwise

from vexgui.core.errors import CheckpointProblem
from vexgui.core.told import told
from vexgui.core.vectors import Calibration, Marks

_LARGEST = 1000
"""No cosine and no number of deviations comes near it."""

_REMEDY = "Leave the calibration out of the file, or write it as docs/decisions/0020-two-spaces-side-by-side.md says."


def calibration_of(value: object) -> Calibration:
    """Return the calibration that a configuration's ``calibration`` holds.

    Args:
        value: ``{"query": {"cosines": MARKS, "deviations": MARKS, "spread": number}, "likeness": MARKS}``, parsed.
            MARKS are four ascending numbers. A query has one kind of marks or both, and a spread with deviations.

    Raises:
        CheckpointProblem: It is anything else.
    """
    parts = _table(value, ("likeness", "query"))
    query = _table(parts.get("query"), ("cosines", "deviations", "spread"))
    if "cosines" not in query and "deviations" not in query:
        raise _refused(told("for queries it needs cosines or deviations"))
    if ("spread" in query) != ("deviations" in query):
        raise _refused(told("deviations and their spread belong together"))
    spread = _number(query.get("spread", 0.0))
    if "spread" in query and spread <= 0:
        raise _refused(told("the spread must be more than nothing"))
    return Calibration(
        likeness=_marks(parts.get("likeness")),
        cosines=_marks(query["cosines"]) if "cosines" in query else None,
        deviations=_marks(query["deviations"]) if "deviations" in query else None,
        spread=spread,
    )


def _table(value: object, known: Iterable[str]) -> dict[str, object]:
    if not isinstance(value, dict):
        raise _refused(told("it is no table with the parts query and likeness"))
    unknown = sorted(set(value) - set(known))
    if unknown:
        raise _refused(told(f"there is no part called {unknown[0]}"))
    return value


def _marks(value: object) -> Marks:
    if not isinstance(value, list) or len(value) != 4:  # noqa: PLR2004 - as many as `Marks` has
        raise _refused(told("marks are four numbers"))
    numbers = [_number(item) for item in value]
    if any(low >= high for low, high in pairwise(numbers)):
        raise _refused(told("the four marks must ascend"))
    return Marks(*numbers)


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not -_LARGEST <= value <= _LARGEST:
        raise _refused(told("it holds something that is no sensible number"))
    return float(value)


def _refused(reason: str) -> CheckpointProblem:
    return CheckpointProblem(f"The model's calibration cannot be used: {reason}.", _REMEDY)
