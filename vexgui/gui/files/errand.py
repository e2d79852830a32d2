"""Something that is done to many files, a batch at a time: it can be followed, and stopped between batches."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

BATCH = 200
"""Files at a time: a call is answered in a fraction of a second, and hundreds of thousands are no more calls than the
window's thread can start beside what it draws."""


class Errand(QObject):
    """Has batches of numbered items dealt with, one after the other.

    Args:
        title: What is done, as it is shown while it lasts.
        total: How many items there are.
        begin: Begins to deal with a stretch of them; calls `go_on` in the end.
        parent: What it belongs to.

    Signals:
        went: So many items have been dealt with.
        ended: All have been, or it was stopped.
    """

    went = Signal(int)
    ended = Signal()

    def __init__(self, title: str, total: int, begin: Callable[[range], None], parent: QObject) -> None:
        super().__init__(parent)
        self.title = title
        self.total = total
        self._begin = begin
        self._batch = range(0)
        self._stopped = False

    @property
    def is_long(self) -> bool:
        """Whether it takes more than one batch."""
        return self.total > BATCH

    @Slot()
    def go_on(self) -> None:
        """Begin the next batch, or end."""
        done = self._batch.stop
        self.went.emit(done)
        if done >= self.total or self._stopped:
            self.ended.emit()
            self.deleteLater()
            return
        self._batch = range(done, min(done + BATCH, self.total))
        self._begin(self._batch)

    @Slot()
    def stop(self) -> None:
        """Have it end with the batch that is being dealt with."""
        self._stopped = True
