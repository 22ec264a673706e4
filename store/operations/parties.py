"""Add, rename and merge parties; a party is added when it is first named."""

from __future__ import annotations

from store.errors import NotAllowed, UsageError
from store.fold_case_and_accents import fold
from store.rules import party_names
from store.rules.party_names import MOST_NAMED, Match, name_in_language, names_of
from store.rules.party_renaming import fields_with_party_renamed, places_of_party
from store.rules.valid_store import both_voices
from store.sanitise_text import clean_line, visible
from store.translation import tr, tr_in
from store.words_for_none import says_none

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

    from store.model.record_types import Party
    from store.rules.party_names import Directory, NameMatch
    from store.transaction import Transaction

_COMPARED = 100
"""The number of new parties of one change that are checked for slips, each against all known names."""


def _nameless(field: str) -> UsageError:
    return UsageError(tr("a party needs a name"), code="party.name-empty", field=field)


def enter_party(tx: Transaction, name: str, field: str) -> str:
    """The full name of the party that a name means, which is added when it is new; the warnings tell which.

    `field` is the parameter that names it.
    Raises: UsageError for an empty name; NotAllowed for one that may be a known party, or several.
    """
    if (known := _known(tx, name)) is not None:
        return known["name"]  # Of ten thousand rows nearly all.
    name = resolve_party(tx, name, field)
    if tx.parties.find(name) is None:
        _warn_of_new(tx, name)
        tx.add("parties", {"name": name})
    return name


def _known(tx: Transaction, name: str) -> Party | None:
    """The party with this name, if any: one declared as new fits as well."""
    tx.is_meant_as_new(name)
    return tx.parties.find(name)


def resolve_party(tx: Transaction, name: str, field: str, is_alone: Callable[[str], bool] = lambda _: False) -> str:
    """The full name of the party that a name means, or the new name; nothing is added.

    `is_alone`: whether a name stands alone in another cell of a list that is imported.
    Raises: as `enter_party`.
    """
    if (known := _known(tx, name)) is not None:
        return known["name"]
    is_meant_as_new = tx.is_meant_as_new(name)
    name = clean_line(name)
    if party_names.is_nameless(name):
        raise _nameless(field)
    if says_none(name):
        raise UsageError(tr('"none" is not a party'), code="party.none", field=field)
    if is_meant_as_new:
        return name
    match = party_names.match_name(tx.parties, name, is_alone)
    if match.kind == Match.FIRST_WORDS:
        tx.warn(tr('"{name}" is {party}', name=visible(name), party=visible(_said(tx, match.names[0]))))
    elif match.kind != Match.NEW:
        if tx.takes_new_names:
            return name
        raise _unclear(tx.parties, name, match, field)
    return match.names[0]


def _unclear(parties: Directory, name: str, match: NameMatch, field: str) -> NotAllowed:
    """The refusal of a name that may be a known party, or several."""
    if match.kind == Match.SEVERAL_FIT:
        return party_names.several_fit(parties, name, match, field)
    shown = visible(name)
    names_meant = [visible(each) for each in match.names]
    values = {"name": shown, "names": names_meant, "field": field, "typed": name, "meant": match.names}
    if match.kind == Match.NEAR:
        sentence = tr('there is no party "{name}"; did you mean "{near}"?', name=shown, near=names_meant[0])
        return NotAllowed(sentence, code="party.near", field=field, values=values)
    *names, last = [tr('"{value}"', value=each) for each in names_meant]
    sentence = tr(
        '"{name}" may be {count} parties, {names} and {last}',
        name=shown,
        count=len(names) + 1,
        names=", ".join(names),
        last=last,
    )
    return NotAllowed(sentence, code="party.joined", field=field, values=values)


def _warn_of_new(tx: Transaction, name: str) -> None:
    """Warn that a name is a new party, and which known one it resembles; an import lists its new parties itself."""
    close = tx.parties.suggestion(name) if tx.new_parties < _COMPARED else None
    if close:
        tx.warn(tr('new party "{name}"; did you mean "{near}"?', name=visible(name), near=visible(close)))
        tx.resembles(name, close)
    elif not tx.imported:
        if party_names.sounds_like_delegation(name):
            tx.warn(tr('new party "{name}": a party is the institution that sent it', name=visible(name)))
        else:
            tx.warn(tr('new party "{name}"', name=visible(name)))


