"""Builds whose audit trail lets something be rewritten, or tells too much."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from store.maintenance import verify_history
from store.rules import audit_comparison
from store.rules.audit_line_and_chain import START, Digests, digests, line_of, linked, parse_line
from torture.broken_builds import broken_build
from torture.injected.replace_functions import replace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from store.model.record_types import Event
    from store.rules.audit_line_and_chain import AuditLine


@broken_build
def unchained() -> None:
    """The chain of a line holds its own change only."""
    replace(linked, lambda chain, sums: linked(START, sums))


@broken_build
def sums_without_texts() -> None:
    """The sums of a change leave out what was typed."""

    def bare(events: Sequence[Event]) -> Digests:
        sums = digests(events)
        return Digests(sums.bare, sums.bare)

    replace(digests, bare)


@broken_build
def records_unasked() -> None:
    """A comparison does not ask whether the records are what their history made them."""
    replace(audit_comparison._altered_records, lambda events, key, table: iter(()))


@broken_build
def meta_unasked() -> None:
    """A comparison does not ask who altered the settings and the accounts."""
    replace(audit_comparison._Comparing._compare_meta, lambda self: None)


@broken_build
def meta_unsaid() -> None:
    """A line that does not say what settings it found and left is passed over."""
    sound = audit_comparison._Comparing._compare_meta_of_lines

    def compare(self: Any, changes: Sequence[int]) -> None:
        sound(self, [change for change in changes if (line := self._single.get(change)) is None or line.meta])

    replace(sound, compare)


@broken_build
def oldest_unasked() -> None:
    """What comes before the first line is held to the last line alone."""
    replace(audit_comparison._Comparing._compare_oldest, lambda self: None)


@broken_build
def names_believed() -> None:
    """A comparison does not ask whether the name that a change bears is that of who made it."""
    replace(audit_comparison._Comparing._compare_signature, lambda self, line: None)


@broken_build
def untrue_lines_believed() -> None:
    """A line explains what it says, whatever its change did."""
    replace(audit_comparison._Comparing._is_true, lambda self, line: True)


@broken_build
def imports_excuse() -> None:
    """What came before an import of a whole store is not compared."""
    sound = audit_comparison._Comparing._compare_change

    def compare_change(self: audit_comparison._Comparing, change: int) -> None:
        if not any("import" in line.words and line.change > change for line in self._replacing):
            sound(self, change)

    replace(audit_comparison._Comparing._compare_change, compare_change)


@broken_build
def strangers_lines_believed() -> None:
    """Whoever sends a line to the log may change the store."""
    replace(verify_history._may_change, lambda file, user: True)


@broken_build
def other_numbers_believed() -> None:
    """A line of one who may not change the store is a forged one where it names another user."""
    sound = audit_comparison._Comparing.__init__

    def comparing(
        self: audit_comparison._Comparing,
        changes: Mapping[int, Sequence[Event]],
        meta: Mapping[str, Any],
        lines: Sequence[AuditLine],
        strangers: Collection[int | None],
        number_of_signer: Callable[[str], int | None],
    ) -> None:
        forged = [line for line in lines if line.sender in strangers and line.sender != line.uid]
        sound(self, changes, meta, [line for line in lines if line not in forged], strangers, number_of_signer)
        for line in forged:
            self._take(line)

    replace(audit_comparison._Comparing.__init__, comparing)


@broken_build
def other_programs_believed() -> None:
    """A line is one of this program's wherever it stands in the log."""
    sound = parse_line

    def parse(line: str) -> AuditLine | None:
        if not line.startswith("{"):
            return sound(line)
        entry = json.loads(line)
        found = sound(entry["MESSAGE"])
        return found._replace(sender=int(entry["_UID"])) if found else None

    replace(parse_line, parse)


@broken_build
def texts_in_lines() -> None:
    """A line says what was noted."""

    def with_changes(events: Sequence[Event], **more: Any) -> AuditLine:
        line = line_of(events, **more)
        notes = [str(event.get("note") or event.get("fields")) for event in events]
        return line._replace(parties="".join(notes)[:200])

    replace(line_of, with_changes)
