"""The mails of a mailbox (mbox, maildir), one after the other, each read in a limited process."""

from __future__ import annotations

import os
import stat
from hashlib import sha256

from store.capture.readers.read_text_in_child import read_descriptor
from store.capture.readers.source_text import SourceText
from store.capture.readers.text_refusals_and_warnings import no_mailbox, of_mail
from store.errors import FollowUpError, UsageError, unreadable
from store.foreign_files.limits import Limits
from store.foreign_files.open_file import open_foreign
from store.sanitise_text import visible
from store.translation import plural, tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from typing import BinaryIO

_MOST_MAIL = 50 << 20
"""The most bytes of a mail: what is larger is attachments."""

_MOST_MAILS, _MOST_BYTES = 1_000, 1 << 28
"""Mails, and bytes of them, that are read in one go."""

_SECONDS = 5
"""Seconds in which a mail is read: one that takes longer was made to."""

_LINE = 1 << 16
"""Bytes of a line that are read at once."""


def read_mailbox(
    path: str, limits: Limits, seen: Collection[str] = (), notify: Callable[[str], None] = lambda _: None
) -> Iterator[SourceText]:
    """The mails of a mailbox in its order, each read when it is asked for; no two are in memory at once.

    One that cannot be read is a text without words, whose warning says why; one whose mark is among the `seen` has no
    words and is not read. `notify` gets a sentence when the rest is left for the next time, and on what is skipped.
    Raises: UsageError for what is no mailbox.
    """
    name = os.path.basename(os.path.abspath(path))
    own = Limits(limits.memory >> 20, processor=_SECONDS, clock=2 * _SECONDS)
    count = size = 0
    for number, raw in enumerate(_raw_mails(path, notify), 1):
        mark = sha256(raw).hexdigest()[:16]
        if mark in seen:
            yield SourceText(f"{name}, mail {number}", "", "eml", mark=mark)
            continue
        count, size = count + 1, size + len(raw)
        if count > _MOST_MAILS or size > _MOST_BYTES:
            notify(
                tr(
                    "{name} holds more than is read in one go: mail {number} and those behind it are for the next time",
                    name=visible(name),
                    number=number,
                )
            )
            return
        mail = _read(raw, f"{name}, mail {number}", own)
        mail.mark = mark
        if len(raw) >= _MOST_MAIL:
            mail.warnings += (tr("of this mail the first {most} MB are read", most=_MOST_MAIL >> 20),)
        yield mail


def _read(raw: bytes, name: str, limits: Limits) -> SourceText:
    descriptor = os.memfd_create("mail")
    try:
        with open(descriptor, "wb", closefd=False) as file:
            file.write(raw)
        os.lseek(descriptor, 0, os.SEEK_SET)
        return read_descriptor(descriptor, name, "eml", limits)
    except FollowUpError as error:
        return SourceText(name, "", "eml", warnings=(of_mail(error),))
    finally:
        os.close(descriptor)


def _raw_mails(path: str, notify: Callable[[str], None]) -> Iterator[bytes]:
    """The bytes of each mail. Raises: UsageError."""
    if os.path.isdir(path):
        yield from _of_maildir(path, notify)
        return
    try:
        with open(open_foreign(path), "rb") as file:
            yield from _of_mbox(file, path)
    except OSError as error:
        raise unreadable(visible(path), error, UsageError) from None


def _of_maildir(path: str, notify: Callable[[str], None]) -> Iterator[bytes]:
    """The mails of a maildir, the oldest first by their names. Raises: UsageError for any other folder."""
    passed_over = []
    opened: list[int] = []
    try:
        for part in ("cur", "new"):
            try:
                opened.append(os.open(os.path.join(path, part), _FOLDER))
            except (FileNotFoundError, NotADirectoryError):
                raise no_mailbox(path, tr("the folder has no folders cur and new, or they are links")) from None
        files = sorted((name, folder) for folder in opened for name in os.listdir(folder))
        for name, folder in files:
            try:
                raw = _regular_file(name, folder)
            except OSError:
                raw = None  # A link, one that is closed to us, or moved meanwhile by the program that reads the mail.
            if raw is None:
                passed_over.append(name)
            else:
                yield raw
        if passed_over:
            notify(
                plural(
                    "{n} name in {path} is no mail that can be read, and passed over: {name}",
                    "{n} names in {path} are no mails that can be read, and passed over: {name} is the first",
                    len(passed_over),
                    path=visible(path),
                    name=visible(passed_over[0]),
                )
            )
    except OSError as error:
        raise unreadable(visible(path), error, UsageError) from None
    finally:
        for folder in opened:
            os.close(folder)


_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC


def _regular_file(name: str, folder: int) -> bytes | None:
    """The bytes of a mail; None for a folder, a pipe or anything else. Raises: OSError."""
    descriptor = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=folder)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            return None
        with open(descriptor, "rb", closefd=False) as file:
            return file.read(_MOST_MAIL)
    finally:
        os.close(descriptor)


def _of_mbox(file: BinaryIO, path: str) -> Iterator[bytes]:
    """The mails of an mbox: each begins with a line `From `, behind an empty one. Raises: UsageError, OSError."""
    first = file.readline(_LINE)
    if first and not first.startswith(b"From "):
        raise no_mailbox(path, tr("it does not begin with From, as an mbox does"))
    mail = bytearray()
    is_begin, is_behind_empty = first.endswith(b"\n"), False
    is_head = not is_begin
    """Whether what is read is the rest of a line `From `."""
    while line := file.readline(_LINE):
        if is_begin and is_behind_empty and line.startswith(b"From "):
            yield bytes(mail)
            mail.clear()
            is_head = True
        if is_head:
            is_head = not line.endswith(b"\n")
            is_begin, is_behind_empty = not is_head, False
            continue
        piece = line[1:] if is_begin and line.startswith(b">From ") else line
        mail += piece[: _MOST_MAIL - len(mail)]
        is_behind_empty = is_begin and line in (b"\n", b"\r\n")
        is_begin = line.endswith(b"\n")
    if mail:
        yield bytes(mail)
