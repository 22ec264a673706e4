"""The question about a name that may be a known party, or several: which is meant, is it new, or shall it be edited?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from store.rules.party_names import Directory
from store.sanitise_text import clean_line, visible
from store.translation import plural, tr
from tui.app.forms import name_fields
from tui.app.forms.form import Plan, Question

if TYPE_CHECKING:
    from store.errors import FollowUpError
    from store.transaction import Transaction

_MOST = 4
"""The most parties to choose from."""

_AS_TYPED = ("asked_by", "agreed_by")
"""Fields that keep words which are no party's name."""

NEW = "n"
"""The letter that says: it is a new party."""

EDIT = "e"
"""The letter that goes on editing, as Esc does."""


@dataclass(frozen=True, slots=True)
class NameQuestion:
    """A refused name, the refusal, and the answers: letter -> (its text, the names in its place)."""

    name: str
    title: str
    answers: dict[str, tuple[str, tuple[str, ...]]]

    def corrected(self, letter: str, text: str, question: Question, directory: Directory) -> str:
        """The text of the field with the chosen names in the place of the refused one."""
        chosen = self.answers[letter][1]
        if not question.is_list:
            return name_fields.joined(chosen)
        names: list[str] = []
        for part in name_fields.split(text, directory):
            names += chosen if visible(clean_line(part)) == self.name else [part]
        return name_fields.joined(dict.fromkeys(names))


def name_question(error: FollowUpError, question: Question) -> NameQuestion | None:
    """The question that a refusal of a name leads to; None for any other refusal."""
    if error.code not in ("party.near", "party.joined", "party.several-fit", "party.taken-for-another"):
        return None
    name = str(error.values["name"])
    found = error.values["names"]
    assert isinstance(found, Sequence), "the refusal lists the names that may be meant"
    names = tuple(map(str, found))
    answers: dict[str, tuple[str, tuple[str, ...]]] = {}
    if error.code == "party.near":
        answers["t"] = (tr("{name} is meant", name=names[0]), names)
    elif error.code == "party.several-fit":
        answers |= {letter: (each, (each,)) for letter, each in zip("abcd"[:_MOST], names, strict=False)}
    elif question.is_list:
        answers["t"] = (
            plural("it is {n} party: {names}", "they are {n} parties: {names}", len(names), names="; ".join(names)),
            names,
        )
    is_kept = question.name in _AS_TYPED
    if error.code == "party.taken-for-another":
        new = tr("{name} is a name of this party", name=name)
    else:
        new = tr("keep it as typed") if is_kept else tr("{name} is a new party", name=name)
    answers[NEW] = (new, (name,))
    answers[EDIT] = (tr("go on editing"), ())
    return NameQuestion(name, error.sentence, answers)


def taking_as_new(plan: Plan, names: Sequence[str]) -> Plan:
    """The same plan, with these names taken as new parties whatever they resemble."""
    apply, without = plan.apply, plan.without
    if apply is None or not names:
        return plan

    def apply_with_names(tx: Transaction) -> object:
        tx.take_as_new(names)
        return apply(tx)

    def left_without(fields: frozenset[str]) -> Plan | None:
        left = without(fields) if without is not None else None
        return None if left is None else taking_as_new(left, names)

    return replace(plan, apply=apply_with_names, without=None if without is None else left_without)
