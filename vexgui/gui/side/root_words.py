"""How a folder stands, in a few words."""

from vexgui.core.events import Activity, Progress
from vexgui.core.reports import RootInfo, RootState
from vexgui.gui.language import tr, trn
from vexgui.gui.side.row import Mood
from vexgui.gui.wording import number, since


def standing(root: RootInfo, progress: Progress, *, alone: bool) -> tuple[str, Mood | None]:
    """Return how a folder is kept indexed, and how good that is; nothing while no indexer runs.

    Args:
        root: The folder.
        progress: What the indexer is doing.
        alone: Whether no other folder is catching up: what is left to do is then this one's alone.
    """
    words, mood = _kept(root, progress, alone=alone)
    if root.failed and root.present:
        if words:  # beside which there is little room
            failed = trn("{count} failed", "{count} failed", root.failed).format(count=number(root.failed))
            return f"{words} · {failed}", mood
        failed = trn("{count} file failed", "{count} files failed", root.failed)
        return failed.format(count=number(root.failed)), Mood.BAD
    return words, mood


def _kept(root: RootInfo, progress: Progress, *, alone: bool) -> tuple[str, Mood | None]:
    match root:
        case RootInfo(state=RootState.NOT_RESPONDING):
            said: tuple[str, Mood | None] = tr("Does not answer"), Mood.BAD
        case RootInfo(readable=False):
            said = tr("May not be read"), Mood.BAD
        case RootInfo(state=RootState.OFFLINE) | RootInfo(present=False):
            away = tr("Offline since {time}").format(time=since(root.current_ns)) if root.current_ns else tr("Offline")
            said = away, Mood.AWAY
        case RootInfo(state=RootState.UNWATCHED):
            said = "", None
        case _ if progress.activity is Activity.PAUSED:
            said = tr("Paused"), Mood.RESTING
        case RootInfo(state=RootState.CATCHING_UP):
            said = _catching_up(progress.total - progress.done, alone=alone), Mood.BUSY
        case RootInfo(state=RootState.POLLED):
            said = tr("Looked at now and then"), Mood.GOOD
        case _:
            said = tr("Up to date"), Mood.GOOD
    return said


def _catching_up(left: int, *, alone: bool) -> str:
    if left <= 0:
        return tr("Catching up")
    words = tr("Catching up, {count} left") if alone else tr("Catching up, {count} left in all")
    return words.format(count=number(left))
