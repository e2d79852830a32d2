"""A call that never returns, as one to a disk that does not answer, keeps nobody in the end."""

import pytest

from tests.gui.programs import ended

_PROGRAM = """
import time
from PySide6.QtWidgets import QApplication
from vexgui.core.files import Kind
from vexgui.gui.operations import Lane, Operations
from vexgui.gui.thumbnails.loader import ThumbnailLoader, Wanted
from vexgui.system.thumbnails import ThumbnailCache

app = QApplication([])
begun = []


def hang(*_):
    begun.append(1)
    time.sleep(1000)


{waiting}
while not begun:
    time.sleep(0.01)
waiting.close(0.1)
print("closed", flush=True)
"""
_OPERATION = "waiting = Operations(); waiting.start(Lane.DISK, hang, print)"
_THUMBNAIL = (
    "waiting = ThumbnailLoader(ThumbnailCache(b'/nowhere'), hang);"
    "waiting.pixmap(Wanted(b'/etc/passwd', 1, Kind.DOCUMENT, 128))"
)


@pytest.mark.parametrize("waiting", [_OPERATION, _THUMBNAIL])
def test_a_program_ends_though_a_disk_never_answers_it(waiting: str) -> None:
    code, out, errors = ended(_PROGRAM.format(waiting=waiting))
    assert (code, out) == (0, b"closed\n"), errors
