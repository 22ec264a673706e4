"""Reads a mail (EML): its day, its subject, its texts; of two forms of one that say the same the plain one.

Where they differ, the page is read, which mail programs show, and that is told.
"""

from __future__ import annotations

import re
from codecs import lookup
from email import message_from_bytes
from email.policy import default
from email.utils import parsedate_to_datetime
from typing import NamedTuple

from store.errors import NotAllowed
from store.translation import tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage, MIMEPart
    from typing import Any

_DEEPEST = 30
"""Parts of a mail within one another."""


def read_mail(raw: bytes, name: str) -> tuple[str, dict[str, Any]]:
    """The text of a mail, and the day that its head names."""
    message = message_from_bytes(raw, policy=default)
    return text_of_mail(message)


def text_of_mail(message: EmailMessage) -> tuple[str, dict[str, Any]]:
    """The same for a parsed one. An attachment is not read, nor a mail in it; the warnings name it."""
    texts, warnings, names = list[str](), list[str](), list[str]()
    for form in _forms(message, names):
        text, warned = _shown(form)
        texts.append(text.replace("\r\n", "\n").replace("\r", "\n").strip("\n"))
        warnings += [each for each in warned if each not in warnings]
    head: dict[str, Any] = {"warnings": warnings}
    try:
        head["dated"] = parsedate_to_datetime(str(message["Date"])).date().isoformat()
    except (TypeError, ValueError):
        head["dated"] = None
    head["sender"] = f"From: {' '.join(str(message['From'] or '').split())}"
    if names:
        warnings.append(
            tr("not read, since it is attached: {names} (save it, then capture the file)", names=", ".join(names))
        )
    subject = " ".join(str(message["Subject"] or "").split())
    text = "\n\n".join(texts) + "\n"
    return (f"Subject: {subject}\n\n{text}" if subject else text), head


class _Form(NamedTuple):
    """The parts of one text of a mail, as plain text and as pages: either may be missing. `earlier` are the pages of the
    forms before the one that is shown.
    """

    plain: list[MIMEPart]
    pages: list[MIMEPart]
    earlier: tuple[list[MIMEPart], ...] = ()


def _forms(part: MIMEPart, names: list[str], depth: int = 0) -> Iterator[_Form]:
    """The texts that a mail program shows below one another, in their order; `names` gets those of what is attached.

    Of alternatives the last is shown (RFC 2046, 5.1.4), of related parts the first or the one that is named as the root
    (RFC 2387, 3.2), and no mail that is in the mail.
    """
    kind = part.get_content_type()
    if part.get_content_disposition() == "attachment" or part.get_content_maintype() == "message" or depth > _DEEPEST:
        names.append(part.get_filename() or tr("an attachment"))
    elif kind == "multipart/alternative":
        forms = [form for each in part.iter_parts() for form in _forms(each, names, depth + 1)]
        plain = (form.plain for form in forms if not form.pages)
        pages = [form.pages for form in forms if form.pages]
        if forms:
            yield _Form(next(plain, []), pages[-1] if pages else [], tuple(pages[:-1]))
    elif part.is_multipart():
        is_one = kind in ("multipart/related", "multipart/signed")
        parts = list(part.iter_parts())
        root = _root(part, parts) if kind == "multipart/related" else 0
        for place, each in enumerate(parts):
            if place == root or not is_one or each.get_content_disposition() == "attachment":
                yield from _forms(each, names, depth + 1)
            elif place < root and each.get_content_maintype() == "text":
                names.append(each.get_filename() or tr("an attachment"))
    elif kind in ("text/plain", "text/html"):
        yield _Form([], [part]) if kind == "text/html" else _Form([part], [])
    else:
        names.append(part.get_filename() or tr("an attachment"))


def _root(related: MIMEPart, parts: list[MIMEPart]) -> int:
    start = related.get_param("start")
    names = [str(each["Content-ID"] or "").strip() for each in parts]
    return names.index(start.strip()) if isinstance(start, str) and start.strip() in names else 0


_CHARSETS = (
    *("ascii", "utf-8", "utf-16", "iso8859", "cp125", "cp866", "koi8", "mac", "gb", "big5", "euc", "shift_jis"),
    *("iso2022", "tis-620", "cp874"),
)
"""How the names begin that Python gives to the character sets that mail programs know."""


def _content(part: Any) -> str:
    """The text of a part as a mail program shows it; in an unknown character set byte by byte."""
    try:
        if lookup(part.get_content_charset("utf-8")).name.startswith(_CHARSETS):
            return str(part.get_content())
    except (LookupError, UnicodeError):
        pass
    return (part.get_payload(decode=True) or b"").decode("utf-8", "replace")


def _words_of_pages(pages: list[MIMEPart]) -> object:
    """What the pages of a form say, None where it cannot be read."""
    from store.capture.readers.html.read_html import text_of_html

    try:
        return _words_of("\n\n".join(text_of_html(_content(page))[0] for page in pages))
    except NotAllowed:
        return None


def _shown(form: _Form) -> tuple[str, list[str]]:
    """What a mail program shows of one text of a mail, and warnings. Raises: NotAllowed, where it has one form."""
    plain = "\n\n".join(map(_content, form.plain))
    if not form.pages:
        return plain, []
    from store.capture.readers.html.read_html import text_of_html

    try:
        read = [text_of_html(_content(page)) for page in form.pages]
    except NotAllowed:
        if not form.plain:
            raise
        return plain, [tr("only the plain form of the mail was read: mail programs show its page, which may differ")]
    text, warnings = "\n\n".join(text for text, _ in read), [each for _, warned in read for each in warned]
    if any(_words_of_pages(pages) != _words_of(text) for pages in form.earlier):
        warnings.append(tr("two pages of the mail differ: the last is read, as it is shown"))
    if not _words_of(plain):
        return text, warnings
    if _words_of(plain) == _words_of(text):
        return plain, warnings
    return text, [*warnings, tr("the plain form of the mail differs from its page, which is read, as it is shown")]


_ADDRESS = re.compile(r"\[cid:[^\]\s]*\]|<?(?:https?|mailto):[^\s>]*>?")
_WORD = re.compile(r"[^\W_]+")


def _words_of(text: str) -> list[str]:
    """The words of a text, without addresses of links and pictures, which a page does not show."""
    return _WORD.findall(_ADDRESS.sub(" ", text))
