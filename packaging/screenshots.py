"""Take the pictures of README.md and docs/USER.md: the real window, over the real engine, with the sample files.

python packaging/screenshots.py [--to DIR] [--home DIR] [NAME…]
Needs no screen. The files are copies in a home made for the purpose, with dates, tags and stars of their own; nothing
else is touched. With --home DIR that home is made there and stays, and is taken as it is the next time.
"""

import argparse
import itertools
import multiprocessing
import os
import shutil
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image
    from PySide6.QtGui import QImage

    from vexgui.gui.opening import Opening, Presenter
    from vexgui.gui.window import MainWindow

_HERE = Path(__file__).resolve().parents[1]
_VEXGUI = Path(sys.executable).parent / "vexgui"
_ROOTS = ("Documents", "Pictures", "Projects")
_PLACES = {"Pictures": "Pictures", "Code": "Projects/Code"}
"""Where folders of the sample files lie in the home of the pictures, if not among its documents."""
_TAGS = {
    "Pictures/Holidays/Red train on the viaduct.jpg": ("holiday", "train"),
    "Pictures/Holidays/IMG_2057.jpg": ("holiday", "mountains"),
    "Pictures/Holidays/IMG_2041.jpg": ("holiday",),
    "Documents/Letters/To the landlord about the heating.txt": ("flat",),
    "Documents/Documents/Lease in brief.pdf": ("flat", "keep"),
    "Documents/Finance/Tax return checklist.md": ("keep",),
}
_STARS = {"Pictures/Holidays/Red train on the viaduct.jpg": "4.5", "Pictures/Holidays/IMG_2041.jpg": "4"}
_COPIES = {
    "Pictures/Holidays/Red train on the viaduct.jpg": "Pictures/Family/Red train (1).jpg",
    "Documents/Recipes/Mushroom risotto.md": "Documents/Notes/Risotto.md",
}
"""Files that are there twice, so that there are duplicates to be seen."""
_FIRST_S, _LAST_S = 1_640_995_200, 1_761_955_200  # 2022-01-01 and 2025-11-01
_LOOK_MS, _CALM_LOOKS, _MOST_LOOKS = 80, 5, 1000
_COLOURS, _EXACT_COLOURS = 256, 24
_WIDE, _DEEP = (1180, 760), (960, 1280)

Step = str | Callable[[], object]
"""The name of a picture to take once the window is calm, or what to wait for."""
Tour = Callable[["MainWindow"], Iterator[Step]]


@dataclass(frozen=True, slots=True)
class Orders:
    """What is taken where.

    Attributes:
        home: The home of the person in the pictures.
        to: The folder for the pictures.
        names: Those that are wanted; empty for all.
    """

    home: Path
    to: Path
    names: frozenset[str]


