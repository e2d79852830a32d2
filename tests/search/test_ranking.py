"""Files in order, in arrays: what is put in comes out, copies are folded, and bands and kinds are counted."""

import numpy as np
import pytest

from vexgui.core.files import Kind
from vexgui.core.hits import Band
from vexgui.search.rank import MAYBE_FROM, STRONG_FROM, Evidence, Ranked
from vexgui.search.ranking import Reason, bands_in, folded, kinds_in, listing_of, ranking_of
from vexgui.store.catalog.outlines import KINDS, Outlines


def outlines(twins: list[int], kinds: list[Kind] | None = None) -> Outlines:
    numbers = [KINDS.index(kind) for kind in kinds or [Kind.TEXT] * len(twins)]
    return Outlines(np.array(numbers, np.uint8), np.array(twins, np.int64))


def test_reasons_come_out_as_they_were_put_in() -> None:
    evidence = [
        Evidence(7, "words", "words", 0.9, 7 << 20 | 2),
        Evidence(7, "name", "name", 0.7, 0),
        Evidence(3, "text", "aabb", 0.4, 3 << 20 | 1),
    ]
    ranking = ranking_of([Ranked(7, 0.95, tuple(evidence[:2])), Ranked(9, 0.5, ()), Ranked(3, 0.4, (evidence[2],))])
    assert [ranking.file(row) for row in range(len(ranking))] == [7, 9, 3]
    assert ranking.scores.tolist() == [0.95, 0.5, 0.4]
    assert [ranking.reasons(row) for row in range(3)] == [
        (Reason("words", 0.9, 7 << 20 | 2), Reason("name", 0.7, 0)),
        (),
        (Reason("aabb", 0.4, 3 << 20 | 1),),
    ]


def test_of_a_listing_no_file_is_surer_than_another_nor_takes_more_room_than_its_number() -> None:
    ranking = listing_of(np.arange(100_000))
    assert (ranking.file(99_999), ranking.scores[99_999], ranking.reasons(99_999)) == (99_999, 1.0, ())
    assert ranking.scores.base is not None
    assert ranking.scores.strides == ranking.first.strides == (0,)


@pytest.mark.parametrize(
    ("twins", "dropped", "rows"),
    [
        ([], [], []),
        ([0, 0, 0], [], [0, 1, 2]),
        ([0, 0, 0], [1, 1], [0, 2]),
        ([5, 0, 5, 6, 6, 5], [], [0, 1, 3]),
        ([5, 0, 5, 6, 6, 5], [0, 4], [1, 2, 3]),
        ([5, 5], [0, 1], []),
    ],
)
def test_of_files_of_one_content_the_first_that_counts_stays(
    twins: list[int], dropped: list[int], rows: list[int]
) -> None:
    assert folded(outlines(twins), dropped).tolist() == rows


def test_kinds_are_counted_the_most_first_and_only_in_the_rows_asked_for() -> None:
    found = outlines([0] * 5, [Kind.AUDIO, Kind.IMAGE, Kind.IMAGE, Kind.VIDEO, Kind.OTHER])
    assert kinds_in(found, np.arange(4)) == ((Kind.IMAGE, 2), (Kind.AUDIO, 1), (Kind.VIDEO, 1))
    assert kinds_in(found, np.array([], np.int64)) == ()


def test_bands_are_counted_as_hits_have_them() -> None:
    scores = (1.0, STRONG_FROM, STRONG_FROM - 1e-9, MAYBE_FROM, MAYBE_FROM - 1e-9)
    ranking = ranking_of([Ranked(number, score, ()) for number, score in enumerate(scores)])
    assert bands_in(ranking, np.arange(5)) == ((Band.STRONG, 2), (Band.MAYBE, 2), (Band.WEAK, 1))
    assert bands_in(ranking, np.array([4])) == ((Band.WEAK, 1),)
