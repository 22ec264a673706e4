"""What undo and redo took back or brought back, in a person's words, and when it was done.

`#5 Cooperate on TIP cases, and the new party that came with it`; every text is sanitised (`store.text.visible`).
"""

from __future__ import annotations

from store.model.vocabulary import ACTIONS, RETURNED
from store.text import visible
from tui.render.event_words import Notation, Subjects, field_label, value_text
from tui.render.labels import counted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from store.model.record_types import Commitment, Event

_MOST_SUBJECTS = 3
"""Records that one phrase names."""

_CAME_ALONG = {"id": "commitment", "visit": "visit", "party": "party"}
"""Key of an event -> the word for the record that came with others."""

_AROUND: dict[str, tuple[str, str]] = {
    "add": ("", ""),
    RETURNED: ("the return of ", ""),
    "words": ("the words of the deadline of ", ""),
    "chase": ("the chase of ", ""),
    "note": ("the note on ", ""),
    "reason": ("the reason why ", " was missed"),
    "seats": ("the count of seats of ", ""),
    "remove": ("the removal of ", ""),
    "aside": ("the setting aside of ", ""),
    "back": ("the bringing back of ", ""),
}
"""Kind of event -> what stands before and after the records in its phrase."""


_NOUNS = {
    "after": "predecessor",
    "by": "promising party",
    "chase_on": "day to look again",
    "due_words": "words of the deadline",
    "miss_reason": "reason of the miss",
    "source_id": "number in their list",
    "to": "receiving party",
}
"""Field -> its name in `the ... of #2`, where that on a page (`field_label`) is none."""


def what_was_done(
    events: Sequence[Event], subjects: Subjects, commitment: Callable[[int], Commitment | None], today: str
) -> str:
    """The events of one change as a phrase: `the step of #2 Nominate officers from agreed to reported done`.

    `commitment` finds a commitment that is there now.
    """
    notation = Notation(today=today)
    first = events[0]
    if "id" not in first and first["action"] in ("edit", "merge") and len({event["action"] for event in events}) == 1:
        return _for_all_commitments(first, events, subjects, notation)
    made = {_record(event) for event in events if event["action"] == "add"}
    phrases: dict[tuple[str, str], list[Event]] = {}
    came_along: dict[str, int] = {}
    # A visit entered with its hosts and promises leads them; else whatever else is new came along with the commitments.
    leader = next((event for event in events if "party" not in event), first)
    leading = "visit" if "visit" in leader and leader["action"] == "add" else "id"
    has_leader = any(leading in event for event in events)
    for event in events:
        if has_leader and leading not in event and event["action"] == "add":
            word = next(word for key, word in _CAME_ALONG.items() if key in event)
            came_along[word] = came_along.get(word, 0) + 1
        elif event["action"] == "add" or _record(event) not in made:
            phrases.setdefault(_around(event, notation), []).append(event)
    is_one = sum(map(len, phrases.values())) == 1
    parts = [
        before + _named(found, subjects, commitment if is_one else None) + after
        for (before, after), found in phrases.items()
    ]
    return _joined(parts) + _came_along(came_along, "it" if is_one else "them")


def _record(event: Event) -> tuple[str, int]:
    fields: Mapping[str, int] = {key: event[key] for key in ("id", "visit", "party") if key in event}
    return next(iter(fields.items()), ("", 0))


def _around(event: Event, notation: Notation) -> tuple[str, str]:
    """What stands before and after the records in the phrase of an event."""
    action, fields = event["action"], event.get("fields", {})
    if action == "mark" and "state" in fields:
        before, after = (value_text("state", value, notation) for value in fields["state"])
        return "the step of ", f" from {before} to {after}"
    if action == "mark":
        return "what was said of ", ""
    if action in ("due", "correct") and "due" in fields:
        before, after = (value_text("due", value, notation) for value in fields["due"])
        if fields["due"][0] is None:
            return "the date of ", f", {after}"
        return f"the {'change' if action == 'due' else 'correction'} of the date of ", f" from {before} to {after}"
    if action == "edit":
        return f"the {_joined([_NOUNS.get(field) or field_label(field) for field in fields])} of ", ""
    if action == "config":
        return "the setting ", ", ".join(map(field_label, fields))
    if "imported" in event and action == "add":
        return "", f", from {visible(event['imported'])}"
    return _AROUND.get(action) or (f"{visible(ACTIONS.get(action, action))}: ", "")


def _named(events: Sequence[Event], subjects: Subjects, commitment: Callable[[int], Commitment | None] | None) -> str:
    """The records of events: `#5 Cooperate on TIP cases` where `commitment` is given, else `#1, #2, #3 and 2 more`."""
    first = events[0]
    if "id" not in first and "visit" not in first and "party" not in first:
        return ""
    if commitment is not None and "id" in first:
        record = commitment(first["id"])
        title = record["title"] if record else first.get("fields", {}).get("title", ["", ""])
        text = title if isinstance(title, str) else str(title[0] or title[1] or "")
        return f"#{first['id']} {visible(text)}".rstrip()
    names = list(dict.fromkeys(_name(event, subjects) for event in events))
    more = len(names) - _MOST_SUBJECTS
    return _joined([*names[:_MOST_SUBJECTS], f"{more} more"] if more > 0 else names)


def _name(event: Event, subjects: Subjects) -> str:
    name = subjects.subject(event)
    if "id" in event:
        return name
    return f"the {'new ' if event['action'] == 'add' else ''}{name}"


def _for_all_commitments(cause: Event, events: Sequence[Event], subjects: Subjects, notation: Notation) -> str:
    """The change of a party or a visit, which is one in every commitment that names it."""
    numbers = {event["id"] for event in events if "id" in event}
    everywhere = f", in {counted(len(numbers), 'commitment')}" if numbers else ""
    if cause["action"] == "merge":
        gone = next((event for event in events if event.get("fields", {}).get("created")), cause)
        kept = next((event for event in events if "party" in event and event is not gone), cause)
        names = [subjects.subject(event).removeprefix("party ") for event in (gone, kept)]
        return f"the merging of {names[0]} into {names[1]}{everywhere}"
    before, after = _around(cause, notation)
    return f"{before}the {subjects.subject(cause)}{after}{everywhere}"


def _came_along(found: Mapping[str, int], with_what: str) -> str:
    if not found:
        return ""
    several = {"party": "parties", "visit": "visits", "commitment": "commitments"}
    parts = [f"the new {word}" if n == 1 else f"the {n} new {several[word]}" for word, n in found.items()]
    return f", and {_joined(parts)} that came with {with_what}"


def _joined(parts: Sequence[str]) -> str:
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
