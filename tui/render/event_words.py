"""Words for events of the history: the record, the headline of what happened, and the details.

Every text is one sanitised line (`store.sanitise_text.visible`); a note may give several.
"""

from __future__ import annotations

from store.model.vocabulary_and_signs import ACTIONS, CLOSING_REASONS, RETURNED, STATES, State
from store.rules.field_labels import FIELDS, LABELS
from store.rules.party_names import name_in_language
from store.sanitise_text import visible, visible_lines
from store.translation import ENGLISH, language, phrase, phrase_in, tr, tr_in
from tui.render.commitment_numbers import number_text
from tui.render.day_words import day, day_without_year
from tui.render.lateness_and_outcome_words import kind_text, reason_text
from tui.render.party_words import whole_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from store.model.record_types import Event, Party, Visit
    from store.rules.party_names import Directory

_DAY_FIELDS = frozenset([
    *("due", "original_due", "chase_on", "agreed_on", "start", "end", "news_on", "last_chased", "on", "endorsed"),
    "until",
])  # fmt: skip

_PARTY_FIELDS = frozenset(["by", "to", "via", "support", "hosts", "said_by", "agreed_by", "asked_by"])

_LEFT_OUT = frozenset(["created", "due_changes", "due_precision", "original_due", "agreed_on", "returned"])
"""Fields left out of the details: they follow from others, or the headline has them."""

_ORDER = (
    *("slug", "title", "visit", "kind", "by", "to", "via", "support", "owner", "state", "due", "due_words", "seats"),
    *("quote", "source", "source_id", "after"),
)
"""Fields in the order of the details, before all others: in the file those stand first that a query needs."""

_SAID_OTHERWISE = {
    State.REPORTED: phrase_in("action", "report changed"),
    State.CONFIRMED: phrase_in("action", "confirmation changed"),
    State.CLOSED: phrase_in("action", "closing changed"),
}
"""Field of a step -> its text where the step was made before, and is told otherwise."""


class Notation:
    """How days and changes are written: arrows between old and new, years left out near `today`."""

    __slots__ = ("_arrow", "parties", "today")

    def __init__(self, arrow: str = "", today: str = "", parties: Directory | None = None) -> None:
        """Make it; `parties` gives the names in the language of the program."""
        self._arrow = arrow
        self.today = today
        self.parties = parties

    @property
    def arrow(self) -> str:
        """The arrow of the terminal; in running text, that of a sentence."""
        return self._arrow or tr(" -> ")

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
    """Names the records that events are about, those that are gone by `events`."""

    def __init__(self, visits: Iterable[Visit], parties: Iterable[Party], events: Iterable[Event] = ()) -> None:
        self._visits: dict[int, str] = {}
        self._parties: dict[int, str] = {}
        for event in events:
            if "visit" in event and (slug := _former(event, "slug", "")):
                self._visits[event["visit"]] = slug
            elif "party" in event and (name := _former_name(event)):
                self._parties[event["party"]] = name
        self._visits.update({visit["id"]: visit["slug"] for visit in visits})
        self._parties.update({party["id"]: name_in_language(party) for party in parties})

    def subject(self, event: Event) -> str:
        """`#3`, `visit lyon-2022`, `party INTERPOL`, or the store itself."""
        if "id" in event:
            return number_text(event["id"])
        if "visit" in event:
            return tr("visit {slug}", slug=self.slug_of_visit(event))
        if "party" in event:
            return tr("party {name}", name=self.name_of_party(event))
        return tr("store")

    def slug_of_visit(self, event: Event) -> str:
        """The short name of the visit that an event is about."""
        return visible(self._visits.get(event["visit"]) or _former(event, "slug", event["visit"]))

    def name_of_party(self, event: Event) -> str:
        """The name of the party that an event is about."""
        return visible(self._parties.get(event["party"]) or _former_name(event) or str(event["party"]))


def _former_name(event: Event) -> str:
    """The last name of a party that no longer exists, in the language spoken; empty where no event has it."""
    return ("" if language() == ENGLISH else _former(event, "ru", "")) or _former(event, "name", "")


def _former(event: Event, name: str, number: int | str) -> str:
    """The last name of a record that no longer exists, from the event that set or removed it."""
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
        if "undoes" in event:
            return tr("took back change {n}: {what}", n=turned, what=what) if what else _took_back(turned)
        return tr("brought back change {n}: {what}", n=turned, what=what) if what else _brought_back(turned)
    return action_headline(event["action"], event.get("fields", {}), notation)


def due_values(values: Sequence[object], notation: Notation) -> list[str]:
    """The old and the new due date in words, both with their years where these differ."""
    days = [value for value in values if isinstance(value, str)]
    if len({iso[:4] for iso in days}) > 1:
        notation = Notation(notation.arrow, parties=notation.parties)
    return [tr_in("due", "none") if value is None else value_text("due", value, notation) for value in values]


