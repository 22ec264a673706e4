"""Reads a mail (EML): its day, its subject, its text; of two forms that say the same the plain one.

Where they differ, the page is read, which mail programs show, and that is told.
"""

from __future__ import annotations

import re
from email import message_from_bytes
from email.policy import default
from email.utils import parsedate_to_datetime

from store.errors import NotAllowed
from store.translation import tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from email.message import EmailMessage, Message, MIMEPart
    from typing import Any


def read_mail(raw: bytes, name: str) -> tuple[str, dict[str, Any]]:
    """The text of a mail, and the day that its head names."""
    message = message_from_bytes(raw, policy=default)
    return text_of_mail(message)


def text_of_mail(message: EmailMessage) -> tuple[str, dict[str, Any]]:
    """The same for a parsed one. An attachment is not read; the warnings name it."""
    plain, page = message.get_body(("plain",)), _page_of(message)
    text, warnings = _content(plain) if plain is not None else "", list[str]()
    if page is not None:
        text, warnings = _shown(text if plain is not None else None, _content(page))
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


def _page_of(message: EmailMessage) -> MIMEPart | None:
    """The page of a mail: of alternatives the last one, as RFC 2046 has it (5.1.4)."""
    for part in message.walk():
        if part.get_content_type() == "multipart/alternative":
            pages = [each for each in part.walk() if each.get_content_type() == "text/html" and not _is_attached(each)]
            if pages:
                return pages[-1]
    return message.get_body(("html",))


def _is_attached(part: Message) -> bool:
    return part.get_content_disposition() == "attachment"


def _content(part: Any) -> str:
    try:
        return str(part.get_content())
    except (LookupError, UnicodeError):
        return (part.get_payload(decode=True) or b"").decode("utf-8", "replace")


def _shown(plain: str | None, page: str) -> tuple[str, list[str]]:
    """What a mail program shows of the two forms of a mail, and warnings. Raises: NotAllowed, where it has one form."""
    from store.capture.read_html import text_of_html

    try:
        text, warnings = text_of_html(page)
    except NotAllowed:
        if plain is None:
            raise
        return plain, [tr("only the plain form of the mail was read: mail programs show its page, which may differ")]
    if plain is None or not _words_of(plain):
        return text, warnings
    if _words_of(plain) == _words_of(text):
        return plain, warnings
    return text, [*warnings, tr("the plain form of the mail differs from its page, which is read, as it is shown")]


_ADDRESS = re.compile(r"\[cid:[^\]\s]*\]|<?(?:https?|mailto):[^\s>]*>?")
_WORD = re.compile(r"[^\W_]+")


def _words_of(text: str) -> list[str]:
    """The words of a text, without addresses of links and pictures, which a page does not show."""
    return _WORD.findall(_ADDRESS.sub(" ", text))
