"""What a person refused, and which mails were seen: hashes alone, in a private file beside the drafts."""

from __future__ import annotations

import os
from contextlib import suppress

from store.atomic_write import replace_file
from store.open_folder import make_folders
from store.quick_json import dumps, loads

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_KEPT = 20_000
"""The newest hashes of each sort that are kept."""

_MOST_BYTES = 4_000_000


class Remembered:
    """What one person refused and has seen, whatever the store: no words, only hashes."""

    def __init__(self, folder: str) -> None:
        """`folder` is that of the drafts (`store.paths.drafts_folder`); nothing is made before something is kept."""
        self._path = os.path.join(folder, "captured", "decided.json")
        self._kept: dict[str, list[str]] | None = None

    @property
    def refused(self) -> frozenset[str]:
        """The `source_id` of what was refused."""
        return frozenset(self._read()["refused"])

    @property
    def merged(self) -> frozenset[str]:
        """The `source_id` of what was put down with another commitment."""
        return frozenset(self._read()["merged"])

    @property
    def seen_mails(self) -> frozenset[str]:
        """The hashes of the mails that were seen."""
        return frozenset(self._read()["mails"])

    def refuse(self, source_ids: Iterable[str]) -> None:
        """Remember refusals. Raises: OSError."""
        self._change("refused", source_ids, ())

    def merge(self, source_ids: Iterable[str]) -> None:
        """Remember what was put down with another commitment. Raises: OSError."""
        self._change("merged", source_ids, ())

    def take_back(self, source_ids: Iterable[str]) -> None:
        """Forget refusals, and what was merged. Raises: OSError."""
        gone = set(source_ids)
        for sort in ("refused", "merged"):
            self._change(sort, (), gone)

    def see_mails(self, hashes: Iterable[str]) -> None:
        """Remember mails as seen. Raises: OSError."""
        self._change("mails", hashes, ())

    def _change(self, sort: str, added: Iterable[str], gone: Iterable[str]) -> None:
        self._kept = None  # Another process may have kept more.
        kept = self._read()
        out = {*added, *gone}
        kept[sort] = ([each for each in kept[sort] if each not in out] + sorted(set(added)))[-MOST_KEPT:]
        make_folders(os.path.dirname(self._path))
        replace_file(self._path, dumps(kept).encode("ascii"), is_synced=False)

    def _read(self) -> dict[str, list[str]]:
        if self._kept is None:
            self._kept = {"refused": [], "merged": [], "mails": []}
            with suppress(OSError, ValueError, RecursionError):
                descriptor = os.open(self._path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
                with open(descriptor, "rb") as file:
                    if os.fstat(descriptor).st_uid == os.geteuid():
                        document = loads(file.read(_MOST_BYTES))
                        for sort in self._kept:
                            self._kept[sort] = [str(each) for each in document.get(sort, ())]
        return self._kept
