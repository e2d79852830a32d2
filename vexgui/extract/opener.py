"""The process that opens files on file systems that may never answer: it can hang in place of the program.

Run as ``python -m vexgui.extract.opener``. A request is one for a decoder, with the decoder's channel beside it; it is
passed on there with the file, open. The answer is the file's stat from before that, or the number of an error.
"""

import os
from contextlib import suppress

from vexgui.core.files import FileStat
from vexgui.extract.wire import opened, refusal
from vexgui.system.child import serve
from vexgui.system.frames import Frame, write_frame
from vexgui.system.opening import open_regular
from vexgui.system.sandbox import give_up_rights

_TAKEN_WITHIN_S = 60.0
"""A decoder that listens at all takes a request at once."""


def main() -> None:
    """Give up all rights but to read, then open files until the program closes the channel."""
    give_up_rights()
    serve(passed_on)


def passed_on(request: Frame) -> Frame:
    """Send a request to a decoder, with its file."""
    (path,), (channel,) = request.blobs, request.files
    try:
        descriptor = open_regular(path)
        try:
            stat = FileStat.of(os.fstat(descriptor))
            with suppress(OSError):  # a decoder that is gone is no fault of the file; the program sees for itself
                write_frame(channel, Frame(request.header, request.blobs, (descriptor,)), _TAKEN_WITHIN_S)
        finally:
            os.close(descriptor)
    except OSError as error:
        return refusal(error)
    return opened(stat)


if __name__ == "__main__":
    main()