def main() -> None:
    """Make the home, index it, and go through the tours, each in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--to", type=Path, default=_HERE / "docs" / "images")
    parser.add_argument("--home", type=Path)
    parser.add_argument("names", nargs="*", help="pictures to take, all by default")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="vexgui-pictures-") as folder:
        orders = Orders(given.home or Path(folder) / "ana", given.to, frozenset(given.names))
        _live_in(orders.home)
        if not orders.home.exists():
            _fill(orders.home)
        for tour in (first_start, everyday):
            _in_own_process(tour, orders)


def _in_own_process(tour: Tour, orders: Orders) -> None:
    # The engine's process is a copy of the window's from before Qt was loaded, so each window needs a fresh one.
    process = multiprocessing.get_context("spawn").Process(target=_go, args=(tour, orders))
    process.start()
    process.join()
    if process.exitcode:
        raise SystemExit(f"The tour {tour.__name__} failed.")


def _live_in(home: Path) -> None:
    """Have this process and its children see another home, and the same clock and language everywhere."""
    for name in [name for name in os.environ if name.startswith("XDG_")]:
        del os.environ[name]
    os.environ |= {
        "HOME": str(home),
        "LANGUAGE": "en",
        "LC_ALL": "C.UTF-8",
        "QT_QPA_PLATFORM": "offscreen",
        "QT_SCALE_FACTOR": "1",
        "TZ": "UTC",
    }


def _fill(home: Path) -> None:
    """Copy the sample files, with dates, tags and stars, and index them."""
    for part in sorted((_HERE / "resources" / "samples").iterdir()):
        if part.is_dir():
            shutil.copytree(part, home / _PLACES.get(part.name, f"Documents/{part.name}"))
    for of, to in _COPIES.items():
        shutil.copyfile(home / of, home / to)
    for file in sorted(path for path in home.rglob("*") if path.is_file()):
        # Dates by the name: the same each time, and as if they had come about one by one.
        at_s = _FIRST_S + zlib.crc32(str(file.relative_to(home)).encode()) % (_LAST_S - _FIRST_S)
        os.utime(file, (at_s, at_s))
    _run("index", *(home / root for root in _ROOTS))
    for file, tags in _TAGS.items():
        _run("tag", home / file, *itertools.chain.from_iterable(("--add", tag) for tag in tags))
    for file, stars in _STARS.items():
        _run("rate", home / file, stars)


def _run(*words: str | Path) -> None:
    subprocess.run([_VEXGUI, *words], check=True, stdout=subprocess.DEVNULL)


def first_start(window: "MainWindow") -> Iterator[Step]:
    """Show what a person sees who has no folders yet."""
    window.resize(900, 660)
    yield lambda: bool(window.pages.first_run.rows)
    yield "first-start"


def everyday(window: "MainWindow") -> Iterator[Step]:
    """Go through all that a person uses."""
    from vexgui.gui.theme import Appearance

    yield lambda: bool(window.desk.roots)
    window.resize(*_WIDE)
    yield from _searching(window)
    yield from _files(window)
    yield from _places(window)
    yield from _preferences(window)
    window.parts.theme.choose(Appearance.DARK)
    window.ask("sailing at sunset", b"")
    yield "dark"


def _searching(window: "MainWindow") -> Iterator[Step]:
    """Show answers, the search field, and the list."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    for name, query in (("Bills", "invoice electricity gas"), ("By the sea", "type:image sea")):
        window.searches.save(name, query)
        yield partial(window.searches.named, query)
    window.ask("a journey through the mountains by train", b"")
    yield "window"
    window.field.take_focus()
    window.field.set_text("")
    window.field.add_example(os.fsencode(Path.home() / "Pictures/Holidays/IMG_2041.jpg"))
    QTest.keyClicks(window.field.edit, "type:image in the evening ta")
    yield lambda: window.field.completion.is_open
    yield "search"
    QTest.keyClick(window.field.edit, Qt.Key.Key_Escape)
    window.ask("something to cook with vegetables", b"")
    QTest.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    yield "list"
    QTest.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)


def _files(window: "MainWindow") -> Iterator[Step]:
    """Show what is known of a file, what can be done with it, and the large preview."""
    from PySide6.QtCore import QPoint, Qt
    from PySide6.QtTest import QTest

    window.resize(*_DEEP)
    window.workspace.side.button.click()
    window.ask("red train on a viaduct", b"")
    yield "details"
    window.workspace.side.button.click()
    window.resize(*_WIDE)
    window.results.setFocus()
    yield lambda: window.settled
    at = window.results.viewport().mapToGlobal(QPoint(150, 110))
    window.actions_on_files.show_menu(at)
    yield "menu"
    _close_popups()
    window.ask("the radiators in the flat stay lukewarm", b"")
    yield lambda: window.searcher.settled and window.settled
    window.results.setFocus()
    QTest.keyClick(window.results, Qt.Key.Key_Space)
    yield "preview"
    QTest.keyClick(window.large_preview, Qt.Key.Key_Space)


def _places(window: "MainWindow") -> Iterator[Step]:
    """Show the places to look, and what the indexer does."""
    window.field.clear()
    yield lambda: not window.searcher.question
    window.workspace.details.wish(shown=False)  # the map is wide
    places = (("map", "shows_map"), ("timeline", "shows_months"), ("duplicates", "cards"))
    for name, sign in places:
        window.menu.look_asked.emit(name)
        yield partial(lambda sign: bool(getattr(window.pages.currentWidget(), sign)), sign)
        yield name
    window.workspace.details.wish(shown=True)
    window.ask("birds to be seen in the garden", b"")
    yield lambda: window.pages.shows_results and window.settled
    window.status.show_activity()
    yield "activity"
    _close_popups()


def _preferences(window: "MainWindow") -> Iterator[Step]:
    """Show two pages of the preferences."""
    window.preferences.resize(820, 620)
    for name in ("models", "privacy"):
        window.preferences.show_page(getattr(window.preferences, name))
        yield f"preferences-{name}"
    window.preferences.close()


def _close_popups() -> None:
    from PySide6.QtWidgets import QApplication

    while popup := QApplication.activePopupWidget():
        popup.close()


def _go(tour: Tour, orders: Orders) -> None:
    """Open the window and follow a tour; runs in a process of its own."""
    from vexgui.app import main as run
    from vexgui.app import real_parts

    profile = ["--profile", str(orders.home / ".first")] if tour is first_start else []
    parts = replace(real_parts(), run_window=partial(_show, tour, orders))
    raise SystemExit(run([*profile, "gui"], parts))


