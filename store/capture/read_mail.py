"""Reads a mail (EML): its day, its subject, its text; of two forms the plain one."""

from __future__ import annotations

from email import message_from_bytes
from email.policy import default
from email.utils import parsedate_to_datetime

from store.translation import tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from email.message import EmailMessage
    from typing import Any


def read_mail(raw: bytes, name: str) -> tuple[str, dict[str, Any]]:
    """The text of a mail, and the day that its head names."""
    message = message_from_bytes(raw, policy=default)
    return text_of_mail(message)


def text_of_mail(message: EmailMessage) -> tuple[str, dict[str, Any]]:
    """The same for a parsed one. An attachment is not read; the warnings name it."""
    body = message.get_body(("plain", "html"))
    text, warnings = "", list[str]()
    if body is not None:
        try:
            text = str(body.get_content())
        except (LookupError, UnicodeError):
            text = (body.get_payload(decode=True) or b"").decode("utf-8", "replace")  # type: ignore[union-attr]
        if body.get_content_type() == "text/html":
            from store.capture.read_html import text_of_html

            text, warnings = text_of_html(text)
    head: dict[str, Any] = {"warnings": warnings}
    try:
        head["dated"] = parsedate_to_datetime(str(message["Date"])).date().isoformat()
    except (TypeError, ValueError):
        head["dated"] = None
    head["sender"] = f"From: {' '.join(str(message['From'] or '').split())}"
    names = [each.get_filename() or tr("an attachment") for each in message.iter_attachments()]
    if names:
        warnings.append(
            tr("not read, since it is attached: {names} (save it, then capture the file)", names=", ".join(names))
        )
    subject = " ".join(str(message["Subject"] or "").split())
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return (f"Subject: {subject}\n\n{text}" if subject else text), head
