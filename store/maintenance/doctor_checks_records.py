"""Examines the records of a store: whether they are valid, refer to each other, and are what their history says."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial

from store.clock import MachineClock
from store.errors import StoreDamaged, StoreUnusable
from store.file.strict_reader import LAID_OUT_OTHERWISE, check_strictly
from store.maintenance.files_of_former_members import write_store_anew
from store.maintenance.finding import Finding
from store.maintenance.server_of_database import is_on_server
from store.maintenance.sums_of_records_and_events import sum_of_event, sum_of_record
from store.model.format_version import KEY_OF_TABLE
from store.rules.days import said_day
from store.rules.history import (
    REPLACING,
    SUMMARY_FIELDS,
    altered_fields,
    is_to_come,
    records_from,
    summary,
    undone_changes,
    with_event,
)
from store.rules.refuse_newer_version import known_events, refuse_unknown_words
from store.rules.valid_record import NEVER_REACHED
from store.rules.valid_store import faults
from store.sanitise_text import visible
from store.translation import phrase, plural, tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from store.database import Database
    from store.file.quick_reader import StoreImage
    from store.model.record_types import Commitment, Event


_CLOCKS_DIFFER = 600
"""Seconds by which the clocks of two machines may differ, between which a store was moved."""

_MOST_SHOWN = 60
"""Characters of a value that a finding shows."""


def examine_records(database: Database, image: StoreImage, *, is_checked: bool = False) -> Iterator[Finding]:
    """The faults of the records, the worst first. Raises: StoreNewer.

    `is_checked`: they were read strictly, and are valid. Where one is not, none can be trusted, and no other fault is
    looked for.
    """
    _refuse_newer(image)
    if not is_checked and (invalid := _invalid(database, image)):
        yield invalid
        return
    yield from _time_zone(image)
    history = _History(image.records("events"))
    yield from _counters(database, image, history)
    yield from _references(image)
    yield from _lost(image, history)
    yield from _to_come(database, image)
    yield from _altered(image, history)
    yield from _summaries(database, image)


def _time_zone(image: StoreImage) -> Iterator[Finding]:
    """The time zone of the store, where this machine does not know it: then no command knows the day."""
    try:
        MachineClock().today(image.settings.get("timezone"))
    except StoreUnusable as error:
        yield Finding(error.sentence, code=error.code)


def _refuse_newer(image: StoreImage) -> None:
    """Refuse a store with a word that only a newer version knows. Raises: StoreNewer.

    A record of the wrong shape is damage, which `_invalid` reports.
    """
    with suppress(AttributeError, KeyError, TypeError, ValueError, StoreDamaged):
        for commitment in image.records("commitments"):
            refuse_unknown_words(commitment)
        for _ in known_events(image.records("events")):
            pass


_RECORDS = {
    "id": phrase("commitment {number}"),
    "visit": phrase("visit {number}"),
    "party": phrase("party {number}"),
}
_EVENTS = {
    "id": phrase("event {seq} of commitment {number}"),
    "visit": phrase("event {seq} of visit {number}"),
    "party": phrase("event {seq} of party {number}"),
}
"""What an event calls the number of a record -> how a record, and an event of one, is named."""


def _invalid(database: Database, image: StoreImage) -> Finding | None:
    """The fault of a store that is invalid under a matching checksum."""
    try:
        check_strictly(image)
    except StoreUnusable as error:
        if error.code == LAID_OUT_OTHERWISE:
            return Finding(error.sentence, partial(write_store_anew, database, is_laid_out_anew=True))
        return Finding(tr("the store holds a record that is not valid: {sentence}", sentence=error.sentence))
    return None


class _History:
    """What all events add up to, which are read once for it: they are by far the most of a store.

    `newest` is the last change, `missing` how many events were left out, `settings` are those of the last events about
    them. `misplaced` is the first event that stands behind one of a later change, `twice_signed` the first that another
    signed than the one before it in the same change, `given_again` the first that adds a record under the number of an
    earlier one. By the key of a table (`id`, `visit`, `party`): the highest number
    that was `given`, the numbers that were `added` and not removed, and the sum of the events of each number.
    """

    __slots__ = ("added", "given", "given_again", "misplaced", "missing", "newest", "settings", "sums", "twice_signed")

    def __init__(self, events: Iterator[Event]) -> None:
        keys = KEY_OF_TABLE.values()
        self.newest = self.missing = last = 0
        self.given = dict.fromkeys(keys, 0)
        self.added: dict[str, set[int]] = {key: set() for key in keys}
        self.sums: dict[str, dict[int, int]] = {key: {} for key in keys}
        self.settings: dict[str, Any] = {}
        self.misplaced: Event | None = None
        self.twice_signed: Event | None = None
        self.given_again: Event | None = None
        who = ""
        for event in events:
            if event["change"] < self.newest:
                self.misplaced = self.misplaced or event
            elif event["change"] == self.newest and event["who"] != who:
                self.twice_signed = self.twice_signed or event
            who = event["who"]
            # A restore gives no number again that was given in what it replaces.
            if event["action"] not in REPLACING:
                self.missing += max(0, event["seq"] - last - 1)
            self.newest, last = max(self.newest, event["change"]), event["seq"]
            fields = event.get("fields", {})
            subjects = self.given.keys() & event.keys()
            for key in subjects:
                number, sums = event[key], self.sums[key]
                if event["action"] == "add" and number in sums:
                    self.given_again = self.given_again or event
                self.given[key] = max(self.given[key], number)
                sums[number] = sums.get(number, 0) + sum_of_event(event)
                if "created" in fields:
                    is_there = fields["created"][1] is not None
                    if is_there:
                        self.added[key].add(number)
                    else:
                        self.added[key].discard(number)
            if not subjects and event["action"] in ("config", "undo", "redo"):
                self.settings |= {name: new for name, (_, new) in fields.items()}


def _counters(database: Database, image: StoreImage, history: _History) -> Iterator[Finding]:
    """Counters that no store reaches, where no change is possible any more, and numbers that would be given twice."""
    counted = {"revision": image.meta["revision"], **image.meta["next"]}
    for name, number in counted.items():
        if number >= NEVER_REACHED:
            sentence = tr(
                phrase(
                    "the revision is {number}, which no store counts to: another program wrote it, and changes will "
                    "fail"
                )
                if name == "revision"
                else phrase(
                    "the next number of {table} is {number}, which no store counts to: another program wrote it, and "
                    "changes will fail"
                ),
                table=name,
                number=number,
            )
            yield Finding(sentence, code="doctor.counter-too-high")
    if history.missing:
        yield Finding(
            plural(
                "{n} events are missing: another program took them out",
                "{n} events are missing: another program took them out",
                history.missing,
            ),
            code="doctor.events-left-out",
        )
    set_right = None if is_on_server(database) else partial(write_store_anew, database, is_laid_out_anew=True)
    revision = image.meta["revision"]
    if 0 < history.newest < revision < NEVER_REACHED:
        sentence = tr(
            "the store is at revision {revision}, and its newest change is {newest}: another program raised the "
            "revision, or left changes out",
            revision=revision,
            newest=history.newest,
        )
        yield Finding(sentence, code="doctor.revision-raised")
    if history.misplaced is not None:
        sentence = tr(
            "event {seq} of change {change} stands behind a later change: another program put it in",
            seq=history.misplaced["seq"],
            change=history.misplaced["change"],
        )
        yield Finding(sentence)
    if history.twice_signed is not None:
        sentence = tr(
            "change {change} is signed by two people: another program gave it a number that was given already",
            change=history.twice_signed["change"],
        )
        yield Finding(sentence)
    if revision < history.newest:
        sentence = tr(
            "the store is at revision {revision}, and its newest change is {newest}: another program set the revision "
            "back",
            revision=revision,
            newest=history.newest,
        )
        yield Finding(sentence, set_right)
    if history.given_again is not None:
        number, sentence_of = next(
            (history.given_again[key], _EVENTS[key]) for key in KEY_OF_TABLE.values() if key in history.given_again
        )
        sentence = tr(
            "{event} gives a number that was given before: another program had set the counter back",
            event=tr(sentence_of, seq=history.given_again["seq"], number=number),
        )
        yield Finding(sentence)
    for table, key in KEY_OF_TABLE.items():
        number = image.meta["next"][table]
        if number <= history.given[key]:
            sentence = tr(
                "the next number of {table} is {number}, and {last} was given already: another program set it back, "
                "and a number would be given twice",
                table=table,
                number=number,
                last=history.given[key],
            )
            yield Finding(sentence, set_right)


def _references(image: StoreImage) -> Iterator[Finding]:
    after = {commitment["id"]: commitment.get("after") for commitment in image.records("commitments")}
    visits, parties = image.table("visits").values(), image.table("parties").values()
    for sentence in faults(visits, parties, image.records("commitments"), after):
        yield Finding(sentence)


def _lost(image: StoreImage, history: _History) -> Iterator[Finding]:
    """Records that were added and not removed, and are missing: another program left them out."""
    for table, key in KEY_OF_TABLE.items():
        for number in sorted(history.added[key].difference(record["id"] for record in image.records(table))):
            yield Finding(
                tr(
                    "{record} is in the history, and not in the store: another program left it out",
                    record=tr(_RECORDS[key], number=number),
                ),
                code="doctor.record-left-out",
            )


def _altered(image: StoreImage, history: _History) -> Iterator[Finding]:
    """Records that are not what the events of their history add up to, each with its fields."""
    for table, key in KEY_OF_TABLE.items():
        of_table = history.sums[key]
        numbers = {
            record["id"] for record in image.records(table) if of_table.get(record["id"]) != sum_of_record(record)
        }
        if not numbers:
            continue
        recorded = records_from((event for event in image.records("events") if event.get(key) in numbers), key)
        for number in sorted(numbers):
            record = image.record(table, number) or {}
            names = altered_fields(record, recorded.get(number, {}))
            if number not in recorded:
                yield Finding(
                    tr(
                        "{record} is in the store, and not in the history: another program put it in",
                        record=tr(_RECORDS[key], number=number),
                    )
                )
            elif names:
                fields = "; ".join(
                    tr(
                        "{name} is {found}, and {told} in the history",
                        name=name,
                        found=_shown(record.get(name)),
                        told=_shown(recorded[number].get(name)),
                    )
                    for name in names
                )
                yield Finding(
                    tr(
                        "{record} was altered by another program: {fields}",
                        record=tr(_RECORDS[key], number=number),
                        fields=fields,
                    ),
                    code="doctor.record-altered",
                )
    yield from _altered_settings(image, history)


def _altered_settings(image: StoreImage, history: _History) -> Iterator[Finding]:
    """Settings that are not what the last event about them says."""
    settings: Mapping[str, Any] = image.meta["settings"]
    for name, value in history.settings.items():
        if settings.get(name) != value:
            yield Finding(
                tr(
                    "the setting {name} was altered by another program: it is {found}, and {told} in the history",
                    name=visible(name),
                    found=_shown(settings.get(name)),
                    told=_shown(value),
                )
            )


def _shown(value: object) -> str:
    """A value of a record for a message, texts in quotes."""
    if value is None:
        return tr("none")
    is_text = isinstance(value, str)
    text = visible(str(value) if is_text else json.dumps(value, ensure_ascii=False))
    text = text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]}..."
    return f'"{text}"' if is_text else text


def _to_come(database: Database, image: StoreImage) -> Iterator[Finding]:
    """Events that are dated in the future, by a clock that was wrong or by another program."""
    now = database.clock.now()
    instant = datetime.fromisoformat(now)
    latest = f"{instant + timedelta(seconds=_CLOCKS_DIFFER):%Y-%m-%dT%H:%M:%SZ}"
    # The day is that of the store's time zone, which may be one ahead.
    last_day = max(database.clock.today(None), f"{instant + timedelta(days=1):%Y-%m-%d}")
    first, count = None, 0
    for event in image.records("events"):
        if is_to_come(event, latest, last_day):
            first, count = first or event, count + 1
    if first is not None:
        key = next((key for key in _EVENTS if key in first), "")
        yield Finding(
            plural(
                "an event is dated in the future (the first: {event}, on {day}, recorded at {at} by {who}): the clock "
                "was wrong, another day was given as today, or another program wrote it",
                "{n} events are dated in the future (the first: {event}, on {day}, recorded at {at} by {who}): the "
                "clock was wrong, another day was given as today, or another program wrote it",
                count,
                event=tr(_EVENTS[key], seq=first["seq"], number=first[key])
                if key
                else tr("event {seq}", seq=first["seq"]),
                day=said_day(first["day"]),
                at=first["at"],
                who=first["who"],
            )
        )


def _summaries(database: Database, image: StoreImage) -> Iterator[Finding]:
    turns: dict[int, list[Event]] = {}
    for event in image.undo_events():
        if "id" in event:
            turns.setdefault(event["id"], []).append(event)
    undone = {number: undone_changes(events) for number, events in turns.items()}
    expected: dict[int, Mapping[str, Any]] = {}
    for event in image.records("events"):
        number = event.get("id")
        if number is not None and event["change"] not in undone.get(number, ()):
            expected[number] = with_event(expected.get(number, {}), event)
    for commitment in image.records("commitments"):
        number = commitment["id"]
        stored = {name: commitment[name] for name in SUMMARY_FIELDS if name in commitment}
        if stored != expected.get(number, {}):
            yield Finding(
                tr("commitment {number} sums its history up wrongly (last news, chases)", number=number),
                partial(_sum_up, database, number),
            )


def _sum_up(database: Database, number: int) -> None:
    with database.transaction() as tx:
        commitment: Commitment = tx.commitment(number)
        expected = summary(tx.events_of("commitments", number))
        fields = {name: expected.get(name) for name in SUMMARY_FIELDS}
        tx.write("commitments", commitment["id"], fields, action="repair")
