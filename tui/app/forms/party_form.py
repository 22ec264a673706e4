"""The forms that edit the names of a party, and that ask into which other one it is merged."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from store import operations
from store.errors import Conflict, NotAllowed, NotFound, UsageError
from store.rules.party_names import known_party, name_in_language
from store.rules.party_renaming import places_of_party, promises_to_itself
from store.sanitise_text import clean_line, visible
from store.translation import phrase, tr, tr_in
from tui.app.forms import name_fields
from tui.app.forms.form import NAME_WIDTH, Answers, Button, Candidate, Form, FormContext, Plan, Question, Subject
from tui.render.change_words import party_merged, party_will_be

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from store.model.record_types import Party
    from store.snapshot import Snapshot
    from store.transaction import Transaction
    from tui.app.app import FollowUp

_RECORD_FIELD = {"new_name": "name"}
"""A field of the form -> that of the record, where they differ."""

_MERGE = Button(phrase("Merge"), phrase("merged"))


def edit_party(context: FormContext, subject: Subject) -> Form:
    """The form that edits the names of a party, whose id is the only key of `subject.seen_revisions`."""
    (number,) = subject.seen_revisions
    party = party_with_id(context.snapshot, number)
    subject = replace(subject, seen_revisions={number: party["revision"]})
    known: dict[str, object] = {**party}
    aliases = party.get("aliases", [])
    questions = (
        Question(
            "new_name",
            tr_in("label", "full name"),
            visible(party["name"]),
            help=tr("for the papers; the old name still finds it"),
        ),
        Question(
            "short",
            tr_in("label", "short name"),
            visible(party.get("short", "")),
            empty=tr("shown in lists"),
            help=tr("for the lists"),
        ),
        Question("ru", tr_in("label", "Russian name"), visible(party.get("ru", "")), help=tr("for papers in Russian")),
        Question(
            "aliases",
            tr_in("label", "other names"),
            "; ".join(map(visible, aliases)),
            empty=tr("what else finds it"),
            is_list=True,
            help=tr("what else finds it, as letters and lists write it; with ; between them"),
        ),
    )

    def plan(answers: Answers) -> Plan:
        changed = answers.changed
        texts = {name: answers.text(name) for name in ("new_name", "short", "ru") if name in changed}
        typed = list(filter(None, map(clean_line, answers.text("aliases").split(";"))))
        if gone := [alias for alias in aliases if visible(alias) not in map(visible, typed)]:
            sentence = tr('"{name}" stays: a name that was in use still finds it', name=visible(gone[0]))
            raise NotAllowed(sentence, field="aliases")
        added = [name for name in typed if name not in map(visible, aliases)]

        def apply(tx: Transaction) -> bool:
            now = tx.record("parties", number)
            if now is None:
                raise NotFound(tr("{name} was merged or removed meanwhile", name=visible(party["name"])))
            _refuse_changed(now, changed, known)
            return operations.edit_party(tx, now["name"], **texts, aliases=added)[1]

        name = visible(clean_line(texts.get("new_name", party["name"])))
        return Plan(
            apply, lambda done: tr("{name} changed", name=name) if done else tr("{name} is so already", name=name)
        )

    return Form("edit-party", subject, tr("Names of {name}", name=visible(name_in_language(party))), questions, plan)


def _refuse_changed(now: Mapping[str, object], changed: dict[str, str], known: dict[str, object]) -> None:
    """Refuse when another person changed one of the same fields; once for each of their values, which is `known` then.

    Raises: Conflict.
    """
    for name in changed:
        field = _RECORD_FIELD.get(name, name)
        if field != "aliases" and now.get(field) != known.get(field):
            known[field] = now.get(field)
            theirs = visible(str(now.get(field) or tr("none")))
            sentence = tr('meanwhile it is "{theirs}"; save again to put yours in its place', theirs=theirs)
            raise Conflict(sentence, field=name)


def party_with_id(snapshot: Snapshot, number: int) -> Party:
    """The party with this id. Raises: NotFound."""
    party = next((party for party in snapshot.parties.all() if party["id"] == number), None)
    if party is None:
        raise NotFound(tr("that party was merged or removed meanwhile"))
    return party


def merge_party(snapshot: Snapshot, number: int, ask: Callable[[FollowUp, str, Plan], None]) -> Form:
    """The form that asks which other party to merge a party into; `ask` gets the effect and the plan."""
    gone = party_with_id(snapshot, number)
    name = visible(name_in_language(gone))
    numbers, slugs = places_of_party(gone["name"], snapshot.commitments.values(), snapshot.visits.values())

    def candidates() -> list[Candidate]:
        others = name_fields.parties(snapshot)()
        return [each for each in others if gone["name"] not in each.names]

    def plan(answers: Answers) -> Plan:
        if not answers.text("new"):
            raise UsageError(tr("say which party stays: Down lists them"), field="new")
        into = known_party(snapshot.parties, answers.text("new"), "new")
        if into["id"] == gone["id"]:
            raise NotAllowed(tr("name the other one"), field="new")
        kept = visible(name_in_language(into))

        def apply(tx: Transaction) -> operations.PartyMerge:
            return operations.merge_parties(tx, gone["name"], into["name"])

        def point_at(app: FollowUp, done: operations.PartyMerge) -> None:
            app.base_screen.point_at(done.party["name"])

        merge = Plan(apply, lambda done: party_merged(name, kept, done.commitments, done.visits), then=point_at)
        own = promises_to_itself(snapshot.commitments.values(), gone["name"], into["name"])
        sentence = party_will_be(name, kept, len(numbers), len(slugs), own)
        return Plan(None, lambda _: "", act=lambda: None, then=lambda app, _: ask(app, sentence, merge))

    question = Question(
        "new",
        tr_in("label", "into"),
        empty=tr("the party that stays"),
        candidates=candidates,
        width=NAME_WIDTH,
        is_choice=True,
        hint=name_fields.party_hint(snapshot, is_new_allowed=False),
        help=tr("another entry of the same institution: it stays, and {name} becomes one of its names", name=name),
    )
    return Form("", Subject(), tr("Merge {name} into another party", name=name), (question,), plan, _MERGE)
