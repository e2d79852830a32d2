"""Writes down what the window shows, for another process to read."""

import json
import os
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QPoint, QRect, QTimer
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from vexgui.core.paths import name_of, shown
from vexgui.gui.window import MainWindow

_EVERY_MS = 25
_MOST_CELLS = 12


def tell_of_window(told: Path) -> None:
    """Begin to write down what the application's window shows."""
    window = next(each for each in QApplication.topLevelWidgets() if isinstance(each, MainWindow))
    _Teller(window, told)


class _Teller(QObject):
    def __init__(self, window: MainWindow, told: Path) -> None:
        super().__init__(window)
        self._window = window
        self._told = told
        self._before = ""
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)
        self._timer.start(_EVERY_MS)

    def _look(self) -> None:
        now = json.dumps(_shown(self._window))
        if now != self._before:
            self._before = now
            beside = self._told.with_suffix(".new")
            beside.write_text(now)
            os.replace(beside, self._told)


def _shown(window: MainWindow) -> dict[str, Any]:
    """Return what a person would see; places are in pixels of the screen."""
    hit = window.results.currentIndex().row()
    preview = window.large_preview
    popup = QApplication.activePopupWidget()
    return {
        "visible": window.isVisible(),
        "active": window.isActiveWindow(),
        "minimized": window.isMinimized(),
        "opened": window.pages.opened,
        "settled": window.settled and not window.parts.operations.busy,
        "page": type(window.pages.currentWidget()).__name__,
        "typed": window.field.text(),
        "question": window.searcher.question.title,
        "found": [shown(name_of(hit.path)) for hit in window.found.model.hits[:_MOST_CELLS] if hit is not None],
        "total": window.found.model.total if window.pages.shows_results else 0,
        "row": hit,
        "roots": [shown(root.path) for root in window.desk.roots],
        "said": window.status.result,
        "busy": window.status.progress.activity.name,
        "trouble": window.banner.message if window.banner.isVisible() else "",
        "focus": _focused(),
        "preview": shown(name_of(preview.hit.path)) if preview.isVisible() and preview.hit is not None else "",
        "zone": _zone(window),
        "zones": _zones(window),
        "field": _middle(window.field.edit, window.field.edit.rect()),
        "cells": _cells(window),
        "menu": _entries(popup) if isinstance(popup, QMenu) else {},
    }


def _focused() -> str:
    focused = QApplication.focusWidget()
    return "" if focused is None else type(focused).__name__


def _zone(window: MainWindow) -> str:
    return window.drops.sheet._zone.value if window.drops.sheet.isVisible() else ""


def _zones(window: MainWindow) -> dict[str, list[int]]:
    sheet = window.drops.sheet
    return {zone.value: _middle(sheet, area.toRect()) for zone, area in sheet._areas()} if sheet.isVisible() else {}


def _cells(window: MainWindow) -> list[list[int]]:
    view = window.results
    if not window.pages.shows_results:
        return []
    rows = range(min(window.found.model.total, _MOST_CELLS))
    return [_middle(view.viewport(), view.visualRect(window.found.model.index(row))) for row in rows]


def _entries(menu: QMenu) -> dict[str, list[int]]:
    return {action.text(): _middle(menu, menu.actionGeometry(action)) for action in menu.actions() if action.text()}


def _middle(widget: QWidget, area: QRect) -> list[int]:
    at: QPoint = widget.mapToGlobal(area.center())
    return [at.x(), at.y()]