def action_headline(action: str, fields: Mapping[str, Sequence[object]], notation: Notation = _PLAIN) -> str:
    """What an action did to its fields (name -> old and new value), in one line, as `headline`."""
    if action == RETURNED:
        returned = fields.get("returned", [None, None])[1]
        by = value_text("said_by", returned.get("said_by", ""), notation) if isinstance(returned, dict) else ""
        return tr("sent back by {parties}", parties=by) if by else tr_in("action", ACTIONS[RETURNED])
    if action == "mark" and "state" in fields:
        return notation.arrow.join(_state(state, notation) for state in fields["state"])
    if action == "mark":
        return tr_in(
            "action", next((text for field, text in _SAID_OTHERWISE.items() if field in fields), ACTIONS[action])
        )
    if action in ("due", "correct") and "due" in fields:
        dates = notation.arrow.join(due_values(fields["due"], notation))
        return tr("due {dates}", dates=dates) if action == "due" else tr("date corrected: {dates}", dates=dates)
    if action == "chase":
        again = fields.get("chase_on", [None, None])[1]
        if not again:
            return tr("chased")
        return tr("chased, look again on {day}", day=value_text("chase_on", again, notation))
    if action == "merge" and (merged := _merged(fields)):
        gone, kept = merged  # The former name is by now one of the other's: it stands as it was.
        return tr(
            "parties merged: {names}",
            names=f"{_text(gone, notation)}{notation.arrow}{value_text('by', kept, notation)}",
        )
    if action in ("add", "remove"):
        name = fields.get("title") or fields.get("slug") or fields.get("name") or [None, None]
        return tr(
            "{action}: {name}", action=tr_in("action", ACTIONS[action]), name=_text(name[action == "add"], notation)
        )
    return tr_in("action", ACTIONS[action]) if action in ACTIONS else visible(action)


def _merged(fields: Mapping[str, Sequence[object]]) -> list[object]:
    """The old and the new name that a merge gave to a party of a record; empty where no field names one."""
    for name in (name for name in fields if name in _PARTY_FIELDS):
        old, new = (value if isinstance(value, list) else [value] for value in fields[name])
        gone, kept = [each for each in old if each not in new], [each for each in new if each not in old]
        if gone and (kept or new):
            return [gone[0], (kept or new)[0]]
    return []


def _took_back(change: int) -> str:
    return tr("took back change {n}", n=change)


def _brought_back(change: int) -> str:
    return tr("brought back change {n}", n=change)


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
        found += _who_moved_it(fields.get("due_changes"), notation)
    for name in ("note", "reason"):
        found += [
            (_label(name) if index == 0 else "", line)
            for index, line in enumerate(visible_lines(str(event.get(name) or "")))
            if line
        ]
    if "imported" in event:
        found.append((tr("imported from"), visible(event["imported"])))
    if "captured" in event:
        found.append((tr("captured from"), visible(event["captured"])))
    if "script" in event:
        found.append((tr("by script"), visible(event["script"])))
    return found


def _who_moved_it(change: Sequence[object] | None, notation: Notation) -> list[tuple[str, str]]:
    """Who asked for a change of an agreed date, and who agreed."""
    old, new = change or (None, None)
    if not isinstance(new, list) or len(new) <= len(old if isinstance(old, list) else ()):
        return []
    if not isinstance(new[-1], dict):  # Another program wrote it.
        return []
    return [
        (tr(label), value_text(name, new[-1][name], notation)) for name, label in _OF_DATE_CHANGE if new[-1].get(name)
    ]


_OF_DATE_CHANGE = (("asked_by", phrase("asked by")), ("agreed_by", phrase("agreed by")))


def _change(name: str, change: Sequence[object], notation: Notation) -> Iterable[tuple[str, str]]:
    old, new = change
    label = _label(name)
    if isinstance(old, dict) and isinstance(new, dict):
        changed = [key for key in {**old, **new} if old.get(key) != new.get(key)]
        parts = [_of_field(key, _from_to(key, old.get(key), new.get(key), notation)) for key in changed]
        return [(label, ", ".join(parts))]
    return [(label, tr("taken out") if isinstance(old, dict) and new is None else _from_to(name, old, new, notation))]


def field_label(name: str) -> str:
    """The name of a field, in words."""
    return _label(name).replace("_", " ")


def _label(name: str) -> str:
    """The name of a field of an event; an unknown one as it stands in the file."""
    if language() == ENGLISH:
        return visible(LABELS.get(name) or name)
    return tr_in("field", FIELDS[name]) if name in FIELDS else visible(name)


def _of_field(name: str, value: str) -> str:
    return tr("{field} {value}", field=_label(name), value=value)


def _from_to(name: str, old: object, new: object, notation: Notation) -> str:
    if name in _DAY_FIELDS and len({str(iso)[:4] for iso in (old, new) if iso is not None}) > 1:
        notation = Notation(notation.arrow, parties=notation.parties)  # Both with their years, as these differ.
    values = [value_text(name, value, notation) for value in ((new,) if old is None else (old, new))]
    if name in _PARTY_FIELDS and old is not None and old != new and values[0] == values[1]:
        # A merge or a new name: both are names of one party by now.
        values = [_text(value, notation) for value in (old, new)]
    return notation.arrow.join(values)


def value_text(name: str, value: object, notation: Notation) -> str:
    """The value of a field, in words."""
    if value is None or value == []:
        return tr("none")
    if name == "state":
        return _state(value, notation)
    if name in ("after", "by_id") and isinstance(value, int):
        return tr_in("record", "{n}", n=value)
    if name in _DAY_FIELDS and isinstance(value, str):
        return notation.day(value)
    if name == "kind" and isinstance(value, str):
        return visible(kind_text(value))
    if name == "because" and isinstance(value, str) and value in CLOSING_REASONS:
        return reason_text(value)
    if name in _PARTY_FIELDS and notation.parties is not None:
        names = value if isinstance(value, list) else [value]
        return ", ".join(visible(whole_name(notation.parties, str(each))) for each in names)
    return _text(value, notation)


def _state(value: object, notation: Notation) -> str:
    state = STATES.get(value) if isinstance(value, str) else None
    return tr(state.text) if state else _text(value, notation)


def _text(value: object, notation: Notation) -> str:
    if isinstance(value, dict):
        return ", ".join(_of_field(str(name), value_text(str(name), item, notation)) for name, item in value.items())
    if isinstance(value, list):
        return ", ".join(_text(item, notation) for item in value)
    return visible(str(value))
