"""Has a limited child process read a file, and makes a text with pages of its answer; the child runs `child_text_reader`."""

from __future__ import annotations

import os
from time import monotonic

from store.capture.readers.source_text import SourceText
from store.capture.readers.text_formats import FORMATS, LONGEST_TEXT
from store.foreign_files.limited_process import LimitedProcess
from store.foreign_files.limits import Limits
from store.foreign_files.open_file import open_foreign
from store.foreign_files.refusals import no_answer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    Watch = Callable[[str, float], None]
    """Called ten times a second with the name of the file and the seconds so far; what it raises ends the reading."""

CODES: dict[str, tuple[str, ...]] = {
    "capture.too-long": (),
    "capture.old-format": (),
    "capture.binary": (),
    "import.encoding-unknown": (),
    "import.encodings-alike": (),
    "import.not-in-encoding": ("likely",),
    "capture.pictures": (),
    "capture.password": (),
    "capture.damaged": (),
    "capture.empty": (),
    "capture.tangled": (),
    "library.missing": ("what",),
}
"""The codes of the refusals of a text, with the names of their values."""


def read_path(
    path: str,
    format: str | None = None,  # noqa: A002
    limits: Limits | None = None,
    watch: Watch | None = None,
    encoding: str | None = None,
) -> SourceText:
    """Read the file at a path. Raises: UsageError, NotAllowed with the reason."""
    file = open_foreign(path)
    try:
        return read_descriptor(file, os.path.basename(path), format, limits, watch, encoding)
    finally:
        os.close(file)


def read_descriptor(
    file: int,
    name: str,
    format: str | None = None,  # noqa: A002
    limits: Limits | None = None,
    watch: Watch | None = None,
    encoding: str | None = None,
) -> SourceText:
    """Read an open file, called `name`. Raises: UsageError, NotAllowed with the reason."""
    begun = monotonic()

    def tick() -> None:
        if watch is not None:
            watch(name, monotonic() - begun)

    head: dict[str, object] = {}
    pieces: list[str] = []
    size = 0
    with LimitedProcess(file) as process:
        answers = process.answers(
            "text", name, {"format": format, "encoding": encoding}, limits or Limits(), codes=CODES, watch=tick
        )
        # While it reads: what looks for promises, and the splitter of sentences, take as long to be loaded.
        from store.capture.proposals.propose_commitments import load_patterns

        load_patterns()

        for message in answers:
            if not (isinstance(message, list) and len(message) == 2):
                raise no_answer(name)
            kind, value = message
            if kind == "head" and isinstance(value, dict):
                head = value
            elif kind == "text" and isinstance(value, str) and (size := size + len(value)) <= LONGEST_TEXT:
                pieces.append(value)
            else:
                raise no_answer(name)
    written_as, dated, pages, warnings, sender = (
        head.get(key) for key in ("format", "dated", "pages", "warnings", "sender")
    )
    return SourceText(
        name,
        "".join(pieces),
        written_as if written_as in FORMATS and isinstance(written_as, str) else "txt",
        pages=tuple(each for each in pages if isinstance(each, int)) if isinstance(pages, list) else (),
        dated=dated if isinstance(dated, str) else None,
        warnings=tuple(each for each in warnings if isinstance(each, str)) if isinstance(warnings, list) else (),
        sender=sender if isinstance(sender, str) else None,
    )
