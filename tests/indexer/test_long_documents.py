"""A document of more passages than its record has room for keeps the vectors it has, and is given the others."""

import os
import threading
from collections.abc import Sequence
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from typing_extensions import override

from tests.indexer.keepers import WatchedKeeper
from vexgui.core.arrays import Vectors
from vexgui.core.reports import IndexReport
from vexgui.core.vectors import CodecName, Source, SpaceId
from vexgui.engine import care
from vexgui.extract.fake import FakeExtractor
from vexgui.indexer.indexer import Indexer
from vexgui.indexer.pipeline import Pipeline
from vexgui.indexer.rules import Rules
from vexgui.models.fake import FAKE_TEXT, FakeEmbedder
from vexgui.store.format import PAGE_BYTES
from vexgui.store.record import SpaceVectors
from vexgui.store.store import Store

PASSAGES = 60
RECORDED = 19


class Shaky(FakeEmbedder):
    """Gives no usable vector for one text."""

    @override
    def embed_texts(self, space: SpaceId, texts: Sequence[str]) -> Vectors:
        vectors = super().embed_texts(space, texts)
        vectors[["town 7." in text for text in texts]] = np.nan
        return vectors


def first_few(vectors: Sequence[SpaceVectors]) -> Sequence[SpaceVectors]:
    """Return what a record has room for that holds few vectors only."""
    return [replace(part, ordinals=part.ordinals[:RECORDED], vectors=part.vectors[:RECORDED]) for part in vectors]


class Desk:
    """A long document, and a store that can be made anew."""

    def __init__(self, folder: Path, stack: ExitStack, embedder: FakeEmbedder) -> None:
        self.folder = folder
        self._stack = stack
        self.embedder = embedder
        self.keeper = WatchedKeeper(bytes(32), CodecName.INT8, enabled=True)
        self.keeper.before = first_few
        (folder / "files").mkdir()
        self.document = folder / "files" / "long.txt"
        self.document.write_text("\n\n".join(f"Fog in town {number}." for number in range(1, PASSAGES)))
        self.use_store("store")

    def use_store(self, name: str) -> None:
        path = os.fsencode(self.folder / name)
        self.store = self._stack.enter_context(closing(Store(path, CodecName.INT8, writable=True)))
        self.columns = self.folder / name
        pipeline = Pipeline(self.store, self.keeper, FakeExtractor(), self.embedder)
        self.indexer = Indexer(self.store, pipeline, Rules(), (), lambda _: None)

    def index(self) -> IndexReport:
        return self.indexer.index([os.fsencode(self.document.parent)], (), threading.Event(), force=False)

    def rebuild(self) -> IndexReport:
        self.use_store("store made anew")
        return self.indexer.rebuild([os.fsencode(self.document.parent)], (), threading.Event())

    @property
    def embedded(self) -> int:
        return self.embedder.texts_embedded

    def vectors(self) -> SpaceVectors:
        row = self.store.catalog.file(os.fsencode(self.document))
        assert row is not None
        (part,) = self.store.vectors_of(row.id)
        return part

    def flip(self, ordinal: int) -> None:
        """Have the disk give another bit back than was written, in the vector of a passage."""
        row = self.store.catalog.file(os.fsencode(self.document))
        assert row is not None
        (extent,) = self.store.catalog.extents(row.id)
        (codes,) = self.columns.glob("*/codes")
        with codes.open("r+b") as file:
            file.seek(PAGE_BYTES + (extent.first + ordinal) * FAKE_TEXT.dim)
            byte = file.read(1)[0]
            file.seek(-1, os.SEEK_CUR)
            file.write(bytes([byte ^ 1]))


@pytest.fixture
def desk(tmp_path: Path, stack: ExitStack) -> Desk:
    return Desk(tmp_path, stack, FakeEmbedder())


@pytest.mark.parametrize(
    ("ordinal", "embedded", "source"), [(RECORDED - 1, 0, Source.RECORD), (RECORDED, 1, Source.EMBEDDED)]
)
def test_a_flipped_bit_costs_one_vector_and_it_is_mended(
    desk: Desk, ordinal: int, embedded: int, source: Source
) -> None:
    desk.index()
    before = desk.vectors().vectors
    desk.flip(ordinal)
    assert len(desk.vectors().vectors) == PASSAGES - 1
    report = care.verify(desk.store, desk.keeper, desk.indexer)
    assert (len(report.problems), report.repaired, report.unrepaired) == (1, 1, ())
    after = desk.vectors()
    assert after.ordinals.tolist() == list(range(PASSAGES))
    assert np.einsum("ij,ij->i", before, after.vectors).min() > 0.99
    assert (desk.embedded, after.source) == (PASSAGES + embedded, source)


def test_a_rebuild_embeds_nothing_and_the_next_index_what_it_left_out(desk: Desk) -> None:
    desk.index()
    assert desk.rebuild().reused == 1
    assert len(desk.vectors().vectors) == RECORDED
    assert desk.embedded == PASSAGES
    assert desk.index().indexed == 1
    assert desk.vectors().ordinals.tolist() == list(range(PASSAGES))
    assert desk.embedded == PASSAGES + PASSAGES - RECORDED
    assert desk.index().unchanged == 1
    assert desk.embedded == PASSAGES + PASSAGES - RECORDED


def test_vectors_of_a_record_and_of_a_model_are_together_as_sure_as_the_records(desk: Desk) -> None:
    desk.index()
    desk.rebuild()
    recorded = desk.vectors()
    assert (recorded.source, recorded.confidence < 1) == (Source.RECORD, True)
    desk.index()
    assert (desk.vectors().source, desk.vectors().confidence) == (Source.RECORD, recorded.confidence)


def test_a_copy_gives_what_a_record_does_not_hold(desk: Desk) -> None:
    desk.index()
    desk.rebuild()
    desk.index()
    embedded = desk.embedded
    desk.document.with_name("copy.txt").write_bytes(desk.document.read_bytes())
    assert desk.index().reused == 1
    assert desk.embedded == embedded


def test_a_passage_without_a_usable_vector_is_tried_once_a_run_and_alone(tmp_path: Path, stack: ExitStack) -> None:
    desk = Desk(tmp_path, stack, Shaky())
    for tried in range(3):
        desk.index()
        assert len(desk.vectors().vectors) == PASSAGES - 1
        assert desk.embedded == PASSAGES + tried


def test_a_document_of_another_content_keeps_the_vector_of_its_name_alone(desk: Desk) -> None:
    desk.index()
    desk.document.write_text(desk.document.read_text().replace("Fog", "Rye"))
    assert desk.index().indexed == 1
    assert desk.embedded == PASSAGES + PASSAGES - 1


def test_a_document_with_new_passages_keeps_the_vectors_of_the_others(desk: Desk) -> None:
    desk.index()
    before = desk.vectors().vectors
    first, *others = desk.document.read_text().split("\n\n")
    desk.document.write_text("\n\n".join([first, "Rye bread.", *others, first]))
    assert desk.index().indexed == 1
    assert desk.embedded == PASSAGES + 2
    after = desk.vectors()
    assert after.ordinals.tolist() == list(range(PASSAGES + 2))
    kept = np.delete(after.vectors, [2, PASSAGES + 1], axis=0)
    assert np.einsum("ij,ij->i", before, kept).min() > 0.99
