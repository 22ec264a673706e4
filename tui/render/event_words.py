"""Words for events of the history: the record, the headline of what happened, and the details.

Every text is one sanitised line (`store.text.visible`); a note may give several.
"""

from __future__ import annotations

from store.model.vocabulary import ACTIONS, RETURNED, STATES, State
from store.text import visible, visible_lines
from tui.render.labels import day, day_without_year

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from store.model.record_types import Event, Party, Visit

_DAY_FIELDS = frozenset(
    ["due", "original_due", "chase_on", "agreed_on", "start", "end", "news_on", "last_chased", "on", "endorsed"]
)

_LEFT_OUT = frozenset(["created", "due_changes", "due_precision", "original_due", "agreed_on", "returned"])
"""Fields left out of the details: they follow from others, or the headline has them."""

_ORDER = (
    *("slug", "title", "visit", "kind", "by", "to", "via", "support", "owner", "state", "due", "due_words", "seats"),
    *("quote", "source", "source_id", "after"),
)
"""Fields in the order of the details, before all others: in the file those stand first that a query needs."""

_LABELS = {
    "due_words": "date in words",
    "miss_reason": "reason",
    "said_by": "said by",
    "recorded_by": "put down by",
    "agreed_by": "agreed by",
    "by_id": "by commitment",
    "chase_on": "look again",
    "start": "first day",
    "end": "last day",
    "ru": "Russian name",
    "silent_after": "silent after",
    "source_id": "their number",
    "via": "channel",
}


_SAID_OTHERWISE = {
    State.REPORTED: "report changed",
    State.CONFIRMED: "confirmation changed",
    State.CLOSED: "closing changed",
}
"""Field of a step -> its text where the step was made before, and is told otherwise."""


class Notation:
    """How days and changes are written: with an arrow between old and new, without a year that `today` makes clear."""

    __slots__ = ("arrow", "today")

    def __init__(self, arrow: str = " -> ", today: str = "") -> None:
        self.arrow = arrow
        self.today = today

    def day(self, value: str) -> str:
        """The day in words; a history edited by hand may hold anything."""
        try:
            return day_without_year(value, self.today) if self.today else day(value)
        except (ValueError, IndexError):
            return visible(value)


_PLAIN = Notation()

_RECORD = ("id", "visit", "party")
"""Keys of an event that say which record it is about."""


class Subjects:
    """Names the records that events are about."""

    def __init__(self, visits: Iterable[Visit], parties: Iterable[Party]) -> None:
        self._visits = {visit["id"]: visit["slug"] for visit in visits}
        self._parties = {party["id"]: party["name"] for party in parties}

    def subject(self, event: Event) -> str:
        """`#3`, `visit lyon-2022`, `party INTERPOL`, or the store itself."""
        if "id" in event:
            return f"#{event['id']}"
        if "visit" in event:
            return f"visit {visible(self._visits.get(event['visit']) or _former(event, 'slug', event['visit']))}"
        if "party" in event:
            return f"party {visible(self._parties.get(event['party']) or _former(event, 'name', event['party']))}"
        return "store"


def _former(event: Event, name: str, number: int) -> str:
    """The name of a record that does not exist any more, from an event that set or removed it."""
    old, new = event.get("fields", {}).get(name, [None, None])
    return str(new or old or number)


def headline(event: Event, notation: Notation = _PLAIN, events: Iterable[Event] = ()) -> str:
    """What happened, in one line: `agreed -> reported done`, `due 31 Mar 2023 -> none`.

    What an undo took back is said where it is among the `events`: `took back change 4: agreed -> reported done`.
    """
    turned = event.get("undoes") or event.get("redoes")
    if turned is not None:
        about = [event.get(key) for key in _RECORD]
        was = (each for each in events if each["change"] == turned and [each.get(key) for key in _RECORD] == about)
        what = "; ".join(headline(each, notation) for each in was)
        return f"{'took' if 'undoes' in event else 'brought'} back change {turned}{f': {what}' if what else ''}"
    return action_headline(event["action"], event.get("fields", {}), notation)


