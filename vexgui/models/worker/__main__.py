"""Answers requests for vectors, one frame at a time.

A request's header names what to ``do``: "texts", "text query", "pictures", "picture query", "prepare", "sources",
"measure". The answer's blob is float32 vectors, row after row; or its header has ``error``, ``message`` and ``remedy``.
"""

import argparse
import os
import sys
from functools import partial

from vexgui.models.failures import answered
from vexgui.system.child import serve
from vexgui.system.frames import Frame
from vexgui.system.memory import bound_memory
from vexgui.system.priority import give_memory_first, make_way
from vexgui.system.sandbox import give_up_network

_SHARE_OF_MEMORY = 2 / 3
"""A batch for which it does not suffice is tried in halves, instead of the whole computer coming to a halt."""
_LEAST_MEMORY_BYTES = 3 << 30
"""The small models need a fifth of it."""


def main() -> None:
    """Set the process up and answer until the other side closes."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--cache", required=True, help="folder of what is fetched from the hub and measured here")
    parser.add_argument("--bulk", action="store_true", help="run only when nothing else wants the processor")
    options = parser.parse_args()
    give_memory_first()
    bound_memory(_SHARE_OF_MEMORY, _LEAST_MEMORY_BYTES)
    if options.bulk:
        make_way()
    os.environ.update(
        HF_HUB_CACHE=options.cache,
        HF_HUB_OFFLINE="1",
        HF_HUB_DISABLE_TELEMETRY="1",
        # A query is a few small products: sharing them among threads costs more than it saves, above all while
        # the processor is busy with indexing (8 ms instead of 0.5 ms a product was measured).
        OPENBLAS_NUM_THREADS="1",
        # torch's threads sleep while they wait for each other. Spinning, as they do otherwise, is ruin where other
        # programs compute too: 6 pictures a second instead of 27, a query in 1,050 ms instead of 80.
        OMP_WAIT_POLICY="PASSIVE",
        TOKENIZERS_PARALLELISM="false",
    )
    os.environ.pop("TORCH_FORCE_NO_WEIGHTS_ONLY_LOAD", None)  # it would let a checkpoint run code
    sys.addaudithook(refuse_network)
    give_up_network()  # the hook says why; this holds whatever a library brings with it, too
    serve(partial(handle, cache=os.fsencode(options.cache)))


def refuse_network(event: str, _arguments: tuple[object, ...]) -> None:
    """Refuse what leads to the network, as an audit hook: libraries are told to be offline, but not all are asked.

    Raises:
        PermissionError: Something wants to speak to another computer, or asks for its address.
    """
    if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto"):
        raise PermissionError("the model process uses no network")


def handle(request: Frame, cache: bytes) -> Frame:
    """Return the answer to a request; every failure becomes an answer too."""

    def act() -> Frame:
        # Imported only now: the environment above is read when numpy and the hub's library are loaded.
        from vexgui.models.worker.requests import answer

        return answer(request, cache)

    return answered(act, "The model process")


if __name__ == "__main__":
    main()
