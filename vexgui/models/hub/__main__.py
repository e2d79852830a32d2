"""The one process that may use the network: it lists repositories on the hub and fetches files, and loads nothing.

A request's header names what to ``do``: "list" or "fetch". The answer's header has what was asked for; or ``error``,
``message`` and ``remedy``.
"""

import os
from typing import Any

from vexgui.models.failures import answered
from vexgui.models.hub.files import HubFile
from vexgui.system.child import serve
from vexgui.system.frames import Frame


def main() -> None:
    """Set the process up and answer until the other side closes."""
    # The user's token stays at home: what is offered is free to fetch, and a token gone stale would be refused.
    os.environ.update({"HF_HUB_OFFLINE": "0", "HF_HUB_DISABLE_TELEMETRY": "1", "HF_HUB_DISABLE_IMPLICIT_TOKEN": "1"})
    serve(handle)


def handle(request: Frame) -> Frame:
    """Return the answer to a request; every failure becomes an answer too."""
    return answered(lambda: Frame(_ANSWERS[request.header["do"]](request.header)), "The download")


def _list(header: dict[str, Any]) -> dict[str, Any]:
    # Imported only now: the environment above is read when the hub's library is loaded.
    from vexgui.models.hub.listing import listing

    found = listing(header["repository"], header["timeout_s"])
    return {"commit": found.commit, "files": [[file.name, file.size, file.digest] for file in found.files]}


def _fetch(header: dict[str, Any]) -> dict[str, Any]:
    from vexgui.models.hub.listing import address
    from vexgui.models.hub.patience import Patience
    from vexgui.models.hub.transfer import fetch

    file = HubFile(*header["file"])
    url = address(header["repository"], header["commit"], file.name)
    whole, partial = os.fsencode(header["whole"]), os.fsencode(header["partial"])
    fetch(url, file, whole, partial, Patience(*header["patience"]))
    return {}


_ANSWERS = {"list": _list, "fetch": _fetch}

if __name__ == "__main__":
    main()
