"""Mailboxes (mbox): the messages in them, the newest when there are many."""

import re
from collections import deque
from collections.abc import Sequence
from itertools import pairwise
from typing import BinaryIO

from vexgui.core.files import FileFacts
from vexgui.core.told import told
from vexgui.extract.about import date_in_words
from vexgui.extract.contents import Contents, Section, Unreadable
from vexgui.extract.passages import MAX_PASSAGES, PROSE_CHARS
from vexgui.extract.readers.mail import mail_in

MAX_MAILBOX_BYTES = 16 << 20
"""How much of a mailbox is read, from its end: new messages are put there."""

_MAX_MESSAGES = MAX_PASSAGES
_START = re.compile(rb"(?:\A|\n\r?\n)(?=From [^\n]*\n)")
"""RFC 4155: every message begins with a line "From ADDRESS DATE", with an empty line before it."""


def read_mailbox(file: BinaryIO) -> Contents:
    """Read the messages of a mailbox, at most the newest 400, and each one's share of the text.

    Raises:
        Unreadable: There is no message in it.
    """
    size = file.seek(0, 2)
    file.seek(max(0, size - MAX_MAILBOX_BYTES))
    data = file.read(MAX_MAILBOX_BYTES)
    starts = _starts(data, cut=size > MAX_MAILBOX_BYTES)
    if not starts:
        raise Unreadable("The mailbox is damaged: there is no message in it.")
    share = max(PROSE_CHARS, PROSE_CHARS * MAX_PASSAGES // len(starts))
    found = (_message(data[start:end], share) for start, end in pairwise([*starts, len(data)]))
    sections = tuple(section for section in found if section is not None)
    counted = {"messages": len(starts)} if size <= MAX_MAILBOX_BYTES and len(starts) < _MAX_MESSAGES else None
    return Contents(FileFacts(extra=counted), sections)


def _starts(data: bytes, *, cut: bool) -> Sequence[int]:
    """Return where the last messages start; what is before the first start of cut data is no message."""
    found = deque((match.end() for match in _START.finditer(data)), _MAX_MESSAGES + cut)
    if cut and found and found[0] == 0:
        found.popleft()
    return list(found)[-_MAX_MESSAGES:]


def _message(data: bytes, longest: int) -> Section | None:
    """Return a message's sender, subject and text as one stretch; None if it cannot be parsed."""
    try:
        mail = mail_in(data.partition(b"\n")[2])
    except Unreadable:
        return None
    head = (mail.facts.title, mail.facts.author and f"From {mail.facts.author}")
    texts = (section.text.strip() for section in mail.sections)
    text = "\n\n".join(filter(None, ("\n".join(filter(None, head)), *texts)))
    day = told(f"message of {date_in_words(mail.facts.created)}") if mail.facts.created else told("message")
    return Section(text[:longest], day)
