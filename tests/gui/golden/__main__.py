"""Takes the golden screenshots anew: `python -m tests.gui.golden`, or some of them by name."""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from vexgui.gui.theme import Appearance

LOOKS = (Appearance.LIGHT, Appearance.DARK)
_ROOT = Path(__file__).parents[3]
_PATIENCE_S = 450.0
"""Some 20 s where nothing else is at work; a test may take 600 s in all."""


def take(look: Appearance, folder: Path, names: Sequence[str] = ()) -> None:
    """Take the screenshots of one look, those of each scale in a process of its own, as ``grid-light.png`` in a folder.

    Args:
        look: Light or dark.
        folder: Where they go; what is needed meanwhile lies there too.
        names: Of the scenes that are wanted; all where there is none.
    """
    from tests.gui.golden.scenes import SCENES
    from tests.gui.golden.stage import surroundings

    for scale in sorted({scene.scale for scene in SCENES if not names or scene.name in names}):
        wanted = [scene.name for scene in SCENES if scene.scale == scale and (not names or scene.name in names)]
        env = surroundings(folder / f"home-{look}-{scale}/ann", scale)
        command = [sys.executable, "-m", "tests.gui.golden", "--look", look, "--into", os.fspath(folder), *wanted]
        done = subprocess.run(
            command, cwd=_ROOT, env=env, capture_output=True, text=True, timeout=_PATIENCE_S, check=False
        )
        if done.returncode:
            raise RuntimeError(f"the screenshots could not be taken:\n{done.stderr[-3000:]}")


def main(arguments: Sequence[str]) -> None:
    """Do what the command line says."""
    parser = argparse.ArgumentParser(prog="python -m tests.gui.golden", description=__doc__)
    parser.add_argument("names", nargs="*", help="scenes; all where none is named")
    parser.add_argument("--look", type=Appearance, help=argparse.SUPPRESS)
    parser.add_argument("--into", type=Path, help=argparse.SUPPRESS)
    wanted = parser.parse_args(arguments)
    if wanted.look is not None:
        _take_here(wanted.look, wanted.into, wanted.names)
        return
    with tempfile.TemporaryDirectory() as folder:
        for look in LOOKS:
            take(look, Path(folder), wanted.names)
        _keep(Path(folder), all_of_them=not wanted.names)


def _take_here(look: Appearance, folder: Path, names: Sequence[str]) -> None:
    from PySide6.QtWidgets import QApplication

    from tests.gui.golden.collection import Home
    from tests.gui.golden.scenes import SCENES
    from tests.gui.golden.stage import Stage

    home = Path(os.environ["HOME"])
    home.parent.mkdir(parents=True)
    stage = Stage(QApplication(["vexgui"]), look, Home.made(home))
    for scene in SCENES:
        if scene.name in names:
            stage.photograph(scene).save(os.fspath(folder / f"{scene.name}-{look}.png"))


def _keep(folder: Path, *, all_of_them: bool) -> None:
    """Keep screenshots as the golden ones; those that look the same as before stay as they are."""
    from PIL import Image

    from tests.gui.golden.pictures import IMAGES, distance, with_few_colours

    found = {path.name: path for path in sorted(folder.glob("*.png"))}
    for name, path in found.items():
        actual, kept = Image.open(path).convert("RGB"), IMAGES / name
        if not kept.exists() or not distance(actual, Image.open(kept)).is_small:
            with_few_colours(actual).save(kept, optimize=True)
            print(kept.relative_to(_ROOT))
    if all_of_them:
        for kept in IMAGES.glob("*.png"):
            if kept.name not in found:
                kept.unlink()
                print(f"{kept.relative_to(_ROOT)} is gone")


if __name__ == "__main__":
    main(sys.argv[1:])
