"""Convert records to the JSON of the contract: every key is always present, in this order, and never renamed.

A missing value is null, an empty list is [], and parties have their full names.
"""

from __future__ import annotations

from store.model.vocabulary_and_signs import Standing
from store.rules.due_dates_and_extensions import extension_count
from store.rules.set_aside import is_set_aside

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from store.model.record_types import Closed, Commitment, DueChange, Event, Party, Returned, Seats, Visit, Voice
    from store.rules.party_counts import PartyCounts
    from store.snapshot import Row, Snapshot

    JsonObject = dict[str, object]


def commitment_json(row: Row, snapshot: Snapshot) -> JsonObject:
    """A commitment with its assessment on the snapshot's day."""
    commitment = row.commitment
    get = commitment.get
    return {
        "id": commitment["id"],
        "title": commitment["title"],
        "visit": commitment["visit"],
        "kind": commitment["kind"],
        "by": commitment["by"],
        "to": commitment["to"],
        "via": get("via"),
        "support": get("support", []),
        "owner": commitment["owner"],
        "state": commitment["state"],
        "closed": _closed(commitment.get("closed")),
        **_deadline(commitment),
        "days_left": row.days_left,
        "band": row.band,
        "outcome": row.outcome,
        "miss_reason": get("miss_reason"),
        "silent_days": row.silent_days,
        "chase_on": get("chase_on"),
        "chased": get("chased", 0),
        "last_chased": get("last_chased"),
        "after": get("after"),
        "reported": _voice(commitment.get("reported")),
        "confirmed": _voice(commitment.get("confirmed")),
        "seats": _seats(commitment.get("seats")),
        "quote": get("quote"),
        "source": get("source"),
        "created": commitment["created"],
        "updated": commitment["updated"],
        "revision": commitment["revision"],
        "returned": _returned(commitment.get("returned")),
        "agreed_on": get("agreed_on"),
        "source_id": get("source_id"),
        "aside": row.is_aside,
    }


def full_commitment_json(row: Row, snapshot: Snapshot) -> JsonObject:
    """A commitment with its notes and its events, oldest first."""
    number = row.commitment["id"]
    return {
        **commitment_json(row, snapshot),
        "notes": [
            {"on": event["day"], "at": event["at"], "who": event["who"], "text": event["note"]}
            for event in snapshot.notes(number)
        ],
        "events": [event_json(event) for event in snapshot.events_of(number)],
    }


def _deadline(commitment: Commitment) -> JsonObject:
    get = commitment.get
    changes = commitment.get("due_changes")
    return {
        "due": get("due"),
        "due_words": get("due_words"),
        "due_precision": get("due_precision"),
        "original_due": get("original_due"),
        "due_changes": [_due_change(change) for change in changes] if changes else [],
        "extension_count": extension_count(commitment) if changes else 0,
    }


def _due_change(change: DueChange) -> JsonObject:
    return {
        "old": change.get("old"),
        "new": change.get("new"),
        "on": change["on"],
        "reason": change["reason"],
        "asked_by": change.get("asked_by"),
        "agreed_by": change.get("agreed_by"),
        "extension": change["extension"],
        "correction": change["correction"],
    }


def _closed(closed: Closed | None) -> JsonObject | None:
    if closed is None:
        return None
    return {
        "because": closed["because"],
        "agreed_by": closed.get("agreed_by"),
        "by_id": closed.get("by_id"),
        "on": closed["on"],
    }


def _voice(voice: Voice | None) -> JsonObject | None:
    if voice is None:
        return None
    return {
        "said_by": voice["said_by"],
        "on": voice["on"],
        "evidence": voice.get("evidence"),
        "recorded_by": voice["recorded_by"],
    }


def _returned(returned: Returned | None) -> JsonObject | None:
    if returned is None:
        return None
    return {
        "said_by": returned["said_by"],
        "on": returned["on"],
        "note": returned.get("note"),
        "recorded_by": returned["recorded_by"],
    }


def _seats(seats: Seats | None) -> JsonObject | None:
    if seats is None:
        return None
    return {
        "wanted": seats.get("wanted"),
        "nominated": seats.get("nominated", 0),
        "acknowledged": seats.get("acknowledged", 0),
        "letter": seats.get("letter"),
        "endorsed": seats.get("endorsed"),
    }


def event_json(event: Event) -> JsonObject:
    """One event; `id`, `visit` or `party` is the number of the record it changed, all null for the store's own."""
    return {
        "seq": event["seq"],
        "change": event["change"],
        "at": event["at"],
        "day": event["day"],
        "who": event["who"],
        "action": event["action"],
        "id": event.get("id"),
        "fields": event.get("fields", {}),
        "note": event.get("note"),
        "reason": event.get("reason"),
        "visit": event.get("visit"),
        "party": event.get("party"),
        "undoes": event.get("undoes"),
        "redoes": event.get("redoes"),
        "imported": event.get("imported"),
        "captured": event.get("captured"),
        "script": event.get("script"),
    }


def visit_json(visit: Visit, rows: Iterable[Row], snapshot: Snapshot) -> JsonObject:
    """A visit with its counts; `rows` are all commitments of the visit."""
    from store.rules.day_done_and_outcome import standing  # most exports do not need it

    rows = list(rows)
    counts = snapshot.tally(rows)
    standings = [standing(row.commitment) for row in rows]
    return {
        "slug": visit["slug"],
        "title": visit["title"],
        "place": visit.get("place"),
        "from": visit["start"],
        "to": visit["end"],
        "hosts": visit.get("hosts", []),
        "delegation": visit.get("delegation"),
        "programme": visit.get("programme"),
        "donor": visit.get("donor"),
        "grant": visit.get("grant"),
        "contact": visit.get("contact"),
        "aside": _aside(visit, snapshot.today),
        "set_aside": counts["aside"],
        "open": counts["open"],
        "overdue": counts["overdue"],
        "no_date": counts["no_date"],
        "unconfirmed": counts["unconfirmed"],
        "met": standings.count(Standing.KEPT),
        "withdrawn": standings.count(Standing.WITHDRAWN),
        "not_met": standings.count(Standing.NOT_MET),
        "total": len(rows),
    }


def _aside(visit: Visit, today: str) -> JsonObject | None:
    """Since when, until when and why a visit is set aside; None for one that is not, or not any more."""
    if not is_set_aside(visit, today):
        return None
    aside = visit["aside"]
    return {"on": aside["on"], "until": aside.get("until"), "reason": aside.get("reason")}


def party_json(party: Party, counts: Mapping[str, PartyCounts]) -> JsonObject:
    """A party with its names and its `counts`."""
    from store.rules.party_counts import PartyCounts  # most exports do not need it

    its = counts.get(party["name"]) or PartyCounts()
    return {
        "name": party["name"],
        "short": party.get("short"),
        "ru": party.get("ru"),
        "aliases": party.get("aliases", []),
        "owes": its.owes,
        "owed": its.owed,
        "late": its.late,
        "unconfirmed": its.unconfirmed,
    }
