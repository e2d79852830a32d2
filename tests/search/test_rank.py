"""Laws of ranking: how strong reasons are, and how they add up."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vexgui.core.hits import Band
from vexgui.core.vectors import Calibration, Marks, Modality
from vexgui.models.fake import FAKE_PICTURE, FAKE_TEXT
from vexgui.search import rank
from vexgui.search.names import normal_name
from vexgui.search.rank import (
    USUAL,
    Evidence,
    Ranked,
    band_of,
    calibration_of,
    deviations,
    fused,
    likeness_strength,
    name_strength,
    query_strengths,
    rarity,
    strength_at,
    words_strength,
)

TEXT, PICTURE = USUAL[Modality.TEXT], USUAL[Modality.PICTURE]
SCALES = [marks for usual in (TEXT, PICTURE) for marks in (usual.likeness, usual.cosines, usual.deviations) if marks]
SHARES = st.floats(0, 1)
SOURCES = ["text", "picture", "picture before", "words", "name"]
VAGUE = st.floats(0.01, rank.MAYBE_FROM, exclude_max=True)


def evidence(
    strengths: st.SearchStrategy[float], sources: Sequence[str] = SOURCES
) -> st.SearchStrategy[list[Evidence]]:
    return st.lists(st.builds(said, st.integers(1, 6), st.sampled_from(sources), strengths), max_size=30)


def said(file: int, source: str, strength: float) -> Evidence:
    """Return a reason; all spaces of pictures are one witness."""
    return Evidence(file, source.removesuffix(" before"), source, strength, 0)


def name_hit(name: str, query: str) -> float:
    stem = name.rpartition(".")[0] or name
    return name_strength(normal_name(name), normal_name(stem), normal_name(query), query.split())


# Scales


@pytest.mark.parametrize("marks", SCALES)
@given(one=st.floats(-10, 10), other=st.floats(-10, 10))
def test_more_is_never_weaker_and_never_certain(marks: Marks, one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert 0 <= strength_at(low, marks) <= strength_at(high, marks) < rank.EXACT


@pytest.mark.parametrize("marks", SCALES)
def test_the_marks_of_a_scale_are_where_the_bands_begin(marks: Marks) -> None:
    def band(score: float) -> Band:
        return band_of(strength_at(score, marks))

    assert marks.nothing < marks.maybe < marks.strong < marks.sure
    assert strength_at(marks.nothing - 1e-6, marks) == 0
    assert band(marks.nothing) is band(marks.maybe - 1e-6) is Band.WEAK
    assert band(marks.maybe) is band(marks.strong - 1e-6) is Band.MAYBE
    assert band(marks.strong) is Band.STRONG


@dataclass(frozen=True)
class Level:
    vectors: int
    middle: float
    spread: float


def query_strength(calibration: Calibration, score: float, level: Level, best: float | None = None) -> float:
    (strength,) = query_strengths(calibration, (score,), level, best)
    return strength


def test_a_text_counts_by_its_cosine_whatever_the_others_have() -> None:
    one, other = Level(100, 0.0, 0.1), Level(1, 0.3, 0.0)
    assert query_strength(TEXT, 0.4, one) == query_strength(TEXT, 0.4, other)


def test_among_more_passages_and_wider_spread_ones_it_takes_more_to_be_strong_and_no_more_to_be_maybe() -> None:
    few, many, more = (Level(vectors, 0.05, 0.07) for vectors in (2000, 40_000, 1_000_000))
    wide = Level(40_000, 0.05, 0.1)
    assert band_of(query_strength(TEXT, 0.4, few)) is Band.STRONG
    assert band_of(query_strength(TEXT, 0.4, many)) is Band.MAYBE
    at = [query_strength(TEXT, 0.46, level) for level in (few, many, more)]
    assert at == sorted(at, reverse=True)
    assert query_strength(TEXT, 0.46, wide) < query_strength(TEXT, 0.46, many)
    assert band_of(query_strength(TEXT, 0.24, more)) is Band.MAYBE


def test_what_lies_far_below_an_excellent_best_is_weak() -> None:
    level = Level(1000, 0.05, 0.07)

    def band(score: float, best: float) -> Band:
        return band_of(query_strength(TEXT, score, level, best))

    assert band(0.25, best=0.38) is Band.MAYBE
    assert band(0.25, best=0.55) is Band.WEAK
    assert band(0.38, best=0.55) is Band.MAYBE


@given(score=st.floats(-1, 1), best=st.floats(-1, 1))
def test_the_best_of_a_query_makes_nothing_weak_that_is_strong_and_nothing_stronger(score: float, best: float) -> None:
    level = Level(1000, 0.05, 0.07)
    alone, beside = query_strength(TEXT, score, level), query_strength(TEXT, score, level, best)
    assert beside <= alone
    assert (band_of(beside) is Band.STRONG) == (band_of(alone) is Band.STRONG)
    assert query_strength(TEXT, best, level, best) == pytest.approx(query_strength(TEXT, best, level))


def test_a_picture_counts_by_how_far_it_stands_out() -> None:
    narrow, wide, high = Level(1000, 0.2, 0.02), Level(1000, 0.2, 0.04), Level(1000, 0.25, 0.02)
    assert query_strength(PICTURE, 0.3, narrow) > query_strength(PICTURE, 0.3, wide)
    assert query_strength(PICTURE, 0.3, narrow) > query_strength(PICTURE, 0.3, high)


def test_a_few_pictures_that_are_alike_do_not_make_the_next_one_stand_out() -> None:
    assert query_strength(PICTURE, 0.2001, Level(2, 0.2, 0.0)) == 0
    assert query_strength(PICTURE, 0.2, Level(1, 0.2, 0.0)) == 0
    assert band_of(query_strength(PICTURE, 0.4, Level(2, 0.2, 0.0))) is Band.STRONG


def test_among_many_pictures_the_usual_spread_counts_for_nothing() -> None:
    assert deviations(0.3, Level(10**6, 0.2, 0.02), usual_spread=0.5) == pytest.approx(5, abs=0.02)
    assert deviations(0.3, Level(0, 0.2, 0.0), usual_spread=0.05) == pytest.approx(2)


BY_COSINE = Calibration(cosines=Marks(0.1, 0.2, 0.3, 0.4), likeness=Marks(0.5, 0.6, 0.7, 0.8))
BY_DEVIATION = Calibration(deviations=Marks(1, 2, 3, 4), spread=0.1, likeness=Marks(0.5, 0.6, 0.7, 0.8))
BY_BOTH = replace(BY_DEVIATION, cosines=BY_COSINE.cosines)


@pytest.mark.parametrize(
    ("score", "middle", "by_cosine", "by_deviation"),
    [
        (0.35, 0.0, Band.STRONG, Band.STRONG),
        (0.25, -0.1, Band.MAYBE, Band.STRONG),
        (0.35, 0.1, Band.STRONG, Band.MAYBE),
        (0.15, -0.1, Band.WEAK, Band.MAYBE),
    ],
)
def test_a_space_says_itself_whether_cosines_count_or_deviations(
    score: float, middle: float, by_cosine: Band, by_deviation: Band
) -> None:
    level = Level(1000, middle, 0.1)
    assert band_of(query_strength(BY_COSINE, score, level)) is by_cosine
    assert band_of(query_strength(BY_DEVIATION, score, level)) is by_deviation


@given(score=st.floats(-1, 1), middle=st.floats(-0.2, 0.4), spread=st.floats(0, 0.2), vectors=st.integers(1, 1000))
def test_where_both_count_both_have_to_be_convinced(score: float, middle: float, spread: float, vectors: int) -> None:
    level = Level(vectors, middle, spread)
    one, other = query_strength(BY_COSINE, score, level), query_strength(BY_DEVIATION, score, level)
    assert query_strength(BY_BOTH, score, level) == min(one, other)


def test_a_space_that_says_nothing_is_judged_like_others_of_its_modality() -> None:
    assert calibration_of(FAKE_TEXT) is TEXT
    assert calibration_of(FAKE_PICTURE) is PICTURE
    assert calibration_of(replace(FAKE_PICTURE, calibration=BY_BOTH)) is BY_BOTH


def test_likeness_asks_more_of_pictures_than_of_texts() -> None:
    assert likeness_strength(TEXT, 0.6) > likeness_strength(PICTURE, 0.6) > 0


# Words


def test_a_rarer_word_tells_more() -> None:
    rarities = [rarity(holding, 1000) for holding in (0, 1, 2, 10, 100, 1000)]
    assert rarities == sorted(rarities, reverse=True)
    assert rarities[-1] > 0


@given(one=SHARES, other=SHARES, closeness=SHARES)
def test_holding_more_of_the_words_is_never_weaker(one: float, other: float, closeness: float) -> None:
    low, high = sorted((one, other))
    assert 0 <= words_strength(low, closeness) <= words_strength(high, closeness) < rank.EXACT


def test_all_words_are_a_reason_and_half_of_them_next_to_none() -> None:
    assert band_of(words_strength(1, 0)) is Band.MAYBE
    assert words_strength(0.5, 1) < 0.1


def test_among_equals_the_closer_passage_is_stronger() -> None:
    assert words_strength(1, 1) > words_strength(1, 0.5)


@given(share=SHARES, closeness=SHARES)
def test_a_word_of_its_own_never_weakens_a_passage(share: float, closeness: float) -> None:
    assert words_strength(share, closeness) <= words_strength(share, closeness, own=True) < rank.EXACT


def test_a_word_of_its_own_is_strong_where_it_is_next_to_all_that_was_asked() -> None:
    assert band_of(words_strength(0.98, 0.5, own=True)) is Band.STRONG
    assert band_of(words_strength(1, 1)) is Band.MAYBE


def test_rounding_makes_no_share_more_than_whole() -> None:
    assert words_strength(1 + 1e-9, 1) == words_strength(1, 1)


# Names


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("lentil soup", ["Lentil soup.md", "lentil soup recipe.md", "the best lentil soup.md", "lentilsoup lentil.md"]),
        ("Dog.png", ["dog.png", "my dog.png", "hotdog.png.txt"]),
        (
            "soup",
            ["SOUP", "soup of the day.txt", "a long story of a soup.txt", "soupy.txt", "a very long soupy one.txt"],
        ),
        ("pdf", ["pdf", "lease.pdf", "lease in brief.pdf", "pdfs.txt"]),
    ],
)
def test_names_that_fit_better_are_stronger(query: str, names: list[str]) -> None:
    strengths = [name_hit(name, query) for name in names]
    assert strengths == sorted(strengths, reverse=True)
    assert len(set(strengths)) == len(strengths)


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("Lentil soup.md", "lentil soup"),
        ("Lentil soup.md", "LENTIL_SOUP.MD"),
        ("Danke, Jürgen.txt", "danke jurgen"),
        (".bashrc", ".bashrc"),
        ("archive.tar.gz", "archive.tar"),
    ],
)
def test_a_whole_name_is_exact_with_or_without_its_suffix(name: str, query: str) -> None:
    assert name_hit(name, query) == rank.EXACT


@pytest.mark.parametrize("query", ["a", "zz", "soup", "mysterious thing", "!", "🍰"])
def test_a_part_of_a_name_is_a_reason_but_no_certainty(query: str) -> None:
    strength = name_hit(f"xx{query}xx and more.txt", query)
    assert band_of(strength) is Band.MAYBE


# Fusion


@given(evidence(st.floats(0, 1)))
def test_a_fused_score_is_at_least_the_best_reason_and_at_most_one(items: list[Evidence]) -> None:
    ranked = fused(items)
    for item in ranked:
        strengths = [one.strength for one in items if one.file == item.file]
        assert min(max(strengths), 0.99) <= item.score <= 1
        assert (item.score == rank.EXACT) == (max(strengths) == rank.EXACT)
    assert {item.file for item in ranked} == {one.file for one in items if one.strength > 0}


@given(evidence(st.floats(0, 1)))
def test_the_best_come_first_and_ties_keep_the_order_of_files(items: list[Evidence]) -> None:
    ranked = fused(items)
    assert [(-item.score, item.file) for item in ranked] == sorted((-item.score, item.file) for item in ranked)


@given(evidence(st.floats(0, 1)))
def test_the_order_of_the_evidence_does_not_matter(items: list[Evidence]) -> None:
    def scores(ranked: list[Ranked]) -> list[tuple[int, float]]:
        return [(item.file, item.score) for item in ranked]

    shuffled = sorted(items, key=lambda item: (item.source, item.strength, item.file))
    assert scores(fused(items)) == scores(fused(shuffled)) == scores(fused(items[::-1]))


@given(evidence(st.floats(0, 1)), st.builds(said, st.integers(1, 6), st.sampled_from(SOURCES), SHARES))
def test_one_more_reason_never_lowers_a_file(items: list[Evidence], more: Evidence) -> None:
    before = {item.file: item.score for item in fused(items)}
    after = {item.file: item.score for item in fused([*items, more])}
    assert after.get(more.file, 0) >= before.get(more.file, 0)
    assert {file: score for file, score in after.items() if file != more.file} == {
        file: score for file, score in before.items() if file != more.file
    }


@given(evidence(st.floats(0.01, 1)))
def test_a_file_has_one_reason_a_witness_strongest_first(items: list[Evidence]) -> None:
    for item in fused(items):
        witnesses = [reason.witness for reason in item.reasons]
        strengths = [reason.strength for reason in item.reasons]
        assert len(set(witnesses)) == len(witnesses)
        assert strengths == sorted(strengths, reverse=True)
        for reason in item.reasons:
            rivals = [one.strength for one in items if (one.file, one.witness) == (item.file, reason.witness)]
            assert reason.strength == max(rivals)


@given(evidence(st.floats(0, 0.99)))
def test_an_exact_name_comes_first_whatever_speaks_for_others(items: list[Evidence]) -> None:
    exact = said(9, "name", rank.EXACT)
    assert fused([*items, exact])[0].file == 9


@given(evidence(VAGUE), st.sampled_from(["a", "soup", "two words", "notes.txt"]), st.integers(0, 30))
def test_a_name_that_holds_the_query_is_never_below_vague_reasons(items: list[Evidence], query: str, more: int) -> None:
    named = said(9, "name", name_hit("x" * more + query + "x" * more, query))
    assert fused([*(item for item in items if item.source != "name"), named])[0].file == 9


def test_agreement_helps_but_no_number_of_weak_reasons_outweighs_a_strong_one() -> None:
    one = [said(1, "text", 0.6)]
    two = [said(2, "text", 0.6), said(2, "words", 0.5)]
    assert [item.file for item in fused(one + two)] == [2, 1]
    weak = [said(3, source, 0.39) for source in ("text", "picture", "words")]
    assert [item.file for item in fused([*weak, said(4, "words", 0.7)])] == [4, 3]


def test_two_models_that_look_at_the_same_picture_are_no_two_witnesses() -> None:
    alone = fused([said(1, "picture", 0.6)])
    (both,) = fused([said(1, "picture before", 0.5), said(1, "picture", 0.6)])
    assert (both.score, [reason.source for reason in both.reasons]) == (alone[0].score, ["picture"])
    (other,) = fused([said(1, "picture before", 0.6), said(1, "picture", 0.5)])
    assert (other.score, [reason.source for reason in other.reasons]) == (alone[0].score, ["picture before"])


def test_nothing_is_made_of_nothing() -> None:
    assert fused([]) == fused([said(1, "text", 0.0)]) == []


def test_bands_begin_where_they_say() -> None:
    scores = (0.0, 0.399, 0.4, 0.699, 0.7, 1.0)
    bands = [band_of(score) for score in scores]
    assert bands == [Band.WEAK, Band.WEAK, Band.MAYBE, Band.MAYBE, Band.STRONG, Band.STRONG]
