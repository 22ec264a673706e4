"""The main function of the child process that reads one file of others within limits: which readers there are.

`store.foreign_files.limited_process` starts it.
"""

from __future__ import annotations

import os

from store.foreign_files.child_process import serve

TYPE_CHECKING = False
if TYPE_CHECKING:
    from store.foreign_files.child_process import Reader


def _list_reader() -> Reader:
    from store.imports.files.child_list_reader import read_list

    return read_list


def _text_reader() -> Reader:
    from store.capture.readers.child_text_reader import read_document

    return read_document


READERS = {"list": _list_reader, "text": _text_reader}
"""Name -> function that imports a reader."""


def main() -> None:
    """Read the file, and end without the interpreter's slow shutdown."""
    serve(READERS)
    os._exit(0)