def action_headline(action: str, fields: Mapping[str, Sequence[object]], notation: Notation = _PLAIN) -> str:
    """What an action did to its fields (name -> old and new value), in one line, as `headline`."""
    if action == RETURNED:
        returned = fields.get("returned", [None, None])[1]
        by = _text(returned.get("said_by", ""), notation) if isinstance(returned, dict) else ""
        return f"{ACTIONS[RETURNED]} by {by}" if by else ACTIONS[RETURNED]
    if action == "mark" and "state" in fields:
        return notation.arrow.join(_state(state, notation) for state in fields["state"])
    if action == "mark":
        return next((text for field, text in _SAID_OTHERWISE.items() if field in fields), ACTIONS[action])
    if action in ("due", "correct") and "due" in fields:
        dates = notation.arrow.join(value_text("due", value, notation) for value in fields["due"])
        return f"{'due' if action == 'due' else 'date corrected:'} {dates}"
    if action == "chase":
        again = fields.get("chase_on", [None, None])[1]
        return "chased" + (f", look again on {value_text('chase_on', again, notation)}" if again else "")
    if action in ("add", "remove"):
        name = fields.get("title") or fields.get("slug") or fields.get("name") or [None, None]
        return f"{ACTIONS[action]}: {_text(name[action == 'add'], notation)}"
    return ACTIONS.get(action, visible(action))


def details(event: Event, notation: Notation = _PLAIN) -> list[tuple[str, str]]:
    """What the headline leaves out, as pairs of label and text: fields, note, reason, import, capture, script.

    Each text is one sanitised line; further lines of a note have an empty label.
    """
    fields = event.get("fields", {})
    left_out = set(_LEFT_OUT)
    if event["action"] in ("mark", RETURNED) and "undoes" not in event and "redoes" not in event:
        left_out.add("state")
    if event["action"] in ("due", "correct", "chase") and "undoes" not in event and "redoes" not in event:
        left_out |= {"due", "chase_on"}
    if event["action"] == "add":
        left_out |= {"title", "name"}
    found: list[tuple[str, str]] = []
    if event["action"] != "remove":
        names = [
            *(name for name in _ORDER if name in fields),
            *(name for name in fields if name not in _ORDER),
        ]
        found += [pair for name in names if name not in left_out for pair in _change(name, fields[name], notation)]
        found += _who_moved_it(fields.get("due_changes"))
    for name in ("note", "reason"):
        found += [
            (name if index == 0 else "", line)
            for index, line in enumerate(visible_lines(str(event.get(name) or "")))
            if line
        ]
    if "imported" in event:
        found.append(("imported from", visible(event["imported"])))
    if "captured" in event:
        found.append(("captured from", visible(event["captured"])))
    if "script" in event:
        found.append(("by script", visible(event["script"])))
    return found


def _who_moved_it(change: Sequence[object] | None) -> list[tuple[str, str]]:
    """Who asked for a change of an agreed date, and who agreed to it."""
    old, new = change or (None, None)
    if not isinstance(new, list) or len(new) <= len(old if isinstance(old, list) else ()):
        return []
    return [(label, visible(new[-1][name])) for name, label in _OF_DATE_CHANGE if new[-1].get(name)]


_OF_DATE_CHANGE = (("asked_by", "asked by"), ("agreed_by", "agreed by"))


def _change(name: str, change: Sequence[object], notation: Notation) -> Iterable[tuple[str, str]]:
    old, new = change
    label = visible(_LABELS.get(name, name))
    if isinstance(old, dict) and isinstance(new, dict):
        changed = [key for key in {**old, **new} if old.get(key) != new.get(key)]
        parts = [
            f"{visible(_LABELS.get(key, key))} {_from_to(key, old.get(key), new.get(key), notation)}" for key in changed
        ]
        return [(label, ", ".join(parts))]
    return [(label, "taken out" if isinstance(old, dict) and new is None else _from_to(name, old, new, notation))]


def field_label(name: str) -> str:
    """The name of a field, in words."""
    return visible(_LABELS.get(name) or name.replace("_", " "))


def _from_to(name: str, old: object, new: object, notation: Notation) -> str:
    return notation.arrow.join(value_text(name, value, notation) for value in ((new,) if old is None else (old, new)))


def value_text(name: str, value: object, notation: Notation) -> str:
    """The value of a field, in words."""
    if value is None or value == []:
        return "none"
    if name == "state":
        return _state(value, notation)
    if name in _DAY_FIELDS and isinstance(value, str):
        return notation.day(value)
    return _text(value, notation)


def _state(value: object, notation: Notation) -> str:
    state = STATES.get(value) if isinstance(value, str) else None
    return state.text if state else _text(value, notation)


def _text(value: object, notation: Notation) -> str:
    if isinstance(value, dict):
        return ", ".join(
            f"{visible(_LABELS.get(name) or str(name))} {value_text(str(name), item, notation)}"
            for name, item in value.items()
        )
    if isinstance(value, list):
        return ", ".join(_text(item, notation) for item in value)
    return visible(str(value))
