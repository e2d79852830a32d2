"""The manual pages that are searched: fetched from Debian's packages, rendered as text, each without its NAME line.

Nobody here wrote them, and every page says in its NAME line what it is about: a description that is asked of the rest
of the page.
"""

import hashlib
import json
import re
import subprocess
import tarfile
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from gzip import decompress
from pathlib import Path, PurePosixPath

PACKAGES = tuple(
    re.findall(
        r"\S+",
        """
        abcde acl acpi adduser alsa-utils anacron apg apt apt-utils aptitude aria2 aspell at attr bash bc
        bind9-dnsutils binutils bluez borgbackup brightnessctl bsd-mailx bsdextrautils bsdmainutils bzip2
        calendar cdparanoia chrony colordiff console-setup convmv coreutils cowsay cron cryptsetup-bin
        cups-bsd cups-client cups-daemon curl dash datamash dc debconf detox dialog dict diffutils dmidecode
        dos2unix dosfstools dpkg dpkg-dev duplicity dvd+rw-tools e2fsprogs ecryptfs-utils encfs entr
        espeak-ng ethtool expect fdisk fdupes feh fetchmail ffmpeg figlet file findutils flac flameshot
        foremost fortune-mod gawk gddrescue gdb gdisk genisoimage ghostscript git-man gnuplot-nox gocryptfs
        gpg gphoto2 gpgv graphviz grep groff-base gzip hdparm hostname htop hunspell hwinfo iftop
        imagemagick-6.q16 inotify-tools iotop iproute2 iptables iputils-ping iw jhead jq kbd lame less
        libc-bin libimage-exiftool-perl light lm-sensors locales login logrotate lshw ltrace lvm2 lynx
        mailutils make makepasswd man-db manpages manpages-dev mdadm meld mmv moreutils mount mpg123 mpv
        mtr-tiny mutt nano ncal ncdu net-tools netcat-openbsd network-manager nmap ntfs-3g ntpdate ocrmypdf
        openssh-client openssh-server p7zip-full pandoc parallel parted passwd patch pciutils pdfgrep
        poppler-utils powertop procps psmisc pulseaudio-utils pwgen qpdf qrencode rclone rdiff-backup recode
        redshift rename rfkill ripit rsync rsyslog sane-utils screen scrot secure-delete sed smartmontools
        socat sox sqlite3 stow strace sudo sysstat systemd systemd-container tar tcpdump tesseract-ocr
        testdisk texinfo time timidity tmux traceroute trash-cli tree tzdata udev unison units unpaper unzip
        usbutils util-linux valgrind vim-common vorbis-tools w3m wdiff wget whiptail whois wipe
        wireless-tools wmctrl wodim wpasupplicant x11-utils x11-xserver-utils xclip xdg-utils xdotool
        xorriso xsel xxd xz-utils yt-dlp zbar-tools zip
        """,
    )
)
"""Packages of Debian 12; what their pages are follows from its release."""

LEFT_OUT = re.compile(r"Image::ExifTool::|File::RandomAccess")
"""Pages of a library's inner parts, 190 that nobody looks up."""

_LEAST_CHARS = 300
"""A page without its NAME line that is shorter points elsewhere."""

_UNDISTURBED = b".nh\n.de hy\n..\n.ad l\n.de ad\n..\n"
"""Neither words cut in two nor lines padded with blanks, whatever a page asks for; as man-db does it."""

