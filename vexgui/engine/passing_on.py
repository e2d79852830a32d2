"""The calls that one part of the engine answers by itself."""

import threading
from collections.abc import Sequence

from typing_extensions import override

from vexgui.core.care import CompactReport, VerifyReport
from vexgui.core.exclusions import ExcludeReport, Exclusions, Weight
from vexgui.core.files import Kind
from vexgui.core.hits import Answer, Hit
from vexgui.core.query import Order, Reading, Suggestions
from vexgui.core.reports import FailedFile, ModelInfo, RebuildReport, RootInfo
from vexgui.engine.answering import Answering, Shape
from vexgui.engine.api import EngineApi
from vexgui.engine.choosing import Choice
from vexgui.engine.keeping import Keeping
from vexgui.engine.upkeep import Upkeep


class PassingOn(EngineApi):
    """Passes calls on to the parts that answer them; see `EngineApi`."""

    _keeping: Keeping
    _answering: Answering
    _upkeep: Upkeep
    _choice: Choice
    _closed: threading.Event

    # Folders

    @override
    def roots(self) -> tuple[RootInfo, ...]:
        return self._keeping.infos()

    @override
    def set_records(self, folder: bytes, *, records: bool) -> None:
        self._keeping.set_records(folder, records=records)

    @override
    def remove_root(self, folder: bytes) -> None:
        self._keeping.remove(folder)

    @override
    def exclusions(self) -> Exclusions:
        return self._keeping.exclusions()

    @override
    def exclude(self, *, add: Sequence[str] = (), remove: Sequence[str] = ()) -> ExcludeReport:
        return self._keeping.exclude(add, remove)

    @override
    def weigh_exclusion(self, add: Sequence[str]) -> Weight:
        return self._keeping.weigh(add)

    # Answers

    @override
    def search(
        self,
        query: str,
        limit: int,
        *,
        meaning: bool = True,
        folder: bytes = b"",
        strict: bool = False,
        order: Order | None = None,
        kind: Kind | None = None,
        stop: threading.Event | None = None,
    ) -> Answer:
        shape = Shape(order, kind)
        return self._answering.search(query, limit, folder, shape, stop, meaning=meaning, strict=strict)

    @override
    def similar(
        self,
        paths: Sequence[bytes],
        limit: int,
        *,
        order: Order | None = None,
        kind: Kind | None = None,
        stop: threading.Event | None = None,
    ) -> Answer:
        return self._answering.similar(paths, limit, Shape(order, kind), stop)

    @override
    def hits_of(self, token: int, start: int, count: int) -> tuple[Hit, ...]:
        return self._answering.hits_of(token, start, count)

    @override
    def paths_of(self, token: int, stretches: Sequence[range]) -> tuple[bytes, ...]:
        return self._answering.paths_of(token, stretches)

    @override
    def hits_for(
        self, paths: Sequence[bytes], limit: int, *, order: Order | None = None, kind: Kind | None = None
    ) -> Answer:
        return self._answering.hits_for(paths, limit, Shape(order, kind))

    @override
    def suggest(self, text: str, cursor: int) -> Suggestions:
        return self._answering.suggest(text, cursor)

    @override
    def read(self, text: str) -> Reading:
        return self._answering.read(text)

    @override
    def failures(self, limit: int = 1000) -> tuple[FailedFile, ...]:
        return self._answering.failures(limit)

    # Care

    @override
    def verify(self, *, repair: bool) -> VerifyReport:
        return self._upkeep.verify(repair=repair)

    @override
    def rebuild(self, *, stop: threading.Event | None = None) -> RebuildReport:
        return self._upkeep.rebuild(stop or threading.Event())

    @override
    def compact(self, *, stop: threading.Event | None = None) -> CompactReport:
        return self._upkeep.compact(stop or self._closed)

    # Models

    @override
    def models(self) -> tuple[ModelInfo, ...]:
        return self._choice.infos()

    @override
    def use_model(self, name: str, checkpoint: bytes) -> ModelInfo:
        return self._choice.use(name, checkpoint)

    @override
    def download_model(self, name: str, *, stop: threading.Event | None = None) -> ModelInfo:
        return self._choice.download(name, stop or self._closed)

    @override
    def measure_models(
        self, names: Sequence[str] = (), *, stop: threading.Event | None = None
    ) -> tuple[ModelInfo, ...]:
        return self._choice.measure(names, stop or self._closed)

    @override
    def forget_model(self, name: str, *, stop: threading.Event | None = None) -> None:
        with self._upkeep.in_place:
            self._choice.forget(name, stop or self._closed)
