"""Every benchmark runs from end to end with little, and its figures mean what they say. No speed is asserted here."""

import os
from pathlib import Path

import pytest

from tests.bench.figures import by_name
from vexgui.bench import embedding, many, photos, search, upkeep
from vexgui.bench.conditions import Conditions
from vexgui.core.errors import WorldProblem
from vexgui.system import attributes
from vexgui.system.attributes import AttributeRefused, Refusal


def test_search_finds_what_is_nearest_and_is_measured_beside_other_ways(conditions: Conditions) -> None:
    figures = by_name(search.measure(conditions))
    assert len(figures["search 2,000 × 512, without encoding the query"].peers) >= 2
    recall = figures["recall@10 of that search in 2,000 made-up vectors, against float32"]
    assert 0.9 < recall.value <= 1
    assert recall.met is (recall.value >= 0.98)
    assert recall.peers["numpy float32, as rclip does it"] == 1
    for percent in ("100", "10", "1", "0.1"):
        assert figures[f"recall@10 under a filter by size that {percent} % of 2,000 pass"].value > 0.9
    assert 0 < figures["of the store of 2,000 × 512, mapped and in memory after that"].value < 20


def test_search_is_measured_with_another_number_of_vectors_as_well(tmp_path: Path) -> None:
    conditions = Conditions(os.fsencode(tmp_path), lambda sentence: None, quick=True, vectors=300)
    measured = by_name(search.measure(conditions))
    assert {what.split()[1] for what in measured if "without encoding" in what} == {"2,000", "300"}


def test_scan_and_rebuild_are_measured_beside_bare_loops_and_embed_nothing(conditions: Conditions) -> None:
    figures = by_name(upkeep.measure(conditions))
    for what in (
        "the re-scan, in times of bare scandir and stat",
        "the rebuild, in times of bare scandir, stat and getxattr",
    ):
        ratio = figures[f"time of {what}"]
        assert (ratio.aim, ratio.unit, ratio.met) == (3, "×", ratio.value <= 3)
    assert figures["passages embedded by these rebuilds"].value == 0


def test_many_files_are_measured_from_their_first_words_to_an_idle_program(conditions: Conditions) -> None:
    figures = by_name(many.measure(conditions))
    assert figures["first words of 100 new notes can be searched, before any is embedded"].value > 0
    assert figures["looking again at 200 unchanged files"].peers
    assert figures["memory of the main process that keeps 200 files indexed"].value > 10
    assert figures["processor it takes while nothing happens for 0.5 s"].value < 100


def test_a_disk_without_attributes_is_told_before_anything_is_measured_on_it(
    conditions: Conditions, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise AttributeRefused(Refusal.NOT_SUPPORTED, 95)

    monkeypatch.setattr(attributes, "write", refuse)
    with pytest.raises(WorldProblem) as caught:
        list(upkeep.measure(conditions))
    assert "--folder" in caught.value.remedy


@pytest.mark.slow
@pytest.mark.model
def test_texts_and_pictures_are_embedded_by_real_models_beside_the_libraries_they_come_from(
    conditions: Conditions,
) -> None:
    figures = by_name(embedding.measure(conditions))
    assert figures["text files, read, embedded and stored"].value > 0
    assert figures["their passages"].peers
    assert figures["pictures through ViT-S-32-alt"].peers
    assert 0 < figures["of the time from their first passages to their last, the model works"].value <= 100
    assert any(what.startswith("ViT-S-32-alt at a time") for what in figures)
    cosine = next(figure for what, figure in figures.items() if what.startswith("cosine of ViT-S-32-alt"))
    assert cosine.met


@pytest.mark.slow
@pytest.mark.model
def test_photos_are_measured_from_their_files_to_the_store_beside_a_pipeline_like_rclips(
    conditions: Conditions,
) -> None:
    figures = by_name(photos.measure(conditions))
    assert figures["the same, in times of that"].value > 0
