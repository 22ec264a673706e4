"""The mails of a mailbox (mbox, maildir), one after the other, each read in a limited process."""

from __future__ import annotations

import os
from hashlib import sha256

from store.capture.reading import read_descriptor
from store.capture.refusals import no_mailbox, too_long
from store.capture.source_text import SourceText
from store.errors import FollowUpError, UsageError, unreadable
from store.foreign_files.limits import MOST_INPUT
from store.foreign_files.open_file import open_foreign
from store.text import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from store.foreign_files.limits import Limits

_MOST_MAIL = 50 << 20
"""The most bytes of a mail: what is larger is attachments."""


def read_mailbox(path: str, limits: Limits) -> Iterator[SourceText]:
    """The mails of a mailbox in its order; one that cannot be read is a text without words, whose warning says why.

    Raises: UsageError for what is no mailbox; NotAllowed.
    """
    name = os.path.basename(os.path.abspath(path))
    for number, raw in enumerate(_raw_mails(path), 1):
        mail = _read(raw, f"{name}, mail {number}", limits)
        mail.mark = sha256(raw).hexdigest()[:16]
        yield mail


def _read(raw: bytes, name: str, limits: Limits) -> SourceText:
    descriptor = os.memfd_create("mail")
    try:
        with open(descriptor, "wb", closefd=False) as file:
            file.write(raw)
        os.lseek(descriptor, 0, os.SEEK_SET)
        return read_descriptor(descriptor, name, "eml", limits)
    except FollowUpError as error:
        return SourceText(name, "", "eml", warnings=(error.sentence,))
    finally:
        os.close(descriptor)


def _raw_mails(path: str) -> Iterator[bytes]:
    """The bytes of each mail. Raises: UsageError."""
    if os.path.isdir(path):
        yield from _of_maildir(path)
        return
    try:
        with open(open_foreign(path), "rb") as file:
            yield from _of_mbox(file.read(MOST_INPUT + 1), path)
    except OSError as error:
        raise unreadable(visible(path), error, UsageError) from None


def _of_maildir(path: str) -> Iterator[bytes]:
    """The mails of a maildir, the oldest first by their names. Raises: UsageError for any other folder."""
    folders = [os.path.join(path, part) for part in ("cur", "new")]
    if not all(map(os.path.isdir, folders)):
        raise no_mailbox(path, "the folder has no folders cur and new")
    files = sorted((name, folder) for folder in folders for name in os.listdir(folder))
    for name, folder in files:
        try:
            descriptor = os.open(os.path.join(folder, name), os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        except OSError:
            continue  # Moved meanwhile by the program that reads the mail.
        with open(descriptor, "rb") as file:
            yield file.read(_MOST_MAIL)


def _of_mbox(raw: bytes, path: str) -> Iterator[bytes]:
    """The mails of an mbox: each begins with a line `From `, behind an empty one. Raises: UsageError, NotAllowed."""
    if len(raw) > MOST_INPUT:
        raise too_long(path, f"is larger than a mailbox can be ({MOST_INPUT >> 20} MB)")
    if raw and not raw.startswith(b"From "):
        raise no_mailbox(path, "it does not begin with From, as an mbox does")
    at = 0
    while at < len(raw):
        begin = raw.find(b"\n", at) + 1
        if not begin:
            return
        end = len(raw)
        for mark in (b"\n\nFrom ", b"\n\r\nFrom "):
            found = raw.find(mark, begin - 1)
            if found >= 0:
                end = min(end, found + len(mark) - len(b"From "))
        yield raw[begin:end].replace(b"\n>From ", b"\nFrom ")[:_MOST_MAIL]
        at = end
