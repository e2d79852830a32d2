"""A program on a bus that nobody else is on, which tries to show a notification and prints what it is told."""

import os

from vexgui.core.errors import WorldProblem
from vexgui.system.notifications import Notification, notify

if __name__ == "__main__":
    try:
        notify(Notification("a", "b", "c", "d"), 0, os.environ)
    except WorldProblem as problem:
        print(problem.message)
