"""The shapes of the records in a store, for the type checker.

A record is a JSON object of the file, read-only, and changed by copying it. A key without a value is absent.
Days are ISO strings (`2023-03-31`), which sort as text; instants are ISO strings in UTC (`2023-03-31T08:00:00Z`).
Nothing imports this module at run time: `typing` alone costs a third of a bare interpreter's start, and dataclasses
cost twice as much.
"""

from collections.abc import Mapping
from typing import Required, TypedDict

from typing_extensions import ReadOnly

Fields = Mapping[str, tuple[object, object]]
"""The changes of an event: field -> (old, new), None for absent."""


class Aside(TypedDict, total=False):
    """Since when a visit is set aside, until which day (absent: until it is brought back), and why."""

    on: Required[ReadOnly[str]]
    until: ReadOnly[str]
    reason: ReadOnly[str]


class Visit(TypedDict, total=False):
    """A study visit, or a meeting at which something was promised."""

    id: Required[ReadOnly[int]]
    slug: Required[ReadOnly[str]]
    title: Required[ReadOnly[str]]
    place: ReadOnly[str]
    start: Required[ReadOnly[str]]
    end: Required[ReadOnly[str]]
    hosts: ReadOnly[list[str]]
    delegation: ReadOnly[str]
    programme: ReadOnly[str]
    donor: ReadOnly[str]
    grant: ReadOnly[str]
    contact: ReadOnly[str]
    aside: ReadOnly[Aside]
    created: Required[ReadOnly[str]]
    updated: Required[ReadOnly[str]]
    revision: Required[ReadOnly[int]]


class Party(TypedDict, total=False):
    """An institution, under its full name, short name, Russian name and aliases."""

    id: Required[ReadOnly[int]]
    name: Required[ReadOnly[str]]
    short: ReadOnly[str]
    ru: ReadOnly[str]
    aliases: ReadOnly[list[str]]
    created: Required[ReadOnly[str]]
    updated: Required[ReadOnly[str]]
    revision: Required[ReadOnly[int]]


class Voice(TypedDict, total=False):
    """A report or a confirmation: who gave it, on which day, with which evidence."""

    said_by: Required[ReadOnly[list[str]]]
    on: Required[ReadOnly[str]]
    evidence: ReadOnly[str]
    recorded_by: Required[ReadOnly[str]]


class Returned(TypedDict):
    """The return of a reported commitment by its receiver."""

    said_by: ReadOnly[list[str]]
    on: ReadOnly[str]
    note: ReadOnly[str]
    recorded_by: ReadOnly[str]


class Closed(TypedDict, total=False):
    """The closing of a commitment that was not fulfilled."""

    because: Required[ReadOnly[str]]
    on: Required[ReadOnly[str]]
    agreed_by: ReadOnly[str]
    by_id: ReadOnly[int]


class Seats(TypedDict, total=False):
    """Nominations: seats wanted (absent: unknown), nominated, acknowledged, and the letter."""

    wanted: ReadOnly[int]
    nominated: ReadOnly[int]
    acknowledged: ReadOnly[int]
    letter: ReadOnly[str]
    endorsed: ReadOnly[str]


class DueChange(TypedDict, total=False):
    """One change of an agreed date; `old` or `new` absent means no date."""

    old: ReadOnly[str]
    new: ReadOnly[str]
    on: Required[ReadOnly[str]]
    reason: Required[ReadOnly[str]]
    asked_by: ReadOnly[str]
    agreed_by: ReadOnly[str]
    extension: Required[ReadOnly[bool]]
    correction: Required[ReadOnly[bool]]


class Commitment(TypedDict, total=False):
    """A promise. `news_on`, `chased` and `last_chased` summarise its events.

    `source_id` is its number in the list that it was imported from.
    """

    id: Required[ReadOnly[int]]
    title: Required[ReadOnly[str]]
    visit: Required[ReadOnly[str]]
    kind: Required[ReadOnly[str]]
    by: Required[ReadOnly[list[str]]]
    to: Required[ReadOnly[list[str]]]
    via: ReadOnly[str]
    support: ReadOnly[list[str]]
    owner: Required[ReadOnly[str]]
    state: Required[ReadOnly[str]]
    agreed_on: ReadOnly[str]
    due: ReadOnly[str]
    due_words: ReadOnly[str]
    due_precision: ReadOnly[str]
    original_due: ReadOnly[str]
    due_changes: ReadOnly[list[DueChange]]
    reported: ReadOnly[Voice]
    confirmed: ReadOnly[Voice]
    returned: ReadOnly[Returned]
    closed: ReadOnly[Closed]
    miss_reason: ReadOnly[str]
    chase_on: ReadOnly[str]
    after: ReadOnly[int]
    seats: ReadOnly[Seats]
    quote: ReadOnly[str]
    source: ReadOnly[str]
    source_id: ReadOnly[str]
    news_on: ReadOnly[str]
    chased: ReadOnly[int]
    last_chased: ReadOnly[str]
    created: Required[ReadOnly[str]]
    updated: Required[ReadOnly[str]]
    revision: Required[ReadOnly[int]]


class Event(TypedDict, total=False):
    """A permanent entry of the history: a change of the record of `id`, `visit` or `party`, else of the settings.

    `imported` is the name of the imported file, `captured` that of the text it was found in, `script` the name that a
    script gave itself.
    """

    seq: Required[ReadOnly[int]]
    change: Required[ReadOnly[int]]
    at: Required[ReadOnly[str]]
    day: Required[ReadOnly[str]]
    who: Required[ReadOnly[str]]
    action: Required[ReadOnly[str]]
    id: ReadOnly[int]
    visit: ReadOnly[int]
    party: ReadOnly[int]
    revision: ReadOnly[int]
    fields: ReadOnly[dict[str, list[object]]]
    note: ReadOnly[str]
    reason: ReadOnly[str]
    undoes: ReadOnly[int]
    redoes: ReadOnly[int]
    imported: ReadOnly[str]
    captured: ReadOnly[str]
    script: ReadOnly[str]


class Settings(TypedDict, total=False):
    """The settings of a store, shared by all its users."""

    timezone: ReadOnly[str]
    lang: ReadOnly[str]
    silent_after: ReadOnly[int]
    office: ReadOnly[str]
    programme: ReadOnly[str]
    grant: ReadOnly[str]
    contact: ReadOnly[str]


class AuditChain(TypedDict):
    """The chain of the audit trail, and the change that it ends with."""

    change: ReadOnly[int]
    chain: ReadOnly[str]


class Accounts(TypedDict):
    """Who changed the store on a machine: name -> account number, which survives renaming."""

    machine: ReadOnly[str]
    numbers: ReadOnly[dict[str, int]]


class Meta(TypedDict, total=False):
    """The `_meta` record. `next` holds the next number of each table: numbers are never reused.

    `events_at` counts the bytes from the second line to the table of events, `crc32` sums all but itself.
    """

    format: Required[ReadOnly[str]]
    schema: Required[ReadOnly[int]]
    revision: Required[ReadOnly[int]]
    next: Required[ReadOnly[dict[str, int]]]
    settings: Required[ReadOnly[Settings]]
    accounts: ReadOnly[Accounts]
    audit: ReadOnly[AuditChain]
    events_at: ReadOnly[int]
    crc32: ReadOnly[str]
