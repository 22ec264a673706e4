"""Tells the older mails that are quoted below an answer, or behind `>`; its head, and where its signature begins.

What they promise has mostly been captured before, so it has to be a clear promise to be proposed once more.
"""

from __future__ import annotations

import re

from store.capture.lazy_pattern import lazy

LOST_IN_QUOTED_MAIL = 3
"""What a sentence in a quoted mail loses of its score."""

_MAIL_HEAD = lazy(r"(?:From|To|Cc|Bcc|Sent|Date|Subject|От|Кому|Копия|Отправлено|Дата|Тема):[ \t]")
_QUOTED_FROM_HERE = lazy(
    r"[ \t]*-{2,}[ \t]*(?:original message|forwarded message|исходное сообщение|пересылаемое сообщение)"
    r"|[ \t]*_{10,}[ \t]*$|On .{6,120} wrote:[ \t]*$|.{6,120}(?:пишет|писал|написал[а]?):[ \t]*$",
    re.IGNORECASE,
)
_SIGNATURE = lazy(r"--[ \t]*$")
_QUOTED = lazy(
    r"^(?:>|[ \t]*-{2,}[ \t]*(?:original|forwarded|исходное|пересылаемое)|On .{6,120} wrote:|.{6,120}(?:пишет|писала?|написала?):[ \t]*$)",
    re.IGNORECASE | re.MULTILINE,
)


def begins_quoted_mails(line: str) -> bool:
    """Whether all from this line on is quoted."""
    return _QUOTED_FROM_HERE.match(line) is not None


def is_quoted_line(line: str) -> bool:
    """Whether this line alone is quoted."""
    return line.startswith(">")


def begins_signature(line: str) -> bool:
    """Whether a signature begins here, after which nothing counts."""
    return _SIGNATURE.match(line) is not None


def is_mail_head(line: str) -> bool:
    """Whether a line is one of the head of a mail."""
    return _MAIL_HEAD.match(line) is not None


_SALUTES = lazy(
    r"(?:dear|hello|hi|уважаем\w+|добрый|здравствуйте)\b[^.;:]{0,60}[,!]$"
    r"|(?:kind|best|warm|with (?:kind|best)) (?:regards|wishes)|regards|yours (?:sincerely|faithfully)|sincerely|с уважением|с наилучшими",
    re.IGNORECASE,
)


def begins_or_ends_letter(line: str) -> bool:
    """Whether a line is the salutation of a letter, or its close, and no part of what it says."""
    return _SALUTES.match(line.strip()) is not None


def above_quoted_mails(text: str) -> str:
    """The part of a text above the first quoted line."""
    quoted = _QUOTED.search(text)
    return text[: quoted.start()] if quoted else text