def named_party(tx: Transaction, name: str | None, field: str) -> str | None:
    """The full name of a party who asked or agreed; an unknown name is kept as typed, and no party is made.

    A warning says so. Raises: NotAllowed for a name that may be a known party, or several.
    """
    if not name or not clean_line(name):
        return None
    resolved = resolve_party(tx, name, field)
    if tx.parties.find(resolved) is None and not tx.takes_new_names and not tx.is_meant_as_new(name):
        tx.warn(tr('no party is called "{name}": it is kept as typed', name=visible(resolved)))
    return resolved


def speaking_party(tx: Transaction, name: str, field: str) -> str:
    """The full name of the party whose word it is: a known one, unless a new one is meant.

    Raises: NotFound for an unknown one; otherwise as `enter_party`.
    """
    match = party_names.match_name(tx.parties, name)
    if match.kind == Match.NEW and not (tx.takes_new_names or tx.is_meant_as_new(name)):
        known_party(tx, name, field)
    return enter_party(tx, name, field)


def enter_parties(tx: Transaction, names: Iterable[str], field: str) -> list[str]:
    """The same as `enter_party` for several names; each full name once."""
    entered = [enter_party(tx, name, field) for name in names]
    return list(dict.fromkeys(entered)) if len(entered) > 1 else entered


def _said(tx: Transaction, name: str) -> str:
    """The name of a party in the language of the program."""
    party = tx.parties.find(name)
    return party_names.name_in_language(party) if party else name


def known_party(tx: Transaction, name: str, field: str = "name") -> Party:
    """The party with this name, any of its names, or with these first words, which adds a warning.

    Raises: NotFound with the nearest known name; NotAllowed when it fits several parties.
    """
    party = party_names.known_party(tx.parties, name, field)
    if tx.parties.find(name) is None:
        tx.warn(
            tr(
                '"{name}" is {party}',
                name=visible(clean_line(name)),
                party=visible(party_names.name_in_language(party)),
            )
        )
    return party


def _refuse_ambiguous(tx: Transaction, party: Party, names: Iterable[str], field: str) -> None:
    """Refuse names for a party that are another's, or would find another.

    Raises: UsageError for a name without letters; NotAllowed.
    """
    for name in names:
        is_meant = tx.is_meant_as_new(name)
        other = tx.parties.find(name)
        if other and other["id"] != party["id"]:
            raise NotAllowed(
                tr('"{name}" is already a name of {party}', name=visible(name), party=visible(name_in_language(other))),
                code="party.name-of-another",
                field=field,
                values={"own": name_in_language(party), "other": name_in_language(other)},
            )
        if other:
            continue
        if party_names.is_nameless(name):
            raise _nameless(field)
        if is_meant:
            continue
        ambiguous = party_names.ambiguous_with(tx.parties, party, name)
        if ambiguous:
            names_of_others = [visible(each) for each in ambiguous]
            others = tr(" and ").join(tr('"{text}"', text=each) for each in names_of_others)
            raise NotAllowed(
                tr('"{name}" would be taken for {others}', name=visible(name), others=others),
                code="party.taken-for-another",
                field=field,
                values={"name": visible(name), "names": names_of_others},
            )


def edit_party(
    tx: Transaction,
    name: str,
    *,
    new_name: str | None = None,
    short: str | None = None,
    ru: str | None = None,
    aliases: Iterable[str] = (),
) -> tuple[Party, bool]:
    """Change the names of a party, in every commitment too; `aliases` are added, and so is the old one of a new name.

    Returns the party and whether anything changed.

    Raises: NotFound; NotAllowed if a name is another party's, or would be taken for it; UsageError for an empty name.
    """
    party = known_party(tx, name)
    changes: dict[str, object] = {}
    for field, value in (("name", new_name), ("short", short), ("ru", ru)):
        if value is not None:
            changes[field] = None if says_none(value) else clean_line(value) or None
    if "name" in changes and changes["name"] is None:
        raise _nameless("new_name")
    added = [name for alias in aliases if (name := clean_line(alias))]
    full_name = str(changes.get("name", party["name"]))
    if added or fold(full_name) != fold(party["name"]):
        # Letters and lists go on to write the old name.
        names = dict.fromkeys([*party.get("aliases", []), *added, party["name"]])
        changes["aliases"] = [name for name in names if fold(name) != fold(full_name)]
    for field, changed in changes.items():
        if isinstance(changed, str):
            _refuse_ambiguous(tx, party, [changed], "new_name" if field == "name" else field)
    _refuse_ambiguous(tx, party, added, "aliases")
    is_changed = tx.write("parties", party["id"], changes, action="edit")
    if "name" in changes:
        _rename_everywhere(tx, party["name"], str(changes["name"]), action="edit")
    return known_party(tx, str(changes.get("name", party["name"]))), is_changed


