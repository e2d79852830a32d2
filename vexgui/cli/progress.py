"""Where a long command stands, on standard error."""

import threading
from collections.abc import Callable

from vexgui.cli.render import activity_text, clean, path_text, size_text
from vexgui.cli.standing import duration_text, pace_texts
from vexgui.core.events import Activity, Event, ModelProgress, ModelRetired, Progress, Trouble
from vexgui.engine.terminal import Terminal

_LIVE_EVERY_S = 0.1
_SPARSE_EVERY_S = 10.0
_CLEAR = "\r\x1b[K"
_LEAST_TO_JUDGE_S = 1.0
_QUIET = {Activity.IDLE, Activity.PAUSED, Activity.STOPPED}


class ProgressLine:
    """Listens to the engine: on a screen one line that changes, elsewhere a line every ten seconds.

    Args:
        terminal: Where to write.
        clock: Seconds that never run backwards.
    """

    def __init__(self, terminal: Terminal, clock: Callable[[], float]) -> None:
        self._terminal = terminal
        self._clock = clock
        self._lock = threading.Lock()
        self._every_s = _LIVE_EVERY_S if terminal.columns else _SPARSE_EVERY_S
        self._next_s = clock() if terminal.columns else clock() + self._every_s
        self._drawn = False
        self._fetched_at: tuple[float, int] | None = None
        """When the first news of a download came, and how much there was of it by then, bytes."""

    def hear(self, event: Event) -> None:
        """Take an event, from any thread."""
        with self._lock:
            match event:
                case Trouble():
                    self._clear()
                    self._terminal.err(f"{clean(event.message)} {clean(event.remedy)}".rstrip() + "\n")
                case Progress() if event.activity not in _QUIET:
                    self._show(progress_text(event))
                case ModelProgress():
                    began_s, had_bytes = self._fetched_at = self._fetched_at or (self._clock(), event.done_bytes)
                    self._show(fetching_text(event, event.done_bytes - had_bytes, self._clock() - began_s))
                case ModelRetired():
                    self._clear()
                    self._terminal.err(
                        f"All pictures have vectors of {clean(event.successor)} now. Those of {clean(event.name)} are "
                        f"kept, and not searched any more: vexgui models remove {clean(event.name)}\n"
                    )
                case _:
                    pass

    def close(self) -> None:
        """Leave a clean line behind."""
        with self._lock:
            self._clear()

    def _show(self, sentence: str) -> None:
        now = self._clock()
        if now < self._next_s:
            return
        self._next_s = now + self._every_s
        if self._terminal.columns:
            self._drawn = True
            self._terminal.err(_CLEAR + sentence[: self._terminal.columns - 1])
        else:
            self._terminal.err(sentence + "\n")

    def _clear(self) -> None:
        if self._drawn:
            self._terminal.err(_CLEAR)
            self._drawn = False


class StepLine:
    """Tells what a command is doing: on a screen one line that changes, elsewhere a line for each step."""

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal

    def tell(self, sentence: str) -> None:
        """Show a sentence."""
        columns = self._terminal.columns
        self._terminal.err(_CLEAR + clean(sentence)[: columns - 1] if columns else f"{clean(sentence)}\n")

    def close(self) -> None:
        """Leave a clean line behind."""
        if self._terminal.columns:
            self._terminal.err(_CLEAR)


def progress_text(progress: Progress) -> str:
    """Return one line: what is done, how fast, how long still, and the file in hand."""
    parts = [f"{activity_text(progress.activity)}: {_amount(progress)}", *pace_texts(progress)]
    if progress.current:
        parts.append(path_text(progress.current))
    return ", ".join(parts)


def fetching_text(progress: ModelProgress, fetched_bytes: int, seconds: float) -> str:
    """Return one line about a download: what has come, how fast it came over the last seconds, how long still."""
    if progress.done_bytes >= progress.total_bytes > 0:
        return f"trying out {clean(progress.name)}: some seconds"
    parts = [f"downloading {clean(progress.name)}: {size_text(progress.done_bytes)}"]
    if progress.total_bytes:
        parts[0] += f" of {size_text(progress.total_bytes)}"
    if fetched_bytes > 0 and seconds >= _LEAST_TO_JUDGE_S:
        rate = fetched_bytes / seconds
        parts.append(f"{size_text(round(rate))} a second")
        if progress.total_bytes:
            parts.append(f"{duration_text((progress.total_bytes - progress.done_bytes) / rate)} left")
    return ", ".join(parts)


def _amount(progress: Progress) -> str:
    if progress.activity is Activity.COMPACTING:
        return f"{progress.done} %"
    if progress.activity is Activity.RESTORING and not progress.total:
        return f"{progress.done:,} files"
    return f"{progress.done:,} of {progress.total:,}"
