"""A conflict of two people's changes as differences, field by field: before, theirs, mine. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from store.model.vocabulary_and_signs import STATES
from store.operations.refuse_clashing_edits import value_in_words
from store.rules.which_edits_clash import Clash
from store.sanitise_text import visible
from store.translation import phrase_in, tr, tr_in
from tui.render.day_words import day_without_year

_STATE = ("state", "reported", "confirmed", "returned", "closed", "agreed_on")
_DUE = ("due", "due_words", "due_precision", "due_changes", "original_due")
_DAYS = ("start", "end")
_TOGETHER = {
    **dict.fromkeys(_STATE, "state"),
    **dict.fromkeys(_DUE, phrase_in("field", "due date")),
    **dict.fromkeys(_DAYS, phrase_in("field", "days")),
    "slug": phrase_in("field", "short name"),
}
"""Field -> the name of the group of fields that is chosen as one."""

_OF_A_COMMITMENT = {
    **{"title": phrase_in("field", "what"), "by": phrase_in("field", "promised by")},
    **{"via": phrase_in("field", "channel"), "quote": phrase_in("field", "words")},
}
"""Field -> its label in the form of a commitment, where that is another word."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A group of fields in conflict: values before, theirs, mine; who changed it, and the day."""

    name: str
    fields: frozenset[str]
    before: str
    theirs: str
    mine: str
    who: str
    on: str


def differences(clashes: Iterable[Clash], today: str, *, is_commitment: bool) -> list[Difference]:
    """Group the clashing fields of a commitment, or of another record, into differences, as people on the ISO day
    `today` read them.
    """
    names = {**_TOGETHER, **_OF_A_COMMITMENT} if is_commitment else _TOGETHER
    groups: dict[str, list[Clash]] = {}
    for clash in clashes:
        groups.setdefault(names.get(clash.field, clash.field.replace("_", " ")), []).append(clash)
    return [
        Difference(
            tr_in("field", name),
            frozenset(clash.field for clash in group),
            _joined({clash.field: clash.before for clash in group}, today),
            _joined({clash.field: clash.theirs for clash in group}, today),
            _joined({clash.field: clash.mine for clash in group if clash.is_mine}, today),
            visible(group[-1].who),
            day_without_year(group[-1].on, today),
        )
        for name, group in groups.items()
    ]


def _joined(values: Mapping[str, object], today: str) -> str:
    """The values of a group in one text, without fields that are None; `none` when all are."""
    order = (*_STATE, *_DUE, *_DAYS)
    there = sorted(
        (field for field, value in values.items() if value is not None),
        key=lambda field: order.index(field) if field in order else len(order),
    )
    return "; ".join(_value(field, values[field], today) for field in there) or tr("none")


def _value(field: str, value: object, today: str) -> str:
    if field == "state" and isinstance(value, str) and value in STATES:
        return tr(STATES[value].text)
    if field in ("due", *_DAYS) and isinstance(value, str):
        return day_without_year(value, today)
    if field == "due_words" and isinstance(value, str):
        return tr('"{value}"', value=visible(value))
    if isinstance(value, dict):
        parts = [(tr_in("field", name.replace("_", " ")), value_in_words(each)) for name, each in value.items()]
        return "; ".join(tr("{field} {value}", field=name, value=each) for name, each in parts)
    return value_in_words(value)
