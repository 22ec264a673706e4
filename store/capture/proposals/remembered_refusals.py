"""What a person refused, and which mails were seen: hashes alone, in a private file beside the drafts."""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from fcntl import LOCK_EX, LOCK_NB, flock
from hashlib import sha256
from time import sleep

from store.open_folder import open_own_folder, read_own_file, replace_own_file
from store.quick_json import dumps, loads
from store.server_name import name_in_private_files

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

MOST_KEPT = 20_000
"""The newest hashes of each sort that are kept."""

_MOST_BYTES = 4_000_000
_TRIES, _PAUSE = 200, 0.01


class Remembered:
    """What one person refused and has seen in one store: no words, only hashes."""

    def __init__(self, folder: str, store: str) -> None:
        """`folder` is that of the drafts (`store.paths.drafts_folder`), `store` the name of the store, as it is opened.

        Nothing is made before something is kept.
        """
        self._store = sha256(name_in_private_files(store).encode("utf-8", "surrogatepass")).hexdigest()[:16]
        self._path = os.path.join(folder, "captured", "decided.json")
        self._kept: dict[str, list[str]] | None = None

    def refused_at(self, visit: str, source_ids: Iterable[str]) -> frozenset[str]:
        """Those of these `source_id` that were refused at the visit with this slug."""
        return self._kept_of("refused", visit, source_ids)

    def merged_at(self, visit: str, source_ids: Iterable[str]) -> frozenset[str]:
        """Those of these `source_id` that were put down with another commitment of the visit with this slug."""
        return self._kept_of("merged", visit, source_ids)

    @property
    def seen_mails(self) -> frozenset[str]:
        """The hashes of the mails that were seen."""
        start = f"{self._store}-"
        return frozenset(each.removeprefix(start) for each in self._read()["mails"] if each.startswith(start))

    def refuse(self, visit: str, source_id: str) -> None:
        """Remember a refusal at the visit with this slug. Raises: OSError."""
        self._change({"refused"}, [self._mark(visit, source_id)])

    def merge(self, visit: str, source_id: str) -> None:
        """Remember a proposal added to another commitment of this visit. Raises: OSError."""
        self._change({"merged"}, [self._mark(visit, source_id)])

    def take_back(self, visit: str, source_id: str) -> None:
        """Forget that it was refused at this visit, or merged. Raises: OSError."""
        self._change((), (), [self._mark(visit, source_id)])

    def see_mails(self, hashes: Iterable[str]) -> None:
        """Remember mails as seen. Raises: OSError."""
        self._change({"mails"}, [f"{self._store}-{each}" for each in hashes])

    def _kept_of(self, sort: str, visit: str, source_ids: Iterable[str]) -> frozenset[str]:
        kept = frozenset(self._read()[sort])
        return frozenset(each for each in source_ids if self._mark(visit, each) in kept)

    def _mark(self, visit: str, source_id: str) -> str:
        """What is kept of a decision. The same words at another visit are another promise, to be decided anew."""
        text = f"{self._store}\n{visit}\n{source_id}"
        return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]

    def _change(self, sorts: Collection[str], added: Iterable[str], gone: Iterable[str] = ()) -> None:
        folder = os.path.dirname(self._path)
        os.close(open_own_folder(folder).descriptor)
        added, gone = sorted(set(added)), frozenset(gone)
        with _locked(folder):
            self._kept = None  # Another process may have kept more.
            kept = self._read()
            for sort, those in kept.items():
                if sort in sorts:
                    those = [each for each in those if each not in added] + added
                elif gone and sort != "mails":
                    those = [each for each in those if each not in gone]
                kept[sort] = those[-MOST_KEPT:]
            replace_own_file(self._path, dumps(kept).encode("ascii"), is_synced=False)

    def _read(self) -> dict[str, list[str]]:
        """What is kept; a file that is damaged, or of another shape, keeps nothing."""
        if self._kept is None:
            document: object = None
            with suppress(OSError, ValueError, RecursionError):
                document = loads(read_own_file(self._path, _MOST_BYTES) or b"null")
            self._kept = {sort: _hashes(document, sort) for sort in ("refused", "merged", "mails")}
        return self._kept


def _hashes(document: object, sort: str) -> list[str]:
    found = document.get(sort) if isinstance(document, dict) else None
    return [each for each in found if isinstance(each, str) and each.isascii()] if isinstance(found, list) else []


@contextmanager
def _locked(folder: str) -> Iterator[None]:
    """Alone among the sessions of this person; not for ever, and not at all where a folder cannot be locked."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        for _ in range(_TRIES):
            try:
                flock(descriptor, LOCK_EX | LOCK_NB)
            except BlockingIOError:
                sleep(_PAUSE)
                continue
            except OSError:
                pass  # A network file system without locks: the file is replaced whole all the same.
            break
        yield
    finally:
        os.close(descriptor)
