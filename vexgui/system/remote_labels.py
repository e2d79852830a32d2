"""Labels of files on file systems that may never answer: another process changes them; see `remote`."""

from dataclasses import asdict

from vexgui.core.files import Labels
from vexgui.system.attributes import AttributeRefused, Refusal
from vexgui.system.frames import Frame
from vexgui.system.labels import LabelChange, Labelled, labelled
from vexgui.system.remote import NotResponding, Remote, numbers, stat_of


def labelled_anywhere(path: bytes, change: LabelChange, remote: Remote) -> Labelled:
    """Do what `labelled` does, here or, where the file is on a remote file system, in another process.

    Raises:
        AttributeRefused: It cannot be opened, a label could not be written, or its file system does not answer.
    """
    if not remote.is_remote(path):
        return labelled(path, change)
    try:
        told = remote.ask(path, Frame({"do": "label", "change": asdict(change)}, (path,)), waiting=True).header
    except NotResponding as silent:
        raise AttributeRefused(Refusal.NO_ANSWER, silent.errno or 0) from silent
    if "refused" in told:
        raise AttributeRefused(Refusal(told["refused"]), told["errno"])
    labels = Labels(tuple(told["tags"]), told["rating"])
    return Labelled(stat_of(told["before"]), stat_of(told["after"]), labels)


def answered(request: Frame) -> Frame:
    """Answer the request to change labels, in the process that may hang."""
    told = request.header["change"]
    change = LabelChange(tuple(told["add"]), tuple(told["remove"]), told["rating"])
    try:
        done = labelled(request.blobs[0], change)
    except AttributeRefused as refused:
        return Frame({"refused": refused.reason.value, "errno": refused.errno})
    labels = {"tags": done.labels.tags, "rating": done.labels.rating}
    return Frame({"before": numbers(done.before), "after": numbers(done.after), **labels})
