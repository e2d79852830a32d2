"""Files of a repository on the hub, and where they lie in the cache: as huggingface_hub keeps them.

    models--OWNER--NAME/
        blobs/DIGEST            a file's content, under the digest that the hub announces for it
        blobs/DIGEST.partial    as much of it as has come so far: our own addition, because the library starts again
        snapshots/COMMIT/FILE   a link to its blob
        refs/main               the commit that is meant by "main"; written last

See https://huggingface.co/docs/huggingface_hub/guides/manage-cache.
"""

import contextlib
import os
import re
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from vexgui.core.errors import ModelUnavailable, WorldProblem
from vexgui.core.paths import shown
from vexgui.system.atomic import replace_file

_SHA1 = re.compile(r"[0-9a-f]{40}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_BRANCH = b"main"

WEIGHTS = ("open_clip_model.safetensors", "open_clip_pytorch_model.bin")
"""What open_clip looks for in a repository where its list names no file; the safe one first."""


@dataclass(frozen=True, slots=True)
class HubFile:
    """A file of a repository.

    Attributes:
        name: Its name there.
        size: Bytes.
        digest: What proves it, hex: the SHA-256 of a large file, git's SHA-1 of any other.
    """

    name: str
    size: int
    digest: str

    @property
    def large(self) -> bool:
        """Whether its digest is the plain SHA-256."""
        return _SHA256.fullmatch(self.digest) is not None

    @property
    def sound(self) -> bool:
        """Whether size and digest are such; names are never taken from the hub, only looked for."""
        return self.size >= 0 and (self.large or _SHA1.fullmatch(self.digest) is not None)


@dataclass(frozen=True, slots=True)
class Listing:
    """The files of a repository at one commit."""

    repository: str
    commit: str
    files: tuple[HubFile, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """What a model needs of one repository.

    Attributes:
        repository: Owner and name.
        first_of: The first of these that there is.
        all_of: All of these that there are.
    """

    repository: str
    first_of: tuple[str, ...] = ()
    all_of: tuple[str, ...] = ()

    def wanted(self, listing: Listing) -> tuple[HubFile, ...]:
        """Return the files to fetch.

        Raises:
            ModelUnavailable: None of ``first_of`` is there, or what would become part of a path is nonsense.
        """
        known = {file.name: file for file in listing.files}
        best = next((known[name] for name in self.first_of if name in known), None)
        if self.first_of and best is None:
            raise ModelUnavailable(
                f"{self.repository} on the hub has no weights that open_clip reads.", "Choose another: vexgui models"
            )
        files = (*((best,) if best else ()), *(known[name] for name in self.all_of if name in known))
        if not (_SHA1.fullmatch(listing.commit) and all(file.sound for file in files)):
            raise ModelUnavailable(
                f"The hub describes {self.repository} in a way that makes no sense.", "Try again later."
            )
        return files


class HubCache:
    """What was fetched from the hub.

    Args:
        cache_dir: The profile's cache folder.
    """

    def __init__(self, cache_dir: bytes) -> None:
        self._folder = os.path.join(cache_dir, b"models")

    def blob(self, repository: str, file: HubFile) -> bytes:
        """Return where a file's content lies when it is whole."""
        return os.path.join(self._home(repository), b"blobs", file.digest.encode())

    def partial(self, repository: str, file: HubFile) -> bytes:
        """Return where a file's content lies until it is whole."""
        return self.blob(repository, file) + b".partial"

    def have_bytes(self, repository: str, file: HubFile) -> int:
        """Return how much of a file is here."""
        for path in (self.blob(repository, file), self.partial(repository, file)):
            with contextlib.suppress(OSError):
                return min(os.stat(path).st_size, file.size)
        return 0

    def place(self, listing: Listing, files: Iterable[HubFile]) -> None:
        """Have libraries find files that are whole, and this commit under the name of its branch.

        Raises:
            WorldProblem: The cache cannot be written.
        """
        home = self._home(listing.repository)
        try:
            self._link(home, listing, files)
        except OSError as error:
            raise WorldProblem(
                f"{shown(home)} could not be written ({error.strerror}).", "Check that disk; it must know links."
            ) from error
        replace_file(self._branch(listing.repository), listing.commit.encode())

    def _link(self, home: bytes, listing: Listing, files: Iterable[HubFile]) -> None:
        snapshot = os.path.join(home, b"snapshots", listing.commit.encode())
        os.makedirs(snapshot, exist_ok=True)
        for file in files:
            link = os.path.join(snapshot, file.name.encode())
            if not os.path.lexists(link):
                os.symlink(os.path.join(b"..", b"..", b"blobs", file.digest.encode()), link)
        os.makedirs(os.path.join(home, b"refs"), exist_ok=True)

    def withdraw(self, repository: str) -> None:
        """Have libraries find nothing of a repository; what was fetched is kept, and not fetched again."""
        with contextlib.suppress(OSError):
            os.remove(self._branch(repository))

    def path(self, repository: str, names: Sequence[str]) -> bytes:
        """Return where the first of some files lies that is whole; b"" when none is."""
        home = self._home(repository)
        try:
            with open(self._branch(repository), "rb") as file:
                commit = file.read().strip()
        except OSError:
            return b""
        paths = (os.path.join(home, b"snapshots", commit, name.encode()) for name in names)
        return next((path for path in paths if os.path.isfile(path)), b"")

    def remove(self, repository: str) -> int:
        """Remove all that was fetched of a repository; return how many bytes that freed.

        Raises:
            WorldProblem: The cache cannot be written.
        """
        home = self._home(repository)
        try:
            freed = sum(
                os.lstat(os.path.join(folder, name)).st_size for folder, _, names in os.walk(home) for name in names
            )
            shutil.rmtree(home)
        except FileNotFoundError:
            return 0
        except OSError as error:
            raise WorldProblem(
                f"{shown(home)} could not be removed ({error.strerror}).", "Remove it yourself."
            ) from error
        return freed

    def _branch(self, repository: str) -> bytes:
        return os.path.join(self._home(repository), b"refs", _BRANCH)

    def _home(self, repository: str) -> bytes:
        return os.path.join(self._folder, b"models--" + repository.replace("/", "--").encode())
