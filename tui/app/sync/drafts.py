"""Drafts: unfinished forms as private files in the user's state folder, until they are saved or discarded.

Saving one takes a few system calls and never raises: it is also done while a signal ends the app.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from time import gmtime, strftime, time
from typing import TYPE_CHECKING, Any

from store.is_process_running import is_running
from store.open_folder import OpenFolder, read_own_file, replace_own_file, resolved
from store.paths import drafts_folder
from store.rules.retention import outdated
from store.server_name import name_in_private_files

if TYPE_CHECKING:
    # Loaded when there is a draft: every start looks for one, and most find none.
    from tui.app.forms.form import Subject

_MOST_BYTES = 16_000_000

_LONG_AGO = 3600
"""Seconds after which a temporary file is left over from a process that was killed."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft: the form's name, its subject, the changed fields, the instant (ISO, UTC)."""

    key: str
    form_name: str
    subject: Subject
    values: Mapping[str, str]
    at: str


class Drafts:
    """The drafts of one person for one store, private files in `~/.local/state/followup/drafts`."""

    def __init__(self, environment: Mapping[str, str], store: str, now: Any) -> None:
        """`now` returns the current instant."""
        self._folder = drafts_folder(environment)
        self._store = name_in_private_files(store)
        self._now = now

    def keep(self, form: str, subject: Subject, values: Mapping[str, str], draft: Draft | None) -> Draft:
        """Save a draft, in the place of an earlier one of the same form."""
        key = draft.key if draft else os.urandom(8).hex()
        draft = Draft(key, form, subject, dict(values), self._now())
        with suppress(OSError, ValueError):
            self._write(key, json.dumps(self._document(draft)))
        return draft

    def _document(self, draft: Draft) -> dict[str, Any]:
        subject = draft.subject
        return {
            "store": self._store,
            "form": draft.form_name,
            "numbers": list(subject.numbers),
            "looked_at": {str(number): revision for number, revision in subject.seen_revisions.items()},
            "visit": subject.visit,
            "values": draft.values,
            "at": draft.at,
            "host": os.uname().nodename,
            "pid": os.getpid(),
            "began": _began(os.getpid()),
        }

    def _opened(self) -> OpenFolder:
        return OpenFolder.at(resolved(self._folder))

    def _path(self, key: str) -> str:
        return os.path.join(self._folder, f"{key}.json")

    def _write(self, key: str, text: str) -> None:
        # Without fsync: a draft has to outlive the process, not the machine, and a dead disk must not hold us up.
        replace_own_file(self._path(key), text.encode("ascii"), is_synced=False)

    def remove(self, draft: Draft) -> None:
        """Remove a draft: its form was saved or discarded."""
        with suppress(OSError), self._opened() as folder:
            folder.unlink(f"{draft.key}.json")

    def all(self) -> list[Draft]:
        """The drafts of this store that no running app has open, the oldest first; damaged files are skipped."""
        found = []
        with suppress(OSError):
            for name in os.listdir(self._folder):
                key, dot, kind = name.partition(".")
                if kind.endswith(".tmp"):
                    self._sweep(name)
                if dot and kind == "json":
                    with suppress(OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
                        found += self._read(key)
        return sorted(found, key=lambda draft: (draft.at, draft.key))

    def clear_up(self) -> int:
        """Remove expired drafts, of any store. Returns how many."""
        names = []
        with suppress(OSError, LookupError, ValueError), self._opened() as folder:
            left = {
                name: strftime("%Y-%m-%dT%H:%M:%SZ", gmtime(folder.stat(name).st_mtime))
                for name in folder.names()
                if name.endswith(".json")
            }
            names = outdated(left, strftime("%Y-%m-%d", gmtime()))
            for name in names:
                folder.unlink(name)
        return len(names)

    def _sweep(self, name: str) -> None:
        with suppress(OSError), self._opened() as folder:
            if time() - folder.stat(name).st_mtime > _LONG_AGO:
                folder.unlink(name)

    def _read(self, key: str) -> list[Draft]:
        raw = read_own_file(self._path(key), _MOST_BYTES)
        if raw is None:
            return []
        document = json.loads(raw)
        if document["store"] != self._store or _is_open_elsewhere(document):
            return []
        seen_revisions = {int(number): int(revision) for number, revision in document["looked_at"].items()}
        from tui.app.forms.form import Subject

        subject = Subject(tuple(map(int, document["numbers"])), seen_revisions, document["visit"])
        values = {str(name): str(value) for name, value in document["values"].items()}
        return [Draft(key, str(document["form"]), subject, values, str(document["at"]))]


def _is_open_elsewhere(document: Mapping[str, Any]) -> bool:
    """Whether another running app on this machine has this form open."""
    pid = int(document["pid"])
    if document["host"] != os.uname().nodename or pid == os.getpid() or pid <= 0:
        return False
    if not is_running(pid):
        return False
    # After a restart of the machine another process may have the pid.
    return document.get("began") == _began(pid)


def _began(pid: int) -> str | None:
    """The start time of a process in clock ticks (Linux); None where unknown."""
    try:
        with open(f"/proc/{pid}/stat", "rb") as file:
            return file.read().rpartition(b")")[2].split()[19].decode()
    except (OSError, IndexError):
        return None
