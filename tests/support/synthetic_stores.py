"""Stores to measure with: as many commitments and events as asked for, the same bytes every time.

Run as a program (`python -m tests.support.synthetic_stores COMMITMENTS EVENTS PATH`): what it takes to make a large
store must not count as memory of the commands measured afterwards, since a child inherits the peak of its parent.
"""

import os
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from store.file.serialize_file import serialize
from store.model.format_version import FORMAT, VERSION

if TYPE_CHECKING:
    from store.model.record_types import Meta

TODAY = date(2026, 11, 25)
"""The day on which the stores are looked at."""

LEAST_EVENTS = 5
"""What the longest way of a promise takes: entered, agreed, in progress, reported, confirmed."""

Record = dict[str, Any]
Table = dict[int, Record]

_PARTIES = (
    ("Ministry of Internal Affairs of Uzbekistan", "MIA UZ", "Министерство внутренних дел Узбекистана"),
    ("Ministry of Justice of Uzbekistan", "MoJ UZ", "Министерство юстиции Узбекистана"),
    ("Prosecutor General's Office of Uzbekistan", "PGO UZ", "Генеральная прокуратура Узбекистана"),
    ("National Agency for Social Protection", "NASP", "Национальное агентство социальной защиты"),
    ("UNODC Regional Office for Central Asia", "UNODC", "УНП ООН"),
    ("IOM Tashkent", "IOM", "МОМ"),
    ("INTERPOL", "INTERPOL", "Интерпол"),
    ("NCB Tashkent", "NCB", "НЦБ Ташкент"),
    ("World Bank", "WB", "Всемирный банк"),
    ("Supreme Court Research Centre", "SCRC", "Исследовательский центр Верховного суда"),
    ("Border Service Academy", "BSA", "Академия пограничной службы"),
    ("Ombudsman Secretariat", "OMB", "Секретариат омбудсмана"),
    ("INL Section Tashkent", "INL", "Отдел INL"),
    ("State Statistics Agency", "STAT", "Агентство статистики"),
)
_PLACES = ("Lyon", "Tashkent", "Vienna", "Washington", "Samarkand", "The Hague", "Almaty", "Geneva")
_VERBS = (
    "Share", "Send", "Draft", "Translate", "Confirm", "Nominate focal points for", "Review", "Circulate", "Arrange",
    "Submit comments on", "Provide access to", "Finalise",
)  # fmt: skip
_OBJECTS = (
    "the draft memorandum on data exchange",
    "the training curriculum for investigators",
    "the list of shelter capacities by region",
    "the legal gap analysis",
    "case statistics for 2024-2026",
    "the referral mechanism",
    "a follow-up visit for the regional team",
    "the glossary in three languages",
    "the budget note for the second phase",
    "the minutes of the technical session",
    "the self-assessment form",
    "the roster of certified trainers",
)
_KINDS = ("nominate-experts", "share-data", "facilitate", "train", "cooperate", "legal", "other")
_NOTES = (
    "Agreed in the closing session; wording to be checked against the minutes.",
    "Depends on the ministry's approval.",
    "Second reminder sent.",
    "Ждём ответа на письмо, отправленное на прошлой неделе.",
)
_REASONS = ("the translation is late", "the institute moved to a new building", "the budget was approved late")
_WHO = ("adviser", "coordinator", "assistant")
_STATES = (
    ("proposed",) * 2 + ("agreed",) * 5 + ("in-progress",) * 4 + ("reported",) * 3 + ("confirmed",) * 5 + ("closed",)
)
_STEPS = {
    "proposed": (),
    "agreed": ("agreed",),
    "in-progress": ("agreed", "in-progress"),
    "reported": ("agreed", "in-progress", "reported"),
    "confirmed": ("agreed", "in-progress", "reported", "confirmed"),
    "closed": ("agreed", "closed"),
}
_NEWS = frozenset({"mark", "due", "seats", "note"})