class PartyMerge:
    """The result of a merge: the party that is left, the full name of the other, and how many records named that."""

    __slots__ = ("commitments", "gone", "party", "visits")

    def __init__(self, party: Party, gone: str, commitments: int, visits: int) -> None:
        self.party = party
        self.gone = gone
        self.commitments = commitments
        self.visits = visits


def merge_parties(tx: Transaction, old: str, new: str) -> PartyMerge:
    """Merge two entries of one institution: the names of `old` become aliases of `new`, in every record.

    Raises: NotFound; NotAllowed if it is one party already, or would be both voices of a commitment.
    """
    gone, kept = known_party(tx, old, "old"), known_party(tx, new, "new")
    if gone["id"] == kept["id"]:
        sentence = tr('"{old}" and "{new}" are one party already', old=visible(old), new=visible(new))
        raise NotAllowed(sentence, code="party.merged-with-itself", field="new")
    of_kept = {fold(name) for name in names_of(kept)}
    aliases = [name for name in names_of(gone) if fold(name) not in of_kept]
    numbers, slugs = places_of_party(gone["name"], tx.commitments().values(), tx.visits().values())
    tx.remove("parties", gone["id"], action="merge")
    tx.write("parties", kept["id"], {"aliases": [*kept.get("aliases", []), *aliases]}, action="merge")
    _rename_everywhere(tx, gone["name"], kept["name"], action="merge")
    return PartyMerge(known_party(tx, kept["name"]), gone["name"], len(numbers), len(slugs))


def remove_party(tx: Transaction, name: str) -> str:
    """Remove a party that no commitment and no visit names. Returns its full name.

    Raises: NotFound; NotAllowed when it is named.
    """
    party = known_party(tx, name)
    numbers, slugs = places_of_party(party["name"], tx.commitments().values(), tx.visits().values())
    if numbers or slugs:
        named = [tr_in("record", "{n}", n=number) for number in numbers[:MOST_NAMED]]
        named += [tr("the visit {slug}", slug=slug) for slug in slugs[:MOST_NAMED]]
        more = len(numbers) + len(slugs) > len(named)
        values = {"party": visible(name_in_language(party)), "places": ", ".join(named)}
        if more:
            sentence = tr("{party} is named by {places} and others: only a party that nothing names is removed; "
                          "another entry of the same institution is merged", **values)  # fmt: skip
        else:
            sentence = tr("{party} is named by {places}: only a party that nothing names is removed; "
                          "another entry of the same institution is merged", **values)  # fmt: skip
        raise NotAllowed(
            sentence,
            code="party.is-named",
            field="name",
        )
    tx.remove("parties", party["id"], action="remove")
    return party["name"]


def _rename_everywhere(tx: Transaction, old: str, new: str, *, action: str) -> None:
    for visit in tx.visits().values():
        if old in visit.get("hosts", ()):
            hosts = list(dict.fromkeys(new if name == old else name for name in visit["hosts"]))
            tx.write("visits", visit["id"], {"hosts": hosts}, action=action)
    for number, commitment in tx.commitments().items():
        changes = fields_with_party_renamed(commitment, old, new)
        renamed: Any = {**commitment} | changes
        if both_voices(renamed):
            raise NotAllowed(
                tr(
                    "{number}: {new} would have both reported and confirmed it; mend its voices first",
                    number=number,
                    new=visible(new),
                ),
                code="party.would-be-both-voices",
            )
        if changes:
            tx.write("commitments", number, changes, action=action)
