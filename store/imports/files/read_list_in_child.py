"""Have a limited child process read a file of another program, and make a grid of cells of its answer.

The child runs `child_list_reader`.
"""

from __future__ import annotations

import os
from time import monotonic

from store.foreign_files.limited_process import LimitedProcess
from store.foreign_files.limits import Limits
from store.foreign_files.open_file import open_foreign
from store.imports.files.grid_messages import CODES, grid_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from store.imports.files.read_json import WholeStore
    from store.imports.files.reading_options import ReadOptions
    from store.imports.grid.grid import Grid

    Watch = Callable[[str, int, float], None]
    """Called ten times a second with the name of the file, the rows and the seconds so far; what it raises ends it."""


class ListFile:
    """A file that is being read; use it as a context manager. Its process starts at once."""

    def __init__(self, file: int, name: str) -> None:
        """`file` is an open descriptor, which stays the caller's. Raises: NotAllowed when no process can be started."""
        self.name = name
        self._process = LimitedProcess(file)
        self._watch: Watch | None = None
        self._rows = 0

    def __enter__(self) -> ListFile:
        return self

    def __exit__(self, *_: object) -> None:
        """End the process."""
        self._process.__exit__()

    def begin(self, options: ReadOptions, timezone: str | None, limits: Limits) -> None:
        """Let its process begin to read it; an instant in it becomes its day in `timezone` (None: the machine's)."""
        given = {field: getattr(options, field) for field in options.FIELDS}
        self._begun = monotonic()
        self._answers = self._process.answers(
            "list", self.name, {**given, "timezone": timezone}, limits, codes=CODES, watch=self._tick
        )

    def read(self, watch: Watch | None = None) -> Grid | WholeStore:
        """The content that its process reads, which was started.

        Raises: UsageError, NotAllowed with what is wrong, and where.
        """
        self._watch = watch
        return grid_of(self._answers, self.name, self._count)

    def _count(self, rows: int) -> None:
        self._rows = rows

    def _tick(self) -> None:
        if self._watch is not None:
            self._watch(self.name, self._rows, monotonic() - self._begun)


def list_file(path: str) -> ListFile:
    """The file at a path. Raises: UsageError for what is no file, or cannot be read."""
    file = open_foreign(path)
    try:
        return ListFile(file, os.path.basename(path))
    finally:
        os.close(file)
