"""Failures on their way from a child process to the one that asked it."""

import logging
from collections.abc import Callable

from vexgui.core import errors
from vexgui.core.errors import ChildFailed, VexError
from vexgui.system.frames import Frame

_KINDS = {name: kind for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, VexError)}


def answered(act: Callable[[], Frame], title: str) -> Frame:
    """Return what an action gives, or its failure as an answer, whatever it is.

    Args:
        act: What was asked for.
        title: What to call the process in messages.
    """
    try:
        return act()
    except VexError as error:
        return _told(error)
    except Exception as error:  # the edge of a child process: whatever a library raises is an answer
        logging.getLogger(__name__).exception("a request failed")
        return _told(ChildFailed(f"{title} failed: {error}."))


def checked(answer: Frame) -> Frame:
    """Return an answer that is no failure.

    Raises:
        VexError: It is one.
    """
    if "error" in answer.header:
        raise _KINDS[answer.header["error"]](answer.header["message"], answer.header["remedy"])
    return answer


def _told(error: VexError) -> Frame:
    return Frame({"error": type(error).__name__, "message": error.message, "remedy": error.remedy})
