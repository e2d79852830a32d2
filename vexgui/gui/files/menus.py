"""Menus within the menu for files: the programs that open them, and stars."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget
from shiboken6 import isValid

from vexgui.gui.files.shell import Shell
from vexgui.gui.language import tr, trn
from vexgui.system.desktop_entry import Application

STARS = 5
A_STAR = 2
"""What a star counts in the desktop's ratings."""
_MOST_PROGRAMS = 20


class OpenWithMenu(QMenu):
    """The programs that open some files; they are looked for as soon as the menu is made."""

    def __init__(self, shell: Shell, paths: Sequence[bytes], parent: QWidget) -> None:
        super().__init__(tr("Open with"), parent)
        self._shell = shell
        self._paths = tuple(paths)
        self._say(tr("Looking for programs…"))
        shell.find_openers(self._paths, self._take)

    def _take(self, programs: tuple[Application, ...]) -> None:
        if not isValid(self):  # the menu was closed meanwhile
            return
        self.clear()
        for program in programs[:_MOST_PROGRAMS]:
            action = self.addAction(program.name.replace("&", "&&"))
            action.triggered.connect(partial(self._shell.open_with, program, self._paths))
        if programs:
            self.setDefaultAction(self.actions()[0])
        else:
            several = len(self._paths) > 1
            self._say(tr("No program is known for these files") if several else tr("No program is known for it"))
        if len(self._paths) == 1:
            self.addSeparator()
            self.addAction(tr("Other program…")).triggered.connect(partial(self._shell.choose_program, self._paths[0]))

    def _say(self, words: str) -> None:
        self.addAction(words).setEnabled(False)


class RatingMenu(QMenu):
    """Stars to choose from.

    Signals:
        chosen: A rating, 0 to 10; 0 for none.
    """

    chosen = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(tr("Rate"), parent)
        for stars in range(STARS, 0, -1):
            action = self.addAction("★" * stars + "☆" * (STARS - stars))
            action.setToolTip(trn("{count} star", "{count} stars", stars).format(count=stars))
            action.triggered.connect(partial(self.chosen.emit, stars * A_STAR))
        self.addSeparator()
        self.addAction(tr("No rating")).triggered.connect(partial(self.chosen.emit, 0))
