"""The note that lies in the place of a store file that was moved to a server: it names where the store is."""

from __future__ import annotations

_START = '{"followup":"moved","to":'


def moved_note(name: str) -> bytes:
    """The bytes of the note; `name` is the name of the store on the server."""
    import json

    return f"{_START}{json.dumps(name)}}}\n".encode()


def moved_to(raw: bytes) -> str | None:
    """The name in a note; None for any other file."""
    if not raw.startswith(_START.encode()):
        return None
    import json

    try:
        name = json.loads(raw)["to"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return name if isinstance(name, str) else None
