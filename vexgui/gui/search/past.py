"""What was in the field before, to go back to. Pure."""

from vexgui.gui.search.tokens import Draft

_MOST_STEPS = 200


class Past:
    """The steps that led to what is in the field; the letters of a word are one step."""

    def __init__(self) -> None:
        self._before: list[Draft] = []
        self._after: list[Draft] = []
        self._now = Draft()
        self._run = 0

    def note(self, draft: Draft) -> None:
        """Take what is in the field now."""
        if (draft.tokens, draft.typed) != (self._now.tokens, self._now.typed):
            run = _run(self._now, draft)
            if run == 0 or run != self._run:
                self._before = [*self._before, self._now][-_MOST_STEPS:]
            self._run = run
            self._after.clear()
        self._now = draft

    def undo(self) -> Draft | None:
        """Go back a step, and return what was there; None where there is none."""
        return self._step(self._before, self._after)

    def redo(self) -> Draft | None:
        """Take a step again that was undone."""
        return self._step(self._after, self._before)

    def _step(self, source: list[Draft], target: list[Draft]) -> Draft | None:
        self._run = 0
        if not source:
            return None
        target.append(self._now)
        self._now = source.pop()
        return self._now


def _run(before: Draft, after: Draft) -> int:
    """Return 1 where one letter was typed, -1 where one was taken away, 0 for anything else."""
    grown = len(after.typed) - len(before.typed)
    if before.tokens != after.tokens or abs(grown) != 1:
        return 0
    longer, shorter, end = (
        (after.typed, before.typed, after.cursor) if grown > 0 else (before.typed, after.typed, after.cursor + 1)
    )
    is_letter = not longer[end - 1 : end].isspace() and longer[: end - 1] + longer[end:] == shorter
    return grown if is_letter else 0
