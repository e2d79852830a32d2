"""A question that is asked again whenever its answer may have changed."""

from collections.abc import Callable
from typing import Generic, TypeVar

from vexgui.core.errors import VexError
from vexgui.gui.operations import Lane, Operations

_T = TypeVar("_T")


class Inquiry(Generic[_T]):
    """Asks off the window's thread, one call at a time; what is asked meanwhile is asked once more, after the answer.

    No answer is dropped for a newer one: where changes come faster than answers, there would never be any.

    Args:
        operations: Where calls are made.
        lane: Which of them.
        told: Takes each answer.
        failed: Takes why there is none.
    """

    def __init__(
        self, operations: Operations, lane: Lane, told: Callable[[_T], None], failed: Callable[[VexError], None]
    ) -> None:
        self._operations = operations
        self._lane = lane
        self._told = told
        self._failed = failed
        self._number = 0
        self._next: Callable[[], _T] | None = None

    @property
    def pending(self) -> bool:
        """Whether an answer is still to come."""
        return self._number != 0

    def ask(self, call: Callable[[], _T]) -> None:
        """Call ``call`` on a worker thread, now or when the call before it has returned."""
        if self.pending:
            self._next = call
        else:
            self._number = self._operations.start(self._lane, lambda _: call(), self._take, self._fail)

    def cancel(self) -> None:
        """Drop the answer that is still to come."""
        self._operations.cancel(self._number)
        self._number, self._next = 0, None

    def _take(self, answer: _T) -> None:
        self._go_on()
        self._told(answer)

    def _fail(self, error: VexError) -> None:
        self._go_on()
        self._failed(error)

    def _go_on(self) -> None:
        self._number, following, self._next = 0, self._next, None
        if following is not None:
            self.ask(following)