def _show(tour: Tour, orders: Orders, opening: "Opening") -> int:
    """Show the window as the program does, with a guide who closes it at the end; nothing of it is remembered."""
    from vexgui.gui.application import WindowHandle, run_window

    guides: list[Guide] = []

    def meet(handle: "Presenter") -> None:
        assert isinstance(handle, WindowHandle)
        guides.append(Guide(handle.parent(), tour, orders))

    code = run_window(replace(opening, on_ready=meet, state_file=b""))
    return code if guides and guides[0].arrived else 1


class Guide:
    """Leads a window through a tour, step by step, and takes the pictures.

    Attributes:
        arrived: Whether the tour has come to its end.
    """

    def __init__(self, window: "MainWindow", tour: Tour, orders: Orders) -> None:
        from PySide6.QtCore import QTimer
        from PySide6.QtWidgets import QApplication

        QApplication.setCursorFlashTime(0)
        self.arrived = False
        self._window = window
        self._orders = orders
        self._steps = tour(window)
        self._step: Step = lambda: window.pages.opened
        self._seen: QImage | None = None
        self._calm = self._looks = 0
        self._timer = QTimer(window, interval=_LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _look(self) -> None:
        """Go on if what the present step waits for has come."""
        self._looks += 1
        if self._looks > _MOST_LOOKS:
            print(f"Waited too long before {self._step}.", file=sys.stderr)
            self._leave()
        elif callable(self._step):
            if self._step():
                self._go_on()
        elif self._is_calm():
            if not self._orders.names or self._step in self._orders.names:
                _keep(self._picture(), self._orders.to / f"{self._step}.png")
            self._go_on()

    def _go_on(self) -> None:
        self._looks, self._calm, self._seen = 0, 0, None
        step = next(self._steps, None)
        if step is None:
            self.arrived = True
            self._leave()
        else:
            self._step = step

    def _leave(self) -> None:
        self._timer.stop()
        self._window.leave()

    def _is_calm(self) -> bool:
        """Whether nothing is awaited, and nothing has moved for some looks."""
        from vexgui.gui.wording import is_busy

        window = self._window
        seen = self._picture()
        same = window.settled and window.details.settled and not is_busy(window.status.progress) and seen == self._seen
        self._seen = seen
        self._calm = self._calm + 1 if same else 0
        return self._calm >= _CALM_LOOKS

    def _picture(self) -> "QImage":
        """Return the window with what has opened over it, or the preferences by themselves."""
        from PySide6.QtGui import QPainter
        from PySide6.QtWidgets import QApplication, QDialog

        others = [
            widget for widget in QApplication.topLevelWidgets() if widget.isVisible() and widget is not self._window
        ]
        dialog = next((widget for widget in others if isinstance(widget, QDialog)), None)
        if dialog is not None:
            return dialog.grab().toImage()
        whole = self._window.grab()
        painter = QPainter(whole)
        for widget in others:
            painter.drawPixmap(self._window.mapFromGlobal(widget.pos()), widget.grab())
        painter.end()
        return whole.toImage()


def _with_few_colours(image: "Image.Image") -> "Image.Image":
    """Return a picture with a palette: the colours that most of it has exactly, each other one by the nearest."""
    import numpy as np
    from PIL import Image

    packed = np.asarray(image) @ np.array((1 << 16, 1 << 8, 1))
    found, places, counts = np.unique(packed, return_inverse=True, return_counts=True)
    colours = np.stack((found >> 16, found >> 8 & 255, found & 255), axis=1)
    common = np.argsort(-counts, kind="stable")[:_EXACT_COLOURS]
    others = colours[places[~np.isin(places, common)]].astype(np.uint8)
    near = Image.fromarray(others.reshape(1, -1, 3)).quantize(
        _COLOURS - len(common), Image.Quantize.MAXCOVERAGE, kmeans=2
    )
    palette = np.concatenate((colours[common], np.reshape(near.getpalette() or [], (-1, 3)))).astype(np.float32)
    far = (palette**2).sum(1) - 2 * colours.astype(np.float32) @ palette.T  # but for what is the same for all of them
    reduced = Image.fromarray(far.argmin(1).astype(np.uint8)[places].reshape(packed.shape), "P")
    reduced.putpalette(palette.astype(np.uint8).tobytes())
    return reduced


def _keep(image: "QImage", to: Path) -> None:
    """Save a picture with as many colours as a palette has."""
    from PIL import Image
    from PySide6.QtGui import QImage

    image = image.convertToFormat(QImage.Format.Format_RGB888)
    size = (image.width(), image.height())
    whole = Image.frombuffer("RGB", size, bytes(image.constBits()), "raw", "RGB", image.bytesPerLine(), 1)
    reduced = _with_few_colours(whole)
    to.parent.mkdir(parents=True, exist_ok=True)
    reduced.save(to, optimize=True)
    print(f"{to.name}: {size[0]} × {size[1]}, {to.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
