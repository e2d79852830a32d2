"""Real embedders that need not wait until nothing else wants the processor, as other tests may all the time."""

from functools import partial

from vexgui.models.process import EmbedderProcesses

prompt_embedder = partial(EmbedderProcesses, gives_way=False)