class _History:
    """One record and its events, put down as a transaction puts them down."""

    def __init__(self, key: str, number: int) -> None:
        self._key = key
        self.record: Record = {"id": number}
        self.events: list[Record] = []

    def put(self, at: str, who: str, action: str, changes: Record | None = None, **more: str) -> None:
        """Change fields of the record at an instant; `more` goes into the event."""
        fields = {name: [self.record.get(name), value] for name, value in (changes or {}).items()}
        revision = len(self.events) + 1
        self.record.update(changes or {}, updated=at, revision=revision)
        event: Record = {"at": at, "day": at[:10], "who": who, "action": action, self._key: self.record["id"]}
        event["revision"] = revision
        if fields:
            event["fields"] = fields
        self.events.append({**event, **more})
        if self._key == "id":
            self._sum_up(action, at[:10])

    def _sum_up(self, action: str, day: str) -> None:
        if action in _NEWS:
            self.record["news_on"] = day
        elif action == "chase":
            self.record.update(chased=self.record.get("chased", 0) + 1, last_chased=day)


def _instants(random: Random, first: date, count: int) -> list[str]:
    """So many instants of office hours, from a day on to yesterday, in order."""
    span = (TODAY - first).days
    days = sorted(first + timedelta(random.randrange(span)) for _ in range(count - 1))
    minutes = sorted(random.randrange(8 * 60, 18 * 60) for _ in range(count))
    return [
        f"{day.isoformat()}T{minute // 60:02d}:{minute % 60:02d}:00Z"
        for day, minute in zip([first, *days], minutes, strict=True)
    ]


def _party(number: int, at: str) -> _History:
    name, short, ru = _PARTIES[number - 1]
    party = _History("party", number)
    party.put(at, "adviser", "add", {"created": at, "name": name, "short": short, "ru": ru})
    return party


def _visit(random: Random, number: int, at: str) -> _History:
    place = _PLACES[number % len(_PLACES)]
    start = TODAY - timedelta(random.randrange(30, 300))
    host, delegation = random.sample(_PARTIES, 2)
    visit = _History("visit", number)
    fields = {
        "created": at,
        "slug": f"{place.lower().replace(' ', '-')}-{start.year}-{number}",
        "title": f"Study visit to {place}",
        "place": place,
        "start": start.isoformat(),
        "end": (start + timedelta(2)).isoformat(),
        "hosts": [host[0]],
        "delegation": delegation[0],
        "programme": "Global Programme against Trafficking in Persons",
        "donor": "INL",
    }
    visit.put(at, "adviser", "add", fields)
    return visit


