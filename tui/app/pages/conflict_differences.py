"""What two people made of one record, field by field, for the one who chooses between them. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from store.model.vocabulary import STATES
from store.operations.check_revision import value_in_words
from store.rules.merge import Clash
from store.text import visible
from tui.render.labels import day

_STATE = ("state", "reported", "confirmed", "returned", "closed", "agreed_on")
_DUE = ("due", "due_words", "due_precision", "due_changes", "original_due")
_DAYS = ("start", "end")
_TOGETHER = {
    **dict.fromkeys(_STATE, "state"),
    **dict.fromkeys(_DUE, "due date"),
    **dict.fromkeys(_DAYS, "days"),
    "slug": "short name",
}
"""Field -> the name under which it is chosen together with others."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Fields that belong together: their name, what they were, what another made of them and when, what I would."""

    name: str
    fields: frozenset[str]
    before: str
    theirs: str
    mine: str
    who: str
    on: str


def differences(clashes: Iterable[Clash]) -> list[Difference]:
    """The fields that clash, those that belong together as one."""
    groups: dict[str, list[Clash]] = {}
    for clash in clashes:
        groups.setdefault(_TOGETHER.get(clash.field, clash.field.replace("_", " ")), []).append(clash)
    return [
        Difference(
            name,
            frozenset(clash.field for clash in group),
            _joined({clash.field: clash.before for clash in group}),
            _joined({clash.field: clash.theirs for clash in group}),
            _joined({clash.field: clash.mine for clash in group if clash.is_mine}),
            visible(group[-1].who),
            day(group[-1].on),
        )
        for name, group in groups.items()
    ]


def _joined(values: Mapping[str, object]) -> str:
    """What was said in the fields that belong together; what is not there need not be told beside what is."""
    order = (*_STATE, *_DUE, *_DAYS)
    there = sorted(
        (field for field, value in values.items() if value is not None),
        key=lambda field: order.index(field) if field in order else len(order),
    )
    return "; ".join(_value(field, values[field]) for field in there) or "none"


def _value(field: str, value: object) -> str:
    if field == "state" and isinstance(value, str) and value in STATES:
        return STATES[value].text
    if field in ("due", *_DAYS) and isinstance(value, str):
        return day(value)
    if field == "due_words" and isinstance(value, str):
        return f'"{visible(value)}"'
    if isinstance(value, dict):
        return "; ".join(f"{name.replace('_', ' ')} {value_in_words(each)}" for name, each in value.items())
    return value_in_words(value)
