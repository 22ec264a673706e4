"""Records for the rules, without a store: a commitment from MIA to INTERPOL, and events."""

from typing import Any

from store.model.vocabulary_and_signs import State

MIA, INTERPOL, UNODC = "MIA Uzbekistan", "INTERPOL", "UNODC"


def commitment(state: str = State.AGREED, **fields: Any) -> Any:
    """A commitment with these fields; a field of None is absent."""
    usual = {
        "id": 7,
        "title": "Nominate officers",
        "visit": "lyon-2022",
        "kind": "other",
        "by": [MIA],
        "to": [INTERPOL],
        "owner": "asel",
        "state": state,
        "created": "2023-01-09T08:00:00Z",
        "updated": "2023-01-09T08:00:00Z",
        "revision": 1,
    }
    return {name: value for name, value in {**usual, **fields}.items() if value is not None}


def voice(*said_by: str, on: str = "2023-03-01") -> dict[str, Any]:
    """A voice of these parties."""
    return {"said_by": list(said_by), "on": on, "recorded_by": "asel"}


def event(change: int, *, revision: int | None = None, who: str = "asel", **more: Any) -> Any:
    """An event of commitment 7; `fields` in `more` are pairs of old and new."""
    usual = {"seq": change, "change": change, "at": "2023-01-09T08:00:00Z", "day": "2023-01-09", "who": who, "id": 7}
    return {**usual, "action": "edit", "revision": change if revision is None else revision, **more}
