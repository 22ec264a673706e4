"""The audit trail: the line that the system's log gets of a change, and whether a store agrees with its lines.

A line holds numbers, words of the program and sums; nothing that people typed. `digest` is the sum of the change's
events, `bare` that of the same events without their free texts, which a redaction may change later. `chain` is the sum
of both and of the chain before it, so that each line vouches for the whole history up to its change. Redact, restore
and the import of a whole store change the history behind them: there the chain is computed anew, over all of it.

Source: docs/sharing-on-a-server.md, An audit trail.
"""

from __future__ import annotations

import json
import re
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from store.rules.history import altered_fields, records_from
from store.rules.redaction import has_mark, without_texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from store.model.record_types import Event

_CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"))
"""Writes the one text that JSON of this meaning has, however a program wrote it into the file."""

START = "0" * 64
"""The chain before the first change."""

TAG = "followup"
"""The name under which the lines stand in the log."""

_HALF = 32
"""Digits of half a sum."""

_BEGINS = "audit "
_LONGEST = 150
"""The length of a list of numbers in a line; of what does not fit, the line says how many they are."""


class Digests(NamedTuple):
    """The sums of a change's events, with and without their free texts."""

    whole: str
    bare: str


def by_change(events: Iterable[Event]) -> dict[int, list[Event]]:
    """The events of each change, in the order of the changes."""
    changes: dict[int, list[Event]] = {}
    for event in events:
        changes.setdefault(event["change"], []).append(event)
    return dict(sorted(changes.items()))


def digests(events: Iterable[Event]) -> Digests:
    """The sums of the events of one change."""
    ordered = sorted(events, key=lambda event: event["seq"])
    bare = without_texts(ordered)
    whole = _sum(_CANONICAL.encode(ordered))
    return Digests(whole, whole if bare == ordered else _sum(_CANONICAL.encode(bare)))


