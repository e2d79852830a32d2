"""E-mail messages saved as files: subject, sender, the text, and the names of what is attached."""

from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from itertools import islice
from typing import Any, BinaryIO, cast

from typing_extensions import override

from vexgui.core.files import FileFacts
from vexgui.core.told import told
from vexgui.extract.contents import Contents, Section, Unreadable, clean, one_line
from vexgui.extract.moments import mail_moment
from vexgui.extract.readers.flow import flowing_text, html_root
from vexgui.extract.readers.html import HTML
from vexgui.extract.readers.text import decoded

MAX_MAIL_BYTES = 16 << 20
"""How much of a message is read: its text comes before what is attached."""

_MAX_ATTACHED = 100
_MAX_HEADER_CHARS = 2000


class _ShortHeaders(policy.EmailPolicy):
    """Parses the beginning of each header: the standard library takes the square of their length for some."""

    @override
    def header_fetch_parse(self, name: str, value: Any) -> Any:
        return super().header_fetch_parse(name, value[:_MAX_HEADER_CHARS])


_POLICY = _ShortHeaders()


def read_mail(file: BinaryIO) -> Contents:
    """Read a message (RFC 5322).

    Raises:
        Unreadable: It is so broken that it cannot be parsed.
    """
    return mail_in(file.read(MAX_MAIL_BYTES))


def mail_in(data: bytes) -> Contents:
    """Return what a message holds: its text, and the names of what is attached.

    Raises:
        Unreadable: It is so broken that it cannot be parsed.
    """
    try:
        message = cast("EmailMessage", message_from_bytes(data, policy=_POLICY))
        facts = FileFacts(
            title=one_line(str(message.get("subject", "")), 300),
            author=one_line(str(message.get("from", "")), 200),
            created=mail_moment(str(message.get("date", ""))),
        )
        return Contents(facts, (Section(_text(message), ""), *_attachments(message)))
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
        # The standard library's parser raises all of these on broken headers.
        raise Unreadable("The message is damaged.") from error


def _text(message: EmailMessage) -> str:
    part = message.get_body(("plain", "html"))
    if part is None:
        return ""
    content, _ = decoded(bytes(part.get_payload(decode=True) or b""), declared=part.get_content_charset())
    root = html_root(content) if part.get_content_subtype() == "html" else None
    return clean(content) if root is None else flowing_text(root, HTML)


def _attachments(message: EmailMessage) -> Iterator[Section]:
    if not message.is_multipart():
        return
    attached = (one_line(part.get_filename(), 200) for part in islice(message.walk(), _MAX_ATTACHED))
    names = [name for name in attached if name]
    if names:
        yield Section("Attached: " + ", ".join(names), told("attachments"))
