"""The refusals of unreadable texts, each with what to do, and the warnings of omitted parts."""

from __future__ import annotations

from store.errors import NotAllowed, UsageError
from store.foreign_files.refusals import without_advice
from store.sanitise_text import visible
from store.translation import plural, tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from store.errors import FollowUpError


def hidden_left_out(count: int) -> str:
    """The warning of passages that are in a file and hidden."""
    return plural("{n} passage is hidden, and left out", "{n} passages are hidden, and left out", count)


def struck_left_out(count: int) -> str:
    """The warning of passages that are in a file and struck through."""
    return plural("{n} passage is struck through, and left out", "{n} passages are struck through, and left out", count)


def too_long(name: str, how: str) -> NotAllowed:
    """The refusal of a text, or a mailbox, that is longer than it can be: `how` says it."""
    return NotAllowed(tr("{name} {how}: capture it in parts", name=visible(name), how=how), code="capture.too-long")


def empty(name: str) -> NotAllowed:
    """The refusal of a file without a word."""
    return NotAllowed(tr("{name} is empty", name=visible(name)), code="capture.empty")


def old_format(name: str) -> NotAllowed:
    """The refusal of a format that no library reads here."""
    sentence = tr(
        "{name} is of a format that is not read here (.doc, .rtf, .odt): save it as .docx", name=visible(name)
    )
    return NotAllowed(sentence, code="capture.old-format")


def binary(name: str) -> NotAllowed:
    """The refusal of a file that is no text."""
    sentence = tr(
        "{name} is no text: name a report, minutes, a note (txt, md, docx, pdf, html, eml)", name=visible(name)
    )
    return NotAllowed(sentence, code="capture.binary")


def damaged(name: str, what: str, mend: str) -> NotAllowed:
    """The refusal of a damaged file: `what` it should be, and how to `mend` it."""
    return NotAllowed(
        tr("{name} is damaged, or no {what}: {mend}", name=visible(name), what=what, mend=mend), code="capture.damaged"
    )


def tangled(name: str | None) -> NotAllowed:
    """The refusal of a page whose tags nobody wrote to be read; `name`: that of its file, where it is one."""
    sentence = tr(
        "{name} has too many tags within one another, or attributes in one tag: save what you see of it as text",
        name=visible(name) if name else tr("the page"),
    )
    return NotAllowed(sentence, code="capture.tangled")


def has_password(name: str) -> NotAllowed:
    """The refusal of a file that is opened with a password."""
    return NotAllowed(tr("{name} has a password: save it without one", name=visible(name)), code="capture.password")


def scanned_pages(name: str, pages: int) -> NotAllowed:
    """The refusal of a file whose pages are pictures."""
    which = tr("page 1 is a picture") if pages == 1 else tr("pages 1-{pages} are pictures", pages=pages)
    sentence = tr("{name}: {which}: run OCR first, for instance ocrmypdf FILE OUT", name=visible(name), which=which)
    return NotAllowed(sentence, code="capture.pictures")


def other_language(name: str) -> NotAllowed:
    """The refusal of a text in a language without rules."""
    sentence = tr("{name} is neither English nor Russian: there are rules for these two", name=visible(name))
    return NotAllowed(sentence, code="capture.other-language")


def no_mailbox(path: str, why: str) -> UsageError:
    """The refusal of a file that is no mailbox."""
    return UsageError(tr("{path} is no mailbox: {why}", path=visible(path), why=why), code="capture.no-mailbox")


def of_mail(error: FollowUpError) -> str:
    """Why a mail was not read, with what helps: a mail is no list that could be saved as one."""
    if not error.code.startswith("foreign.") or error.code == "foreign.not-started":
        return error.sentence
    return tr("{why}; save its text, then capture the file", why=without_advice(error.sentence))
