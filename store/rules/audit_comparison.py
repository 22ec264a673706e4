"""The comparison of a store's history, records and `_meta` with the lines of the audit trail about its changes.

Source: docs/sharing-on-a-server.md, An audit trail.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from store.rules.audit_line_and_chain import (
    START,
    Digests,
    by_change,
    digests,
    half_sum,
    is_in,
    line_of,
    linked,
    ranges,
)
from store.rules.history import REPLACING, SUMMARY_FIELDS, altered_fields, records_from, summaries
from store.rules.redacted_fields_and_mark import has_mark
from store.translation import phrase, plural, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from store.model.record_types import Event
    from store.rules.audit_line_and_chain import AuditLine


class Disagreement(NamedTuple):
    """What does not agree at a change. `what` is altered, text-altered, no-line, no-change, cut-off, two-lines,
    forged-line, signed-as-another, broken-chain, earlier-altered, meta-altered or record-altered.
    """

    change: int
    what: str
    sentence: str


class Comparison(NamedTuple):
    """The result of comparing a history with its audit lines; `notes` say what is in order, and why.

    The disagreements of the history stand in the order of its changes, then those of the records: an altered history
    makes its records look altered as well.
    """

    disagreements: list[Disagreement]
    notes: list[str]
    changes: int
    lines: int


def compare(
    events: Sequence[Event],
    records: Mapping[Literal["id", "visit", "party"], Mapping[int, Mapping[str, Any]]],
    meta: Mapping[str, Any],
    lines: Sequence[AuditLine],
    may_change: Callable[[int], bool] = lambda uid: True,
    number_of_signer: Callable[[str], int | None] = lambda name: None,
) -> Comparison:
    """Compare the history of a store with its `_meta`, with its records, and with the lines of the log about it.

    `records` are by their numbers, and by what an event calls these; there is one line or more. A line that was sent by
    a user who may not change the store (`may_change`), and never has by what `_meta` kept, whatever user it names,
    stands for a change that is just so in the store, and for nothing else. A change that bears the name of an account
    whose number its line does not have was signed by somebody else; `number_of_signer` gives the number, and None for
    a name that no account has.
    """
    known = set((meta.get("accounts") or {}).get("numbers", {}).values())
    strangers = {line.sender for line in lines if line.sender and line.sender not in known}
    strangers = {uid for uid in strangers if uid is not None and not may_change(uid)}
    found = _Comparing(by_change(events), meta, lines, strangers, number_of_signer).result()
    altered = [each for key, table in records.items() for each in _altered_records(events, key, table)]
    return found._replace(disagreements=[*found.disagreements, *sorted(altered, key=lambda each: each.change)])


def _altered_records(
    events: Sequence[Event], key: Literal["id", "visit", "party"], table: Mapping[int, Mapping[str, Any]]
) -> Iterator[Disagreement]:
    """The records that are not what their events add up to."""
    recorded = records_from(events, key)
    last = {event[key]: event["change"] for event in events if key in event}
    sums = summaries(events) if key == "id" else {}
    for number in sorted({*table, *recorded}):
        altered = altered_fields(table.get(number, {}), recorded.get(number, {}))
        if key == "id" and number in table:
            altered += [name for name in SUMMARY_FIELDS if table[number].get(name) != sums.get(number, {}).get(name)]
        if altered:
            sentence = (
                phrase("{record} is not what the history made it: {fields}")
                if number in recorded
                else phrase("{record} is not what no change that the history knows made it: {fields}")
            )
            sentence = tr(sentence, record=tr(_RECORDS[key], number=number), fields=", ".join(altered))
            yield Disagreement(last.get(number, 0), "record-altered", sentence)


_RECORDS = {
    "id": phrase("commitment {number}"),
    "visit": phrase("visit {number}"),
    "party": phrase("party {number}"),
}

_EARLIER_ALTERED = phrase(
    "what comes before change {change} is not what it was then: something without a line of its own was altered, put "
    "in or left out, or a redacted text altered"
)


_MOST_SENDERS = 5
"""The lines about one change that a sentence names."""

_OF_THE_WRITER = ("store", "uid", "login", "origin", "chain", "meta")
"""What a line says beside the events of its change."""


class _Comparing:
    """The changes of a store beside the lines about them."""

    def __init__(
        self,
        changes: Mapping[int, Sequence[Event]],
        meta: Mapping[str, Any],
        lines: Sequence[AuditLine],
        strangers: Collection[int | None],
        number_of_signer: Callable[[str], int | None],
    ) -> None:
        self._found: list[Disagreement] = []
        self._notes: list[str] = []
        self._changes = changes
        self._meta = meta
        self._number_of_signer = number_of_signer
        self._revision: int = meta["revision"]
        self._sums = {change: digests(events) for change, events in changes.items()}
        self._lines: dict[int, list[AuditLine]] = {}
        self._seen: set[AuditLine] = set()
        self._put_aside: dict[int, list[AuditLine]] = {}
        for line in lines:
            if line.sender in strangers:
                self._put_aside.setdefault(line.sender or 0, []).append(line)
            else:
                self._take(line)
        self._lines = dict(sorted(self._lines.items()))
        single = (of_change[0] for of_change in self._lines.values() if len(of_change) == 1)
        self._single = {line.change: line for line in single}
        self._first = min(self._lines, default=0)
        # What a change explains beside itself was done before the revision at which the store is.
        done = [line for line in self._single.values() if line.change <= self._revision]
        untrue = [line for line in done if self._is_there(line) and not self._is_true(line)]
        for line in untrue:
            sentence = tr(
                "the line of change {change} {about} says what the events of that change do not say",
                change=line.change,
                about=line.about,
            )
            self._add(line.change, "forged-line", sentence)
        # What a later restore took away explains nothing that is there, but that copies were redacted.
        forged = {line.change for line in untrue}
        believed = [line for line in done if line.change not in forged]
        self._replacing = [line for line in believed if line.origin is not None and self._is_there(line)]
        self._redacting = [line for line in believed if "redact" in line.words]
        self._attested = {
            line.change: line._replace(uid=line.sender or 0)
            for of_sender in self._put_aside.values()
            for line in of_sender
            if self._is_there(line) and self._sums[line.change].whole == line.digest
        }
        self._redacted: set[int] = set()

    def _is_there(self, line: AuditLine) -> bool:
        """Whether the change of a line is in the store, whatever was redacted in it."""
        return line.change in self._sums and self._sums[line.change].bare == line.bare

    def _is_true(self, line: AuditLine) -> bool:
        """Whether a line says what the events of its change, which is in the store, say.

        What brings back a revision or imports one leaves no change between that revision and itself.
        """
        own = line_of(self._changes[line.change], **{name: getattr(line, name) for name in _OF_THE_WRITER})
        if (
            line._replace(sender=None, digest=own.digest, actions="") != own._replace(actions="")
            or line.words != own.words
        ):
            return False
        if line.origin is None:
            return True
        is_replacing = not REPLACING.isdisjoint(own.words)
        return is_replacing and not any(line.origin < change < line.change for change in self._changes)

    def _take(self, line: AuditLine) -> None:
        if line.sender not in (None, line.uid):
            sentence = tr(
                "a line of change {change} says uid {uid}, and uid {sender} sent it",
                change=line.change,
                uid=line.uid,
                sender=line.sender,
            )
            self._add(line.change, "forged-line", sentence)
            return
        recorded = line._replace(sender=None)
        if recorded not in self._seen:
            self._seen.add(recorded)
            self._lines.setdefault(line.change, []).append(line)

    def _add(self, change: int, what: str, sentence: str) -> None:
        self._found.append(Disagreement(change, what, sentence))

    def result(self) -> Comparison:
        """Compare each change, each line and the chain."""
        for change in self._changes:
            if change >= self._first:
                self._compare_change(change)
        for change in self._lines:
            if change not in self._changes:
                self._explain_line(change)
        self._compare_chains()
        self._compare_meta()
        self._note_replacements()
        self._note_put_aside()
        self._found.sort(key=lambda each: each.change)
        count = sum(len(of_change) for of_change in self._lines.values())
        return Comparison(self._found, self._notes, len(self._changes), count)

    def _compare_change(self, change: int) -> None:
        of_change = self._lines.get(change, [])
        if len(of_change) > 1:
            senders = ", ".join(line.about for line in of_change[:_MOST_SENDERS])
            senders += ", ..." if len(of_change) > _MOST_SENDERS else ""
            sentence = plural(
                "change {change} has {n} lines that differ: {senders}",
                "change {change} has {n} lines that differ: {senders}",
                len(of_change),
                change=change,
                senders=senders,
            )
            self._add(change, "two-lines", sentence)
        elif not of_change and change not in self._attested:
            self._add(change, "no-line", self._why_no_line(change))
        elif not of_change:
            self._compare_signature(self._attested[change])
        else:
            if of_change[0].digest != self._sums[change].whole:
                self._compare_digests(of_change[0])
            self._compare_signature(of_change[0])

    def _compare_signature(self, line: AuditLine) -> None:
        """Tell whose name a change bears that somebody else made."""
        for name in dict.fromkeys(event["who"] for event in self._changes[line.change]):
            number = self._number_of_signer(name)
            if number not in (None, line.uid):
                sentence = tr(
                    "change {change} is signed by {name}, who has uid {number} here, and was made {about}",
                    change=line.change,
                    name=name,
                    number=number,
                    about=line.about,
                )
                self._add(line.change, "signed-as-another", sentence)

    def _why_no_line(self, change: int) -> str:
        """The reason why a change has no line: an import excuses it only where it has the first line of all."""
        imported = next((line for line in self._replacing if "import" in line.words and line.change > change), None)
        if imported is None:
            return tr("change {change} has no line: another program wrote it, or its line was lost", change=change)
        return tr(
            "change {change} has no line: it came with the store that change {imported} imported, by uid {uid}",
            change=change,
            imported=imported.change,
            uid=imported.uid,
        )

    def _compare_digests(self, line: AuditLine) -> None:
        """Report what was altered in a change whose events differ from its line."""
        change = line.change
        if line.bare != self._sums[change].bare:
            self._add(
                change,
                "altered",
                tr("change {change} is not what was written {about}", change=change, about=line.about),
            )
        elif self._redactions_of(change) and has_mark(list(self._changes[change])):
            self._redacted.add(change)
        else:
            sentence = tr(
                "the texts of change {change} are not what was written {about}", change=change, about=line.about
            )
            self._add(change, "text-altered", sentence)

    def _redactions_of(self, change: int) -> list[AuditLine]:
        """The lines of redactions that reached a commitment of this change."""
        numbers = {event["id"] for event in self._changes[change] if "id" in event}
        return [
            line
            for line in self._redacting
            if line.change > change and any(is_in(number, line.commitments) for number in numbers)
        ]

    def _explain_line(self, change: int) -> None:
        """Tell why a change that has a line is not in the store."""
        if self._is_replaced(change):
            return
        about = ", ".join(line.about for line in self._lines[change])
        if change > self._revision:
            sentence = tr(
                "change {change} {about} is not in the store, which is at revision {revision}: an older file stands in "
                "its place",
                change=change,
                about=about,
                revision=self._revision,
            )
            self._add(change, "cut-off", sentence)
        else:
            self._add(
                change, "no-change", tr("change {change} {about} is not in the store", change=change, about=about)
            )

    def _is_replaced(self, change: int) -> bool:
        """Whether a later change that has a line put another history in the place of this change."""
        return any(line.change > change and (line.origin or 0) < change for line in self._replacing)

    def _compare_meta(self) -> None:
        """Hold settings and accounts to what each line says that its change found and left.

        A store counts each of its changes, so a revision that none has was set by another program.
        """
        known = sorted({*self._changes, *self._lines})
        known_since = [change for change in known if change >= self._first]
        restores = {line.change for line in self._replacing if "restore" in line.words}
        for before, after in pairwise([*known_since, self._revision + 1]):
            if after == before + 2 and after in restores:
                self._notes.append(
                    tr(
                        "no change has revision {revision}: what change {change} replaced may have had it, since it "
                        "was damaged",
                        revision=before + 1,
                        change=after,
                    )
                )
            elif after > before + 1 and before < self._revision:
                sentence = tr(
                    "no change has revision {revisions}: another program raised the revision of the store",
                    revisions=str(after - 1) if after == before + 2 else f"{before + 1}-{after - 1}",
                )
                self._add(before + 1, "no-change", sentence)
        self._compare_meta_of_lines(known_since)
        last = self._single.get(max((change for change in known if change <= self._revision), default=0))
        if last is None or not last.meta:
            self._notes.append(
                tr(
                    "settings and accounts are not compared: no line says what change {change} left",
                    change=self._revision,
                )
            )
        elif last.meta_after != half_sum(self._meta):
            sentence = tr(
                "the settings or the accounts of the store are not those that change {change} left",
                change=last.change,
            )
            self._add(last.change, "meta-altered", sentence)

    def _compare_meta_of_lines(self, changes: Sequence[int]) -> None:
        """Hold what each line found to what the one before it left; one that does not say it is forged.

        The program that wrote the line before says it in every line.
        """
        before: AuditLine | None = None
        for change in changes:
            line = self._single.get(change)
            if line is None:
                # Who may not change the store explains a change that is just so, and no settings.
                before = before if change in self._attested else None
                continue
            if before is not None and not line.meta:
                sentence = tr(
                    "the line of change {change} does not say what settings and accounts it found and left, as that "
                    "of change {before} does: another program sent it",
                    change=line.change,
                    before=before.change,
                )
                self._add(line.change, "meta-altered", sentence)
                continue  # Whether they were altered meanwhile, the next line tells.
            if before is not None and line.origin is None and before.meta_after != line.meta_before:
                sentence = tr(
                    "the settings or the accounts of the store were altered between change {before} and change "
                    "{change}",
                    before=before.change,
                    change=line.change,
                )
                self._add(line.change, "meta-altered", sentence)
            before = line if line.meta else None

    def _compare_chains(self) -> None:
        """Hold the chain of each line to the line before it, and to the history since it was last computed anew."""
        for change, line in self._single.items():
            before = self._single.get(change - 1)
            if before is None or line.begins_chain:
                continue
            if line.chain != linked(before.chain, Digests(line.digest, line.bare)):
                sentence = tr(
                    "the line of change {change} does not go on from that of change {before}: one was forged, or the "
                    "chain in the store altered",
                    change=change,
                    before=change - 1,
                )
                self._add(change, "broken-chain", sentence)
                return
        self._compare_oldest()
        self._compare_history()

    def _compare_oldest(self) -> None:
        """Hold the changes from before the trail to the first line, where a later one computed the chain anew.

        That one vouches for them as it found them, so what was altered before it would be covered by it.
        """
        line = self._single.get(self._first)
        is_covered = any(change > self._first and later.begins_chain for change, later in self._single.items())
        if line is None or not is_covered or self._is_replaced(self._first):
            return
        older = [change for change in self._changes if change < self._first]
        if any(self._redactions_of(change) and has_mark(list(self._changes[change])) for change in older):
            return  # What they were before the redaction stands nowhere.
        chain = START
        for change in older:
            chain = linked(chain, self._sums[change])
        if linked(chain, Digests(line.digest, line.bare)) != line.chain:
            self._add(self._first, "earlier-altered", tr(_EARLIER_ALTERED, change=self._first))

    def _compare_history(self) -> None:
        if any(each.what in ("altered", "text-altered") and self._redactions_of(each.change) for each in self._found):
            return  # What it was after its redaction stands nowhere.
        begins = max((change for change, line in self._single.items() if line.begins_chain), default=0)
        chain = START
        known = (change for change in self._single if change <= self._revision and change not in self._changes)
        left_out = {change for change in known if not self._is_replaced(change)}
        for change in sorted({*self._changes, *left_out}):
            line = self._single.get(change)
            # What its own line already shows to be altered or left out is not told of every later line as well.
            is_own = line is None or change in self._redacted
            chain = linked(chain, self._sums[change] if is_own or line is None else Digests(line.digest, line.bare))
            if line is not None and change >= begins and chain != line.chain:
                self._add(change, "earlier-altered", tr(_EARLIER_ALTERED, change=change))
                return

    def _note_put_aside(self) -> None:
        for sender, lines in self._put_aside.items():
            self._notes.append(
                plural(
                    "{n} line is from uid {sender}, who may not change the store (changes {changes}): they explain "
                    "nothing, and stand for a change that is just so in the store",
                    "{n} lines are from uid {sender}, who may not change the store (changes {changes}): they explain "
                    "nothing, and stand for a change that is just so in the store",
                    len(lines),
                    sender=sender,
                    changes=ranges(sorted({line.change for line in lines})),
                )
            )
            named = sorted({line.uid for line in lines} - {sender})
            if named:
                sentence = tr(
                    "uid {sender} wrote another number there: uid {named}",
                    sender=sender,
                    named=ranges(named),
                )
                self._notes.append(sentence)

    def _note_lost_stores(self) -> None:
        """Tell which number was given a second time, by a restore that found no store and no copy to count on from."""
        for change, of_change in self._lines.items():
            for line in of_change:
                is_restore = "restore" in line.words and line.origin == change - 1
                if is_restore and len(of_change) > 1 and self._is_there(line):
                    self._notes.append(
                        tr(
                            "change {change} brought back revision {revision}, by uid {uid}, as the next one after it: "
                            "if the store was lost with its folder, other lines of change {change} and later are of "
                            "what was lost with it, and the lines since then can be compared alone",
                            change=change,
                            revision=line.origin,
                            uid=line.uid,
                        )
                    )

    def _note_replacements(self) -> None:
        older = [change for change in self._changes if change < self._first]
        if older:
            self._notes.append(
                tr(
                    "changes {changes} have no line of their own: the line of change {change} vouches for them",
                    changes=ranges(older),
                    change=self._first,
                )
            )
        for line in self._replacing:
            sentence = (
                phrase("change {change} imported a store of revision {revision}, by uid {uid}")
                if "import" in line.words
                else phrase("change {change} brought back revision {revision}, by uid {uid}")
            )
            self._notes.append(tr(sentence, change=line.change, revision=line.origin, uid=line.uid))
        self._note_lost_stores()
        for line in self._redacting:
            changes = ranges(change for change in self._redacted if line in self._redactions_of(change))
            if changes:
                self._notes.append(
                    tr(
                        "change {change} redacted commitment {number}, by uid {uid}: the texts of changes {changes} "
                        "are not those that were written",
                        change=line.change,
                        number=line.commitments,
                        uid=line.uid,
                        changes=changes,
                    )
                )
