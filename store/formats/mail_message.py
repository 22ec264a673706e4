"""Write a document as a mail for `sendmail -t`: an RFC 5322 message with the text and the HTML as alternatives.

Nothing is sent from here. Only the address and the counts of the document reach a header, never a title that people
typed, and the standard library refuses a line break in one.
"""

from __future__ import annotations

from email.errors import HeaderParseError
from email.header import Header
from email.headerregistry import Address, HeaderRegistry
from email.message import EmailMessage
from email.policy import default
from email.utils import format_datetime

from store.errors import UsageError
from store.reports.document import Figures
from store.sanitise_text import visible
from store.translation import tr, tr_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from store.reports.document import Document


def parse_address(typed: str) -> Address:
    """Parse the one address of a mail: a login (`asel`), `asel@unodc.org`, or `Asel <asel@unodc.org>`.

    A login with a blank in it is quoted. Raises: UsageError.
    """
    try:
        if not typed.isprintable():
            raise ValueError(tr("a line break, or what does not show"))
        if "@" not in typed and "<" not in typed:
            found = Address(username=typed.strip())
        else:
            header: Any = HeaderRegistry()("To", typed)
            (found,) = header.addresses
            if header.defects or not found.domain or header.groups[0].display_name is not None:
                raise ValueError(tr("no address of one person"))
            found = Address(found.display_name, found.username, found.domain.encode("idna").decode())
        if not found.username or not found.addr_spec.isascii():
            raise ValueError(tr("a mailbox that not every mail server knows"))
    except (ValueError, LookupError, AttributeError, TypeError, HeaderParseError):
        # The parser of the standard library also stumbles over some half addresses, with whatever error.
        # RFC 5322 has no mailbox of a name alone, and a name in other letters is no login either.
        is_name = typed.isprintable() and not typed.isascii() and not any(mark in typed for mark in "@<>,;:")
        known = (
            f"{visible(typed)} <{tr_in('placeholder', 'ADDRESS')}>"
            if is_name
            else tr("asel, asel@unodc.org or Asel <asel@unodc.org>")
        )
        sentence = tr('"{typed}" is no address of a mail: write {known}', typed=visible(typed[:60]), known=known)
        raise UsageError(sentence, code="mail.no-address", field="for") from None
    return found


def render_mail(document: Document, *, text: str, to: Address, sender: Address, at: str) -> bytes:
    """Render a document as a message from `sender` to `to`; `text` is its plain text, `at` the instant, ISO in UTC."""
    from datetime import datetime

    from store.formats.html_export import render_html

    message = EmailMessage(policy=default)
    message["From"] = sender
    message["To"] = to
    subject = _subject(document)
    if subject.isascii():
        message["Subject"] = subject
    else:
        # From 3.13 on the policy doubles a blank where it breaks a line between ASCII and other words.
        message.set_raw("Subject", Header(subject, "utf-8", header_name="Subject").encode())
    message["Date"] = format_datetime(datetime.fromisoformat(at))
    message["Auto-Submitted"] = "auto-generated"
    message["Content-Language"] = document.language
    message.set_content(text, cte="quoted-printable")
    message.add_alternative(render_html(document), subtype="html", cte="quoted-printable")
    return message.as_bytes()


def _subject(document: Document) -> str:
    """The title with the first key figures: `Digest for asel, 27 Nov 2026: 3 overdue, 1 due today`."""
    blocks = (block for part in document.parts for block in part.blocks)
    figures = next((block.in_words() for block in blocks if isinstance(block, Figures)), [])
    counts = ", ".join(text for text, _ in figures)
    return visible(f"{document.title}: {counts}" if counts else document.title)
