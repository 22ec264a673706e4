"""The refusals of a text that cannot be read: each says what is wrong with which file, and what to do."""

from __future__ import annotations

from store.errors import NotAllowed, UsageError
from store.text import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from store.errors import FollowUpError


def left_out(count: int, how: str) -> str:
    """The warning of passages that are in a file and that nobody sees there as they stand: `how` says it."""
    return f"1 passage is {how}, and left out" if count == 1 else f"{count} passages are {how}, and left out"


def too_long(name: str, how: str) -> NotAllowed:
    """The refusal of a text, or a mailbox, that is longer than it can be: `how` says it."""
    return NotAllowed(f"{visible(name)} {how}: capture it in parts", code="capture.too-long")


def empty(name: str) -> NotAllowed:
    """The refusal of a file without a word."""
    return NotAllowed(f"{visible(name)} is empty", code="capture.empty")


def old_format(name: str) -> NotAllowed:
    """The refusal of a format that no library reads here."""
    sentence = f"{visible(name)} is of a format that is not read here (.doc, .rtf, .odt): save it as .docx"
    return NotAllowed(sentence, code="capture.old-format")


def binary(name: str) -> NotAllowed:
    """The refusal of a file that is no text."""
    sentence = f"{visible(name)} is no text: name a report, minutes, a note (txt, md, docx, pdf, html, eml)"
    return NotAllowed(sentence, code="capture.binary")


def damaged(name: str, what: str, mend: str) -> NotAllowed:
    """The refusal of a damaged file: `what` it should be, and how to `mend` it."""
    return NotAllowed(f"{visible(name)} is damaged, or no {what}: {mend}", code="capture.damaged")


def has_password(name: str) -> NotAllowed:
    """The refusal of a file that is opened with a password."""
    return NotAllowed(f"{visible(name)} has a password: save it without one", code="capture.password")


def pictures(name: str, pages: int) -> NotAllowed:
    """The refusal of a file whose pages are pictures."""
    which = "page 1 is a picture" if pages == 1 else f"pages 1-{pages} are pictures"
    sentence = f"{visible(name)}: {which}: run OCR first, for instance ocrmypdf FILE OUT"
    return NotAllowed(sentence, code="capture.pictures")


def other_language(name: str) -> NotAllowed:
    """The refusal of a text in a language without rules."""
    sentence = f"{visible(name)} is neither English nor Russian: there are rules for these two"
    return NotAllowed(sentence, code="capture.other-language")


def no_mailbox(path: str, why: str) -> UsageError:
    """The refusal of what is no mailbox."""
    return UsageError(f"{visible(path)} is no mailbox: {why}", code="capture.no-mailbox")


def of_mail(error: FollowUpError) -> str:
    """Why a mail was not read, with what helps: a mail is no list that could be saved as one."""
    if not error.code.startswith("foreign."):
        return error.sentence
    why = error.sentence.partition("; ")[0].partition(": take out")[0]
    return f"{why}; save its text, then capture the file"
