"""Conflict detection: a change that was meant for an older revision of a record is merged, or refused.

Call these after the change is staged, so that a refusal can show both sides.
"""

from __future__ import annotations

from store.errors import Conflict
from store.model.vocabulary_and_signs import CLOSING_REASONS, KINDS, STATES
from store.rules.days import is_day, said_day
from store.rules.party_names import name_in_language
from store.rules.which_edits_clash import (
    Clash,
    changed_by_others,
    clashing_in_commitment,
    clashing_unless_known,
    is_history_complete,
    without_following,
)
from store.sanitise_text import visible
from store.translation import ENGLISH, language, tr, tr_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from store.model.vocabulary_and_signs import Entry
    from store.rules.party_names import Directory
    from store.transaction import Transaction


def expect_revision(tx: Transaction, number: int, expected: int, current: int) -> None:
    """Refuse a change of a commitment that is not at the expected revision. Raises: Conflict."""
    if current == expected:
        return
    _refuse_later(str(number), expected, current)
    parts = []
    clashes = without_following(changed_by_others(tx.events_of("commitments", number), expected, tx.change))
    for clash in clashes:
        theirs, before, mine = (
            value_in_words(_with_names(each, clash.field, tx.parties), clash.field)
            for each in (clash.theirs, clash.before, clash.mine)
        )
        what = tr(
            "{field}: theirs {theirs} (was {before}; {who}, {day})",
            field=field_in_words(clash.field),
            theirs=theirs,
            before=before,
            who=visible(clash.who),
            day=said_day(clash.on),
        )
        parts.append(tr("{what}, yours {mine}", what=what, mine=mine) if clash.is_mine else what)
    raise Conflict(
        tr(
            "{number} changed since revision {expected}, it is now at {current}; nothing was changed. {what}",
            number=number,
            expected=expected,
            current=current,
            what="; ".join(parts) or tr("each field is as it was"),
        ),
        code="revision.not-the-expected",
        values={"number": number, "current": current},
        clashes=tuple(clashes),
    )


def _with_names(value: object, field: str, parties: Directory) -> object:
    """The parties of a field by their names in the language of the program; any other value as it is."""
    if field not in _PARTY_FIELDS or language() == ENGLISH or not isinstance(value, list):
        return value
    return [name_in_language(party) if (party := parties.find(name)) else name for name in value]


def merge_or_conflict(tx: Transaction, number: int, revision: int) -> list[Clash]:
    """Merge my staged change of a commitment with those that others made since the revision that I read.

    Returns what others changed. A field clashes when others changed it and I set a third value; notes and chases never
    do. Raises: Conflict with the fields that clash; NotFound when the commitment was removed meanwhile.
    """
    current = tx.revision_before(number)
    if current == revision:
        return []
    changed = _changed_by_others(tx, "commitments", number, str(number), (revision, current))
    clashes = without_following(clashing_in_commitment(changed))
    if clashes:
        raise _changed_meanwhile(str(number), _who_changed_what(clashes), clashes)
    return without_following(changed)


def merge_visit_or_conflict(tx: Transaction, number: int, revision: int, known: Mapping[str, object]) -> list[Clash]:
    """The same for a visit. `known`: field -> another's value that I have seen since, and that mine may replace.

    Raises: Conflict.
    """
    own = [event for event in tx.events_of("visits", number) if event["change"] == tx.change]
    visit = tx.table("visits")[number]
    current = visit["revision"] - bool(own)
    if current == revision:
        return []
    renamed = [event["fields"]["slug"][0] for event in own if "slug" in event.get("fields", {})]
    name = value_in_words(renamed[0] if renamed else visit["slug"])  # Others do not know my new slug yet.
    changed = _changed_by_others(tx, "visits", number, name, (revision, current))
    clashes = clashing_unless_known(changed, known)
    if clashes:
        name = next((value_in_words(clash.before) for clash in changed if clash.field == "slug"), name)
        what = _who_changed_what(clashes, has_values=True)
        raise _changed_meanwhile(name, what, clashes)
    return changed


def _changed_meanwhile(name: str, what: str, clashes: list[Clash]) -> Conflict:
    return Conflict(
        tr("{name} changed meanwhile: {what}", name=name, what=what),
        code="revision.fields-clash",
        clashes=tuple(clashes),
    )


def _changed_by_others(tx: Transaction, table: str, number: int, name: str, revisions: tuple[int, int]) -> list[Clash]:
    """The fields that others changed between two revisions, the second being the current one.

    Raises: Conflict when the history does not tell.
    """
    _refuse_later(name, *revisions)
    events = tx.events_of(table, number)
    if not is_history_complete(events, *revisions, tx.change):
        sentence = tr("{name} changed meanwhile, and its history does not tell how: look at it again", name=name)
        raise Conflict(sentence, code="revision.history-incomplete")
    return changed_by_others(events, revisions[0], tx.change)


def _refuse_later(name: str, revision: int, current: int) -> None:
    """Refuse a revision that the record has not reached. Raises: Conflict."""
    if revision > current:
        sentence = tr(
            "{name} is at revision {current}, not yet at {revision}: nothing was changed",
            name=name,
            current=current,
            revision=revision,
        )
        raise Conflict(sentence, code="revision.to-come")


def _who_changed_what(clashes: list[Clash], *, has_values: bool = False) -> str:
    fields: dict[str, list[str]] = {}
    for clash in clashes:
        what = field_in_words(clash.field)
        if has_values:
            what = tr("{field} to {theirs}", field=what, theirs=value_in_words(clash.theirs, clash.field))
        fields.setdefault(visible(clash.who), []).append(what)
    return "; ".join(tr("{who} changed {fields}", who=who, fields=", ".join(theirs)) for who, theirs in fields.items())


def field_in_words(name: str) -> str:
    """The name of a field in a sentence; in English that of the file."""
    if language() == ENGLISH:
        return name
    from store.rules.field_labels import FIELDS

    return tr_in("field", FIELDS[name]) if name in FIELDS else name


def value_in_words(value: object, field: str = "") -> str:
    """The value of a field as one sanitised line, for a sentence; a word of the program in English as in the file."""
    if value is None:
        return tr("none")
    words = _WORDS.get(field)
    if words and isinstance(value, str) and value in words and language() != ENGLISH:
        return tr('"{value}"', value=tr(words[value].text))
    if isinstance(value, str) and is_day(value):
        return said_day(value)
    if isinstance(value, dict):
        return ", ".join(f"{field_in_words(name)} {value_in_words(item, name)}" for name, item in value.items())
    if isinstance(value, list):
        return "; ".join(value_in_words(item) for item in value) or tr("none")
    return visible(str(value))


_PARTY_FIELDS = ("by", "to", "via", "support")
"""The fields of a commitment that list names of parties."""

_WORDS: Mapping[str, Mapping[str, Entry]] = {"state": STATES, "kind": KINDS, "because": CLOSING_REASONS}
"""Field -> the words of the program that it has."""
