"""A line of the audit trail, with the chain of sums: what the system's log gets of a change; written and parsed.

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
from typing import TYPE_CHECKING, Any, NamedTuple

from store.rules.redacted_fields_and_mark import without_texts
from store.translation import phrase, tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

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
    """Whether a value has the form of a checksum."""
    return isinstance(value, str) and bool(_SUM.fullmatch(value))


def meta_sums(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """Half a sum of the settings and accounts in `_meta` as a change found them, and half a sum of those it left."""
    return half_sum(before) + half_sum(after)


def half_sum(meta: Mapping[str, Any]) -> str:
    """Half a sum of the settings and accounts in `_meta`."""
    return _sum(_CANONICAL.encode([meta.get("settings"), meta.get("accounts")]))[:_HALF]


def linked(chain: str, sums: Digests) -> str:
    """The chain with one more change."""
    return _sum(f"{chain} {sums.whole} {sums.bare}")


def chain_over(events: Iterable[Event], chain: str = START) -> str:
    """The chain with all changes of these events."""
    for of_change in by_change(events).values():
        chain = linked(chain, digests(of_change))
    return chain


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
    def meta_before(self) -> str:
        """The half sum of the settings and accounts that it found; empty where the line has none."""
        return (self.meta or "")[:_HALF]

    @property
    def meta_after(self) -> str:
        """Half the checksum of the settings after the change; empty where the line has none."""
        return (self.meta or "")[_HALF:]

    @property
    def begins_chain(self) -> bool:
        """Whether its chain was computed anew, over a history that the change itself replaced."""
        return self.origin is not None or "redact" in self.words

    @property
    def about(self) -> str:
        """`by uid 1001 (mark 2, note 1; commitments 3,5-9)`."""
        is_other = self.login not in (None, self.uid)
        who = phrase("uid {uid}, logged in as {login}") if is_other else phrase("uid {uid}")
        who = tr(who, uid=self.uid, login=self.login)
        records = [
            tr(sentence, numbers=numbers)
            for sentence, numbers in (
                (phrase("commitments {numbers}"), self.commitments),
                (phrase("visits {numbers}"), self.visits),
                (phrase("parties {numbers}"), self.parties),
            )
            if numbers
        ]
        what = ", ".join(f"{word} {count}" for word, count in self.words.items())
        return tr("by {who} ({what})", who=who, what="; ".join([what, *records]))

    def text(self) -> str:
        """The line for the log, without its tag."""
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
_MESSAGE = re.compile(rf"{_BEGINS}(change=\d+ .+)")
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
    """Read a line of a log: its message alone, a line of a file of rsyslog, or JSON of journald. None: another one.

    In JSON it is said which program sent it: a message of another one, of root's too, may repeat what anybody typed.
    """
    sender = None
    if line.startswith("{"):
        try:
            entry = json.loads(line)
            sender = int(entry["_UID"]) if "_UID" in entry else None
            found = _MESSAGE.fullmatch(str(entry["MESSAGE"])) if entry["SYSLOG_IDENTIFIER"] == TAG else None
        except (ValueError, KeyError, TypeError, RecursionError):
            return None
    else:
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
    """Make a line from these values, each of its form. Raises: KeyError for a missing one."""
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


def store_name(path: str) -> str:
    """The name of a store in a line: its path, printable and without blanks; of a long one its sum at the end.

    A URL stands without its user, who is another one for each member.
    """
    scheme, is_url, rest = path.partition("://")
    authority, slash, rest_of_url = rest.partition("/")
    raw = f"{scheme}{is_url}{authority.rpartition('@')[2]}{slash}{rest_of_url}".encode("utf-8", "surrogateescape")
    name = "".join(chr(byte) if 33 <= byte < 127 and byte != 37 else f"%{byte:02X}" for byte in raw)
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 20]}...{_sum(name)[:16]}"
