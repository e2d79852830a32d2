"""An engine in a process of its own: the window never waits for it, and stays small however much is indexed.

One end is `vexgui.engine.apart.host`, which has the engine, the other `vexgui.engine.apart.proxy`, which looks like it.
"""
