"""Stores edited by hand: a hostile text in every field of text that the format has."""

import json
from collections.abc import Sequence
from typing import Any

from store.file.serialize_file import serialize
from store.model.format_version import FORMAT, TABLES, VERSION

_AT = "2023-02-01T09:00:00Z"
_STAMPS = {"created": _AT, "updated": _AT, "revision": 2}
_STATES = ("agreed", "proposed", "in-progress", "reported", "agreed", "confirmed", "closed")
_DUES = ("2023-02-15", "2023-03-01", "2023-03-05", None, "2023-03-20", "2023-06-30")

Document = dict[str, Any]


def document(texts: Sequence[str]) -> Document:
    """The tables of a store with a visit, a party, a commitment and its history for each of the texts.

    Names that must differ do so when the texts do.
    """
    tables: Document = {name: {} for name in TABLES}
    for number, text in enumerate(texts, 1):
        tables["visits"][number] = _visit(number, text)
        tables["parties"][number] = _party(number, text)
        tables["commitments"][number] = _commitment(number, text, texts[number % len(texts)])
        for event in _events(number, text):
            seq = len(tables["events"]) + 1
            tables["events"][seq] = {"seq": seq, "change": seq, **event}
    return tables


def as_laid_out(tables: Document, settings: Document | None = None) -> bytes:
    """The file as the program itself lays it out, with the right sum: every character stands in it raw."""
    meta: Any = {"revision": len(tables["events"]) + 1, "next": _next(tables), "settings": settings or {}}
    return serialize(meta, tables)


def as_json(tables: Document, settings: Document | None = None) -> bytes:
    """The file as another program writes it, without a sum, every strange character as an escape."""
    meta = {"format": FORMAT, "schema": VERSION, "revision": len(tables["events"]) + 1, "next": _next(tables)}
    return json.dumps({"_meta": {"1": {**meta, "settings": settings or {}}}, **tables}).encode()


def _next(tables: Document) -> dict[str, int]:
    return {name: max(map(int, tables[name]), default=0) + 1 for name in TABLES}


def _visit(number: int, text: str) -> Document:
    return {
        "id": number,
        "slug": text,
        "end": "2022-12-08",
        "title": text,
        "start": "2022-12-06",
        "place": text,
        "hosts": [text],
        "delegation": text,
        "programme": text,
        "donor": text,
        "grant": text,
        "contact": text,
        text: text,
        **_STAMPS,
    }


def _party(number: int, text: str) -> Document:
    return {"id": number, "name": text, "short": f"{text}s", "ru": f"{text}r", "aliases": [f"{text}a"], **_STAMPS}


def _commitment(number: int, text: str, other: str) -> Document:
    state = _STATES[number % len(_STATES)]
    due = _DUES[number % len(_DUES)]
    made: Document = {"id": number, "state": state, "visit": text}
    if due:
        changes = {"on": "2023-02-01", "reason": text, "extension": True, "correction": False, "old": "2023-02-10"}
        made |= {"due": due, "due_precision": "day", "due_words": text, "original_due": "2023-02-10"}
        made["due_changes"] = [{**changes, "new": due, "asked_by": text, "agreed_by": other}]
    made |= {"title": text, "kind": text, "by": [text], "to": [other], "via": text, "support": [text, other]}
    made |= {"owner": text, "quote": text, "source": text, "miss_reason": text, "seats": {"wanted": 3, "letter": text}}
    voice = {"on": "2023-02-20", "recorded_by": text, "evidence": text, "note": text}
    if state in ("reported", "confirmed"):
        made["reported"] = {"said_by": [text], **voice}
    if state == "confirmed":
        made["confirmed"] = {"said_by": [other], **voice}
    if state == "in-progress":
        made["returned"] = {"said_by": [other], **voice}
    if state == "closed":
        made["closed"] = {"because": "dropped", "on": "2023-02-20", "agreed_by": other}
    return {**made, "news_on": "2023-02-20", "chased": 1, "last_chased": "2023-02-20", text: [text], **_STAMPS}


def _events(number: int, text: str) -> list[Document]:
    stamps = {"at": "2023-02-20T09:00:00Z", "day": "2023-02-20", "who": text, "revision": 2}
    fields = {
        "title": [None, text],
        "by": [[text], None],
        "due_changes": [None, [{text: text}]],
        text: [text, {text: text}],
    }
    return [
        {**stamps, "action": "add", "id": number, "fields": fields, "note": text, "reason": text},
        {**stamps, "action": "note", "id": number, "note": f"{text}\n{text}"},
        {**stamps, "action": "edit", "visit": number, "fields": {"slug": ["old", text]}},
        {**stamps, "action": "edit", "party": number, "fields": {"name": [f"{text}o", text]}},
    ]