class _Promise:
    """How one commitment came to the state it is in, in exactly as many events as asked for."""

    def __init__(self, random: Random, number: int, visit: Record, count: int) -> None:
        self._random = random
        self.history = _History("id", number)
        self._state = random.choice(_STATES)
        self._instants = iter(_instants(random, date.fromisoformat(visit["end"]), count))
        self._enter(visit)
        steps = _STEPS[self._state]
        # What is finished is left alone afterwards.
        before = steps[:-1] if self._state in ("confirmed", "closed") else steps
        moves: list[str | None] = [None] * (count - 1 - len(steps))
        places = sorted(random.sample(range(len(moves) + len(before)), len(before)))
        for place, state in zip(places, before, strict=True):
            moves.insert(place, state)
        for move in [*moves, *steps[len(before) :]]:
            self._mark(move) if move else self._fill()

    def _put(self, action: str, changes: Record | None = None, **more: str) -> None:
        self.history.put(next(self._instants), self._random.choice(_WHO), action, changes, **more)

    def _enter(self, visit: Record) -> None:
        random = self._random
        at = next(self._instants)
        by, to, via = random.sample(_PARTIES, 3)
        fields: Record = {
            "created": at,
            "title": f"{random.choice(_VERBS)} {random.choice(_OBJECTS)}",
            "visit": visit["slug"],
            "kind": random.choice(_KINDS),
            "by": [by[0]],
            "to": [to[0]],
            "owner": random.choice(_WHO),
            "state": "proposed",
        }
        if random.random() < 0.4:
            fields["source"] = f"minutes, point {random.randrange(1, 30)}"
        if random.random() < 0.2:
            fields["via"] = via[0]
        if random.random() < 0.85:
            due = TODAY + timedelta(int(random.gauss(15, 45)))
            fields.update(due=max(due, date.fromisoformat(at[:10])).isoformat(), due_precision="day")
        if random.random() < 0.1:
            fields["quote"] = "We shall look into it as soon as the approval of the ministry is there."
        self.history.put(at, fields["owner"], "add", fields)

    def _mark(self, state: str) -> None:
        record, at = self.history.record, next(self._instants)
        who, day = self._random.choice(_WHO), at[:10]
        changes: Record = {"state": state}
        if state == "agreed":
            changes["agreed_on"] = day
            if "due" in record:
                changes["original_due"] = record["due"]
        elif state == "reported":
            evidence = f"letter {self._random.randrange(100, 999)}/{day[:4]}"
            changes["reported"] = {"said_by": record["by"], "on": day, "recorded_by": who, "evidence": evidence}
        elif state == "confirmed":
            changes["confirmed"] = {"said_by": record["to"], "on": day, "recorded_by": who}
        elif state == "closed":
            changes["closed"] = {"because": self._random.choice(("declined", "overtaken", "dropped")), "on": day}
        self.history.put(at, who, "mark", changes)

    def _fill(self) -> None:
        """Something that happens between two states: most of it is talk."""
        record, random = self.history.record, self._random
        luck = random.random()
        if luck < 0.45:
            self._put("note", note=random.choice(_NOTES))
        elif luck < 0.7:
            again = (TODAY + timedelta(random.randrange(-20, 60))).isoformat()
            self._put("chase", {"chase_on": again}, note=random.choice(_NOTES))
        elif luck < 0.8 and "original_due" in record and len(record.get("due_changes", [])) < 2:
            self._put_off()
        elif luck < 0.95 and record["kind"] == "nominate-experts":
            self._count_seats()
        else:
            self._put("edit", {"owner": random.choice([who for who in _WHO if who != record["owner"]])})

    def _put_off(self) -> None:
        record, reason, at = self.history.record, self._random.choice(_REASONS), next(self._instants)
        old = record["due"]
        new = (date.fromisoformat(old) + timedelta(self._random.randrange(5, 40))).isoformat()
        change = {"old": old, "new": new, "on": at[:10], "reason": reason, "asked_by": record["by"][0]}
        change.update(agreed_by=record["to"][0], extension=True, correction=False)
        changes = {"due": new, "due_changes": [*record.get("due_changes", []), change]}
        self.history.put(at, record["owner"], "due", changes, reason=reason)

    def _count_seats(self) -> None:
        seats = self.history.record.get("seats", {"wanted": self._random.randrange(2, 9)})
        self._put("seats", {"seats": {**seats, "nominated": seats.get("nominated", 0) + 1}})


def _numbered(histories: list[_History]) -> Iterator[Record]:
    """The events of all records as the store counts them: by time, each a change of its own."""
    events = sorted((event for history in histories for event in history.events), key=lambda event: event["at"])
    for seq, event in enumerate(events, 1):
        yield {"seq": seq, "change": seq + 1, **event}


def made(commitments: int, events: int) -> bytes:
    """The file of a store of so many commitments with so many events each."""
    if events < LEAST_EVENTS:
        raise ValueError(f"a commitment has at least {LEAST_EVENTS} events")
    random = Random(7)
    at = (TODAY - timedelta(400)).isoformat() + "T08:00:00Z"
    parties = [_party(number, at) for number in range(1, len(_PARTIES) + 1)]
    visits = [_visit(random, number, at) for number in range(1, commitments // 25 + 2)]
    promises = [
        _Promise(random, number, random.choice(visits).record, events).history for number in range(1, commitments + 1)
    ]
    happened = list(_numbered([*parties, *visits, *promises]))
    tables: dict[str, Table] = {
        "visits": {visit.record["id"]: visit.record for visit in visits},
        "parties": {party.record["id"]: party.record for party in parties},
        "commitments": {promise.record["id"]: promise.record for promise in promises},
        "events": {event["seq"]: event for event in happened},
    }
    meta: Meta = {
        "format": FORMAT,
        "schema": VERSION,
        "revision": len(happened) + 1,
        "next": {name: len(table) + 1 for name, table in tables.items()},
        "settings": {},
    }
    return serialize(meta, tables)


def main(argv: list[str]) -> None:
    """Write a store to a path, for nobody else to read, as the program itself does."""
    commitments, events, path = int(argv[0]), int(argv[1]), Path(argv[2])
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(descriptor, "wb") as file:
        file.write(made(commitments, events))


if __name__ == "__main__":
    main(sys.argv[1:])
