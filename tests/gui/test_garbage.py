"""Garbage is collected on the window's thread, and nowhere else while there is a window."""

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from tests.waiting import joined
from vexgui.gui.garbage import GarbageCollector


class Knot:
    """Refers to itself, and tells on which thread it was taken apart."""

    def __init__(self, ends: list[int]) -> None:
        self.self = self
        weakref.finalize(self, lambda: ends.append(threading.get_ident()))


@pytest.fixture
def collector(qtbot: QtBot) -> Iterator[GarbageCollector]:
    parent = QObject()
    with GarbageCollector(parent) as found:
        yield found


def knot_many(ends: list[int]) -> None:
    for _ in range(5 * gc.get_threshold()[0]):
        Knot(ends)


def test_what_worker_threads_drop_is_taken_apart_on_the_windows_thread(collector: GarbageCollector) -> None:
    ends: list[int] = []
    worker = threading.Thread(target=knot_many, args=(ends,))
    worker.start()
    joined(worker)
    assert ends == []
    collector.look()
    assert set(ends) == {threading.get_ident()}


def test_a_window_nobody_sees_looks_for_none(qtbot: QtBot) -> None:
    ends: list[int] = []
    parent = QObject()
    with GarbageCollector(parent, lambda: False) as collector:
        knot_many(ends)
        collector.look()
        assert ends == []


def test_pythons_own_collector_works_again_without_a_window_where_it_did_before(qtbot: QtBot) -> None:
    parent = QObject()
    gc.enable()  # whoever tests switches it off, as the program does
    with GarbageCollector(parent):
        assert not gc.isenabled()
    assert gc.isenabled()
    gc.disable()
    with GarbageCollector(parent):
        pass
    assert not gc.isenabled()
