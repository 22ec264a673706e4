"""A small sequential model of the store: the state and the answer after each command.

It is written from the contract, not from the program. All its people are one account, so `undo` takes back the last
change of whichever process.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from torture.concurrent_histories.linearizability import UNKNOWN, Operation


class Record(NamedTuple):
    """A commitment, as far as the operations of a history change it."""

    number: int
    state: str
    due: str | None
    quote: str | None
    nominated: int
    acknowledged: int
    notes: tuple[str, ...]
    extensions: int
    revision: int


class Store(NamedTuple):
    """All commitments, what can be taken back (change, its records before and after), the counters."""

    revision: int
    next: int
    records: tuple[Record, ...]
    done: tuple[tuple[int, tuple[tuple[int, Record | None], ...]], ...] = ()

    def record(self, number: int) -> Record | None:
        """One commitment."""
        return next((record for record in self.records if record.number == number), None)

    def changed(self, records: Iterable[Record]) -> Store:
        """After a change that makes these of the records, which can be taken back."""
        new = {record.number: record for record in records}
        before = tuple((number, self.record(number)) for number in new)
        revision = self.revision + 1
        return Store(
            revision,
            max(self.next, max(new) + 1),
            _put(self.records, new),
            (*self.done, (revision, before)),
        )

    def without_last(self) -> Store:
        """After taking back the last change."""
        (_, before), *_ = self.done[-1:]
        restored: dict[int, Record | None] = {}
        for number, old in before:
            now = self.record(number)
            restored[number] = old._replace(revision=now.revision + 1) if old and now else None
        return Store(self.revision + 1, self.next, _put(self.records, restored), self.done[:-1])


class ModelAnswer(NamedTuple):
    """An exit code, the output (for a read: the values shown), the store's revision where it is printed."""

    code: int
    text: Any = ""
    revision: int | None = None


def _put(records: tuple[Record, ...], new: dict[int, Any]) -> tuple[Record, ...]:
    kept = {record.number: record for record in records} | new
    return tuple(kept[number] for number in sorted(kept) if kept[number] is not None)


def shown(number: int, seen: dict[str, Any]) -> Record:
    """A commitment from the JSON of `show` or `list`; `list` has no notes."""
    seats = seen["seats"] or {}
    notes = tuple(note["text"] for note in seen.get("notes", ()))
    counts = (seats.get("nominated") or 0, seats.get("acknowledged") or 0)
    where = (seen["state"], seen["due"], seen["quote"])
    return Record(number, *where, *counts, notes, seen["extension_count"], seen["revision"])


def step(store: Store, operation: Operation) -> Iterable[Store]:
    """The states after an operation with this answer: none when the model answers otherwise."""
    after, answer = _do(store, *operation.asked)
    if operation.answer is UNKNOWN:
        return {store, after}
    answered: ModelAnswer = operation.answer
    if answered.code != answer.code:
        return ()
    is_same = answered.code or answered.text == answer.text
    if answered.revision is not None and not answered.code:
        is_same = is_same and answered.revision == after.revision
    return (after,) if is_same else ()


def _do(
    store: Store, verb: str, number: int, value: Any = None, expected: int | None = None
) -> tuple[Store, ModelAnswer]:
    if verb in ("status", "list", "undo", "add"):
        return _on_all(store, verb)
    record = store.record(number)
    if record is None:
        return store, ModelAnswer(3)
    if verb == "show":
        return store, ModelAnswer(0, record)
    if expected is not None and expected != record.revision:
        return store, ModelAnswer(6)
    if verb == "mark both":
        both = [record, store.record(value[0])]
        made = [_marked(each, value[1]) for each in both if each]
        new_ones = [new for each, (new, _) in zip(both, made, strict=True) if new != each]
        after = store.changed(new_ones) if new_ones else store
        return after, ModelAnswer(0, "; ".join(text for _, text in made))
    new, answer = _VERBS[verb](record, value)
    return (store if new == record else store.changed([new])), answer


def _on_all(store: Store, verb: str) -> tuple[Store, ModelAnswer]:
    if verb == "status":
        return store, ModelAnswer(0, (store.revision, len(store.records)))
    if verb == "list":
        return store, ModelAnswer(0, tuple(record._replace(notes=()) for record in store.records))
    if verb == "add":
        number = store.next
        return store.changed([Record(number, "proposed", None, None, 0, 0, (), 0, 1)]), ModelAnswer(0, str(number))
    if not store.done:
        return store, ModelAnswer(1)
    return store.without_last(), ModelAnswer(0, f"taken back: change {store.done[-1][0]}")