_GROFF = ("groff", "-K", "utf8", "-t", "-mandoc", "-T", "utf8", "-P-cbou", "-rLL=100n", "-wall")
_SIGNS = str.maketrans({"‐": "-", "−": "-", "‘": "'", "’": "'", "“": '"', "”": '"', "\u00ad": ""})
_HEADING = re.compile(r"^\S.*$", re.MULTILINE)
_NAME_LINE = re.compile(r"^(?P<names>.+?)\s+(?:-+|—|–)\s+(?P<description>\S.*)$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Page:
    """A manual page.

    Attributes:
        key: Its name and section, "cp.1".
        name: Its name alone.
        description: What its NAME line says it is.
        text: The rest of it.
    """

    key: str
    name: str
    description: str
    text: str

    @property
    def place(self) -> str:
        """Where it lies among the files: "man1/cp.txt"."""
        return f"man{self.key[len(self.name) + 1]}/{self.name}.txt"


def fetched(folder: Path) -> Sequence[Page]:
    """Return all pages; they are fetched and rendered the first time.

    Raises:
        OSError: apt-get or groff is not there.
        subprocess.CalledProcessError: A package cannot be had.
    """
    kept = folder / f"pages-{_digest(Path(__file__).read_bytes())}.json"
    if not kept.exists():
        folder.mkdir(parents=True, exist_ok=True)
        pages = distinct(_rendered(_fetched_archives(folder / "archives")))
        partial = kept.with_suffix(".partial")
        partial.write_text(json.dumps([asdict(page) for page in pages]), "utf-8")
        partial.rename(kept)
    return [Page(**entry) for entry in json.loads(kept.read_text("utf-8"))]


def written(pages: Iterable[Page], folder: Path) -> None:
    """Write pages as files, one each; a file that is there as it should be is left alone, so that it keeps its vectors.

    Files that belong to no page are removed.
    """
    wanted = {folder / page.place: page.text for page in pages}
    for path, text in wanted.items():
        if not path.exists() or path.read_text("utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
    for path in folder.glob("*/*"):
        if path not in wanted:
            path.unlink()


def digest(pages: Iterable[Page]) -> str:
    """Return what changes when other pages are searched: 16 hex digits."""
    return _digest("\0".join(f"{page.key}\0{page.text}" for page in pages).encode())


def distinct(pages: Iterable[Page]) -> list[Page]:
    """Return pages in the order of their keys, of those with the same text or the same place the first alone."""
    texts: dict[str, Page] = {}
    places: set[str] = set()
    for page in sorted(pages, key=lambda page: page.key):
        if page.place not in places and page.text not in texts:
            places.add(page.place)
            texts[page.text] = page
    return list(texts.values())


def page_of(key: str, rendered: str) -> Page | None:
    """Return a page from its rendered text; None where it has no NAME line or little else.

    Args:
        key: Its name and section.
        rendered: What groff made of it.
    """
    lines = rendered.translate(_SIGNS).strip("\n").split("\n")
    body = "\n".join(line.rstrip() for line in lines[1:-1])  # between the running header and footer
    headings = list(_HEADING.finditer(body))
    if len(headings) < 2 or headings[0][0].strip().upper() not in ("NAME", "NAMES"):
        return None
    told = _NAME_LINE.match(" ".join(body[headings[0].end() : headings[1].start()].split()))
    text = re.sub(r"\n{3,}", "\n\n", body[headings[1].start() :]).strip() + "\n"
    if told is None or len(text) < _LEAST_CHARS:
        return None
    return Page(key, key.rpartition(".")[0], told["description"], text)


def _fetched_archives(folder: Path) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    found: list[Path] = []
    for package in PACKAGES:
        if not list(folder.glob(f"{package}_*.deb")):
            command = ["apt-get", "-q", "-o", "APT::Sandbox::User=root", "download", package]
            subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
        found += folder.glob(f"{package}_*.deb")
    return found


def _rendered(archives: Iterable[Path]) -> Iterator[Page]:
    with ThreadPoolExecutor() as pool:
        for archive in archives:
            yield from filter(None, pool.map(lambda source: page_of(source[0], _as_text(source[1])), _sources(archive)))


def _sources(archive: Path) -> list[tuple[str, bytes]]:
    """Return key and source of the English pages in a package; what only points to another page is left out."""
    found: list[tuple[str, bytes]] = []
    with tempfile.TemporaryFile() as unpacked:
        subprocess.run(["dpkg-deb", "--fsys-tarfile", archive], check=True, stdout=unpacked)
        unpacked.seek(0)
        with tarfile.open(fileobj=unpacked) as files:
            for entry in files:
                path = PurePosixPath(entry.name)
                if not entry.isfile() or not re.fullmatch(r"\.?/?usr/share/man/man\d", str(path.parent)):
                    continue
                key = path.name.removesuffix(".gz")
                file = files.extractfile(entry)
                if file is None or LEFT_OUT.match(key):
                    continue
                source = decompress(file.read()) if path.suffix == ".gz" else file.read()
                if not source.lstrip().startswith(b".so "):
                    found.append((key, source))
    return found


def _as_text(source: bytes) -> str:
    done = subprocess.run(_GROFF, input=_UNDISTURBED + source, capture_output=True, check=True)
    return done.stdout.decode("utf-8", "replace")


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]
