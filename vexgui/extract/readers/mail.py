"""E-mail messages saved as files: subject, sender, and the text without attachments."""

from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import BinaryIO

from vexgui.core.files import FileFacts
from vexgui.extract.contents import Contents, Section, Unreadable, clean, one_line
from vexgui.extract.moments import mail_moment
from vexgui.extract.readers.flow import flowing_text, html_root
from vexgui.extract.readers.html import HTML
from vexgui.extract.readers.text import decoded

MAX_MAIL_BYTES = 16 << 20
"""How much of a message is read: its text comes before what is attached."""


def read_mail(file: BinaryIO) -> Contents:
    """Read a message (RFC 5322).

    Raises:
        Unreadable: It is so broken that it cannot be parsed.
    """
    try:
        message = message_from_bytes(file.read(MAX_MAIL_BYTES), policy=policy.default)
        facts = FileFacts(
            title=one_line(str(message.get("subject", "")), 300),
            author=one_line(str(message.get("from", "")), 200),
            created=mail_moment(str(message.get("date", ""))),
        )
        return Contents(facts, (Section(_text(message), ""),))
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        # The standard library's parser raises all of these on broken headers.
        raise Unreadable("The message is damaged.") from error


def _text(message: EmailMessage) -> str:
    part = message.get_body(("plain", "html"))
    if part is None:
        return ""
    content, _ = decoded(bytes(part.get_payload(decode=True) or b""), declared=part.get_content_charset())
    root = html_root(content) if part.get_content_subtype() == "html" else None
    return clean(content) if root is None else flowing_text(root, HTML)