def _sum(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def is_sum(value: object) -> bool:
    """Whether a value is a sum, as it is written."""
    return isinstance(value, str) and bool(_SUM.fullmatch(value))


def meta_sums(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """Half a sum of the settings and accounts in `_meta` as a change found them, and half a sum of those it left."""
    return _half_sum(before) + _half_sum(after)


def _half_sum(meta: Mapping[str, Any]) -> str:
    return _sum(_CANONICAL.encode([meta.get("settings"), meta.get("accounts")]))[:_HALF]


def linked(chain: str, sums: Digests) -> str:
    """The chain with one more change."""
    return _sum(f"{chain} {sums.whole} {sums.bare}")


def chain_over(events: Iterable[Event], chain: str = START) -> str:
    """The chain with all changes of these events."""
    for of_change in by_change(events).values():
        chain = linked(chain, digests(of_change))
    return chain


# The line.


class AuditLine(NamedTuple):
    """A line of the log about one change of the store that is called `store` there.

    `uid` is the user of the process that made the change, `login` who logged in, where the system knows it; `sender` is
    who sent the line, where the log says so. `origin` is the revision that was brought back or imported. `meta` has the
    half sums of settings and accounts before and after it; older versions wrote none.
    """

    change: int
    store: str
    uid: int
    login: int | None
    actions: str
    commitments: str
    visits: str
    parties: str
    events: int
    origin: int | None
    digest: str
    bare: str
    chain: str
    meta: str | None = None
    sender: int | None = None

    @property
    def words(self) -> dict[str, int]:
        """Action -> how many events of the change have it."""
        return {word: int(count) for word, _, count in (pair.partition(":") for pair in self.actions.split(","))}

    @property
    def begins_chain(self) -> bool:
        """Whether its chain was computed anew, over a history that the change itself replaced."""
        return self.origin is not None or "redact" in self.words

    @property
    def about(self) -> str:
        """`by uid 1001 (mark 2, note 1; commitments 3,5-9)`."""
        who = f"uid {self.uid}" + (f", logged in as {self.login}" if self.login not in (None, self.uid) else "")
        records = [
            f"{name} {numbers}"
            for name, numbers in (
                ("commitments", self.commitments),
                ("visits", self.visits),
                ("parties", self.parties),
            )
            if numbers
        ]
        what = ", ".join(f"{word} {count}" for word, count in self.words.items())
        return f"by {who} ({'; '.join([what, *records])})"

    def text(self) -> str:
        """The line as it is sent to the log, without its tag."""
        values = {name: value for name, value in self._asdict().items() if value not in (None, "") and name != "sender"}
        return _BEGINS + " ".join(f"{name}={value}" for name, value in values.items())


def line_of(
    events: Sequence[Event],
    *,
    store: str,
    uid: int,
    login: int | None,
    origin: int | None,
    chain: str,
    meta: str | None = None,
) -> AuditLine:
    """The line of a change with these events; `chain` is the one that ends with it."""
    words: dict[str, int] = {}
    numbers: dict[str, set[int]] = {"id": set(), "visit": set(), "party": set()}
    for event in events:
        words[event["action"]] = words.get(event["action"], 0) + 1
        for key, found in numbers.items():
            if key in event:
                found.add(event[key])  # type: ignore[literal-required]
    return AuditLine(
        change=events[0]["change"],
        store=store,
        uid=uid,
        login=login,
        actions=",".join(f"{word}:{count}" for word, count in words.items()),
        commitments=ranges(numbers["id"]),
        visits=ranges(numbers["visit"], _LONGEST // 3),
        parties=ranges(numbers["party"], _LONGEST // 3),
        events=len(events),
        origin=origin,
        digest=(sums := digests(events)).whole,
        bare=sums.bare,
        chain=chain,
        meta=meta,
    )


def ranges(numbers: Iterable[int], longest: int = _LONGEST) -> str:
    """Numbers as `3,5-9`; where that is longer than `longest`, `3,5-9,+12`: twelve more."""
    spans: list[list[int]] = []
    for number in sorted(numbers):
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    text = ""
    for place, (first, last) in enumerate(spans):
        span = f"{first}-{last}" if last > first else str(first)
        if len(text) + len(span) > longest:
            return f"{text}+{sum(last - first + 1 for first, last in spans[place:])}"
        text += f"{span},"
    return text.rstrip(",")


def is_in(number: int, text: str) -> bool:
    """Whether a number is one of those of `ranges`; of numbers that it did not list it may be."""
    for span in text.split(","):
        first, _, last = span.partition("-")
        if span.startswith("+") or (first and int(first) <= number <= int(last or first)):
            return True
    return False


_LINE = re.compile(rf"(?:^|\b{TAG}(?:\[\d+\])?: ?){_BEGINS}(change=\d+ .+)")
_SUM = re.compile(r"[0-9a-f]{64}")
_SPAN = r"\d{1,18}(?:-\d{1,18})?"
_RANGES = re.compile(rf"(?:{_SPAN}(?:,{_SPAN}){{0,100}})?(?:,?\+\d{{1,18}})?")
_SHAPES = {
    "store": re.compile(r"[!-~]{1,200}"),
    "actions": re.compile(r"[a-z-]{1,20}:\d{1,9}(?:,[a-z-]{1,20}:\d{1,9}){0,40}"),
    **dict.fromkeys(("commitments", "visits", "parties"), _RANGES),
    **dict.fromkeys(("change", "uid", "login", "events", "origin"), re.compile(r"\d{1,18}")),
    **dict.fromkeys(("digest", "bare", "chain", "meta"), _SUM),
}
"""The value of each name in a line: anybody can write lines, and what stands in them is printed."""


def parse_line(line: str) -> AuditLine | None:
    """Read a line of a log: its message alone, a line of a file of rsyslog, or JSON of journald. None: another one."""
    sender = None
    if line.startswith("{"):
        try:
            entry = json.loads(line)
            line = str(entry["MESSAGE"])
            sender = int(entry["_UID"]) if "_UID" in entry else None
        except (ValueError, KeyError, TypeError, RecursionError):
            return None
    found = _LINE.search(line)
    if not found:
        return None
    values = dict(word.split("=", 1) for word in found[1].split() if "=" in word)
    values = {name: value for name, value in values.items() if name in _SHAPES}
    if not all(_SHAPES[name].fullmatch(value) for name, value in values.items()):
        return None
    try:
        return _read_line(values, sender)
    except KeyError:
        return None


def _read_line(values: Mapping[str, str], sender: int | None) -> AuditLine:
    """The line of these values, each of its shape. Raises: KeyError for one that is missing."""
    return AuditLine(
        change=int(values["change"]),
        store=values["store"],
        uid=int(values["uid"]),
        login=int(values["login"]) if "login" in values else None,
        actions=values["actions"],
        commitments=values.get("commitments", ""),
        visits=values.get("visits", ""),
        parties=values.get("parties", ""),
        events=int(values["events"]),
        origin=int(values["origin"]) if "origin" in values else None,
        digest=values["digest"],
        bare=values["bare"],
        chain=values["chain"],
        meta=values.get("meta"),
        sender=sender,
    )


# The comparison.


class Disagreement(NamedTuple):
    """What does not agree at a change. `what` is altered, text-altered, no-line, no-change, cut-off, two-lines,
    forged-line, broken-chain, earlier-altered, meta-altered or record-altered.
    """

    change: int
    what: str
    sentence: str


class Comparison(NamedTuple):
    """The result of comparing a history with its lines; `notes` say what is as it should be, and why.

    The disagreements of the history stand in the order of its changes, then those of the records: an altered history
    makes its records look altered as well.
    """

    disagreements: list[Disagreement]
    notes: list[str]
    changes: int
    lines: int


_NAMES = {"id": "commitment", "visit": "visit", "party": "party"}
"""What an event calls the number of a record -> what the record is."""


def compare(
    events: Sequence[Event],
    records: Mapping[Literal["id", "visit", "party"], Mapping[int, Mapping[str, Any]]],
    meta: Mapping[str, Any],
    lines: Sequence[AuditLine],
) -> Comparison:
    """Compare the history of a store with its `_meta`, with its records, and with the lines of the log about it.

    `records` are by their numbers, and by what an event calls these; there is one line or more.
    """
    found = _Comparing(by_change(events), meta, lines).result()
    altered = [each for key, table in records.items() for each in _altered_records(events, key, table)]
    return found._replace(disagreements=[*found.disagreements, *sorted(altered, key=lambda each: each.change)])


def _altered_records(
    events: Sequence[Event], key: Literal["id", "visit", "party"], table: Mapping[int, Mapping[str, Any]]
) -> Iterator[Disagreement]:
    """The records that are not what their events add up to."""
    told = records_from(events, key)
    last = {event[key]: event["change"] for event in events if key in event}
    for number in sorted({*table, *told}):
        altered = altered_fields(table.get(number, {}), told.get(number, {}))
        if altered:
            where = "the history" if number in told else "no change that the history knows"
            sentence = f"{_NAMES[key]} {number} is not what {where} made it: {', '.join(altered)}"
            yield Disagreement(last.get(number, 0), "record-altered", sentence)


class _Comparing:
    """The changes of a store beside the lines about them."""

    def __init__(
        self, changes: Mapping[int, Sequence[Event]], meta: Mapping[str, Any], lines: Sequence[AuditLine]
    ) -> None:
        self._found: list[Disagreement] = []
        self._notes: list[str] = []
        self._changes = changes
        self._meta = meta
        self._revision: int = meta["revision"]
        self._sums = {change: digests(events) for change, events in changes.items()}
        self._lines: dict[int, list[AuditLine]] = {}
        for line in lines:
            self._take(line)
        self._lines = dict(sorted(self._lines.items()))
        single = (of_change[0] for of_change in self._lines.values() if len(of_change) == 1)
        self._single = {line.change: line for line in single}
        self._first = min(self._lines, default=0)
        self._replacing = [line for line in self._single.values() if line.origin is not None]
        self._redacting = [line for line in self._single.values() if "redact" in line.words]
        self._redacted: set[int] = set()

    def _take(self, line: AuditLine) -> None:
        if line.sender not in (None, line.uid):
            sentence = f"a line of change {line.change} says uid {line.uid}, and uid {line.sender} sent it"
            self._add(line.change, "forged-line", sentence)
            return
        of_change = self._lines.setdefault(line.change, [])
        if all(line._replace(sender=None) != other._replace(sender=None) for other in of_change):
            of_change.append(line)

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
        self._found.sort(key=lambda each: each.change)
        count = sum(len(of_change) for of_change in self._lines.values())
        return Comparison(self._found, self._notes, len(self._changes), count)

    def _compare_change(self, change: int) -> None:
        of_change = self._lines.get(change, [])
        if len(of_change) > 1:
            senders = ", ".join(line.about for line in of_change)
            self._add(change, "two-lines", f"change {change} has {len(of_change)} lines that differ: {senders}")
        elif not of_change:
            if not any(line.change > change and "import" in line.words for line in self._replacing):
                sentence = f"change {change} has no line: another program wrote it, or its line was lost"
                self._add(change, "no-line", sentence)
        elif of_change[0].digest != self._sums[change].whole:
            self._compare_digests(of_change[0])

    def _compare_digests(self, line: AuditLine) -> None:
        """Tell what was altered in a change whose events are not those of its line."""
        change = line.change
        if line.bare != self._sums[change].bare:
            self._add(change, "altered", f"change {change} is not what was written {line.about}")
        elif self._redactions_of(change) and has_mark(list(self._changes[change])):
            self._redacted.add(change)
        else:
            sentence = f"the texts of change {change} are not what was written {line.about}"
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
            sentence = f"change {change} {about} is not in the store, which is at revision {self._revision}"
            self._add(change, "cut-off", f"{sentence}: an older file stands in its place")
        else:
            self._add(change, "no-change", f"change {change} {about} is not in the store")

    def _is_replaced(self, change: int) -> bool:
        """Whether a later change that has a line put another history in the place of this change."""
        return any(line.change > change and (line.origin or 0) < change for line in self._replacing)

    def _compare_meta(self) -> None:
        """Hold settings and accounts to what each line says that its change found and left."""
        what = "the settings or the accounts of the store"
        for change, line in self._single.items():
            before = self._single.get(change - 1)
            if before is None or not (before.meta and line.meta) or line.origin is not None:
                continue
            if before.meta[_HALF:] != line.meta[:_HALF]:
                sentence = f"{what} were altered between change {change - 1} and change {change}"
                self._add(change, "meta-altered", sentence)
        last = self._single.get(self._revision)
        if last is None or not last.meta:
            self._notes.append(
                f"settings and accounts are not compared: no line says what change {self._revision} left"
            )
        elif last.meta[_HALF:] != _half_sum(self._meta):
            self._add(self._revision, "meta-altered", f"{what} are not those that change {self._revision} left")

    def _compare_chains(self) -> None:
        """Hold the chain of each line to the line before it, and to the history since it was last computed anew."""
        for change, line in self._single.items():
            before = self._single.get(change - 1)
            if before is None or line.begins_chain:
                continue
            if line.chain != linked(before.chain, Digests(line.digest, line.bare)):
                sentence = f"the line of change {change} does not go on from that of change {change - 1}"
                self._add(change, "broken-chain", f"{sentence}: one was forged, or the chain in the store altered")
                return
        self._compare_history()

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
                sentence = (
                    f"what comes before change {change} is not what it was then: something without a line of its own "
                    "was altered, put in or left out, or a redacted text altered"
                )
                self._add(change, "earlier-altered", sentence)
                return

    def _note_replacements(self) -> None:
        older = [change for change in self._changes if change < self._first]
        if older:
            self._notes.append(
                f"changes {ranges(older)} have no line of their own: the line of change {self._first} vouches for them"
            )
        for line in self._replacing:
            verb = "imported a store of" if "import" in line.words else "brought back"
            self._notes.append(f"change {line.change} {verb} revision {line.origin}, by uid {line.uid}")
        for line in self._redacting:
            changes = ranges(change for change in self._redacted if line in self._redactions_of(change))
            if changes:
                self._notes.append(
                    f"change {line.change} redacted commitment {line.commitments}, by uid {line.uid}: the texts of "
                    f"changes {changes} are not those that were written"
                )


def store_name(path: str) -> str:
    """The name of a store in a line: its path, printable and without blanks; of a long one its sum at the end.

    A URL stands without its user, who is another one for each member.
    """
    scheme, is_url, rest = path.partition("://")
    authority, slash, rest_of_url = rest.partition("/")
    raw = f"{scheme}{is_url}{authority.rpartition('@')[2]}{slash}{rest_of_url}".encode("utf-8", "surrogateescape")
    name = "".join(chr(byte) if 33 <= byte < 127 and byte != 37 else f"%{byte:02X}" for byte in raw)
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 20]}...{_sum(name)[:16]}"
