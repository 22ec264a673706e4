"""What undo and redo did, in words, and when.

`#5 Cooperate on TIP cases, and the new party that came with it`; all is sanitised (`store.sanitise_text.visible`).
"""

from __future__ import annotations

from store.model.vocabulary_and_signs import ACTIONS, RETURNED
from store.sanitise_text import visible
from store.translation import phrase, phrase_in, plural, tr, tr_in
from tui.render.commitment_numbers import number_text
from tui.render.event_words import Notation, Subjects, due_values, field_label, value_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from store.model.record_types import Commitment, Event

_MOST_SUBJECTS = 3
"""Records that one phrase names."""

_CAME_ALONG = {"id": "commitment", "visit": "visit", "party": "party"}
"""Key of an event -> the word for the record that came with others."""

_AROUND = {
    "add": phrase("{records}"),
    RETURNED: phrase("the return of {records}"),
    "words": phrase("the words of the deadline of {records}"),
    "chase": phrase("the chase of {records}"),
    "note": phrase("the note on {records}"),
    "reason": phrase("the reason why {records} was missed"),
    "seats": phrase("the count of seats of {records}"),
    "remove": phrase("the removal of {records}"),
    "aside": phrase("the setting aside of {records}"),
    "back": phrase("the bringing back of {records}"),
}
"""Kind of event -> its phrase, in which the records stand."""


_NOUNS = {
    "after": phrase_in("field", "predecessor"),
    "by": phrase_in("field", "promising party"),
    "chase_on": phrase_in("field", "day to look again"),
    "due_words": phrase_in("field", "words of the deadline"),
    "miss_reason": phrase_in("field", "reason of the miss"),
    "source_id": phrase_in("field", "number in their list"),
    "to": phrase_in("field", "receiving party"),
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
    return _joined(parts) + _came_along(came_along, is_one=is_one)


def _record(event: Event) -> tuple[str, int]:
    fields: Mapping[str, int] = {key: event[key] for key in ("id", "visit", "party") if key in event}
    return next(iter(fields.items()), ("", 0))


def _around(event: Event, notation: Notation) -> tuple[str, str]:
    """The text before and after the records in the phrase of an event."""
    action, fields = event["action"], event.get("fields", {})
    if action == "mark" and "state" in fields:
        before, after = (value_text("state", value, notation) for value in fields["state"])
        return _split(phrase("the step of {records} from {before} to {after}"), before=before, after=after)
    if action == "mark":
        return _split(phrase("what was said of {records}"))
    if action in ("due", "correct") and "due" in fields:
        before, after = due_values(fields["due"], notation)
        if fields["due"][0] is None:
            return _split(phrase("the date of {records}, {after}"), after=after)
        if action == "due" and fields["due"][1] is None:
            return _parts(
                tr_in("taken out", "the change of the date of {records} from {before} to {after}"),
                before=before,
                after=after,
            )
        if action == "due":
            return _split(
                phrase("the change of the date of {records} from {before} to {after}"), before=before, after=after
            )
        return _split(
            phrase("the correction of the date of {records} from {before} to {after}"), before=before, after=after
        )
    if action == "edit":
        names = [tr_in("field", _NOUNS[field]) if field in _NOUNS else field_label(field) for field in fields]
        return _split(phrase("the {fields} of {records}"), fields=_joined(names))
    if action == "config":
        return _split(phrase("the setting {records}{fields}"), fields=", ".join(map(field_label, fields)))
    if "imported" in event and action == "add":
        return _split(phrase("{records}, from {name}"), name=visible(event["imported"]))
    if action in _AROUND:
        return _split(_AROUND[action])
    return f"{visible(tr_in('action', ACTIONS.get(action, action)))}: ", ""


def _split(text: str, **values: object) -> tuple[str, str]:
    """Split a translated phrase into what stands before and behind its records."""
    return _parts(tr(text), **values)


def _parts(text: str, **values: object) -> tuple[str, str]:
    before, _, after = text.partition("{records}")
    return before.format(**values), after.format(**values)


def _named(events: Sequence[Event], subjects: Subjects, commitment: Callable[[int], Commitment | None] | None) -> str:
    """The records of events: `#5 Cooperate on TIP cases` where `commitment` is given, else `#1, #2, #3 and 2 more`."""
    first = events[0]
    if "id" not in first and "visit" not in first and "party" not in first:
        return ""
    if commitment is not None and "id" in first:
        record = commitment(first["id"])
        title = record["title"] if record else first.get("fields", {}).get("title", ["", ""])
        text = title if isinstance(title, str) else str(title[0] or title[1] or "")
        number, text = number_text(first["id"]), visible(text)
        return tr_in("undo", "{number} {title}", number=number, title=text) if text else number
    names = list(dict.fromkeys(_name(event, subjects) for event in events))
    more = len(names) - _MOST_SUBJECTS
    return _joined([*names[:_MOST_SUBJECTS], tr("{n} more", n=more)] if more > 0 else names)


def _name(event: Event, subjects: Subjects) -> str:
    if "id" in event:
        return subjects.subject(event)
    return _the(event, subjects, is_new=event["action"] == "add")


def _the(event: Event, subjects: Subjects, *, is_new: bool = False) -> str:
    """A visit, a party or the store as it stands in a phrase: `the new visit lyon-2022`."""
    if "visit" in event:
        slug = subjects.slug_of_visit(event)
        text = phrase_in("changed", "the new visit {slug}") if is_new else phrase_in("changed", "the visit {slug}")
        return tr_in("changed", text, slug=slug)
    if "party" in event:
        name = subjects.name_of_party(event)
        text = phrase_in("changed", "the new party {name}") if is_new else phrase_in("changed", "the party {name}")
        return tr_in("changed", text, name=name)
    return tr_in("changed", "the store")


def _for_all_commitments(cause: Event, events: Sequence[Event], subjects: Subjects, notation: Notation) -> str:
    """The change of a party or visit, counted once for all commitments that name it."""
    numbers = {event["id"] for event in events if "id" in event}
    everywhere = plural(", in {n} commitment", ", in {n} commitments", len(numbers)) if numbers else ""
    if cause["action"] == "merge":
        gone = next((event for event in events if event.get("fields", {}).get("created")), cause)
        kept = next((event for event in events if "party" in event and event is not gone), cause)
        old, new = (subjects.name_of_party(event) for event in (gone, kept))
        return tr("the merging of {old} into {new}{everywhere}", old=old, new=new, everywhere=everywhere)
    before, after = _around(cause, notation)
    return f"{before}{_the(cause, subjects)}{after}{everywhere}"


def _came_along(found: Mapping[str, int], *, is_one: bool) -> str:
    if not found:
        return ""
    parts = _joined([_new(word, count) for word, count in found.items()])
    if is_one:
        return tr(", and {records} that came with it", records=parts)
    return tr(", and {records} that came with them", records=parts)


def _new(word: str, count: int) -> str:
    if word == "commitment":
        return plural("the new commitment", "the {n} new commitments", count)
    if word == "visit":
        return plural("the new visit", "the {n} new visits", count)
    return plural("the new party", "the {n} new parties", count)


def _joined(parts: Sequence[str]) -> str:
    return tr(" and ").join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
