"""Builds that let a file of others, or the process that reads it, have more than it may."""

from __future__ import annotations

import os
from typing import Any

from store.file import file_store
from store.foreign_files.child_process import read_whole
from store.foreign_files.limits import MOST_INPUT, Limits
from store.foreign_files.open_file import open_foreign
from store.imports.files import child_list_reader
from store.imports.files.read_json import WholeStore
from store.imports.files.read_list_in_child import ListFile
from store.imports.files.reading_options import ReadOptions
from store.imports.grid.grid import Grid
from torture.broken_builds import broken_build
from torture.injected.replace_functions import replace
from tui.cli.stdin import open_lines


@broken_build
def reads_in_process() -> None:
    """A list is read in the process of the program itself."""
    raw: dict[str, bytes] = {}

    def opened(self: ListFile, file: int, name: str) -> None:
        self.name = name
        raw[name] = read_whole(file, MOST_INPUT)

    asked: dict[str, tuple[ReadOptions, str | None]] = {}

    def begin(self: ListFile, options: ReadOptions, timezone: str | None, limits: Limits) -> None:
        asked[self.name] = options, timezone

    def read(self: ListFile, watch: object = None) -> Grid | WholeStore:
        return child_list_reader.read(raw[self.name], self.name, *asked[self.name])

    replace(ListFile.__init__, opened)
    replace(ListFile.begin, begin)
    replace(ListFile.read, read)
    replace(ListFile.__exit__, lambda self, *_: None)


@broken_build
def reader_keeps_the_terminal() -> None:
    """The process that reads a list prints where the program prints."""
    sound = os.posix_spawn

    def posix_spawn(path: Any, argv: Any, env: Any, *, file_actions: Any, setsid: bool, **more: Any) -> int:
        kept = [action for action in file_actions if action[2] not in (1, 2)]
        return sound(path, argv, env, file_actions=kept, **more)

    replace(os.posix_spawn, posix_spawn)


@broken_build
def pipes_waited_for() -> None:
    """A file is opened as one that is always there."""
    replace(open_foreign, lambda path: os.open(path, os.O_RDONLY | os.O_CLOEXEC))
    replace(open_lines, lambda path: open(path, "rb"))  # noqa: SIM115


@broken_build
def files_of_the_kernel() -> None:
    """A file without a size is read as any other."""
    replace(file_store._is_empty, lambda descriptor: True)
