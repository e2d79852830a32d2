"""What this program is, what is in it, and what to copy into a report of a mistake."""

import os
import platform
import sys
from html import escape

import PySide6
from PySide6.QtCore import QLocale, QSysInfo, Qt, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

import vexgui
from vexgui.gui.controls import Button, Card, Look, fold, heading, muted
from vexgui.gui.icons import app_picture
from vexgui.gui.language import tr

_WIDTH = 480


def credits_of() -> tuple[tuple[str, str], ...]:
    """Return what the program contains besides its own code, and under which licence."""
    return (
        (tr("Program"), "GPL-3.0-or-later"),
        (tr("Picture model"), tr("GPL-3.0-or-later, made from weights under Apache-2.0")),
        (tr("Text model"), "all-MiniLM-L6-v2, Apache-2.0"),
        (tr("Names of towns"), "GeoNames, CC BY 4.0"),
        (tr("Coasts and borders"), tr("Natural Earth, public domain")),
        (tr("Window"), "Qt, LGPL-3.0"),
    )


def details(models: tuple[str, ...] = ()) -> str:
    """Return what a report of a mistake needs to say about the program and the computer, a line each."""
    screen = QGuiApplication.primaryScreen()
    size = screen.size()
    lines = {
        "VexGUI": vexgui.__version__,
        "Python": platform.python_version(),
        "Qt": f"{qVersion()}, PySide6 {PySide6.__version__}",
        "System": f"{QSysInfo.prettyProductName()}, Linux {platform.release()}, {platform.machine()}",
        "Desktop": f"{os.environ.get('XDG_CURRENT_DESKTOP', 'unknown')}, {QGuiApplication.platformName()}",
        "Screen": f"{size.width()} × {size.height()}, scaled {screen.devicePixelRatio():g}",
        "Language": QLocale().bcp47Name(),
        "Models": ", ".join(models) or "none known",
        "Installed in": sys.prefix,
    }
    return "".join(f"{name}: {value}\n" for name, value in lines.items())


class AboutDialog(QDialog):
    """Shows version and licences, and puts the details on the clipboard.

    Args:
        parent: The window.
        models: Names of the models in use.
    """

    def __init__(self, parent: QWidget, models: tuple[str, ...] = ()) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("About VexGUI"))
        self._details = details(models)
        self.copy = Button(tr("Copy details"), "copy")
        self.copy.setToolTip(self._details)
        self.copy.clicked.connect(self._copy)
        close = Button(tr("Close"), look=Look.PRIMARY)
        close.clicked.connect(self.close)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(24, 22, 24, 20)
        rows.setSpacing(14)
        rows.addLayout(self._head())
        rows.addWidget(fold(QLabel(_purpose())))
        rows.addWidget(self._credits())
        buttons = QHBoxLayout()
        buttons.addWidget(self.copy)
        buttons.addStretch(1)
        buttons.addWidget(close)
        rows.addLayout(buttons)
        self.setFixedSize(_WIDTH, rows.totalHeightForWidth(_WIDTH))
        close.setFocus()

    def _head(self) -> QHBoxLayout:
        picture = QLabel()
        picture.setPixmap(app_picture(64, self.devicePixelRatioF()))
        names = QVBoxLayout()
        names.setSpacing(2)
        names.addWidget(heading("VexGUI", 1.5))
        names.addWidget(muted(tr("Version {version}").format(version=vexgui.__version__)))
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(picture)
        row.addLayout(names)
        row.addStretch(1)
        return row

    def _credits(self) -> Card:
        card = Card()
        rows = "".join(
            f"<tr><td style='padding-right: 18px'>{escape(what)}</td><td>{escape(licence)}</td></tr>"
            for what, licence in credits_of()
        )
        label = fold(QLabel(f"<table cellspacing='3'>{rows}</table>"))
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(12, 8, 12, 8)
        inside.addWidget(label)
        return card

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._details)
        self.copy.setText(tr("Copied"))


def _purpose() -> str:
    return tr(
        "Finds your files by what they mean. Everything is computed on this computer, and what is learned is kept with "
        "the files themselves."
    )
