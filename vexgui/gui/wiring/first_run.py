"""Joins the page of the first start with the disk: which folders there are, and how many files lie in them."""

import os
from collections import deque

from PySide6.QtCore import Slot

from vexgui.gui.frame import Frame
from vexgui.gui.operations import Lane
from vexgui.gui.pages.user_folders import RoughCount, UserFolder, rough_count, user_folders
from vexgui.gui.wiring.wiring import Wiring


class FirstRunWiring(Wiring):
    """From the user's folders to what is offered on the first start; one folder is counted at a time."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._page = frame.pages.first_run
        self._waiting: deque[bytes] = deque()
        self._counting = 0
        self._page.folders_asked.connect(self._look)
        self._page.count_asked.connect(self._count)
        self._page.add_asked.connect(self._stop)

    @Slot()
    def _look(self) -> None:
        def take(folders: list[UserFolder]) -> None:
            self._page.suggest(folders)

        self._frame.parts.operations.start(Lane.DISK, lambda _: user_folders(os.environb), take)

    @Slot(object)
    def _count(self, folder: bytes) -> None:
        self._waiting.append(folder)
        if not self._counting:
            self._count_next()

    def _count_next(self) -> None:
        self._counting = 0
        if not self._waiting:
            return
        folder = self._waiting.popleft()

        def take(count: RoughCount) -> None:
            self._page.show_count(folder, count)
            self._count_next()

        self._counting = self._frame.parts.operations.start(
            Lane.DISK, lambda stop: rough_count(folder, stop), take, lambda _: self._count_next()
        )

    @Slot()
    def _stop(self) -> None:
        """Count no more: the folders are read now."""
        self._waiting.clear()
        self._frame.parts.operations.cancel(self._counting)
        self._counting = 0
