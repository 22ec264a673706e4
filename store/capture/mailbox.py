"""The mails of a mailbox (mbox, maildir), one after the other, each read in a limited process."""

from __future__ import annotations

import os
import re
import stat
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
    try:
        files = sorted((name, folder) for folder in folders for name in os.listdir(folder))
    except OSError as error:
        raise unreadable(visible(path), error, UsageError) from None
    for name, folder in files:
        try:
            raw = _regular_file(os.path.join(folder, name))
        except OSError:
            continue  # Moved meanwhile by the program that reads the mail.
        if raw is not None:
            yield raw


def _regular_file(path: str) -> bytes | None:
    """The bytes of a mail; None for a folder, a pipe or whatever else is none. Raises: OSError."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            return None
        with open(descriptor, "rb", closefd=False) as file:
            return file.read(_MOST_MAIL)
    finally:
        os.close(descriptor)


_NEXT_MAIL = re.compile(rb"\n\r?\n(?=From )")


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
        following = _NEXT_MAIL.search(raw, begin - 1)
        end = following.end() if following else len(raw)
        yield raw[begin:end].replace(b"\n>From ", b"\nFrom ")[:_MOST_MAIL]
        at = end
