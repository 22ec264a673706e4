"""Builds that look through a report for longer than it is worth, or take from it what nobody saw."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from typing import BinaryIO

from store.capture.person_names.mask_person_names import Persons
from store.capture.proposals import propose_commitments
from store.capture.readers import read_mailbox
from store.capture.text_structure import blocks
from store.foreign_files import limited_process
from torture.broken_builds import broken_build
from torture.injected.replace_functions import replace


@broken_build
def words_of_any_length() -> None:
    """A word of a text is looked at whatever its length."""
    blocks._LONG_WORD = re.compile(r"(?!)")


@broken_build
def mailbox_held_whole() -> None:
    """A mailbox is read into memory, and then cut into mails."""

    def of_mbox(file: BinaryIO, path: str) -> Iterator[bytes]:
        yield from re.split(rb"(?m)^From .*\n", file.read())[1:]

    replace(read_mailbox._of_mbox, of_mbox)


@broken_build
def mail_folders_followed() -> None:
    """A folder of a maildir may be a link."""
    read_mailbox._FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC


@broken_build
def unseen_words_read() -> None:
    """What is hidden in a file is read as what is seen."""
    _in_the_child(
        "from store.capture.readers.docx import docx_body, docx_hidden_formatting\n"
        "from store.capture.readers.html import read_html\n"
        "from store.imports.files.workbook import read_xlsx\n"
        "docx_body._is_squeezed = lambda run, text: False\n"
        "docx_hidden_formatting.marks_of = lambda properties: {}\n"
        "read_html.PageStyles.elements = lambda self: iter(())\n"
        "read_html.hidden_by_tags = lambda soup: iter(())\n"
        "read_xlsx._apply_marks = lambda grid, marks: None\n"
    )


@broken_build
def white_words_read() -> None:
    """Letters in the colour of the paper are read."""
    _in_the_child(
        "from store.capture.readers.docx import docx_hidden_formatting\n"
        "docx_hidden_formatting.is_unseen = lambda colour, ground: False\n"
    )


@broken_build
def pages_of_any_depth() -> None:
    """A page is parsed whatever its tags are."""
    _in_the_child("from store.capture.readers.html import read_html\nread_html.is_tangled = lambda page: False\n")


def _in_the_child(patch: str) -> None:
    """Run lines in the process that reads a file, before it does."""
    sound = limited_process._start

    def start(main: str) -> str:
        begin, found, rest = sound(main).partition(f"from {main} import")
        assert found
        return f"{begin}{patch}{found}{rest}"

    replace(limited_process._start, start)


@broken_build
def proposals_unseen() -> None:
    """What is taken of a text is what is proposed by then."""
    replace(propose_commitments.hash_of, lambda source, proposals: source.hash)


@broken_build
def names_in_names_of_files() -> None:
    """The name of a file that was captured is kept as it is."""
    replace(Persons.masked_name, lambda self, file: file)