def _marked(record: Record, state: str) -> tuple[Record, str]:
    if record.state == state:
        return record, f"{record.number} is {state} already"
    new = record._replace(state=state, revision=record.revision + 1)
    return new, f"{record.number} {record.state} -> {state}"


def _mark(record: Record, state: str) -> tuple[Record, ModelAnswer]:
    new, text = _marked(record, state)
    return new, ModelAnswer(0, text)


def _note(record: Record, text: str) -> tuple[Record, ModelAnswer]:
    new = record._replace(notes=(*record.notes, text), revision=record.revision + 1)
    return new, ModelAnswer(0, f"{record.number} noted")


def _edit(record: Record, quote: str) -> tuple[Record, ModelAnswer]:
    if record.quote == quote:
        return record, ModelAnswer(0, f"{record.number} is so already")
    return record._replace(quote=quote, revision=record.revision + 1), ModelAnswer(0, f"{record.number} changed")


def _due(record: Record, value: tuple[str, bool]) -> tuple[Record, ModelAnswer]:
    """`value`: the day, and whether a reason is given, which another date than the agreed one needs."""
    day, has_reason = value
    number, old = record.number, record.due
    if day == old:
        return record, ModelAnswer(0, f"{number} is due {day} already")
    if not has_reason or old is None:
        return record, ModelAnswer(1)
    extensions = record.extensions + (day > old)
    what = f"extension {extensions}" if day > old else "earlier"
    new = record._replace(due=day, extensions=extensions, revision=record.revision + 1)
    return new, ModelAnswer(0, f"{number} due {old} -> {day} ({what})")


def _seats(record: Record, value: tuple[str, int]) -> tuple[Record, ModelAnswer]:
    """`value`: what is counted, and how many there are; nobody is acknowledged before being nominated."""
    name, count = value
    new = record._replace(nominated=count) if name == "nominated" else record._replace(acknowledged=count)
    if new.acknowledged > new.nominated:
        return record, ModelAnswer(1)
    text = f"{record.number} seats: wanted unknown, nominated {new.nominated}, acknowledged {new.acknowledged}"
    if new == record:
        return record, ModelAnswer(0, f"{text} (already so)")
    return new._replace(revision=record.revision + 1), ModelAnswer(0, text)


_VERBS: dict[str, Callable[[Record, Any], tuple[Record, ModelAnswer]]] = {
    "mark": _mark,
    "note": _note,
    "edit": _edit,
    "due": _due,
    "seats": _seats,
}


def words_of(verb: str, number: int, value: Any = None, expected: int | None = None) -> list[str]:
    """The command line of what is asked."""
    more = ["--expect-rev", str(expected)] if expected is not None else []
    match verb:
        case "status":
            return ["status", "--json"]
        case "list":
            return ["list", "--all", "--json"]
        case "show":
            return ["show", str(number), "--json"]
        case "undo":
            return ["undo"]
        case "add":
            return ["add", value, "--visit", "lyon-2022", "--by", "INTERPOL", "--to", "UNODC"]
        case "mark both":
            return ["mark", str(number), str(value[0]), value[1]]
        case "edit":
            return ["edit", str(number), "--quote", value, *more]
        case "due":
            return ["due", str(number), value[0], *(["--reason", "it came late"] if value[1] else []), *more]
        case "seats":
            return ["seats", str(number), f"--{value[0]}", str(value[1]), *more]
    return [verb, str(number), value, *more]


def answer_of(verb: str, number: int, code: int, out: str) -> ModelAnswer:
    """What a command printed, as the model says it."""
    if code:
        return ModelAnswer(code)
    if verb == "status":
        seen = json.loads(out)
        return ModelAnswer(0, (seen["store_revision"], seen["total"]))
    if verb == "list":
        return ModelAnswer(0, tuple(sorted(shown(each["id"], each) for each in json.loads(out))))
    if verb == "show":
        return ModelAnswer(0, shown(number, json.loads(out)))
    if verb == "undo":
        found = re.search(r"\((change \d+) of ", out)
        return ModelAnswer(0, f"taken back: {found[1]}" if found else out)
    return ModelAnswer(0, "; ".join(out.splitlines()))
