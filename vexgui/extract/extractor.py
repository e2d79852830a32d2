"""What reads files."""

from typing import Protocol

from vexgui.core.files import Extraction


class Extractor(Protocol):
    """Reads files; calls from several threads are allowed.

    Attributes:
        readers: So many files are read at once; further calls wait.
    """

    readers: int

    def extract(self, path: bytes, picture_px: int, known: Extraction | None = None) -> Extraction:
        """Read a file.

        A file whose contents cannot be decoded, or whose decoder crashes or stalls, still gives an `Extraction`: one
        ABOUT passage and the reason in ``problem``.

        Args:
            path: Absolute path of a regular file; symbolic links are not followed.
            picture_px: Short side wanted for the pixels of a picture; 0 when no pixels are wanted.
            known: What was read out of it before: while its stat is the same, so is its content hash, and not all of it
                has to be read once more.

        Raises:
            FileNotFoundError: The file is gone.
            OSError: The file may not be read, or is not a regular file.
        """
        ...

    def thumbnail(self, path: bytes, longest_px: int, page: int = 0) -> bytes:
        """Return a PNG of the file's picture or page, longest side at most ``longest_px``; b"" if it has none.

        Args:
            path: Absolute path of a regular file.
            longest_px: Longest side of the picture.
            page: Which page, from 0; only PDFs have more than the first.

        Raises:
            OSError: The file is gone or may not be read.
        """
        ...

    def unload_idle(self, idle_s: float) -> bool:
        """End helper processes that were not used for so many seconds, and tell whether there are some still.

        The next call starts them again.
        """
        ...

    def close(self) -> None:
        """End the helper processes, also under a running call."""
        ...
